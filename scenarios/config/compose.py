"""From overrides to a checked Scenario: the one way to compose, for a run, a sweep and every arm of a study.

1. The overrides are read and the choices of config groups checked (:mod:`scenarios.config.overrides`).
2. Hydra composes the YAML files that are chosen, once for each set of choices and as long as no file changes: that
   takes a tenth of a second, and the arms of a study differ by strategies and numbers. Nothing is instantiated: the
   result is names, numbers and words.
3. The other overrides are laid over it, defaults of the knobs underneath; references (``${population.seats}``) are
   resolved, resolvers refused.
4. Every key and value is checked against the knobs, and the strategies against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.initialize import get_gh_backup, restore_gh_from_backup
from omegaconf import OmegaConf

from scenarios.config import catalog, overrides
from scenarios.config.contradictions import check_room
from scenarios.config.ensemble import with_sets
from scenarios.config.events import events_of
from scenarios.config.files import check_file
from scenarios.config.nodes import nodes_of
from scenarios.config.overrides import Choice
from scenarios.config.own import Words, take_up
from scenarios.config.sections import FIELDS, SECTIONS, own_roles, sections
from scenarios.config.settings import Settings
from scenarios.config.stamp import stamp
from scenarios.config.validation import (
    check_group,
    check_shape,
    check_strategy_names,
    checked_knobs,
    checked_values,
    leaves,
)
from scenarios.errors import ConfigError, shown
from scenarios.scenario import Scenario
from sim.engine.knobs import KnobSet
from sim.mechanisms import mechanisms

__all__ = ["Composer", "compose", "compose_with_folder"]

Tree = dict[str, Any]
PLATFORMS = (500, 2_000)
"""Most seats of a group in WeChat and in QQ."""
ROOM_TO_GROW = 1.5
"""Seats over members of groups that are there already, at least, where no seats are given."""
_KEPT: dict[tuple[Any, ...], Tree] = {}
_MOST_KEPT = 256
_OF_HYDRA = [group for group in catalog.GROUPS if group != "strategy"]
"""A study may have any combination of sixty strategies; their files are read one by one and laid beside each other."""


def compose(overrides: Iterable[str] = (), *, plugins: Words = (), conf_dir: Words = ()) -> Scenario:
    """The scenario that ``overrides`` ask for, validated.

    Parameters
    ----------
    overrides
        As on the command line: ``["scenario=pet_owners", "days=60"]``.
    plugins
        Folders, files or installed modules with strategies, mechanisms and roles of your own. Their code is run.
    conf_dir
        Folders with YAML of your own, laid out like ``conf/``.

    What ``plugins`` and ``conf_dir`` bring is known for the rest of the session.

    Raises
    ------
    ConfigError
        On any mistake, in at most three lines that name the place and the cure.
    """
    take_up(plugins, conf_dir)
    return compose_with_folder(overrides)[0]


def compose_with_folder(overrides: Iterable[str] = ()) -> tuple[Scenario, str | None]:
    """The scenario, and the folder asked for by ``out=`` (None: the default)."""
    return Composer().with_folder(overrides)


class Composer:
    """Scenarios by their overrides; it remembers what it has read of ``conf/`` and of the user's folders."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, ...], Tree] = {}
        self._nodes: dict[str, Tree] = {}
        self._defaults: dict[str, list[str]] = {}

    def scenario(self, asked: Iterable[str]) -> Scenario:
        """What :func:`compose` makes of the same overrides."""
        return self.with_folder(asked)[0]

    def with_folder(self, asked: Iterable[str]) -> tuple[Scenario, str | None]:
        """What :func:`compose_with_folder` makes of the same overrides."""
        if isinstance(asked, str):
            raise ConfigError(f"give a list of overrides, like ['{shown(asked)}']")
        choices = overrides.read(asked)
        self._defaults = self._defaults or _default_choices()
        picked = {group: overrides.chosen(group, choices, self._defaults[group]) for group in catalog.GROUPS}
        check_strategy_names(picked["strategy"])
        raw = self._said(choices, picked)
        is_chosen = any(choice.key == "strategy" for choice in choices)
        nodes = nodes_of(raw, picked["strategy"], is_chosen)
        _leave_out(raw, set(picked["strategy"]) - set(nodes))
        found = _resolved(raw, nodes)
        keys = {choice.key for choice in choices}
        if "population.members" in keys and not keys & {"population", "population.seats"}:
            _let_seats_follow(found["population"])
        if found.get("arm") is None and any(map(catalog.is_plan, picked["strategy"])):
            found["arm"] = "+".join(picked["strategy"])
        return with_sets(_build(found, picked["scenario"][0], nodes), _said_knobs(choices)), _folder(found)

    def _said(self, choices: Sequence[Choice], picked: Mapping[str, Sequence[str]]) -> Tree:
        """The chosen files with the other overrides laid over them, references as they are written."""
        groups = (*(f"{one.key}={one.text}" for one in choices if one.key in _OF_HYDRA), *_searched())
        if groups not in self._files:
            for group in _OF_HYDRA:
                check_file(group, picked[group][0])
            self._files[groups] = _composed_files(groups)
        raw = deepcopy(self._files[groups])
        for name in picked["strategy"]:
            if name not in self._nodes:
                with _speaking(catalog.place_of("strategy", name)):
                    self._nodes[name] = catalog.nodes_in(name)
            raw["strategies"] |= deepcopy(self._nodes[name])
        for choice in choices:
            if choice.key not in catalog.GROUPS:
                check_group(choice.key, choice.value)
                raw = _laid(raw, _nested(choice.key, choice.value))
        return raw


def _searched() -> list[str]:
    """Where Hydra looks besides: behind ``conf/``, whose names nobody can take."""
    folders = [f"file://{folder}".replace("\\", "\\\\").replace("'", "\\'") for folder in catalog.OWN.folders.values()]
    return ["hydra.searchpath=[" + ",".join(f"'{folder}'" for folder in folders) + "]"] if folders else []


def _said_knobs(choices: Iterable[Choice]) -> set[str]:
    """Full names of the knobs that overrides set, those given as a mapping (``mind={reply: 0.2}``) among them."""
    return {path for one in choices if one.key not in catalog.GROUPS for path, _ in leaves(_nested(one.key, one.value))}


def _nested(key: str, value: object) -> Tree:
    """``talk.tie_gain`` and a value as mappings, one inside the other."""
    first, dot, rest = key.partition(".")
    return {first: _nested(rest, value) if dot else value}


def _laid(below: Mapping[str, Any], above: Mapping[str, Any]) -> Tree:
    """Both together; where they differ ``above`` holds."""
    found = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(found.get(key), dict)
        found[key] = _laid(found[key], value) if both else value
    return found


def _default_choices() -> dict[str, list[str]]:
    """What ``conf/config.yaml`` chooses for each config group."""
    with _speaking("conf/config.yaml"):
        about = (catalog.CONF / "config.yaml").stat()
        pairs = _pairs_in(catalog.CONF / "config.yaml", about.st_ctime_ns, about.st_size)
        return {key: list(value) if isinstance(value, list) else [value] for key, value in pairs}


@lru_cache(8)
def _pairs_in(path: Path, changed: int, size: int) -> list[tuple[str, str | list[str]]]:
    entries = OmegaConf.to_container(OmegaConf.load(path))["defaults"]
    return [(key, value) for entry in entries if isinstance(entry, dict) for key, value in entry.items()]


def _composed_files(groups: tuple[str, ...]) -> Tree:
    """The chosen files laid over each other, not to be changed; composed anew if any file has changed meanwhile."""
    key = (groups, stamp((catalog.CONF, *catalog.OWN.folders.values())))
    if key not in _KEPT:
        while len(_KEPT) >= _MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[key] = _composed_by_hydra(groups)
    return _KEPT[key]


def _composed_by_hydra(groups: Sequence[str]) -> Tree:
    """Hydra at work; a session of the caller's own stays as it was."""
    callers = get_gh_backup()
    GlobalHydra.instance().clear()
    try:
        with _speaking("the configuration"), initialize_config_dir(str(catalog.CONF), version_base="1.3"):
            found = OmegaConf.to_container(hydra_compose("config", overrides=list(groups)), resolve=False)
            assert isinstance(found, dict)
    finally:
        restore_gh_from_backup(callers)
    return {str(key): value for key, value in found.items()} | {"strategies": {}}


class _speaking:
    """Whatever YAML, Hydra or OmegaConf complain about becomes one message; no code of ours runs inside."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, ConfigError):
            return
        mark = getattr(error, "problem_mark", None)
        if mark is not None:
            place = str(mark.name).replace(str(catalog.CONF), "conf")
            problem = getattr(error, "problem", error)
            raise ConfigError(f"{place}, line {mark.line + 1}: no YAML, {shown(problem)}") from error
        lines = str(error).splitlines() or [type(error).__name__]
        raise ConfigError(f"{self.place} cannot be composed: {' '.join(line.strip() for line in lines[:2])}") from error


def _leave_out(raw: Tree, names: set[str]) -> None:
    """Nodes are played in the place of a choice that is only the default: it is left out unless a dose of it is set."""
    given = raw["strategies"]
    if isinstance(given, dict):
        raw["strategies"] = {name: doses for name, doses in given.items() if doses or name not in names}


def _resolved(raw: Tree, nodes: Mapping[str, str]) -> Tree:
    """Lay the knobs' defaults underneath, and the doses of what nodes ``use``, and resolve references; refuse resolvers
    such as ``${oc.env:HOME}``.
    """
    below: Tree = {"timeline": [], **_defaults_of(Settings)}
    below |= {key: _defaults_of(section) for key, section in sections().items()}
    below["roles"] |= {name: knob.default for name, knob in own_roles().items()}
    known = catalog.strategies()
    below["strategies"] = {node: _defaults_of(known[kind]) for node, kind in nodes.items()}
    check_shape(raw, below)
    doses = {node: catalog.doses_of(kind) for node, kind in nodes.items() if node != kind}
    merged = _laid(_laid(below, {"strategies": doses}), raw)
    if not any(isinstance(value, str) and "${" in value for _, value in leaves(raw)):
        return merged
    with _speaking("the configuration"):
        found = OmegaConf.to_container(OmegaConf.create(merged), resolve=True, throw_on_missing=True)
        assert isinstance(found, dict)
        return {str(key): value for key, value in found.items()}


def _let_seats_follow(population: Tree) -> None:
    """Groups that are there already can grow: who gives their members and no seats gets those of WeChat, or of QQ."""
    members, seats = population["members"], population["seats"]
    if isinstance(members, int) and isinstance(seats, int) and members > 0:
        enough = next((most for most in PLATFORMS if most >= ROOM_TO_GROW * members), PLATFORMS[-1])
        population["seats"] = max(seats, enough)


def _defaults_of(section: type[KnobSet]) -> Tree:
    return {name: knob.default for name, knob in section.knobs().items()}


def _build(found: Tree, name: str, nodes: Mapping[str, str]) -> Scenario:
    """A Scenario from plain values; every knob checks its own. ``nodes`` are kinds of strategies by their names."""
    known = catalog.strategies()
    fields: dict[str, Any] = dict(checked_knobs(Settings, "", {name: found[name] for name in Settings.knobs()}))
    roles, shares = own_roles(), {}
    if roles:
        shares = checked_values(roles, "roles", {name: found["roles"].pop(name) for name in roles})
    fields |= {FIELDS[key]: checked_knobs(section, key, found[key]) for key, section in SECTIONS.items()}
    fields["added_roles"] = tuple((catalog.OWN.roles[name], float(share)) for name, share in shares.items() if share)
    tuned = [(key, made) for key, made in mechanisms().items() if found[key] != _defaults_of(made)]
    fields["tuned"] = tuple(checked_knobs(made, key, found[key]) for key, made in tuned)
    fields |= {name: _text(found[name]) for name in ("arm", "world", "start") if found.get(name) is not None}
    strategies = []
    for node, kind in nodes.items():
        values = {knob: value for knob, value in (found["strategies"][node] or {}).items() if knob != "use"}
        made = checked_knobs(known[kind], f"strategies.{node}", values)
        strategies.append(made if node == kind else made.called(node))
    events = events_of(found["timeline"]) if found["timeline"] != [] else ()
    check_room(tuple(strategies), fields["population"])
    return Scenario(name=name, strategies=tuple(strategies), timeline=events, **fields)


def _text(value: object) -> object:
    """A label may be written as a number: ``arm=7``."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _folder(found: Tree) -> str | None:
    out = _text(found.get("out"))
    if out is None:
        return None
    if not isinstance(out, str) or not out.strip() or not out.isprintable():
        raise ConfigError(f"out={shown(out)} is no folder; write it like out=outputs/mine")
    return out
