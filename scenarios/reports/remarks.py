"""What a reader should know before any number: doses that do nothing, runs too short for deaths, a single community."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scenarios.config import catalog
from scenarios.strategies.base import Strategy
from scenarios.strategies.families import OWN, SEVERAL
from sim.analysis.ceilings import seats_of
from sim.analysis.experiment.findings import Findings, Notes, Remark
from sim.analysis.lifetimes import WINDOWS
from sim.locale.words import arm_label, say

__all__ = ["no_deaths", "notes_of", "of_ensemble", "remarks", "too_little"]

WINDOW = WINDOWS[1]
FEW = 20
"""Communities below which rare unusual ones may well be missing from the sample."""


def no_deaths(days: int) -> bool:
    """Is a run too short for any death to be seen? A group is dead after so many days of silence."""
    return days <= WINDOW


def remarks(found: Findings, lang: str) -> list[str]:
    """The sentences on doses, days and communities."""
    lines = [say(key, lang, **{**values, "arm": arm_label(str(values["arm"]), lang)})
             for key, values in found.notes.remarks]  # fmt: skip
    communities = max(found.replicates(world)[1] for world in found.worlds)
    return [*lines, *too_little(found.study.days, communities, lang)]


def too_little(days: int, communities: int, lang: str) -> list[str]:
    """That a run is too short for deaths, or of a single community."""
    lines = [say("remark_no_deaths", lang, days=days, window=WINDOW)] if no_deaths(days) else []
    few = "remark_one" if communities < 2 else "remark_few" if communities < FEW else ""
    return lines + ([say(few, lang, n=communities)] if few else [])


def of_ensemble(config: Mapping[str, Any], lang: str) -> list[str]:
    """That each community plays constants of its own, if they do."""
    sets = config.get("ensemble")
    return [say("remark_ensemble", lang, **sets)] if sets else []


def notes_of(configs: Iterable[tuple[str, str, Mapping[str, Any]]]) -> Notes:
    """What resolved configs (world, arm, config) tell: doses that can have no effect, each once; seats by world; the
    family of each arm.
    """
    told: dict[object, Remark] = {}
    family: dict[str, str] = {}
    by_world: dict[str, list[Mapping[str, Any]]] = {}
    for world, arm, config in configs:
        if sets := config.get("ensemble"):
            told["ensemble"] = told.get("ensemble") or ("remark_ensemble", {"arm": arm, **sets})
        by_world.setdefault(world, []).append(config)
        seats = int((config.get("population") or {}).get("seats") or 0)
        family.setdefault(arm, _family(arm, config))
        for one in _strategies(config):
            if knob := one.never_binds(seats):
                values = {"arm": arm, "knob": f"{one.name}.{knob}", "value": one.values[knob], "seats": seats}
                told[tuple(values.values())] = "remark_never_binds", values
    return Notes([*told.values()], {world: seats_of(some) for world, some in by_world.items()}, family)


def _family(arm: str, config: Mapping[str, Any]) -> str:
    """That of the plan which the arm is called by, else that of all its strategies."""
    if arm in catalog.plans():
        return catalog.families()[arm]
    found = {one.family for one in _strategies(config)}
    return SEVERAL if len(found) > 1 else next(iter(found), OWN)


def _strategies(config: Mapping[str, Any]) -> Iterable[Strategy]:
    """The strategies of a config, as far as they are known here."""
    given, known = config.get("strategies"), catalog.strategies()
    for node, doses in given.items() if isinstance(given, Mapping) else ():
        kind = known.get(str(doses.get("use", node))) if isinstance(doses, Mapping) else None
        if kind is not None:
            yield kind(str(node), **{name: value for name, value in doses.items() if name in kind.own_knobs()})
