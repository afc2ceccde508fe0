"""One number a community, as cases and claims ask for it: an outcome, days of a column, or a rule over members or groups.

    outcome   the outcome of that name; with ``per`` divided by another outcome of the same community
    column    of the daily table, over the days a … b and the groups chosen: Σ column / days, so a number a day of the whole
              community; with ``per`` Σ column / Σ per, so a number per member and day (``per=n_members``), a share; of
              columns that are means already the mean (:mod:`sim.analysis.experiment.levels`)
    first     the first day on which Σ column over the groups is at least ``reached``; never: infinity
    rule      a function of :mod:`sim.analysis.experiment.rules`, with its options

``before`` compares with another span of days of the same run: the ``difference`` or the ``ratio`` of the two. Of an
outcome or a rule ``over`` is taken away: a ratio is no effect at 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.experiment.levels import Groups, Span, chosen, level
from sim.analysis.experiment.played import Played
from sim.analysis.experiment.rules import RULES
from sim.analysis.statistics.divided import ratio

__all__ = ["HOWS", "Measure", "Span", "measured"]

HOWS = ("difference", "ratio")
_NONE = pd.DataFrame()


@dataclass(frozen=True)
class Measure:
    """What is measured; see the head of this file. Exactly one of ``outcome``, ``column`` and ``rule`` is said."""

    outcome: str = ""
    column: str = ""
    rule: str = ""
    per: str = ""
    days: Span = (0, 0)
    before: Span | None = None
    how: str = "difference"
    reached: float | None = None
    groups: Groups | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    over: float = 0.0

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that it is made of."""
        return tuple(filter(None, (self.outcome, self.per))) if self.outcome else ()

    @property
    def needs_daily(self) -> bool:
        """Does it need the daily table?"""
        return not self.outcome

    @property
    def needs_spells(self) -> bool:
        """Does it need the table of memberships?"""
        return bool(self.rule) and RULES[self.rule].reads_spells


def measured(
    measure: Measure, outcomes: pd.DataFrame, daily: pd.DataFrame, replicates: Sequence[int],
    spells: pd.DataFrame = _NONE, days: int = 0,
) -> pd.Series:  # fmt: skip
    """The measure of one world and arm: a value by replicate, NaN where it is undefined or was not played.

    ``spells`` and the ``days`` that were played are needed for rules alone.
    """
    if measure.outcome:
        found = _outcome(measure, outcomes.set_index("replicate"))
    elif daily.empty:
        found = pd.Series(dtype=float)
    elif measure.rule:
        played = Played(daily, spells, days)
        found = pd.Series(RULES[measure.rule].of(played, **measure.options), index=played.replicates.to_numpy())
    else:
        found = _of_days(measure, daily if measure.groups is None else chosen(daily, measure.groups))
    return found.reindex(list(replicates)).astype(np.float64) - measure.over


def _outcome(measure: Measure, table: pd.DataFrame) -> pd.Series:
    if not set(measure.outcomes) <= set(table):
        return pd.Series(dtype=float)
    found = table[measure.outcome]
    return pd.Series(ratio(found, table[measure.per]), index=found.index) if measure.per else found


def _of_days(measure: Measure, daily: pd.DataFrame) -> pd.Series:
    if measure.reached is not None:
        return _first_day(daily, measure.column, measure.reached)
    found = level(daily, measure.column, measure.per, measure.days)
    if measure.before is None:
        return found
    then = level(daily, measure.column, measure.per, measure.before).reindex(found.index)
    compared = found - then if measure.how == "difference" else ratio(found.to_numpy(), then.to_numpy())
    return pd.Series(compared, index=found.index)


def _first_day(daily: pd.DataFrame, column: str, reached: float) -> pd.Series:
    total = daily.groupby(["replicate", "day"], sort=True)[column].sum()
    first = total[total >= reached].reset_index("day")["day"].groupby("replicate").min()
    return first.reindex(sorted(daily["replicate"].unique()), fill_value=np.inf).astype(np.float64)
