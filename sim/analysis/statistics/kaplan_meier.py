"""Kaplan and Meier's estimate for many sets of lives at once, on whole days, and its error by leaving one set out.

    S(t) = Π over s ≤ t of (1 − d(s) / r(s)),   d(s) deaths on day s, r(s) at risk on day s.

:mod:`scipy` and :mod:`lifelines` estimate one curve a call; communities, and all communities but one, are hundreds of
curves. A test holds this to lifelines.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.statistics.intervals import t_value

__all__ = ["Counts", "band", "counts", "jackknife", "survival_curve", "survival_matrix"]

Counts = tuple[np.ndarray, np.ndarray]


def counts(durations: np.ndarray, died: np.ndarray, unit: np.ndarray, n_units: int, n_days: int) -> Counts:
    """Deaths and exits (deaths or last seen) per unit and day of life, (n_units, n_days) each."""
    cell = unit * n_days + durations
    size = n_units * n_days
    exits = np.bincount(cell, minlength=size).reshape(n_units, n_days)
    deaths = np.bincount(cell[died], minlength=size).reshape(n_units, n_days)
    return deaths.astype(np.float64), exits.astype(np.float64)


def survival_matrix(deaths: np.ndarray, exits: np.ndarray) -> np.ndarray:
    """S(t) for t = 0 … n − 1 along the last axis; where nobody is at risk any more the curve stays where it was."""
    return np.cumprod(1.0 - deaths / _at_risk(exits), axis=-1)


def survival_curve(deaths: np.ndarray, exits: np.ndarray) -> np.ndarray:
    """S(t) of one set of lives, (n,), to the last bit that of :func:`scipy.stats.ecdf`: Π (r(s) − d(s)) / r(s)."""
    at_risk = _at_risk(exits)
    return np.cumprod((at_risk - deaths) / at_risk)


def _at_risk(exits: np.ndarray) -> np.ndarray:
    """Lives watched on each day, at least 1."""
    return np.maximum(exits.sum(axis=-1, keepdims=True) - np.cumsum(exits, axis=-1) + exits, 1.0)


def jackknife(left_out: np.ndarray) -> np.ndarray:
    """Standard error down the first axis from estimates that each leave one of n units out.

    √((n − 1) / n · Σ (θ(−j) − mean)²). Efron & Stein (1981), Annals of Statistics 9, 586–596.
    """
    n = len(left_out)
    if n < 2:
        return np.full(left_out.shape[1:], np.nan)
    spread = left_out - left_out.mean(axis=0)
    return np.sqrt((n - 1) / n * (spread**2).sum(axis=0))


def band(share: np.ndarray, error: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """95 % limits of survival on the log(−log) scale, which keeps them in [0, 1]; S itself where it is 0 or 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        half = t_value(n) * error / np.abs(share * np.log(share))
        low, high = share ** np.exp(half), share ** np.exp(-half)
    sure = (share <= 0) | (share >= 1)
    return np.where(sure, share, low), np.where(sure, share, high)
