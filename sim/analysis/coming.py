"""Who comes and goes at the end of a run, and what becomes of groups that are opened in its course.

For campaigns, of which the last may be set against an earlier one, and for splits and copies.

Over the last 14 days, or as many as were played, and all groups of a community:

    coming = 100 · Σ new_joined / Σ members,   leaving = 100 · Σ new_left / Σ members

so of a hundred members a day; NaN where nobody is left. A larger group brings more people by being larger: a campaign
is set against another by what each member brings. Members are those in the evening, and who is on the way from one
group to another that night; hidden accounts of the host are none.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.analysis.panel import Panel
from sim.analysis.statistics.divided import ratio

__all__ = ["LAST_DAYS", "coming_and_going", "lately", "opened_messages", "there"]

LAST_DAYS = 14
COUNTED: Mapping[str, str] = {"coming": "new_joined", "leaving": "new_left"}


def coming_and_going(panel: Panel, hidden: np.ndarray | int = 0, days: int | None = None) -> dict[str, np.ndarray]:
    """Everything of this file, each (communities,), and ``lines_each`` = Σ n_member_messages / Σ members."""
    members = there(panel, hidden)
    each = ratio(panel.totals("n_member_messages"), panel.by_community(members.sum(axis=1)))
    lines = {"lines_each": each, "opened_messages": opened_messages(panel)}
    return {**lately(panel, members, panel.days if days is None else days), **lines}


def there(panel: Panel, hidden: np.ndarray | int = 0) -> np.ndarray:
    """Members of each group on each day, (groups, days): in the evening, and who moves tonight, in no group till tomorrow."""
    return panel.dense("n_members") + panel.dense("new_moved_out") - hidden


def lately(panel: Panel, members: np.ndarray, days: int) -> dict[str, np.ndarray]:
    """``coming`` and ``leaving``, each (communities,), of a run of so many days, whenever its groups were closed."""
    last = slice(max(0, days - LAST_DAYS), days)
    n = panel.by_community(members[:, last].sum(axis=1))
    return {name: ratio(100.0 * panel.by_community(panel.dense(column)[:, last].sum(axis=1)), n)
            for name, column in COUNTED.items()}  # fmt: skip


def opened_messages(panel: Panel) -> np.ndarray:
    """Members' messages on an average day of a group that was not there on day 0; NaN where none was opened."""
    opened = ~panel.exists[:, :1].astype(bool)
    played, said = panel.exists * opened, panel.dense("n_member_messages") * opened
    return ratio(panel.by_community(said.sum(axis=1)), panel.by_community(played.sum(axis=1)))
