"""From overrides to a checked Scenario. Hydra composes the files of ``conf/``; the knobs say what is allowed.

1. The overrides are read and the choices of config groups checked (:mod:`scenarios.config.overrides`).
2. Hydra composes the YAML files. Nothing is instantiated: the result is names, numbers and words.
3. Defaults of the knobs are laid underneath, references (``${population.seats}``) resolved; resolvers are refused.
4. Every key and value is checked against the knobs, and the strategies against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.initialize import get_gh_backup, restore_gh_from_backup
from omegaconf import DictConfig, OmegaConf

from scenarios.config import catalog, overrides
from scenarios.config.events import events_of
from scenarios.config.nodes import nodes_of
from scenarios.config.sections import FIELDS, SECTIONS, sections
from scenarios.config.settings import Settings
from scenarios.config.validation import check_shape, check_strategy_names, checked_knobs
from scenarios.errors import ConfigError, shown
from scenarios.scenario import Scenario
from sim.mechanisms import mechanisms

__all__ = ["compose", "compose_with_folder"]

def compose(overrides: Iterable[str] = ()) -> Scenario:
    """The scenario that ``overrides`` ask for, validated.

    Raises
    ------
    ConfigError
        On any mistake, in at most three lines that name the place and the cure.
    """
    return compose_with_folder(overrides)[0]


def compose_with_folder(asked: Iterable[str] = ()) -> tuple[Scenario, str | None]:
    """The scenario, and the folder asked for by ``out=`` (None: the default)."""
    if isinstance(asked, str):
        raise ConfigError(f"give a list of overrides, like ['{shown(asked)}']")
    choices = overrides.read(asked)
    defaults = _default_choices()
    picked = {group: overrides.chosen(group, choices, defaults[group]) for group in catalog.GROUPS}
    check_strategy_names(picked["strategy"])
    config = _compose_files(overrides.as_hydra(choices))
    is_chosen = any(choice.key == "strategy" for choice in choices)
    nodes = nodes_of(OmegaConf.to_container(config, resolve=False), picked["strategy"], is_chosen)
    found = _resolve(_without(config, set(picked["strategy"]) - set(nodes)), nodes)
    if found.get("arm") is None and any(map(catalog.is_plan, picked["strategy"])):
        found["arm"] = "+".join(picked["strategy"])
    return _build(found, picked["scenario"][0], nodes), _folder(found)


def _default_choices() -> dict[str, list[str]]:
    """What ``conf/config.yaml`` chooses for each config group."""
    with _speaking("conf/config.yaml"):
        entries = OmegaConf.to_container(OmegaConf.load(catalog.CONF / "config.yaml"))["defaults"]
        pairs = [(key, value) for entry in entries if isinstance(entry, dict) for key, value in entry.items()]
        return {key: value if isinstance(value, list) else [value] for key, value in pairs}


def _compose_files(hydra_overrides: list[str]) -> DictConfig:
    """Hydra at work; a session of the caller's own stays as it was."""
    callers = get_gh_backup()
    GlobalHydra.instance().clear()
    try:
        with _speaking("the configuration"), initialize_config_dir(str(catalog.CONF), version_base="1.3"):
            return hydra_compose("config", overrides=hydra_overrides)
    finally:
        restore_gh_from_backup(callers)


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


def _without(config: DictConfig, names: set[str]) -> DictConfig:
    """Nodes are played in the place of a choice that is only the default: its file is left out."""
    given = config.get("strategies")
    OmegaConf.set_struct(config, False)
    for name in names & set(given) if OmegaConf.is_dict(given) else ():
        if not given[name]:  # nobody has set a dose of it
            del given[name]
    return config


def _resolve(config: DictConfig, nodes: dict[str, str]) -> dict[str, Any]:
    """Lay the knobs' defaults underneath, and the doses of what nodes ``use``, and resolve references; refuse resolvers
    such as ``${oc.env:HOME}``.
    """
    raw = OmegaConf.to_container(config, resolve=False)
    below: dict[str, Any] = dict(Settings().values)
    below |= {key: dict(section()) for key, section in sections().items()}
    known = catalog.strategies()
    below["timeline"] = []
    below["strategies"] = {node: dict(known[kind]()) for node, kind in nodes.items()}
    check_shape(raw, below)
    with _speaking("the configuration"):
        doses = {node: catalog.doses_of(kind) for node, kind in nodes.items() if node != kind}
        merged = OmegaConf.merge(OmegaConf.create(below), {"strategies": doses}, config)
        return OmegaConf.to_container(merged, resolve=True, throw_on_missing=True)


def _build(found: dict[str, Any], name: str, nodes: dict[str, str]) -> Scenario:
    """A Scenario from plain values; every knob checks its own. ``nodes`` are kinds of strategies by their names."""
    known = catalog.strategies()
    fields: dict[str, Any] = dict(checked_knobs(Settings, "", {name: found[name] for name in Settings.knobs()}))
    fields |= {FIELDS[key]: checked_knobs(section, key, found[key]) for key, section in SECTIONS.items()}
    tuned = [(key, made) for key, made in mechanisms().items() if found[key] != dict(made())]
    fields["tuned"] = tuple(checked_knobs(made, key, found[key]) for key, made in tuned)
    fields |= {name: _text(found[name]) for name in ("arm", "world", "start") if found.get(name) is not None}
    strategies = []
    for node, kind in nodes.items():
        values = {knob: value for knob, value in (found["strategies"][node] or {}).items() if knob != "use"}
        made = checked_knobs(known[kind], f"strategies.{node}", values)
        strategies.append(made if node == kind else made.called(node))
    events = events_of(found["timeline"]) if found["timeline"] != [] else ()
    return Scenario(name=name, strategies=tuple(strategies), timeline=events, **fields)


def _text(value: object) -> object:
    """A label may be written as a number: ``arm=7``."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _folder(found: dict[str, Any]) -> str | None:
    out = _text(found.get("out"))
    if out is None:
        return None
    if not isinstance(out, str) or not out.strip() or not out.isprintable():
        raise ConfigError(f"out={shown(out)} is no folder; write it like out=outputs/mine")
    return out
