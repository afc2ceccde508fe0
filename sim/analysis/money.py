"""M6: what did it cost, and what came back?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.panel import COMMUNITY, Panel, codes, place_of
from sim.analysis.statistics.intervals import interval_frame

__all__ = ["costs", "returns"]

MINUTES_PER_HOUR = 60.0


def costs(ledger: pd.DataFrame, daily: pd.DataFrame | Panel) -> pd.DataFrame:
    """Frame [arm, world, strategy, measure, mean, low, high, n]: what each strategy cost a community in the whole run.

    measure: ``CNY`` or ``host_hours``; ``operator`` stands for what no strategy asked for. A community without an entry
    counts as 0; a strategy without any entry in an arm is left out. ``daily`` tells which communities there are.
    """
    communities = Panel.of(daily).communities
    unit, units = codes(ledger, COMMUNITY)
    place = place_of(units, communities)
    names = list(ledger["strategy"].cat.categories)
    cell = place[unit] * len(names) + ledger["strategy"].cat.codes.to_numpy()
    size = len(communities) * len(names)
    entries = np.bincount(cell, minlength=size).reshape(-1, len(names))
    parts = []
    for measure, column, scale in (("CNY", "CNY", 1.0), ("host_hours", "host_minutes", 1 / MINUTES_PER_HOUR)):
        sums = np.bincount(cell, weights=ledger[column].to_numpy() * scale, minlength=size).reshape(-1, len(names))
        frame = interval_frame(communities, sums, "strategy", names)
        frame.insert(3, "measure", measure)
        frame["used"] = interval_frame(communities, entries, "strategy", names)["mean"] > 0
        parts.append(frame)
    out = pd.concat(parts, ignore_index=True)
    return out[out["used"]].drop(columns="used").reset_index(drop=True)


def returns(daily: pd.DataFrame | Panel) -> pd.DataFrame:
    """Frame [arm, world, measure, mean, low, high, n]: the account of a community over the whole run; n communities.

    Measures: ``revenue``, ``cost``, ``profit`` = revenue − cost (CNY), ``host_hours``, ``return`` = profit / cost (null
    where nothing was spent), ``profit_per_hour`` (CNY per hour of the host). The last two are ratios within the
    community, so communities that spent nothing do not enter them. Host hours are not turned into money here.
    """
    panel = Panel.of(daily)
    income, cost = panel.totals("revenue"), panel.totals("cost")
    hours = panel.totals("host_minutes") / MINUTES_PER_HOUR
    profit = income - cost
    with np.errstate(invalid="ignore", divide="ignore"):
        back = np.where(cost > 0, profit / cost, np.nan)
        hourly = np.where(hours > 0, profit / hours, np.nan)
    values = np.stack([income, cost, profit, hours, back, hourly], axis=1)
    names = ["revenue", "cost", "profit", "host_hours", "return", "profit_per_hour"]
    return interval_frame(panel.communities, values, "measure", names)
