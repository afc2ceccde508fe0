"""Ratios of means over paired communities, with Fieller's limits.

What goods and entries earn hangs on prices that the facts hardly pin down; how many times as much they earn in one arm as
in another hangs on them far less. So revenue is told as mean(arm) / mean(reference).

Limits are found as Fieller's (1954) are: those ratios R for which the mean of top − R · bottom cannot be told from 0, here
by the interval of :mod:`sim.analysis.statistics.skewed` as for all other means.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.statistics.skewed import mean_interval

__all__ = ["AS_RATIO", "ROUNDING", "UNKNOWN", "Ratio", "ratio", "ratio_to", "same"]

Floats = NDArray[np.float64]
#: Outcomes that are told as a ratio.
AS_RATIO = ("revenue", "revenue_per_member")
ROUNDING = 1e-6


class Ratio(NamedTuple):
    """A ratio of means with its 95 % limits; NaN where it has none."""

    value: float
    low: float
    high: float


UNKNOWN = Ratio(math.nan, math.nan, math.nan)


def same(a: Floats, b: Floats) -> Floats:
    """a − b, 0 where it is rounding: tables hold 32-bit numbers."""
    return np.where(np.abs(a - b) <= ROUNDING * np.maximum(np.abs(a), np.abs(b)), 0.0, a - b)


def ratio_to(values: Floats, base: Floats) -> Ratio:
    """mean(values) / mean(base) where both are known; unknown with fewer than two, or ``base`` not clearly above 0."""
    known = ~np.isnan(values - base)
    values, base = values[known], base[known]
    if len(base) < 2 or not mean_interval(base).low > 0:
        return UNKNOWN
    return ratio(values, base)


def ratio(top: Floats, bottom: Floats) -> Ratio:
    """mean(top) / mean(bottom) with 95 % limits, NaN where both are in the same proportion everywhere.

    ``bottom`` must be clearly above 0: then far from the ratio every mean of top − R · bottom is clear, and both limits
    are finite.
    """
    value = float(top.mean() / bottom.mean())
    left = top - value * bottom
    if np.ptp(left) <= ROUNDING * np.abs(top).max():
        return Ratio(value, math.nan, math.nan)

    from scipy import optimize  # takes a while to import

    def limit(side: str, way: float) -> float:
        def gap(of: float) -> float:
            return float(getattr(mean_interval(top - of * bottom), side))

        step = abs(gap(value)) / float(bottom.mean())
        while gap(value + way * step) * way >= 0:
            step *= 2
        return float(optimize.brentq(gap, value, value + way * step))

    return Ratio(value, limit("low", -1.0), limit("high", 1.0))
