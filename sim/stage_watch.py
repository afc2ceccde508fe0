"""At what stage a group is, as its host can tell on a morning: from how many have written on the days before.

Let p be the mean number of people who wrote on a day, over the last seven days, p₁ that of the group's first seven
days, and P the highest p since then.

================  ======================================================================================
germination       in the first 14 days; and until day 28 while P < 1.5 p₁
growth            p ≥ 0.9 P, and p is higher than seven days before
active            p ≥ 0.5 P
decline           p < 0.5 P on 14 mornings in a row; then for 14 days at least
================  ======================================================================================

The first line that holds counts, but decline goes before growth and active. Small groups are noisy: docs/model.md tells
how often the stage is misjudged. Source: founding material (life cycle of groups); the numbers are assumptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sim.data.plan import StrategyLike

__all__ = ["STAGES", "StageWatch", "watch_for"]

STAGES = ("germination", "growth", "active", "decline")
GERMINATION, GROWTH, ACTIVE, DECLINE = range(4)
WEEK, FORTNIGHT, MONTH = 7, 14, 28
WAKING, HIGH, LOW = 1.5, 0.9, 0.5


class StageWatch:
    """The memory of a host of ``n`` groups: fourteen days of people who wrote, and what follows from them."""

    def __init__(self, n: int) -> None:
        self._wrote = np.zeros((FORTNIGHT, n))  # by day, in turn
        self._first, self._peak = np.zeros(n), np.zeros(n)
        self._n_low = np.zeros(n, dtype=np.int64)
        self._decline_ends = np.zeros(n, dtype=np.int64)

    def judge(self, groups: np.ndarray, day: int) -> np.ndarray:
        """The stage of each group on the morning of ``day``, as its place in :data:`STAGES`; once a day, in order."""
        age = np.where(groups["day_born"] >= 0, day - groups["day_born"], 0)
        self._wrote[(day - 1) % FORTNIGHT] = np.where(age > 0, groups["n_posters"], 0)
        pulse, before = self._mean(day, 0, age), self._mean(day, WEEK, age)
        self._first = np.where(age == WEEK, pulse, self._first)
        self._peak = np.where(age >= WEEK, np.maximum(self._peak, pulse), 0.0)
        is_young = (age < FORTNIGHT) | ((age < MONTH) & (self._peak < WAKING * self._first))
        self._n_low = np.where(~is_young & (pulse < LOW * self._peak), self._n_low + 1, 0)
        self._decline_ends = np.where(self._n_low >= FORTNIGHT, day + FORTNIGHT, self._decline_ends)
        is_growing = (pulse >= HIGH * self._peak) & (pulse > before)
        stage = np.where(is_growing, GROWTH, ACTIVE)
        stage = np.where(day < self._decline_ends, DECLINE, stage)
        return np.where(is_young, GERMINATION, stage)

    def _mean(self, day: int, back: int, age: np.ndarray) -> np.ndarray:
        """Mean over seven days that ended ``back`` days ago, or over those of them that the group has seen."""
        days = [(day - 1 - back - k) % FORTNIGHT for k in range(WEEK)]
        seen = np.clip(age - back, 1, WEEK)
        return np.asarray(self._wrote[days].sum(axis=0) / seen)


def watch_for(strategies: Sequence[StrategyLike], n_groups: int) -> StageWatch | None:
    """The stages of groups are judged only if a strategy asks for them."""
    return StageWatch(n_groups) if any(one.while_stage != "any" for one in strategies) else None
