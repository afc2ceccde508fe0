"""Which rows the day of a group asks for early; see :mod:`sim.engine.prefetch`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.prefetch import prefetch
from sim.engine.rule import rule
from sim.model.entities import ARRIVING
from sim.model.submodels.conversation_log import MUSTER, Desk

if TYPE_CHECKING:
    from sim.model.rows import Group, State

__all__ = ["fetch_arrivals", "fetch_door", "fetch_next", "fetch_visitors", "nothing"]

LINES = 9
"""Cache lines of a member's row that a visit touches."""
GROUP_LINES = 12
"""Cache lines of a group's row."""


def nothing(*args: object) -> None:
    """The Mesa lane has no use for a processor's cache."""


def fetch_next(state: State, g: int) -> None:
    """Ask for what the next group's day needs besides its members' rows: open messages, the row of the group after."""
    if g + 1 >= state.groups.size:
        return
    group = state.groups[g + 1]
    for i in range(group.n_open):
        prefetch(state.open_log[g + 1, i], 0)
    if g + 2 < state.groups.size:
        for line in range(GROUP_LINES):
            prefetch(state.groups[g + 2], line)


def fetch_visitors(state: State, group: Group, desk: Desk) -> None:
    """Ask for the rest of the rows of those who visit today."""
    for i in range(desk.n[MUSTER]):
        me = state.members[group.first + desk.muster[i]]
        for line in range(2, LINES):
            prefetch(me, line)


def fetch_door(state: State, g: int) -> None:
    """Ask for what the next door needs: whoever wants in, the seat that is free, and the row of the group after."""
    if g + 1 >= state.groups.size:
        return
    group = state.groups[g + 1]
    for k in range(group.n_proposed):
        prefetch(state.people[group.community, state.proposals[group.first_place + k].person], 0)
    if group.free_slot >= 0:
        fetch_row(state, group.first + group.free_slot)
    if g + 2 < state.groups.size:
        for line in range(GROUP_LINES):
            prefetch(state.groups[g + 2], line)


def fetch_arrivals(state: State, g: int) -> None:
    """Ask for the seats that are filled next."""
    if g + 1 < state.groups.size:
        group = state.groups[g + 1]
        for k in range(group.n_arriving):
            fetch_row(state, state.listed[group.first + k, ARRIVING])


@rule
def fetch_row(state: State, row: int) -> None:
    """Ask for a whole row."""
    for line in range(LINES):
        prefetch(state.members[row], line)
