"""How good a plan is for somebody to whom several things matter, what is lost if the world is another, and the chance of
seeing it in a trial of one's own.

With x_k an outcome under the plan and x0_k the same under nothing, in the same community, and w_k the shares of what
matters (Σ w_k = 1):

    score = Σ w_k · ln((x_k + ε_k) / (x0_k + ε_k)),     ε_k = a tenth of the mean of x0_k, and at least a floor

so e^score is how many times as much of what matters there is, geometric mean; a part that is lost weighs as much as the
same part gained, and no outcome drowns the others by its unit. Where there was next to nothing, ε decides what something
is worth: a day's life, a line in ten days, of sales a tenth of what is put in, in money and hours (:func:`floors`); so who
sells for the first time, and just that tenth, has twice as much, and the first yuan is no miracle. An outcome that is undefined in a
community that was played (nobody was there to speak) counts as none of it; a community that was not played has no score.

A gain over worlds is told twice. Its mean has the interval of :mod:`.over_worlds`: what is known of the average world.
The world the reader lives in is one of them, and its gain lies, with a chance of 0.9 or more, in

    m ± t(0.95, W − 1) · √(v · (1 + 1/W)),     v = variance of the W worlds' means     (:func:`in_one_world`)

v holds the luck of a few communities besides the differences of worlds, so the limits are rather too wide. To take it off
would need τ², which of thirty worlds is often estimated as none where there are some (three of four such limits held).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.analysis.experiment.over_worlds import over_worlds
from sim.analysis.statistics.bootstrap import hashed

__all__ = ["FLOORS", "LEAST_GROUPS", "chance_of_seeing", "floors", "in_one_world", "regrets", "scores"]

Floats = NDArray[np.float64]
FLOORS = {"lifetime": 1.0, "member_messages": 0.1, "revenue": 10.0}
"""What is nothing to speak of: a day, a line in ten days, 10 CNY."""
LEAST_GROUPS = 8
"""With fewer groups, half of them tried, no outcome of a rank test is rare enough: 2 / C(7, 3) > 0.05."""
_LEVEL = 0.05
_IN_ONE = 0.9


def floors(yuan: float, hours: float, wage: float) -> dict[str, float]:
    """The floors of somebody who puts in so much money and so many hours of this worth, in all."""
    return {**FLOORS, "revenue": max(FLOORS["revenue"], 0.1 * (yuan + hours * wage))}


def scores(
    plan: pd.DataFrame, nothing: pd.DataFrame, weights: Mapping[str, float], least: Mapping[str, float] = FLOORS
) -> Floats:
    """Of each community; rows of both tables are the same communities, NaN all over where one was not played."""
    names = list(weights)
    tables = [table[names].to_numpy(dtype=np.float64) for table in (plan, nothing)]
    played = np.logical_and(*(np.isfinite(table).any(axis=1) for table in tables)) if names else np.zeros(len(plan), bool)
    total = np.zeros(len(plan))
    for place, name in enumerate(names):
        x, x0 = (np.maximum(np.nan_to_num(table[:, place]), 0.0) for table in tables)
        edge = max(0.1 * float(x0[played].mean()) if played.any() else 0.0, least.get(name, 0.0))
        total += weights[name] * np.log((x + edge) / (x0 + edge))
    return np.where(played, total, np.nan)


def in_one_world(values: Floats, world: NDArray[np.int64]) -> tuple[float, float]:
    """Limits between which the gain lies in a world like these, with a chance of 0.9 or more; NaN with fewer than two."""
    known = np.isfinite(values)
    names, place = np.unique(np.asarray(world)[known], return_inverse=True)
    if len(names) < 2:
        return np.nan, np.nan
    means = np.bincount(place, values[known]) / np.bincount(place)
    spread = np.sqrt(means.var(ddof=1) * (1 + 1 / len(names)))
    half = stats.t.ppf((1 + _IN_ONE) / 2, len(names) - 1) * spread
    return float(means.mean() - half), float(means.mean() + half)


def regrets(won: Sequence[Floats], world: NDArray[np.int64]) -> Floats:
    """What each plan loses, in score, against the best of the others or of nothing in the world that is worst for it.

    ``won`` are the scores of each plan in the same communities; nothing has 0. The worlds' differences are taken with
    the noise off (:mod:`.over_worlds`): the worst of many noisy worlds would be one of bad luck.
    """
    others = [*won, np.zeros(len(world))]
    gaps = [[max(over_worlds(other - mine, world).worlds, default=0.0) for other in others] for mine in won]
    return np.array([max(0.0, *gap) for gap in gaps])


def chance_of_seeing(plan: pd.DataFrame, nothing: pd.DataFrame, tried: int, lots: int = 20) -> float:
    """Chance that a trial shows the plan better: ``tried`` groups of a community chosen by lot, the others as they are.

    Both tables have ``replicate, group, value``, the same communities and groups; a group that is not there any more has
    0. In each community some groups are taken with the plan and the others without, ``lots`` times; a trial shows it if
    the two-sided Mann–Whitney test has p < 0.05 and the groups with the plan lie higher. Lots come from a hash, so the
    same tables give the same chance.
    """
    one, other = (table.pivot(index="replicate", columns="group", values="value") for table in (plan, nothing))
    one, other = one.align(other, join="outer")
    one, other = (table.fillna(0.0).to_numpy() for table in (one, other))
    n = one.shape[1]
    if not 0 < tried < n:
        return np.nan
    orders, seen = np.argsort(hashed(len(one) * lots * n).reshape(len(one), lots, n), axis=2), 0
    for with_plan, without, drawn in zip(one, other, orders, strict=True):
        for order in drawn:
            a, b = with_plan[order[:tried]], without[order[tried:]]
            found = stats.mannwhitneyu(a, b, alternative="two-sided")
            is_higher = found.statistic > tried * (n - tried) / 2
            seen += bool(found.pvalue < _LEVEL and is_higher)
    return seen / (len(one) * lots)
