"""How much longer do groups live, at every age? Restricted means, the log-rank and quantiles, communities as clusters.

Groups of one community share market and operator, and under common luck a community meets its twin in the other arm. So
the community with its twin is the unit, left out as a whole; for a statistic θ of both arms,

    pseudo-value of community j   θ_j = n·θ − (n − 1)·θ(without j);   mean, limits and p by :mod:`sim.analysis.skewed`.

- Restricted mean: θ = area under S of the arm − area under S of the reference, days 0 … horizon.
- Log-rank: with O − E and its variance V summed over days (hypergeometric, as in :func:`lifelines.statistics.logrank_test`),
  θ = (O − E) / V, Peto's one-step estimate of the log hazard ratio; below 0 the arm's groups die less.
- Quantile q of the lifetimes: the first day on which S ≤ 1 − q, limits where those of the curve cross it.

Pseudo-values: Andersen & Perme 2010; Peto's estimate: Yusuf et al. 1985.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.analysis.intervals import holm
from sim.analysis.kaplan import counts, survival_matrix
from sim.analysis.lifetimes import Survival, survival
from sim.analysis.paired import CLEAR, LUCK
from sim.analysis.skewed import mean_interval
from sim.analysis.study.asked import Asked, Floats

__all__ = ["QUANTILES", "by_arm", "lives", "log_rank", "prepared", "quantiles"]

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
LEVEL = 0.05


def prepared(study: Asked, lifetimes: pd.DataFrame) -> pd.DataFrame:
    """The study's rows of the table of lifetimes, in its order of worlds and arms."""
    table = lifetimes.assign(
        arm=pd.Categorical(lifetimes["arm"].astype(str), categories=list(study.arms)),
        world=pd.Categorical(lifetimes["world"].astype(str), categories=list(study.worlds)),
    ).dropna(subset=["arm", "world"])
    if "window" not in table:
        table["window"] = 28
    return table.sort_values(["world", "arm", "replicate", "group"]).reset_index(drop=True)


def by_arm(groups: pd.DataFrame, world: str) -> dict[str, Survival]:
    """arm → survival of its groups in one world, up to the same horizon for every arm; in the order of arms."""
    rows = groups[groups["world"] == world]
    found = {one.arm: one for one in survival(rows, int(rows["lifetime"].max())).values()}
    return {arm: found[arm] for arm in map(str, rows["arm"].cat.categories) if arm in found}


def quantiles(groups: pd.DataFrame, at: Sequence[float] = QUANTILES) -> pd.DataFrame:
    """Ages by which shares of the groups are dead: one row per world, arm and share.

    Columns: ``world, arm, share, days, low, high, n`` (communities), ``n_groups``; NaN where it lies beyond the watch.
    """
    rows = []
    for world in groups["world"].unique():
        for arm, one in by_arm(groups, str(world)).items():
            for q in at:
                days, low, high = (_first_below(curve, 1 - q) for curve in (one.share, one.low, one.high))
                rows.append((str(world), arm, q, days, low, high, one.n_communities, one.n))
    return pd.DataFrame(rows, columns=["world", "arm", "share", "days", "low", "high", "n", "n_groups"])


def _first_below(curve: Floats, level: float) -> float:
    below = curve <= level + 1e-9
    return float(below.argmax()) if below.any() else np.nan


def lives(study: Asked, groups: pd.DataFrame) -> pd.DataFrame:
    """Every arm against the reference, by world.

    Columns: ``world, arm, horizon, mean, reference_mean`` (restricted means, days), ``difference, low, high, p``;
    ``hazard_ratio, hazard_low, hazard_high, p_log_rank``; ``p_holm`` (of the restricted mean) and ``p_log_rank_holm``
    over all arms and worlds; ``luck`` ("clear" where p_log_rank_holm < 0.05), ``n`` (communities), ``n_groups``.
    """
    rows = []
    for world in groups["world"].unique():
        some = groups[groups["world"] == world]
        if study.reference not in set(some["arm"]):
            continue
        base = some[some["arm"] == study.reference]
        for arm in some["arm"].cat.categories:
            other = some[some["arm"] == arm]
            if arm != study.reference and len(other):
                rows.append(
                    {"world": str(world), "arm": str(arm), **_compare(other, base, int(some["lifetime"].max()))}
                )
    table = pd.DataFrame(rows)
    if len(table):
        table["p_holm"] = holm(table["p"].to_numpy())
        table["p_log_rank_holm"] = holm(table["p_log_rank"].to_numpy())
        table["luck"] = np.where(table["p_log_rank_holm"] < LEVEL, CLEAR, LUCK)
    return table


def _compare(arm: pd.DataFrame, base: pd.DataFrame, horizon: int) -> dict[str, float]:
    shared = np.intersect1d(arm["replicate"], base["replicate"])
    sides = [_by_day(side[side["replicate"].isin(shared)], shared, horizon) for side in (arm, base)]
    n = len(shared)
    means, left_out = zip(*(_restricted(*side) for side in sides), strict=True)
    gap = mean_interval(_pseudo(means[0] - means[1], left_out[0] - left_out[1]))
    ratio, without = log_rank(sides[0], sides[1])
    hazard = mean_interval(_pseudo(ratio, without))
    with np.errstate(over="ignore"):
        low, high = np.exp(hazard.low), np.exp(hazard.high)
    return {
        "horizon": horizon, "mean": means[0], "reference_mean": means[1],
        "difference": means[0] - means[1], "low": float(gap.low), "high": float(gap.high), "p": float(gap.p),
        "hazard_ratio": float(np.exp(ratio)), "hazard_low": float(low), "hazard_high": float(high),
        "p_log_rank": float(hazard.p), "n": n, "n_groups": len(arm),
    }  # fmt: skip


def _by_day(groups: pd.DataFrame, communities: np.ndarray, horizon: int) -> tuple[Floats, Floats]:
    """Deaths and exits by community and day of life."""
    unit = np.searchsorted(communities, groups["replicate"].to_numpy())
    lived = groups["lifetime"].to_numpy()
    died = ~groups["censored"].to_numpy(dtype=bool) & (lived <= horizon)
    return counts(np.minimum(lived, horizon), died, unit, len(communities), horizon + 1)


def _restricted(deaths: Floats, exits: Floats) -> tuple[float, Floats]:
    """Restricted mean of all communities, and of all but each one."""
    whole = survival_matrix(deaths.sum(axis=0), exits.sum(axis=0))[:-1].sum()
    without = survival_matrix(deaths.sum(axis=0) - deaths, exits.sum(axis=0) - exits)[:, :-1].sum(axis=1)
    return float(whole), without


def log_rank(arm: tuple[Floats, Floats], base: tuple[Floats, Floats]) -> tuple[float, Floats]:
    """(O − E) / V of the arm against the reference, for all communities and for all but each one.

    ``arm`` and ``base``: deaths and exits, (communities, days) each. 0 where nothing can be told (V = 0).
    """
    sums = [part.sum(axis=0) for part in (*arm, *base)]
    score, variance = _score(*sums)
    alone = [total - part for total, part in zip(sums, (*arm, *base), strict=True)]
    scores, variances = _score(*alone)
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = np.where(variance > 0, score / variance, 0.0)
        return float(whole), np.where(variances > 0, scores / variances, 0.0)


def _score(deaths: Floats, exits: Floats, base_deaths: Floats, base_exits: Floats) -> tuple[Floats, Floats]:
    """O − E and V along the last axis (days)."""
    risk, base_risk = (x.sum(axis=-1, keepdims=True) - np.cumsum(x, axis=-1) + x for x in (exits, base_exits))
    died, at_risk = deaths + base_deaths, np.maximum(risk + base_risk, 1.0)
    share = risk / at_risk
    variance = died * share * (1 - share) * (at_risk - died) / np.maximum(at_risk - 1, 1.0)
    return (deaths - died * share).sum(axis=-1), variance.sum(axis=-1)


def _pseudo(whole: float, without: Floats) -> Floats:
    return len(without) * whole - (len(without) - 1) * without
