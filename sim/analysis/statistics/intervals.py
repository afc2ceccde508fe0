"""Means with 95 % intervals over communities, the independent units; Holm's correction for many comparisons."""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import special

__all__ = ["CONFIDENCE", "holm", "interval_frame", "mean_frame", "t_interval", "t_value"]

CONFIDENCE = 0.95


def t_value(n: np.ndarray | int) -> np.ndarray:
    """Two-sided 95 % quantile of Student's t with n − 1 degrees of freedom; NaN below n = 2."""
    df = np.asarray(n, dtype=np.float64) - 1
    return np.where(df >= 1, special.stdtrit(np.maximum(df, 1), 0.5 + CONFIDENCE / 2), np.nan)


def t_interval(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Mean, low, high and n down the first axis (communities) of ``values``, leaving out NaN.

    mean ± t(0.975, n − 1) · sd / √n. With one value low and high are NaN: one community says nothing about others.
    """
    values = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=0) / n
        squares = np.where(known, values - mean, 0.0) ** 2
        half = t_value(n) * np.sqrt(squares.sum(axis=0) / (n - 1) / n)
    return mean, mean - half, mean + half, n


def interval_frame(
    units: pd.DataFrame, values: np.ndarray, label: str, names: Sequence[object] | np.ndarray, band: str = "mean"
) -> pd.DataFrame:
    """Frame [arm, world, <label>, mean, low, high, n] from values (communities, names), one interval a run and name.

    ``units`` tells arm and world of each community. ``band="spread"`` gives the 2.5 and 97.5 percentiles of the
    communities in place of the interval of their mean.
    """
    runs = _runs(units)
    sides = []
    for rows in runs.values():
        mean, low, high, n = t_interval(values[rows])
        if band == "spread":
            low, high = _percentiles(values[rows])
        sides.append((mean, low, high, n))
    columns = zip(("mean", "low", "high", "n"), zip(*sides, strict=True), strict=True)
    return _labelled(units, runs, label, names).assign(**{name: np.concatenate(parts) for name, parts in columns})


def mean_frame(
    units: pd.DataFrame, values: Mapping[str, np.ndarray], label: str, names: Sequence[object] | np.ndarray
) -> pd.DataFrame:
    """Frame [arm, world, <label>, *values]: of every (communities, names) array the mean over communities, by run."""
    runs = _runs(units)
    means = {key: np.concatenate([t_interval(of[rows])[0] for rows in runs.values()]) for key, of in values.items()}
    return _labelled(units, runs, label, names).assign(**means)


def _runs(units: pd.DataFrame) -> dict[Hashable, np.ndarray]:
    """Rows of the communities of each run, in order of appearance."""
    return units.groupby(["arm", "world"], observed=True, sort=False).indices


def _labelled(
    units: pd.DataFrame, runs: Mapping[Hashable, np.ndarray], label: str, names: Sequence[object] | np.ndarray
) -> pd.DataFrame:
    """Frame [arm, world, <label>], the names once for each run."""
    first = np.repeat([rows[0] for rows in runs.values()], len(names))
    frame = pd.DataFrame({name: units[name].array.take(first) for name in ("arm", "world")})
    frame[label] = np.tile(names, len(runs)) if isinstance(names, np.ndarray) else [*names] * len(runs)
    return frame


def _percentiles(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a day on which nothing is known has no percentiles
        low, high = np.nanpercentile(values, [2.5, 97.5], axis=0)
    return low, high


def holm(p: np.ndarray) -> np.ndarray:
    """Holm's step-down correction of p values (NaN stay NaN): p(i) · (m − i + 1), made monotone, at most 1.

    Holm, S. (1979), Scandinavian Journal of Statistics 6, 65–70.
    """
    p = np.asarray(p, dtype=np.float64)
    out = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    factors = len(order) - np.arange(len(order))
    out[order] = np.minimum(1.0, np.maximum.accumulate(p[order] * factors))
    return out
