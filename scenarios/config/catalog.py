"""What there is to choose from, found by walking: strategy classes and the files in ``conf/``."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from scenarios.config.yamlfile import read_yaml
from scenarios.errors import ConfigError, shown
from scenarios.strategies.base import Strategy
from sim.locale.words import name_arms, name_worlds

__all__ = ["CONF", "GROUPS", "doses_of", "is_plan", "nodes_in", "options", "plans", "roles", "strategies", "titles"]

CONF = Path(__file__).resolve().parents[2] / "conf"

# The config groups: folders of conf/, one file for each choice.
GROUPS = ("scenario", "strategy", "population", "roles", "record")

_TITLE = "# title:"


def options(group: str) -> list[str]:
    """Names one can choose for a config group: the files of its folder (a pipe would be waited for, for ever)."""
    return sorted(path.stem for path in (CONF / group).glob("*.yaml") if path.is_file())


@cache
def strategies() -> dict[str, type[Strategy]]:
    """Every strategy class by its config name: the subclasses found in ``scenarios/strategies/*.py``."""
    import scenarios.strategies as home

    found = [thing for thing in _classes(home) if issubclass(thing, Strategy) and thing is not Strategy]
    return {thing.config_name(): thing for thing in sorted(found, key=lambda thing: thing.config_name())}


def is_plan(name: str) -> bool:
    """Is a file of ``conf/strategy`` a plan: parts with names of their own, each saying which strategy it uses?"""
    return _lines("strategy", name)[:1] == ["# @package strategies"]


def doses_of(name: str) -> dict[str, Any]:
    """What a file of ``conf/strategy`` says: the doses of a strategy, or the parts of a plan."""
    return read_yaml(CONF / "strategy" / f"{name}.yaml", f"conf/strategy/{name}.yaml")


def nodes_in(name: str) -> dict[str, dict[str, Any]]:
    """What a file of ``conf/strategy`` puts below ``strategies``: the doses of its strategy, or the parts of a plan."""
    package = next((line for line in _lines("strategy", name)[:4] if line.startswith("# @package ")), "").split()[-1:]
    if package not in (["strategies"], [f"strategies.{name}"]):
        raise ConfigError(f"conf/strategy/{name}.yaml lacks its first line '# @package strategies.{name}'")
    return doses_of(name) if package == ["strategies"] else {name: doses_of(name)}


def plans() -> dict[str, tuple[str, str]]:
    """Every plan by its name, with its title in English and Chinese; its name where its file has none."""
    found = titles("strategy")
    return {name: found.get(name, (name, name)) for name in filter(is_plan, options("strategy"))}


def titles(group: str) -> dict[str, tuple[str, str]]:
    """Titles in English and Chinese, by name, of the files of a group that have one: ``# title: A plan | 计划``.

    A title is a comment, so that it is no part of what a run is.
    """
    found = {}
    for name in options(group):
        heads = [line.removeprefix(_TITLE).split("|") for line in _lines(group, name) if line.startswith(_TITLE)]
        if heads and len(heads[0]) == 2:
            found[name] = (heads[0][0].strip(), heads[0][1].strip())
    return found


def _lines(group: str, name: str) -> list[str]:
    return (CONF / group / f"{name}.yaml").read_text("utf-8").splitlines()


def roles() -> dict[str, type]:
    """The built-in roles by name."""
    from agents import ROLES

    return {role.__name__: role for role in ROLES}


def _classes(package: ModuleType) -> Iterator[type]:
    """The classes defined in the modules of a package, in order of the files' names."""
    for info in pkgutil.iter_modules(package.__path__):
        module = _import(f"{package.__name__}.{info.name}")
        for _, thing in inspect.getmembers(module, inspect.isclass):
            if thing.__module__ == module.__name__:
                yield thing


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except SyntaxError as error:
        raise ConfigError(f"{error.filename}, line {error.lineno}: {shown(error.msg)}") from error


name_arms({name: made.title for name, made in strategies().items()} | plans())
name_worlds(titles("scenario"))
