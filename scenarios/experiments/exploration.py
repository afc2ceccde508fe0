"""What a search and a sensitivity analysis have in common: knobs moved over their ranges in one world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from scenarios.experiments.axes import Axis, settings_of
from scenarios.experiments.study import Study

__all__ = ["WORLD", "Exploration", "Values"]

Values = tuple[Any, ...]
"""A value for each knob, in the order of the axes."""
WORLD = "world"


@dataclass(frozen=True, kw_only=True)
class Exploration:
    """Where points come from and how each is played: on replicates 0 … ``seeds`` − 1 of ``seed``, for ``days`` days.

    ``world`` and ``base`` are overrides of every point (what fate decides, what the host does besides), ``extra``
    those said on the command line; ``axes`` are the knobs that differ between points, ``outcomes`` what is looked at.
    """

    kind: ClassVar[str] = ""
    name: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    world: tuple[str, ...]
    base: tuple[str, ...]
    axes: tuple[Axis, ...]
    seeds: int
    days: int
    seed: int
    extra: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        """What all points share, where they are played a few at a time; nothing where all are known beforehand."""
        return ""

    def at(self, u: Sequence[float]) -> Values:
        """The values at a point of the unit cube."""
        return tuple(axis.at(float(one)) for axis, one in zip(self.axes, u, strict=True))

    def study_of(self, points: Mapping[str, Sequence[Any]]) -> Study:
        """The study whose arms are these points: what was played lies in the store and is never played twice."""
        keys = [axis.key for axis in self.axes]
        arms = {label: (*self.base, *settings_of(keys, values)) for label, values in points.items()}
        return Study(f"{self.kind}/{self.name}", self.title, self.question, {WORLD: self.world}, arms, next(iter(arms)),
                     self.seeds, self.outcomes, self.days, self.seed, self.extra, part=self.part)  # fmt: skip
