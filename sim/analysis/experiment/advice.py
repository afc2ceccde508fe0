"""How good a plan is for somebody to whom several things matter, and the chance of seeing it in a trial of one's own.

With x_k an outcome under the plan and x0_k the same under nothing, in the same community, and w_k the shares of what
matters (Σ w_k = 1):

    score = Σ w_k · ln((x_k + ε_k) / (x0_k + ε_k)),     ε_k = a tenth of the mean of x0_k, and at least a floor

so e^score is how many times as much of what matters there is, geometric mean; a part that is lost weighs as much as the
same part gained, and no outcome drowns the others by its unit.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.analysis.statistics.bootstrap import hashed

__all__ = ["chance_of_seeing", "regret", "scores"]

Floats = NDArray[np.float64]
FLOORS = {"lifetime": 1.0, "member_messages": 0.1, "revenue": 10.0}
"""What is nothing to speak of: a day, a line in ten days, 10 CNY."""
_LEVEL = 0.05


def scores(plan: pd.DataFrame, nothing: pd.DataFrame, weights: Mapping[str, float]) -> Floats:
    """Of each community; rows of both tables are the same communities."""
    total = np.zeros(len(plan))
    for name, weight in weights.items():
        x, x0 = (table[name].to_numpy(dtype=np.float64) for table in (plan, nothing))
        edge = max(0.1 * float(np.nanmean(x0)) if len(x0) else 0.0, FLOORS.get(name, 0.0))
        total += weight * np.log((np.maximum(x, 0.0) + edge) / (np.maximum(x0, 0.0) + edge))
    return total


def regret(by_world: Floats) -> Floats:
    """(plans, worlds) of mean scores: what each plan loses against the best of them in the world in which it loses most."""
    return np.asarray((by_world.max(axis=0) - by_world).max(axis=1))


def chance_of_seeing(plan: pd.DataFrame, nothing: pd.DataFrame, tried: int, lots: int = 20) -> float:
    """Chance that a trial shows the plan better: ``tried`` groups of a community chosen by lot, the others as they are.

    Both tables have ``replicate, group, value``, the same communities and groups. In each community some groups are
    taken with the plan and the others without, ``lots`` times; a trial shows it if the two-sided Mann–Whitney test has
    p < 0.05 and the groups with the plan lie higher. Lots come from a hash, so the same tables give the same chance.
    """
    one, other = (table.pivot(index="replicate", columns="group", values="value").to_numpy() for table in (plan, nothing))
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
