"""The wage from which an arm stops paying.

By community, with d the paired difference to the reference in profit before the host's hours and h the one in their hours,

    break-even = mean d / mean h        CNY an hour, limits by :mod:`sim.analysis.statistics.ratios`

is the wage at which both arms leave the same. Where an arm takes hours and brings money it pays below it; where it
saves hours and money is lost it pays above it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.analysis.experiment.asked import Floats, by_arm
from sim.analysis.statistics.ratios import UNKNOWN, Ratio, ratio, same
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["BreakEven", "break_even"]

BEFORE_HOURS, HOURS = "profit", "host_hours"


class BreakEven(NamedTuple):
    """When an arm pays: ``below`` or ``above`` a wage (CNY an hour), ``always``, ``never``, or ``open``; communities."""

    when: str
    wage: Ratio
    n: int


def break_even(table: pd.DataFrame, world: str, arm: str, reference: str) -> BreakEven | None:
    """Up to which wage of the host's hours an arm pays, compared with the reference; None where money was not counted."""
    if not {BEFORE_HOURS, HOURS} <= set(table):
        return None
    more = [_more(table, world, name, arm, reference) for name in (BEFORE_HOURS, HOURS)]
    both = pd.concat(more, axis=1).dropna().to_numpy(dtype=np.float64)
    if len(both) < 2:
        return None
    money, hours = both.T
    earns, takes = _side(money), _side(hours)
    if takes == earns != 0:
        when = "below" if takes > 0 else "above"
        return BreakEven(when, ratio(takes * money, takes * hours), len(both))
    fewer = takes < 0 or not hours.any()
    when = "always" if earns > 0 and fewer else "never" if earns < 0 and (takes > 0 or not hours.any()) else "open"
    return BreakEven(when, UNKNOWN, len(both))


def _side(d: Floats) -> int:
    """On which side of 0 the mean clearly is; where nothing varies, where it is."""
    found = mean_interval(d)
    if not np.ptp(d):
        return int(np.sign(d[0]))
    return 1 if found.low > 0 else -1 if found.high < 0 else 0


def _more(table: pd.DataFrame, world: str, outcome: str, arm: str, reference: str) -> pd.Series:
    """How much more the arm has, by community; empty where one of both arms has no value."""
    wide = by_arm(table, world, outcome)
    if not {arm, reference} <= set(wide):
        return pd.Series(dtype=np.float64)
    return pd.Series(same(wide[arm].to_numpy(), wide[reference].to_numpy()), wide.index)
