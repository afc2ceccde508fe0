"""What a search and a sensitivity analysis have in common: knobs moved over their ranges in one world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.experiments.axes import Axis

__all__ = ["Exploration"]


@dataclass(frozen=True, kw_only=True)
class Exploration:
    """Where points come from and how each is played: on replicates 0 … ``seeds`` − 1 of ``seed``, for ``days`` days.

    ``world`` and ``base`` are overrides of every point (what fate decides, what the host does besides), ``extra``
    those said on the command line; ``axes`` are the knobs that differ between points.
    """

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
