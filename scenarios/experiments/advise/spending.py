"""What a plan costs: hours a day, yuan a month, and whether both lie within what there is.

The simulated operator does not do what there is no money or time for. What was really spent is measured besides:

    own hours     of the host, the minutes that co-moderators and volunteers bring taken off
    own money     cost so far − income so far, at the worst moment, by the months begun; what groups bring in may be
                  spent again: of sales the margin, as the rest pays for the goods. On days on which a group sells, all
                  that it brings in counts as sales
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from scenarios.experiments.advise.situation import MONTH
from sim.analysis.experiment.over_worlds import OverWorlds, over_worlds

__all__ = ["Budget", "Spent", "spent"]

_HELPED = ("minutes_brought", "minutes_volunteered")
_RUNS_OVER = 1.05
"""An answer that is being written when the time of a day is up is finished; said where it happens."""
_FEN = 0.01


class Budget(Protocol):
    """Hours a day and yuan a month that there are, for so many days."""

    @property
    def hours(self) -> float: ...
    @property
    def yuan(self) -> float: ...
    @property
    def days(self) -> int: ...
    @property
    def months(self) -> float: ...


@dataclass(frozen=True)
class Spent:
    """``hours`` a day and ``yuan`` a month over worlds; the most of one's own hours a day, and of one's own money a
    month, in any community.
    """

    hours: OverWorlds
    yuan: OverWorlds
    most_hours: float
    most_own: float

    def is_within(self, budget: Budget) -> bool:
        """Was it never more than there is?"""
        return self.most_hours <= budget.hours * _RUNS_OVER and self.most_own <= budget.yuan + _FEN


def spent(
    outcomes: pd.DataFrame, daily: pd.DataFrame, world: np.ndarray, budget: Budget, margin: float
) -> Spent:
    """Of one plan: a row of ``outcomes`` a community, and its daily table; ``margin`` is what stays of a sale."""
    minutes = sum((outcomes[name].fillna(0.0) for name in _HELPED if name in outcomes), pd.Series(0.0, outcomes.index))
    hours = (outcomes["host_hours"] - minutes / 60.0).clip(lower=0.0).to_numpy(dtype=np.float64) / budget.days
    yuan = outcomes["cost"].to_numpy(dtype=np.float64) / budget.months
    return Spent(over_worlds(hours, world), over_worlds(yuan, world), float(np.nanmax(hours, initial=0.0)),
                 _own(daily, margin))  # fmt: skip


def _own(daily: pd.DataFrame, margin: float) -> float:
    """The most that was spent beyond what came in, in any community and by any day, a month begun."""
    if daily.empty:
        return 0.0
    kept = np.where(daily["n_purchases"] > 0, margin, 1.0)
    by_day = (daily["cost"].astype(float) - kept * daily["revenue"]).groupby([daily["replicate"], daily["day"]]).sum()
    table = by_day.unstack(fill_value=0.0).cumsum(axis=1)
    months = 1 + table.columns.to_numpy(dtype=np.float64) // MONTH
    return max(0.0, float((table.to_numpy() / months).max()))
