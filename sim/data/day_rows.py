"""Rows of the daily table from the counts of the groups."""

from __future__ import annotations

import numpy as np

from sim.model.census import Census

__all__ = ["write_days"]

# Columns of daily that are a column of the group under the same name.
_SAME = [
    "n_members", "n_visitors", "n_readers", "n_posters", "n_messages", "n_member_messages", "n_ads", "n_host_messages",
    "n_kol_messages", "n_on_topic", "n_veterans", "n_veteran_messages", "n_trusting", "n_openers", "n_answered",
    "n_replies", "n_replies_off_host", "n_turned_away", "n_invitations", "new_joined", "new_left", "new_removed",
    "new_muted", "n_purchases", "revenue", "novelty", "new_moved_in", "new_moved_out",
    *Census.__annotations__,
]  # fmt: skip


def write_days(counts: np.ndarray, days: np.ndarray, table: np.ndarray) -> None:
    """Columns of the daily table (groups, days) from the groups' counts of these days."""
    table["day"] = np.where(counts["is_open"] == 1, days, -1)
    for name in _SAME:
        table[name] = counts[name]
    table["n_strong_pairs"], table["n_waiting"] = counts["n_strong"] // 2, counts["n_queue"]
    table["cost"] = counts["yuan_fee"] + counts["yuan_paid"]
    table["host_minutes"] = sum(counts["minutes_" + n] for n in ("content", "welcome", "answers", "given"))
    gone = counts["new_left"] + counts["new_removed"] + counts["new_moved_out"]
    members = np.maximum(counts["n_members"] + gone - counts["n_shills"], 1)  # those counted in the morning
    for name in ("trust", "belonging"):
        table["mean_" + name] = counts["sum_" + name] / members
