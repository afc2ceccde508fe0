"""One number a community, as cases and claims ask for it: an outcome, or a column of the daily table over some days.

    outcome   the outcome of that name
    column    over the days a … b and all groups: Σ column / days, so a number a day of the whole community; with
              ``per`` Σ column / Σ per, so a number per member and day (``per=n_members``), a share, a mean of groups
    first     the first day on which Σ column over the groups is at least ``reached``; never: infinity

``before`` compares with another span of days of the same run: the ``difference`` or the ``ratio`` of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.statistics.divided import ratio

__all__ = ["HOWS", "Measure", "Span", "measured"]

Span = tuple[int, int]
HOWS = ("difference", "ratio")


@dataclass(frozen=True)
class Measure:
    """What is measured; see the head of this file. Exactly one of ``outcome`` and ``column`` is said."""

    outcome: str = ""
    column: str = ""
    per: str = ""
    days: Span = (0, 0)
    before: Span | None = None
    how: str = "difference"
    reached: float | None = None

    @property
    def needs_daily(self) -> bool:
        """Does it need the daily table?"""
        return bool(self.column)


def measured(measure: Measure, outcomes: pd.DataFrame, daily: pd.DataFrame, replicates: Sequence[int]) -> pd.Series:
    """The measure of one world and arm: a value by replicate, NaN where it is undefined or was not played."""
    if measure.outcome:
        columns = outcomes.set_index("replicate")
        found = columns[measure.outcome] if measure.outcome in columns else pd.Series(dtype=float)
    elif measure.reached is not None:
        found = _first_day(daily, measure.column, measure.reached)
    else:
        found = _level(daily, measure, measure.days)
        if measure.before is not None:
            then = _level(daily, measure, measure.before).reindex(found.index)
            compared = found - then if measure.how == "difference" else ratio(found.to_numpy(), then.to_numpy())
            found = pd.Series(compared, index=found.index)
    return found.reindex(list(replicates)).astype(np.float64)


def _level(daily: pd.DataFrame, measure: Measure, days: Span) -> pd.Series:
    first, last = days
    there = daily[(daily["day"] >= first) & (daily["day"] <= last)].groupby("replicate")
    total = there[measure.column].sum().astype(np.float64)
    if measure.per:
        return pd.Series(ratio(total, there[measure.per].sum().astype(np.float64)), index=total.index)
    return total / (last - first + 1)


def _first_day(daily: pd.DataFrame, column: str, reached: float) -> pd.Series:
    total = daily.groupby(["replicate", "day"], sort=True)[column].sum()
    first = total[total >= reached].reset_index("day")["day"].groupby("replicate").min()
    return first.reindex(sorted(daily["replicate"].unique()), fill_value=np.inf).astype(np.float64)
