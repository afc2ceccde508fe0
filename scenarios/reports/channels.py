"""By which door people came, how far they got, and what it cost: the table of a run's page (M5, M7, M19)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.reports.grid import NONE, Cell, Table, measured, table
from sim.analysis.acquisition import AT_THE_DOOR, MEASURES, WITH_HOURS
from sim.locale.words import arm_label, say
from sim.plots.run.measured import Measured

__all__ = ["channels"]

MONEY = ("spent", "per_kept", "per_buyer", "per_kept_with_hours", "per_buyer_with_hours")


def channels(world: Measured, lang: str) -> Table:
    """Arms and channels by which anybody came down, counts and CNY of a community across, with their 95 % limits.

    Hours where any were given to bring people in; who knocked where that was noted by channel.
    """
    found = world.acquired.set_index(["arm", "channel", "measure"])
    mean = found["mean"]
    shown = [*(AT_THE_DOOR if (mean[:, :, "knocked"] > 0).any() else ()), *MEASURES,
             *(WITH_HOURS if (mean[:, :, "hours"] > 0).any() else ())]  # fmt: skip
    rows = []
    for arm in world.all_arms:
        for channel in found.loc[arm].index.get_level_values(0).unique():
            if found.loc[(arm, channel, "came"), "mean"] > 0:
                label = say("named", lang, name=arm_label(arm, lang), text=say(f"log.route_{channel}", lang))
                rows.append((label, [_cell(found.loc[(arm, channel, name)], name) for name in shown]))
    return table(say("channels_heading", lang), [say(f"col_{name}", lang) for name in shown], rows,
                 say("channels_note", lang))  # fmt: skip


def _cell(row: pd.Series, name: str) -> Cell:
    """Counts and money spent are not below 0, and nor are their limits."""
    if not row["n"]:
        return NONE
    low = float(np.clip(row["low"], 0.0, None))
    return measured(float(row["mean"]), low, float(row["high"]), "CNY" if name in MONEY else "")
