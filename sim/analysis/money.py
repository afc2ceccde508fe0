"""M6: what did it cost, and what came back?"""

from __future__ import annotations

import pandas as pd


def costs(ledger: pd.DataFrame, daily: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, strategy, measure (CNY | host_hours), mean, low, high, n]: per community over the whole run."""
    raise NotImplementedError


def returns(daily: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, measure, mean, low, high, n]; measures revenue, cost, profit (CNY per community), host_hours,
    return (profit / cost, null without cost), profit_per_hour."""
    raise NotImplementedError
