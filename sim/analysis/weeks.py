"""M1 in short: the life of a community week by week, a few numbers a run, so that it can be kept of every run of a study.

Of week w, days 7w … 7w + 6 as far as they were played:

    members = Σ n_members / Σ groups that existed,   messages = Σ n_messages / Σ groups that existed

summed over days and groups of the community; NaN where no group was left.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.panel import COMMUNITY, Panel
from sim.analysis.statistics.intervals import interval_frame

__all__ = ["WEEK", "week_curve", "weeks"]

WEEK = 7
_OF = {"members": "n_members", "messages": "n_messages"}


def weeks(daily: pd.DataFrame | Panel) -> pd.DataFrame:
    """Frame [arm, world, replicate, week, members, messages]: per group and day, one row a community and week."""
    panel = Panel.of(daily)
    starts = np.arange(0, panel.days, WEEK)

    def by_week(values: np.ndarray) -> np.ndarray:
        return np.add.reduceat(panel.by_community(values), starts, axis=1)

    there = by_week(panel.exists)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = {name: by_week(panel.dense(column)) / there for name, column in _OF.items()}
    places = np.repeat(np.arange(len(panel.communities)), len(starts))
    frame = pd.DataFrame({name: panel.communities[name].array.take(places) for name in ("arm", "world", "replicate")})
    frame["week"] = np.tile(np.arange(len(starts), dtype=np.int32), len(panel.communities))
    return frame.assign(**{name: values.ravel().astype(np.float32) for name, values in found.items()})


def week_curve(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Frame [arm, world, week, mean, low, high, n] of ``members`` or ``messages``, from rows of :func:`weeks`."""
    wide = table.astype({"arm": str, "world": str}).pivot(index=list(COMMUNITY), columns="week", values=measure)
    units = wide.index.to_frame(index=False)
    return interval_frame(units, wide.to_numpy(dtype=np.float64), "week", wide.columns.to_numpy())
