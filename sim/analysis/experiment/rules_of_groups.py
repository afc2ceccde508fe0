"""Measures over the groups of a community: each takes what was played and a few options, and gives a value a community."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.experiment.levels import Span, level
from sim.analysis.experiment.played import Played

__all__ = ["Quantity", "rank_correlation", "share_of_groups"]

FEWEST = 5
"""Groups, below which a correlation of ranks is not told."""


@dataclass(frozen=True)
class Quantity:
    """Of a group: a column of the daily table, ``per`` another one; see :func:`sim.analysis.experiment.levels.level`."""

    column: str
    per: str = ""


def rank_correlation(
    played: Played, *, of: Quantity, along: Quantity, minus: Quantity | None = None, days: Span
) -> np.ndarray:
    """Spearman's correlation, over the groups of a community, of ``of`` and ``along`` on some days; −1 to 1.

    With ``minus`` less that of ``of`` and ``minus``. Groups count that were there on all of the days and of which
    all quantities are known. NaN with fewer than five groups, or where one of the quantities is the same in all.
    """
    wanted = [of, along, *([minus] if minus else [])]
    rows = _there_throughout(played.daily, days)
    levels = pd.DataFrame({number: level(rows, one.column, one.per, days, ("replicate", "group"))
                           for number, one in enumerate(wanted)}).dropna()  # fmt: skip
    found = {}
    for replicate, groups in levels.groupby(level="replicate"):
        if len(groups) >= FEWEST:
            tied = groups.rank().corr().to_numpy()[0]
            found[replicate] = tied[1] - tied[2] if minus else tied[1]
    return pd.Series(found, dtype=np.float64).reindex(played.replicates).to_numpy()


def share_of_groups(played: Played, *, of: Quantity, days: Span, at_least: float) -> np.ndarray:
    """Of the groups of which a quantity is known on some days, the share in which it is ``at_least`` so much; 0 to 1.

    NaN where it is known of none.
    """
    levels = level(played.daily, of.column, of.per, days, ("replicate", "group")).dropna()
    return (levels >= at_least).groupby(level="replicate").mean().reindex(played.replicates).to_numpy(dtype=np.float64)


def _there_throughout(daily: pd.DataFrame, days: Span) -> pd.DataFrame:
    first, last = days
    rows = daily[(daily["day"] >= first) & (daily["day"] <= last)]
    n = rows["day"].groupby([rows["replicate"], rows["group"]]).transform("count")
    return rows[n == last - first + 1]
