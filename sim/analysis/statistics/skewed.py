"""The mean of few and skewed differences: an interval that neither skewness nor heavy tails make too short.

Student's t covers too little where values are skewed, Hall's removal of skewness covers too little where they are
symmetric with heavy tails. With mean m, s² = Σ(x − m)²/n, skewness γ, T(μ) = (m − μ)/s,

    Student   √(n−1) · T(μ)                                          ~ t(n − 1)
    Hall      √(n−1) · g(T(μ)),  g(T) = T + γT²/3 + γ²T³/27 + γ/6n   ~ t(n − 1)

and the interval reaches from the lower of the two lower limits to the higher of the two upper ones. Measured on 211
differences of the model's own outcomes between arms (population small, 20 communities), Student alone covers 94.2 % on
average and less than 93 % in 17 of them, both together 95.2 % and 5, for an interval 4 % wider; the bootstrap's BCa covers
92 % at n = 20 even for normal values, which is why it is not used.

The p value that the mean is 0 is the larger of the two that Student's and Hall's statistics give at μ = 0, so it is below
0.05 exactly where the interval leaves 0 out. Far out Hall's statistic says little where a long tail points back to 0 (it
cannot pass √(n−1)/|γ|); there a smaller p may come from the signs of the values (binomial), but none smaller than that
of the 95 % interval stretched to 0:  p = max(Student, min(Hall, max(signs, stretched))),
stretched = 2 · P(t(n − 1) < −t(0.975, n − 1) · |m| / h), h the length of the arm of the interval that points to 0.

Where nothing varies there is no interval: that n values are equal does not rule out that one in a few is not (with n =
20, up to 14 %). The limits are NaN, the mean is rough, and p is that of the signs: 2^(1−n), or 1 where all are 0.

Hall, P. (1992), On the removal of skewness by transformation, J. R. Stat. Soc. B 54, 221–228.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

__all__ = ["LEVEL", "ROUGH_EVENTS", "ROUGH_SKEW", "Mean", "mean_interval"]

Floats = NDArray[np.float64]

#: No interval can be trusted where n < ROUGH_SKEW · γ², or fewer than ROUGH_EVENTS values differ from the commonest.
ROUGH_SKEW = 5.0
ROUGH_EVENTS = 8
LEVEL = 0.95
_TINY = 1e-12


class Mean(NamedTuple):
    """Mean, limits, number of values, two-sided p that the mean is 0, and whether the limits are rough."""

    mean: Floats
    low: Floats
    high: Floats
    n: NDArray[np.int64]
    p: Floats
    rough: NDArray[np.bool_]


def mean_interval(values: Floats, level: Floats | float = LEVEL) -> Mean:
    """Mean and limits down the first axis of ``values``, leaving out NaN; see the head of this file.

    ``level`` is the probability of the interval, one for all or one a column. With one value limits and p are NaN; where
    all values are equal the limits are.
    """
    values = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=0) / n
        centred = np.where(known, values - mean, 0.0)
        spread = np.sqrt((centred**2).sum(axis=0) / n)
        still = spread <= _TINY * np.abs(mean)
        skew = np.where(still, 0.0, (centred**3).sum(axis=0) / n / spread**3)
        low, high = _limits(mean, spread, skew, n, level)
        signs = _signs(values)
        students, halls = _p_values(mean / spread, skew, n)
        sides = _limits(mean, spread, skew, n, LEVEL)
        stretched = _stretched(mean, np.where(mean > 0, mean - sides[0], sides[1] - mean), n)
        p = np.where(still, signs, np.maximum(students, np.minimum(halls, np.maximum(signs, stretched))))
    low, high = (np.where((n >= 2) & ~still, side, np.nan) for side in (low, high))
    return Mean(mean, low, high, n, np.where(n >= 2, p, np.nan), _rough(values, n, skew))


def _limits(
    mean: Floats, spread: Floats, skew: Floats, n: NDArray[np.int64], level: Floats | float
) -> tuple[Floats, Floats]:
    """The lower of both lower limits and the higher of both upper ones."""
    half = special.stdtrit(np.maximum(n - 1, 1), 0.5 + np.asarray(level) / 2) / np.sqrt(np.maximum(n - 1, 1))
    sides = []
    for sign in (1.0, -1.0):
        reach = _inverse(sign * half, skew, n)
        sides.append(mean - spread * np.stack([sign * half, reach]))
    return sides[0].min(axis=0), sides[1].max(axis=0)


def _inverse(x: Floats, skew: Floats, n: NDArray[np.int64]) -> Floats:
    """T with g(T) = x: (3/γ)·((1 + γ(x − γ/6n))^(1/3) − 1)."""
    shifted = x - skew / (6 * n)
    curved = np.where(np.abs(skew) < 1e-6, 1.0, skew)
    return np.where(np.abs(skew) < 1e-6, shifted, (np.cbrt(1 + curved * shifted) - 1) * 3 / curved)


def _p_values(t: Floats, skew: Floats, n: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Two-sided p of a mean that lies T = ``t`` standard deviations from 0: Student's and Hall's."""
    df = np.maximum(n - 1, 1)
    bent = t + skew * t**2 / 3 + skew**2 * t**3 / 27 + skew / (6 * n)
    way = np.where(t > 0, bent, -bent).clip(0)
    return 2 * special.stdtr(df, -np.sqrt(df) * np.abs(t)), 2 * special.stdtr(df, -np.sqrt(df) * way)


def _stretched(mean: Floats, reach: Floats, n: NDArray[np.int64]) -> Floats:
    """Two-sided p from the arm of the 95 % interval that points to 0."""
    df = np.maximum(n - 1, 1)
    return 2 * special.stdtr(df, -special.stdtrit(df, 0.5 + LEVEL / 2) * np.abs(mean) / reach)


def _signs(values: Floats) -> Floats:
    """Two-sided p of the test of signs; zeros tell nothing."""
    above, below = (values > 0).sum(axis=0), (values < 0).sum(axis=0)
    return np.minimum(1.0, 2 * special.bdtr(np.minimum(above, below), above + below, 0.5))


def _rough(values: Floats, n: NDArray[np.int64], skew: Floats) -> NDArray[np.bool_]:
    """Whether too few values tell anything of the tails."""
    ordered = np.sort(values, axis=0)
    middle = np.take_along_axis(ordered, np.maximum(n - 1, 0)[None] // 2, axis=0) if len(values) else ordered
    events = ((values != middle) & ~np.isnan(values)).sum(axis=0)
    few = (events < np.minimum(ROUGH_EVENTS, n - 1)) | (n < ROUGH_SKEW * skew**2)
    return few & (n >= 2)
