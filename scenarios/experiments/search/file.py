"""``conf/search/NAME.yaml`` to a checked :class:`Search`. Every mistake is one message that names place and cure.

    title, question   texts in English and Chinese ({en: …, zh: …})
    world             overrides of the world (what fate decides)
    base              overrides of every point (the strategies whose knobs are searched)
    over              the knobs (see :mod:`scenarios.experiments.axes`)
    objectives        outcome → maximise or minimise
    constraints       outcome → {at_most: …, at_least: …}, judged by the mean
    trials, seeds, fresh_seeds, days, seed, sampler
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from scenarios.config.files import read_question
from scenarios.config.own import in_use
from scenarios.config.yamlfile import count_of
from scenarios.errors import ConfigError, shown
from scenarios.experiments.cells import rules_version
from scenarios.experiments.exploration import Exploration
from scenarios.experiments.options import checked_setting
from scenarios.experiments.reader import known_outcome, needed, points_of
from sim.engine.knobs import did_you_mean

__all__ = ["KEYS", "SAMPLERS", "Constraint", "Search", "read_search"]

KEYS = ("title", "question", "world", "base", "over", "objectives", "constraints", "trials", "seeds", "fresh_seeds",
        "days", "seed", "sampler")  # fmt: skip
SAMPLERS = ("tpe", "nsga2")
MOST_TRIALS = 10_000
_WAYS = {"maximise": "maximize", "maximize": "maximize", "minimise": "minimize", "minimize": "minimize"}
_SIDES = ("at_most", "at_least")
_MOST_OBJECTIVES = 4


@dataclass(frozen=True)
class Constraint:
    """``outcome`` ≤ ``limit`` (``side`` at_most) or ≥ (at_least)."""

    outcome: str
    side: str
    limit: float

    def excess(self, value: float) -> float:
        """How far a value is beyond the limit; 0 or less where it is kept."""
        return value - self.limit if self.side == "at_most" else self.limit - value

    def __str__(self) -> str:
        return f"{self.outcome} {self.side.replace('_', ' ')} {self.limit:g}"


@dataclass(frozen=True, kw_only=True)
class Search(Exploration):
    """Knobs, what is wanted of them, and how long to look.

    ``objectives`` maps an outcome to "maximize" or "minimize". ``trials`` points are played; those that come out
    unbeaten are played again on ``fresh_seeds`` replicates of another seed, as a search of its own whose ``first``
    tells which one they come from.
    """

    kind: ClassVar[str] = "search"
    objectives: Mapping[str, str]
    constraints: tuple[Constraint, ...]
    trials: int
    fresh_seeds: int
    sampler: str
    first: str = ""

    def __post_init__(self) -> None:
        """It looks at its objectives first, then at what has limits."""
        names = dict.fromkeys([*self.objectives, *(one.outcome for one in self.constraints)])
        object.__setattr__(self, "outcomes", tuple(names))

    @property
    def fresh_seed(self) -> int:
        """The seed of the second look: the next one, another luck altogether."""
        return self.seed + 1

    def fresh(self) -> Search:
        """The same search on the seeds of the second look."""
        return replace(self, name=f"{self.name}/fresh", seed=self.fresh_seed, seeds=self.fresh_seeds, first=self.part)

    @property
    def part(self) -> str:
        """Hash of what decides which point a trial is, and on what luck it is played."""
        said: dict[str, object] = {
            "axes": [repr(axis) for axis in self.axes],
            "objectives": list(self.objectives.items()),
            "constraints": list(map(str, self.constraints)),
            "overrides": [self.world, self.base, self.extra],
            "numbers": [self.seeds, self.days, self.seed, self.sampler],
            "rules": rules_version(),
        }
        if in_use():
            said["plugins"] = sorted((plugin.name, plugin.version) for plugin in in_use())
        if self.first:
            said["first"] = self.first
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def read_search(name: str) -> Search:
    """The search called ``name``, or in the file of that path; whether its points can be played is checked when they
    are composed.
    """
    name, found, place = read_question("search", name, KEYS)
    needed(found, ("question", "over", "objectives"), place, "a search")
    sampler = found.get("sampler", "tpe")
    if sampler not in SAMPLERS:
        raise ConfigError(f"{place}: sampler: there is no '{shown(sampler)}'{did_you_mean(str(sampler), SAMPLERS)}")
    return Search(
        **points_of(found, name, place, seeds=10),
        objectives=_objectives(found["objectives"], place),
        constraints=_constraints(found.get("constraints") or {}, place),
        trials=count_of(found, "trials", 60, MOST_TRIALS, place),
        fresh_seeds=checked_setting("fresh_seeds", found.get("fresh_seeds", 20), f"{place}: "),
        sampler=sampler,
    )


def _objectives(value: object, place: str) -> dict[str, str]:
    if not isinstance(value, Mapping) or not value:
        raise ConfigError(f"{place}: objectives: {shown(value)} is no mapping; write {{lifetime: maximise}}")
    if len(value) > _MOST_OBJECTIVES:
        raise ConfigError(f"{place}: objectives: {len(value)} are too many to weigh; the most is {_MOST_OBJECTIVES}")
    for name, way in value.items():
        known_outcome(name, f"{place}: objectives")
        if not isinstance(way, str) or way not in _WAYS:
            raise ConfigError(f"{place}: objectives: {name}: {shown(way)}; write maximise or minimise")
    return {name: _WAYS[way] for name, way in value.items()}


def _constraints(value: object, place: str) -> tuple[Constraint, ...]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{place}: constraints: {shown(value)} is no mapping; write cost: {{at_most: 500}}")
    found = []
    for name, limits in value.items():
        known_outcome(name, f"{place}: constraints")
        if not isinstance(limits, Mapping) or not limits:
            raise ConfigError(f"{place}: constraints: {name}: {shown(limits)} is no limit; write {{at_most: 500}}")
        for side, limit in limits.items():
            found.append(_constraint(name, side, limit, f"{place}: constraints: {name}"))
    return tuple(found)


def _constraint(name: str, side: Any, limit: Any, place: str) -> Constraint:
    if side not in _SIDES:
        raise ConfigError(f"{place}: there is no '{shown(side)}'{did_you_mean(str(side), _SIDES)}")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not math.isfinite(limit):
        raise ConfigError(f"{place}: {side}: {shown(limit)} is no number")
    return Constraint(name, side, float(limit))
