"""Is a composed configuration of the right shape: no unknown keys, no resolvers, strategies only where chosen."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.config import catalog
from scenarios.config.sections import all_knobs, sections
from scenarios.errors import ConfigError, shown
from sim.engine.knobs import Knob, KnobError, KnobSet, did_you_mean

__all__ = [
    "TEXTS", "check_group", "check_shape", "check_strategy_names", "checked_knobs", "checked_values", "leaves",
]  # fmt: skip

# Words beside the settings and the sections.
TEXTS = ("arm", "world", "start", "out")


def check_shape(raw: object, below: dict[str, Any]) -> None:
    """Unknown keys at the top, and sections that are not sections, before they are merged."""
    assert isinstance(raw, dict)
    _refuse_resolvers(raw)
    for key, value in raw.items():
        if key not in below and key not in TEXTS:
            raise ConfigError(f"there is no setting '{shown(key)}'{_nearest(str(key), below)}")
        check_group(key, value)
        if key == "strategies":
            _check_strategies_shape(value, list(below["strategies"]))


def check_group(key: object, value: object) -> None:
    """A group of settings is given as a mapping. Said of each override by itself, too: a later one would hide it."""
    if isinstance(value, dict):
        return
    if key == "strategies":
        some = shown(value) if value in catalog.options("strategy") else "group_cap,red_packet"
        raise ConfigError(f"strategies={shown(value)}: strategies are chosen by 'strategy=[{some}]'")
    if key in sections():
        raise ConfigError(f"{key}={shown(value)}: '{key}' is a group of settings; write {key}.<name>=<value>")


def _nearest(word: str, below: dict[str, Any]) -> str:
    """The setting nearest to ``word``, found by its last name too: ``tie_gain`` finds ``talk.tie_gain``."""
    full = {name: f"'{name}'" for name in (*below, *TEXTS, *catalog.GROUPS) if name != "strategies"}
    for name in all_knobs():
        full.setdefault(name.rsplit(".", 1)[-1], f"'{name}'")
    for name in catalog.strategies():
        for part in (name, *name.split("_")):
            full.setdefault(part, f"'strategy=[{name}]'")
    near = difflib.get_close_matches(word, sorted(full), n=1, cutoff=0.6)
    return f"; did you mean {full[near[0]]}?" if near else "; `shequn list knobs` shows what there is"


def _check_strategies_shape(value: dict[Any, Any], names: list[str]) -> None:
    known = catalog.strategies()
    for name in value:
        if name in names:
            continue
        if isinstance(name, str) and name in catalog.plans():
            raise ConfigError(f"strategies.{name}: '{name}' is a plan; set its parts (`shequn explain {name}`)")
        if name not in known:
            raise ConfigError(f"strategies.{shown(name)}: there is no strategy '{shown(name)}'"
                              f"{did_you_mean(str(name), known)}")
        chosen = ",".join([*(n for n in names if n != "nothing"), str(name)])
        raise ConfigError(f"strategies.{name} is set, but '{name}' is not chosen; add it: 'strategy=[{chosen}]'")
    for name in names:
        if value.get(name) is not None and not isinstance(value[name], dict):
            raise ConfigError(f"strategies.{name}={shown(value[name])}: write strategies.{name}.<knob>=<value>")


def check_strategy_names(names: list[str]) -> None:
    """Each is a class, or a plan: a file of nodes that say what they use."""
    known = catalog.strategies()
    for name in names:
        if name not in known and not catalog.is_plan(name):
            missing = "no class in scenarios/strategies" if not catalog.OWN.folders else "no class"
            raise ConfigError(f"{catalog.place_of('strategy', name)} has {missing}{did_you_mean(name, known)}\n"
                              "a class of your own is found if you add plugins=FOLDER")  # fmt: skip
        if names.count(name) > 1:
            raise ConfigError(f"strategy: '{name}' is named {names.count(name)} times; once is enough")


def leaves(tree: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value of mappings and lists inside each other, with the key that leads there."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from leaves(value, f"{path}[{number}]")
    else:
        yield path, tree


def _refuse_resolvers(raw: object) -> None:
    """References are welcome, resolvers such as ``${oc.env:HOME}`` are not: a run depends on its config alone."""
    for key, text in leaves(raw):
        if text == "???":
            raise ConfigError(f"{shown(key)}=??? has no value; give one")
        if isinstance(text, str) and "${" in text and ":" in text.split("${", 1)[1]:
            cure = "only references like ${population.seats} are allowed here"
            raise ConfigError(f"{shown(key)}={shown(text)}: {cure}")


def checked_knobs[K: KnobSet](section: type[K], place: str, values: dict[Any, Any]) -> K:
    """``section`` with ``values``; a complaint is preceded by the place of the knob."""
    checked_values(section.knobs(), place, values)
    return section(**values)


def checked_values(declared: Mapping[str, Knob[Any]], place: str, values: Mapping[Any, Any]) -> dict[str, Any]:
    """``values`` of declared knobs, each in its own type; a complaint is preceded by the place of the knob."""
    dot = f"{place}." if place else ""
    checked = {}
    for name, value in values.items():
        if name not in declared:
            own = "\na role of your own is found if you add plugins=FOLDER" if place == "roles" else ""
            raise ConfigError(f"{dot}{shown(name)}: there is no such knob{did_you_mean(str(name), declared)}{own}")
        try:
            checked[name] = declared[name].check(value)
        except KnobError as error:
            raise ConfigError(dot + str(error).replace(repr(value), shown(repr(value)))) from error
    return checked
