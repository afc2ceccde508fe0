"""Ask memory for rows before they are needed. It changes no result; without it half of the time is spent waiting.

A member's row lies in main memory, a hundred times slower than the processor. Asked for early, it comes while other
members are being played. Only the compiled lane does so; in plain Python :func:`prefetch` does nothing.
"""

from __future__ import annotations

from typing import Any

from sim.desk import MUSTER, Desk
from sim.rule import HAS_NUMBA

__all__ = ["fetch_ahead", "fetch_next", "fetch_visitors", "prefetch"]

AHEAD = 16
"""How many seats ahead a row is asked for."""
LINES = 9


def prefetch(row: Any, line: int) -> None:
    """Ask for one cache line (of 64 bytes) of a row."""


def fetch_ahead(members: Any, row: int) -> None:
    """Ask for what the morning needs of the member ``AHEAD`` seats on."""


if HAS_NUMBA:
    from sim import fetch_compiled as fetch_compiled  # what it is in compiled code


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
