"""Which arm is best, how sure is that, and what does a wrong choice cost?

The means of all arms are drawn together (:mod:`sim.analysis.experiment.resample`); in draw b the best arms are those whose
mean is largest (smallest, where less is better), ties shared equally:

    P(arm is best) = mean over b of [arm is best in b] / (number of best arms in b)
    expected regret of an arm = mean over b of |best mean in b − the arm's mean in b|, in the outcome's unit

For two arms P is the t distribution's (n − 1 degrees of freedom) at d̄ / (s_d / √n). It answers "which arm would win with
endless communities", as far as these n can tell; it is not the chance to win in a single community. One community tells
nothing.

Which arms may be the best (Hsu's question, here by Bonferroni, so that arms need not have one spread): an arm stays unless
some other is better beyond the interval of their paired differences at 1 − 2α/(arms − 1). The truly best arm is left out
with at most α = 5 %: each of its differences can mislead on one side only.

Hsu, J. C. (1984), Constrained simultaneous confidence intervals for multiple comparisons with the best, Ann. Stat. 12.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.experiment.asked import Asked, Block, Floats, block, sign_of
from sim.analysis.experiment.resample import drawn_means
from sim.analysis.statistics.ratios import same
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["best", "best_of", "chance", "contenders"]

ALPHA = 0.05
_EQUAL = 1e-9


def best(study: Asked, table: pd.DataFrame) -> pd.DataFrame:
    """One row per world, outcome with a better and a worse side, and arm.

    Columns: ``world, outcome, arm, mean, rank`` (1 is best), ``p_best, regret, n``. ``table`` from
    :func:`sim.analysis.experiment.asked.checked`. Worlds and outcomes with fewer than two communities are left out.
    """
    names = [name for name in study.outcomes if sign_of(name)]
    blocks = [block(table, world, name) for world in table["world"].unique() for name in names]
    rows = [best_of(one) for one in blocks if one.n > 1 and len(one.arms) > 1]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=_COLUMNS)


_COLUMNS = ["world", "outcome", "arm", "mean", "rank", "p_best", "regret", "n"]


def best_of(one: Block) -> pd.DataFrame:
    """The rows of one outcome in one world."""
    sign = sign_of(one.outcome)
    draws = sign * drawn_means(one.values)
    p, regret = chance(draws)
    mean = one.values.mean(axis=0)
    rank = pd.Series(np.round(-sign * mean, 12)).rank(method="min").astype(int).to_numpy()
    columns = {"arm": one.arms, "mean": mean, "rank": rank, "p_best": p, "regret": regret, "n": one.n}
    return pd.DataFrame({"world": one.world, "outcome": one.outcome, **columns})


def chance(draws: Floats) -> tuple[Floats, Floats]:
    """Share of draws (rows) in which each arm (column) is largest, ties shared; and the mean distance to the largest."""
    top = draws.max(axis=1, keepdims=True)
    scale = np.maximum(np.abs(draws).max(axis=1, keepdims=True), 1e-300)
    leads = (top - draws) <= _EQUAL * scale
    return (leads / leads.sum(axis=1, keepdims=True)).mean(axis=0), (top - draws).mean(axis=0)


def contenders(one: Block) -> tuple[str, ...]:
    """The arms that may be the best, with 95 % the truly best among them; the one with the best mean comes first.

    With fewer than two communities nothing is known, and every arm may be.
    """
    values = sign_of(one.outcome) * one.values
    order = [int(k) for k in np.argsort(-values.mean(axis=0), kind="stable")]
    level = 1 - 2 * ALPHA / max(1, len(order) - 1)
    return tuple(one.arms[k] for k in order if not any(_beaten(values[:, k], values[:, other], level) for other in order))


def _beaten(mine: Floats, other: Floats, level: float) -> bool:
    """Is the other arm better beyond luck?"""
    return bool(mean_interval(same(other, mine), level).low > 0)
