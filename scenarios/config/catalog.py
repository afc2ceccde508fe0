"""What there is to choose from, found by walking: strategy classes and the files in ``conf/``.

To what is shipped comes what the user has brought (:data:`OWN`, filled by :mod:`scenarios.config.own`).
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from scenarios.config.yamlfile import read_text, read_yaml
from scenarios.errors import ConfigError, shown
from scenarios.strategies.base import Strategy
from scenarios.strategies.families import FAMILIES
from scenarios.strategies.families import OWN as NO_FAMILY
from sim.locale.words import name_arms, name_worlds

__all__ = [
    "CONF", "GROUPS", "OWN", "QUESTIONS", "Own", "doses_of", "families", "file_comment", "file_of", "is_plan",
    "name_all", "names_in", "nodes_in", "options", "place_of", "plans", "role_texts", "roles", "strategies", "text_of",
    "titles",
]  # fmt: skip

CONF = Path(__file__).resolve().parents[2] / "conf"

# The config groups: folders of conf/, one file for each choice.
GROUPS = ("scenario", "strategy", "population", "roles", "record")
QUESTIONS = ("study", "search", "sensitivity")
"""Folders of conf/ whose files are played by a command of that name."""

_TITLE, _FAMILY = "# title:", "# family:"


@dataclass
class Own:
    """What the user has brought: names of plugins, their strategies and roles, and folders laid out like ``conf/``, by
    how they were written.
    """

    plugins: set[str] = field(default_factory=set)
    folders: dict[str, Path] = field(default_factory=dict)
    strategies: dict[str, type[Strategy]] = field(default_factory=dict)
    roles: dict[str, type] = field(default_factory=dict)


OWN = Own()


def options(group: str) -> list[str]:
    """Names one can choose for a config group: the files of its folders, and strategies that need no file."""
    found = {name for folder in (CONF, *OWN.folders.values()) for name in names_in(folder, group)}
    return sorted(found | set(OWN.strategies if group == "strategy" else ()))


def names_in(folder: Path, group: str) -> list[str]:
    """Names of the files of a group in a folder laid out like ``conf/`` (a pipe would be waited for, for ever)."""
    return sorted(path.stem for path in (folder / group).glob("*.yaml") if path.is_file())


def file_of(group: str, name: str) -> Path:
    """The file of a choice; one of ``conf/`` where there is none."""
    own = (folder / group / f"{name}.yaml" for folder in OWN.folders.values())
    return next((path for path in own if path.is_file()), CONF / group / f"{name}.yaml")


def place_of(group: str, name: str) -> str:
    """What the file of a choice is called in messages."""
    path = file_of(group, name)
    return next((f"{word}/{group}/{name}.yaml" for word, folder in OWN.folders.items() if path.is_relative_to(folder)),
                f"conf/{group}/{name}.yaml")  # fmt: skip


def strategies() -> dict[str, type[Strategy]]:
    """Every strategy class by its config name: those found in ``scenarios/strategies/*.py``, and the user's."""
    return {**_shipped(), **OWN.strategies}


@cache
def _shipped() -> dict[str, type[Strategy]]:
    import scenarios.strategies as home

    found = [thing for thing in _classes(home) if issubclass(thing, Strategy) and thing is not Strategy]
    return {thing.config_name(): thing for thing in sorted(found, key=lambda thing: thing.config_name())}


def is_plan(name: str) -> bool:
    """Is a file of ``conf/strategy`` a plan: parts with names of their own, each saying which strategy it uses?"""
    return text_of("strategy", name).splitlines()[:1] == ["# @package strategies"]


def doses_of(name: str) -> dict[str, Any]:
    """What a file of ``conf/strategy`` says: the doses of a strategy, or the parts of a plan."""
    return {} if _needs_no_file(name) else read_yaml(file_of("strategy", name), place_of("strategy", name))


def _needs_no_file(name: str) -> bool:
    """A strategy of the user's without a file is played as its knobs say."""
    return name in OWN.strategies and not file_of("strategy", name).is_file()


def nodes_in(name: str) -> dict[str, dict[str, Any]]:
    """What a file of ``conf/strategy`` puts below ``strategies``: the doses of its strategy, or the parts of a plan."""
    if _needs_no_file(name):
        return {name: {}}
    lines = text_of("strategy", name).splitlines()[:4]
    package = next((line for line in lines if line.startswith("# @package ")), "").split()[-1:]
    if package not in (["strategies"], [f"strategies.{name}"]):
        raise ConfigError(f"{place_of('strategy', name)} lacks its first line '# @package strategies.{name}'")
    return doses_of(name) if package == ["strategies"] else {name: doses_of(name)}


def plans() -> dict[str, tuple[str, str]]:
    """Every plan by its name, with its title in English and Chinese; its name where its file has none."""
    found = titles("strategy")
    return {name: found.get(name, (name, name)) for name in filter(is_plan, options("strategy"))}


def families() -> dict[str, str]:
    """The family of every strategy and plan (:mod:`scenarios.strategies.families`), by its name.

    A plan's stands in its file, ``# family: renewal``; where there is none it is ``own``.
    """
    found = {name: made.family for name, made in strategies().items()}
    for name in filter(is_plan, options("strategy")):
        lines = text_of("strategy", name).splitlines()
        said = (line.removeprefix(_FAMILY).strip() for line in lines if line.startswith(_FAMILY))
        found[name] = next((one for one in said if one in FAMILIES), NO_FAMILY)
    return found


def titles(group: str) -> dict[str, tuple[str, str]]:
    """Titles in English and Chinese, by name, of the files of a group that have one: ``# title: A plan | 计划``.

    A title is a comment, so that it is no part of what a run is.
    """
    found = {}
    for name in options(group):
        lines = text_of(group, name).splitlines()
        heads = [line.removeprefix(_TITLE).split("|") for line in lines if line.startswith(_TITLE)]
        if heads and len(heads[0]) == 2:
            found[name] = (heads[0][0].strip(), heads[0][1].strip())
    return found


def text_of(group: str, name: str) -> str:
    """The text of the file of a choice, a small one; nothing where there needs to be none."""
    if group == "strategy" and _needs_no_file(name):
        return ""
    return read_text(file_of(group, name), place_of(group, name))


def file_comment(group: str, name: str) -> str:
    """The comment at the head of a YAML file, without what only the program reads of it."""
    lines = [line for line in text_of(group, name).splitlines() if line.startswith("#")]
    return "\n".join(line.lstrip("# ") for line in lines if "@package" not in line and not line.startswith(_FAMILY))


def roles() -> dict[str, type]:
    """The roles by name: the built-in ones, and the user's."""
    from agents import ROLES

    return {role.__name__: role for role in (*ROLES, *OWN.roles.values())}


def role_texts() -> dict[str, str]:
    """What the roles say of themselves, by name: the built-in ones, and the user's."""
    return _shipped_roles() | {role.__name__: inspect.getdoc(role) or "" for role in OWN.roles.values()}


@cache
def _shipped_roles() -> dict[str, str]:
    """Read, not imported, since that takes Mesa and a second."""
    from agents import HOMES

    found = {}
    for name, home in HOMES.items():
        source = Path(str(importlib.util.find_spec(home).origin)).read_text("utf-8")  # type: ignore[union-attr]
        made = next(node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == name)
        found[name] = ast.get_docstring(made) or ""
    return found


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


def name_all() -> None:
    """Let pages and pictures know the titles of strategies, plans and scenarios."""
    titled = {name: made.title for name, made in strategies().items() if any(made.title)}
    name_arms(titled | plans())
    name_worlds(titles("scenario"))


name_all()
