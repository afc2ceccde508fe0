"""Which rows the day of a group asks for early; see :mod:`sim.engine.prefetch`."""

from __future__ import annotations

from typing import Any

from sim.engine.prefetch import AHEAD, prefetch
from sim.model.submodels.conversation_log import MUSTER, Desk

__all__ = ["fetch_next", "fetch_visitors"]

LINES = 9
"""Cache lines of a member's row that a visit touches."""


def fetch_next(state: Any, g: int) -> None:
    """Ask for what the next group's morning needs: two lines of the first members, open messages, the row after."""
    if g + 1 >= state.groups.size:
        return
    group = state.groups[g + 1]
    for row in range(group.first, group.first + min(AHEAD, group.n_slots)):
        me = state.members[row]
        prefetch(me, 0)
        prefetch(me, 1)
    for i in range(group.n_open):
        prefetch(state.open_log[g + 1, i], 0)
    if g + 2 < state.groups.size:
        for line in range(12):
            prefetch(state.groups[g + 2], line)


def fetch_visitors(state: Any, group: Any, desk: Desk) -> None:
    """Ask for the rest of the rows of those who visit today."""
    for i in range(desk.n[MUSTER]):
        me = state.members[group.first + desk.muster[i]]
        for line in range(2, LINES):
            prefetch(me, line)
