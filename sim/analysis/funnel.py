"""M5: from invitation to repurchase, and the revenue at the end of it."""

from __future__ import annotations

import pandas as pd

STEPS = ("invited", "joined", "active", "trusting", "bought", "bought_again")


def funnel(spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, step, mean, low, high, n, of_joined, of_previous]: memberships per community that got to the step;
    staff (host, KOL, moderator, shill) left out; n = communities."""
    raise NotImplementedError


def revenue(daily: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, measure, mean, low, high, n]; measures revenue, revenue_entries, revenue_sales (CNY per community),
    revenue_per_member (CNY per membership)."""
    raise NotImplementedError
