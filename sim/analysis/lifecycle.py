"""M1: how does a community live? Curves by day with a band; the stages of life are in :mod:`sim.analysis.stages`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.feelings import members_feel
from sim.analysis.panel import Panel
from sim.analysis.stages import STAGES, stage_shares, stages
from sim.analysis.statistics.intervals import interval_frame

__all__ = ["RATIOS", "STAGES", "curve", "stage_shares", "stages"]

#: Measures that are a ratio of two sums of columns of ``daily``: name → (numerator, denominator).
RATIOS: dict[str, tuple[str, str]] = {
    "posters": ("n_posters", "n_members"),
    "readers": ("n_readers", "n_members"),
    "advert_share": ("n_ads", "n_messages"),
    "host_share": ("n_host_messages", "n_messages"),
    "kol_share": ("n_kol_messages", "n_messages"),
    "veteran_share": ("n_veteran_messages", "n_messages"),
    "on_topic_share": ("n_on_topic", "n_messages"),
    "answered": ("n_answered", "n_openers"),
    "off_host_replies": ("n_replies_off_host", "n_replies"),
}
#: What members feel, whatever it is called there: the host is none of them (:mod:`sim.analysis.feelings`).
FELT = {"mean_trust": "mean_trust", "mean_belonging": "mean_belonging", "trusting": "n_trusting"}


def curve(
    daily: pd.DataFrame | Panel, measure: str, unit: str = "group", band: str = "mean", total: bool = False
) -> pd.DataFrame:
    """Frame [arm, world, day, mean, low, high, n]: a measure by day, mean over communities.

    Parameters
    ----------
    measure
        A column of daily, a key of :data:`RATIOS` (sum over sum within the community; NaN where nothing was said), or
        ``profit`` (revenue − cost). ``mean_trust`` and ``mean_belonging`` are means over members without the host; hired
        moderators and hidden accounts, whom the daily table does not tell apart, are among them here.
    unit
        ``group``: per existing group of the community; ``community``: summed over its groups; ``member``: per member.
        Ratios and means over members take no unit.
    band
        ``mean``: 95 % t interval of the mean over communities; ``spread``: 2.5 and 97.5 percentiles of communities.
    total
        Add up over the days (for money).
    """
    if unit not in ("group", "community", "member"):
        raise ValueError(f"unit '{unit}' is none of group, community, member")
    panel = Panel.of(daily)
    top, bottom = _top_and_bottom(panel, measure, unit)
    if total:
        top = np.cumsum(top, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(bottom > 0, top / bottom, np.nan)
    return interval_frame(panel.communities, values, "day", np.arange(panel.days, dtype=np.int32), band)


def _top_and_bottom(panel: Panel, measure: str, unit: str) -> tuple[np.ndarray, np.ndarray]:
    """Numerator and denominator (communities, days) of a measure."""
    if measure in RATIOS:
        above, below = RATIOS[measure]
        return panel.by_community(panel.dense(above)), panel.by_community(panel.dense(below))
    if measure in FELT:
        top, bottom = members_feel(panel, FELT[measure])
        return panel.by_community(top), panel.by_community(bottom)
    if measure == "profit":
        top = panel.by_community(panel.dense("revenue")) - panel.by_community(panel.dense("cost"))
    elif measure in panel.frame.columns:
        top = panel.by_community(panel.dense(measure))
    else:
        raise ValueError(f"there is no measure '{measure}': take a column of daily, profit, or one of {[*RATIOS, *FELT]}")
    if unit == "community":
        return top, np.ones_like(top)
    return top, panel.by_community(panel.exists if unit == "group" else panel.dense("n_members"))
