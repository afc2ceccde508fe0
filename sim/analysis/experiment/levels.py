"""Columns of the daily table over some days, and which groups are looked at.

A count is added up over groups and days. ``mean_trust`` and ``mean_belonging`` are means of a group's members with the
host among them; here they are the mean over ordinary members and days, the host taken out:

    Σ (mean · n − 1) / Σ (n − 1),  n = members in the morning      (a host's own trust and belonging are 1)

Hired moderators and hidden accounts, of whom the daily table does not tell, stay in. ``novelty`` is the mean over groups
and days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.statistics.divided import ratio

__all__ = ["MEANS", "Groups", "Span", "chosen", "level", "state_of"]

Span = tuple[int, int]
MEANS = ("mean_trust", "mean_belonging", "novelty")
"""Columns that are means already: they are not added up, and divided by nothing."""
WEEK, MONTH = 7, 28
GROUP = ["replicate", "group"]


@dataclass(frozen=True)
class Groups:
    """Groups that are looked at: opened on one of the days ``born``; ``healthy`` or ``ailing`` on a day (-1: all)."""

    born: Span | None = None
    healthy: int = -1
    ailing: int = -1


def level(daily: pd.DataFrame, column: str, per: str, days: Span, by: Sequence[str] = ("replicate",)) -> pd.Series:
    """Σ column / Σ per over the days, or, with no ``per``, Σ column / number of days; of :data:`MEANS` the mean.

    One value for each place of ``by`` that occurs on those days; NaN where nothing stands below the line.
    """
    first, last = days
    there = daily[(daily["day"] >= first) & (daily["day"] <= last)]
    keys = [there[name] for name in by]
    if column in MEANS:
        top, bottom = _weighed(there, column)
        sums = pd.DataFrame({"top": top, "bottom": bottom}).groupby(keys).sum()
        return pd.Series(ratio(sums["top"].to_numpy(), sums["bottom"].to_numpy()), index=sums.index)
    total = there[column].groupby(keys).sum().astype(np.float64)
    if per:
        return pd.Series(ratio(total, there[per].groupby(keys).sum().astype(np.float64)), index=total.index)
    return total / (last - first + 1)


def _weighed(rows: pd.DataFrame, column: str) -> tuple[pd.Series, pd.Series]:
    """What is added up above the line and below it, row by row."""
    if column == "novelty":
        return rows[column].astype(np.float64), pd.Series(1.0, index=rows.index)
    n = rows[["n_members", "new_left", "new_removed", "new_moved_out"]].sum(axis=1).astype(np.float64)
    others = (n - 1.0).clip(lower=0.0)
    return (rows[column] * n - 1.0).clip(lower=0.0).where(others > 0.0, 0.0), others


def chosen(daily: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """The rows of the groups that are looked at."""
    of = pd.MultiIndex.from_frame(daily[GROUP])
    keep = np.ones(len(daily), dtype=bool)
    if groups.born is not None:
        born = daily["day"].groupby([daily[name] for name in GROUP]).transform("min")
        keep &= born.between(*groups.born).to_numpy()
    for day, wanted in ((groups.healthy, True), (groups.ailing, False)):
        if day >= 0:
            state = state_of(daily, day)
            keep &= of.isin(state.index[state == wanted])
    return daily[keep]


def state_of(daily: pd.DataFrame, day: int) -> pd.Series:
    """Is a group healthy on the evening of a day? By replicate and group, of those that are then a week old or older.

    Healthy: in the last seven days members wrote at least half as many messages as in the best seven days in a row so
    far, and of the replies of the last 28 days at least half passed the host by. Anything else, no reply at all among
    it, is ailing.
    """
    past = daily[daily["day"] <= day]
    talk = past.pivot_table(index=GROUP, columns="day", values="n_member_messages", aggfunc="sum", observed=True)
    weekly = talk.T.rolling(WEEK).sum().T  # NaN where a group was not there on all seven days
    now = weekly[day].dropna() if day in weekly else pd.Series(dtype=float)
    recent = past[past["day"] > day - MONTH]
    sums = recent.groupby(GROUP)[["n_replies_off_host", "n_replies"]].sum().astype(np.float64).reindex(now.index)
    around = sums["n_replies_off_host"] >= 0.5 * sums["n_replies"]
    return (now >= 0.5 * weekly.max(axis=1).reindex(now.index)) & around & (sums["n_replies"] > 0)
