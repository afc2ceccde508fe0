"""Which knobs matter? Morris' screening and Sobol indices by SALib, with intervals over design and communities.

The value of a point is the mean of an outcome over its replicates. All points meet the same replicates (common luck), so
a knob without effect changes nothing at all. u is a knob's place in its range, from 0 to 1.

Morris: along a trajectory one knob moves at a time by Δ, with the elementary effect EE = (y(u + Δ) − y(u)) / Δ, in the
outcome's unit for the whole range. µ* = mean |EE| ranks knobs, µ = mean EE has a sign, σ = sd EE tells of curvature and
of interaction with other knobs.

Sobol: S1 = V(E(y|u)) / V(y) is the share of the variance that a knob explains alone, ST the share that it has a part in.

Intervals: 400 draws take the base points (trajectories) anew, 400 others the replicates, and every index is computed again.
Each gives a half width t(0.975, n − 1) · sd · √(n / (n − 1)), with n base points or n replicates; the interval's is the
root of the sum of their squares. With one replicate it knows nothing of luck. For Ishigami's function the intervals of S1
and ST cover the truth in 91 % of designs with 32 base points and in 97 % with 128 (40 designs each): take 64 or more.

What luck alone would show: a knob that matters little still reshuffles who meets whom, so |EE| is never quite 0, and its
ST is the part of luck in the variance. ``noise`` is what is to be expected from that: for µ* the mean over trajectories of
√(2/π) · sd(EE over replicates) / √replicates; for ST the mean over base points of var(y − y' over replicates) / replicates,
over 2 V(y), with y' at the point that differs in that knob alone. A knob that does nothing at all has neither.

Morris (1991), Technometrics 33, 161–174; Campolongo et al. (2007), Environ. Model. Softw. 22, 1509–1518; Saltelli et al.
(2010), Comput. Phys. Commun. 181, 259–270.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.statistics.bootstrap import Boot
from sim.analysis.statistics.intervals import t_value

__all__ = ["INDICES", "METHODS", "cube", "indices", "n_points"]

Floats = NDArray[np.float64]
METHODS = ("morris", "sobol")
#: Indices of each method, the one that ranks first.
INDICES = {"morris": ("mu_star", "mu", "sigma"), "sobol": ("ST", "S1")}
LEVELS = 4
DRAWS = 400
_AT_LEAST_0 = ("mu_star", "sigma")


def n_points(method: str, knobs: int, n: int) -> int:
    """Points of a design of ``n`` trajectories (Morris) or base points (Sobol)."""
    return n * (knobs + (1 if method == "morris" else 2))


def cube(method: str, names: Sequence[str], n: int, seed: int) -> Floats:
    """The points of the design in the unit cube, (points, knobs); same seed, same points."""
    from SALib.sample import morris, sobol

    problem = _problem(names)
    if method == "morris":
        return np.asarray(morris.sample(problem, n, num_levels=LEVELS, seed=seed), np.float64)
    return np.asarray(sobol.sample(problem, n, calc_second_order=False, seed=seed), np.float64)


def indices(method: str, names: Sequence[str], points: Floats, values: Floats) -> pd.DataFrame:
    """``knob, index, value, low, high, noise, n_base, n_replicates``, the most important knob first.

    ``values`` are (points, replicates), NaN where undefined; a point that is undefined in all replicates, or an outcome
    that does not vary (Sobol), leaves every index undefined. ``noise`` is given for the first index, with two
    replicates or more.
    """
    block = len(names) + (1 if method == "morris" else 2)
    n_base, n_replicates = len(values) // block, values.shape[1]
    found = _compute(method, names, points, _mean(values, np.ones(n_replicates)))
    half = _half_width(method, names, points, values, block)
    low, high = found - half, found + half
    rows = pd.DataFrame({
        "knob": np.tile(list(names), len(INDICES[method])),
        "index": np.repeat(INDICES[method], len(names)),
        "value": found.ravel(), "low": low.ravel(), "high": high.ravel(),
    })  # fmt: skip
    positive = rows["index"].isin(_AT_LEAST_0)
    rows.loc[positive, "low"] = rows.loc[positive, "low"].clip(lower=0)
    rows["noise"] = np.nan
    if n_replicates > 1:
        noise = _noise(points, values, len(names)) if method == "morris" else _shuffled(values, len(names))
        rows.loc[rows["index"] == INDICES[method][0], "noise"] = noise
    rows["n_base"], rows["n_replicates"] = n_base, n_replicates
    rank = {names[k]: place for place, k in enumerate(np.argsort(-np.nan_to_num(found[0], nan=-np.inf), kind="stable"))}
    order = rows["knob"].map(rank) * len(INDICES[method]) + rows["index"].map(INDICES[method].index)
    return rows.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _mean(values: Floats, weights: Floats) -> Floats:
    """Weighted mean of every point over the replicates in which it is defined."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (np.where(known, values, 0.0) @ weights) / (known @ weights)


def _compute(method: str, names: Sequence[str], points: Floats, y: Floats) -> Floats:
    """The indices of one set of values, (indices, knobs)."""
    nothing = np.full((len(INDICES[method]), len(names)), np.nan)
    if np.isnan(y).any() or (method == "sobol" and np.ptp(y) <= 1e-12 * np.abs(y).max()):
        return nothing
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if method == "morris":
            from SALib.analyze import morris

            found = morris.analyze(_problem(names), points, y, num_resamples=2, num_levels=LEVELS, seed=1)
        else:
            from SALib.analyze import sobol

            found = sobol.analyze(_problem(names), y, calc_second_order=False, num_resamples=2, seed=1)
    return np.array([np.asarray(found[name], np.float64) for name in INDICES[method]])


def _half_width(method: str, names: Sequence[str], points: Floats, values: Floats, block: int) -> Floats:
    """Half the 95 % interval of every index, (indices, knobs); NaN with one base point."""
    n_base, n_replicates = len(values) // block, values.shape[1]
    if n_base < 2:
        return np.full((len(INDICES[method]), len(names)), np.nan)
    within, mean = np.arange(block), _mean(values, np.ones(n_replicates))
    designs, lucks = [], []
    for base in Boot(n_base, DRAWS).weights:
        rows = (np.repeat(np.arange(n_base), base.astype(int))[:, None] * block + within).ravel()
        designs.append(_compute(method, names, points[rows], mean[rows]))
    for weights in Boot(n_replicates, DRAWS).weights:  # none with one replicate
        lucks.append(_compute(method, names, points, _mean(values, weights)))
    return np.hypot(_reach(designs, n_base), _reach(lucks, n_replicates) if lucks else 0.0)


def _reach(draws: list[Floats], n: int) -> Floats:
    """t(0.975, n − 1) · sd · √(n / (n − 1)) of draws of n units; draws without an index are left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        spread: Floats = np.nanstd(np.array(draws), axis=0, ddof=1)
    return t_value(n) * spread * np.sqrt(n / (n - 1))


def _noise(points: Floats, values: Floats, knobs: int) -> Floats:
    """The µ* of every knob to be expected if it did nothing but reshuffle luck, see the head of this file."""
    trajectories = points.reshape(-1, knobs + 1, knobs)
    steps = np.diff(trajectories, axis=1)
    moved = np.abs(steps).argmax(axis=2)
    y = values.reshape(len(trajectories), knobs + 1, -1)
    effects = np.diff(y, axis=1) / np.take_along_axis(steps, moved[..., None], axis=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        error = np.nanstd(effects, axis=2, ddof=1) / np.sqrt((~np.isnan(effects)).sum(axis=2))
    return np.array([np.sqrt(2 / np.pi) * error[moved == knob].mean() for knob in range(knobs)])


def _shuffled(values: Floats, knobs: int) -> Floats:
    """The ST of every knob to be expected if it did nothing but reshuffle luck, see the head of this file."""
    y = values.reshape(-1, knobs + 2, values.shape[1])  # A, A with knob k of B for every k, B
    gap = y[:, :1] - y[:, 1:-1]
    n = (~np.isnan(gap)).sum(axis=2)
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        noise = np.nanmean(np.nanvar(gap, axis=2, ddof=1) / n, axis=0)
        found: Floats = noise / (2 * np.nanmean(y, axis=2).var())
    return found
