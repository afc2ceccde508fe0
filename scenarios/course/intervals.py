"""A mean over communities with its 95 % interval, for students: one line to work out, one line to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sim.analysis.statistics.skewed import mean_interval

__all__ = ["Interval", "interval"]


class Interval(NamedTuple):
    """A mean, its 95 % interval, and the number of communities it rests on."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def arms(self) -> list[list[float]]:
        """How far the interval reaches below and above the mean, as matplotlib's ``errorbar`` takes it."""
        return [[self.mean - self.low], [self.high - self.mean]]

    def __str__(self) -> str:
        ends = f"{self.low:.3g} … {self.high:.3g}" if self.low == self.low else "–"  # all equal: no interval
        return f"{self.mean:.3g} ({ends}), n = {self.n}"


def interval(values: Iterable[float]) -> Interval:
    """The mean of one value a community, with the interval of :mod:`sim.analysis.statistics.skewed`.

    >>> print(interval([1.0, 2.0, 4.0, 3.0, 2.0]))
    2.4 (0.984 … 4.06), n = 5
    """
    found = mean_interval(np.asarray([*values], dtype=np.float64)[:, None])
    return Interval(float(found.mean[0]), float(found.low[0]), float(found.high[0]), int(found.n[0]))
