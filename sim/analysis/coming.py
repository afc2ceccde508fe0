"""Who comes and goes at the end of a run, and what becomes of groups that are opened in its course.

For campaigns, of which the last may be set against an earlier one, and for splits and copies.

Over the last 14 days, or as many as were played, and all groups of a community:

    coming  = 100 · Σ new_joined / Σ n_members,   leaving = 100 · Σ new_left / Σ n_members

so of a hundred members a day; NaN where nobody is left. A larger group brings more people by being larger: a campaign
is set against another by what each member brings.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.analysis.panel import Panel
from sim.analysis.statistics.divided import ratio

__all__ = ["LAST_DAYS", "coming_and_going", "lately", "opened_messages"]

LAST_DAYS = 14
COUNTED: Mapping[str, str] = {"coming": "new_joined", "leaving": "new_left"}


def coming_and_going(panel: Panel) -> dict[str, np.ndarray]:
    """Everything of this file, each (communities,), and ``lines_each`` = Σ n_member_messages / Σ n_members of the run."""
    each = ratio(panel.totals("n_member_messages"), panel.totals("n_members"))
    return {**lately(panel), "lines_each": each, "opened_messages": opened_messages(panel)}


def lately(panel: Panel) -> dict[str, np.ndarray]:
    """``coming`` and ``leaving``, each (communities,)."""

    def total(column: str) -> np.ndarray:
        return panel.by_community(panel.dense(column)[:, -LAST_DAYS:].sum(axis=1))

    members = total("n_members")
    return {name: ratio(100.0 * total(column), members) for name, column in COUNTED.items()}


def opened_messages(panel: Panel) -> np.ndarray:
    """Members' messages on an average day of a group that was not there on day 0; NaN where none was opened."""
    opened = ~panel.exists[:, :1].astype(bool)
    there, said = panel.exists * opened, panel.dense("n_member_messages") * opened
    return ratio(panel.by_community(said.sum(axis=1)), panel.by_community(there.sum(axis=1)))
