"""Does the winner depend on the world? A world is what fate decides, so a good choice should not hang on it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

__all__ = ["SURE", "Robustness", "robustness"]

#: A winner is called sure from this probability of being best on.
SURE = 0.95


@dataclass(frozen=True)
class Robustness:
    """Winners of one outcome by world.

    ``table`` has one row per world: ``world, winner, p_best, sure, n``. ``changes``: the winner on the means is not the
    same everywhere. ``surely``: two worlds have different winners, each sure. ``regret`` has one row per arm: the mean
    and the largest expected regret over worlds, in the outcome's unit: the arm with the smallest ``worst`` is the
    choice of somebody who does not know the world.
    """

    outcome: str
    table: pd.DataFrame
    regret: pd.DataFrame
    changes: bool
    surely: bool


def robustness(best: pd.DataFrame, outcome: str) -> Robustness:
    """Winners by world from :func:`sim.analysis.study.best.best`; arms missing in a world are left out of the regret."""
    rows = best[best["outcome"] == outcome]
    # Where two arms are equal on the means the first of the study is named.
    top = rows.sort_values("rank", kind="stable").groupby("world", sort=False).head(1)
    top = top.set_index("world").loc[rows["world"].unique()].reset_index()
    table = pd.DataFrame({"world": top["world"], "winner": top["arm"], "p_best": top["p_best"], "n": top["n"]})
    table["sure"] = table["p_best"] >= SURE
    wide = rows.pivot(index="arm", columns="world", values="regret").loc[list(dict.fromkeys(rows["arm"]))].dropna()
    regret = pd.DataFrame(
        {"arm": wide.index, "mean": wide.mean(axis=1).to_numpy(), "worst": wide.max(axis=1).to_numpy()}
    )
    sure = table.loc[table["sure"], "winner"].nunique()
    return Robustness(outcome, table, regret, table["winner"].nunique() > 1, sure > 1)
