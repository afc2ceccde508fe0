"""Does the winner depend on the world? A world is what fate decides, so a good choice should not hang on it.

That it surely does takes two worlds u, v and two arms a, b with a better than b in u and b better than a in v, both
beyond luck: p = the larger of the two one-sided p values of the paired differences, times the number of ways in which
worlds and arms can be picked, W(W − 1)/2 · K(K − 1) (Bonferroni), below 0.05. So it is wrongly said in at most 5 % of
studies.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from sim.analysis.experiment.asked import COVERED, Asked, Floats, by_arm, sign_of
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["Robustness", "robustness"]

LEVEL = 0.05


@dataclass(frozen=True)
class Robustness:
    """Winners of one outcome by world.

    ``table`` has one row per world: ``world, winner, p_best, n``. ``changes``: the winner on the means is not the same
    everywhere. ``surely``: nor is it beyond luck (see the head of this file). ``regret`` has one row per arm: the mean and the largest
    expected regret over worlds, in the outcome's unit: the arm with the smallest ``worst`` is the choice of somebody who
    does not know the world.
    """

    outcome: str
    table: pd.DataFrame
    regret: pd.DataFrame
    changes: bool
    surely: bool


def robustness(study: Asked, outcomes: pd.DataFrame, best: pd.DataFrame) -> Robustness:
    """Winners of the primary outcome by world from the table of outcomes and :func:`sim.analysis.experiment.best.best`.

    Arms missing in a world are left out of the regret.
    """
    outcome = study.outcomes[0]
    rows = best[best["outcome"] == outcome]
    # Where two arms are equal on the means the first of the study is named.
    top = rows.sort_values("rank", kind="stable").groupby("world", sort=False).head(1)
    top = top.set_index("world").loc[rows["world"].unique()].reset_index()
    table = pd.DataFrame({"world": top["world"], "winner": top["arm"], "p_best": top["p_best"], "n": top["n"]})
    wide = rows.pivot(index="arm", columns="world", values="regret").loc[list(dict.fromkeys(rows["arm"]))].dropna()
    regret = pd.DataFrame(
        {"arm": wide.index, "mean": wide.mean(axis=1).to_numpy(), "worst": wide.max(axis=1).to_numpy()}
    )
    ways = len(table) * (len(table) - 1) / 2 * rows["arm"].nunique() * (rows["arm"].nunique() - 1)
    winners = dict(zip(table["world"], table["winner"], strict=True))
    wide = {world: by_arm(outcomes, world, outcome) for world in winners}
    values = {world: {str(arm): column.to_numpy() for arm, column in one.items()} for world, one in wide.items()}
    p = [max(_behind(values[u], outcome, winners[u], winners[v]), _behind(values[v], outcome, winners[v], winners[u]))
         for u, v in combinations(winners, 2) if winners[u] != winners[v]]  # fmt: skip
    return Robustness(outcome, table, regret, table["winner"].nunique() > 1, min(p, default=1.0) * ways < LEVEL)


def _behind(arms: dict[str, Floats], outcome: str, winner: str, other: str) -> float:
    """One-sided p that in a world (arm → values of its replicates) the winner is no better than the other arm."""
    known = [np.isfinite(arms[arm]).sum() if arm in arms else 0 for arm in (winner, other)]
    if min(known) < COVERED * max(known):
        return 1.0
    gap = arms[winner] - arms[other]
    gap = gap[np.isfinite(gap)]
    if len(gap) < 2:
        return 1.0
    found = mean_interval(sign_of(outcome) * gap)
    return float(found.p) / 2 if found.mean > 0 else 1.0
