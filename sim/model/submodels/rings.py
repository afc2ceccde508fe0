"""Persons who sit in several groups: their memberships form a ring, one seat leading to the next."""

from __future__ import annotations

from typing import Any

from sim.engine.rule import rule

__all__ = ["close_ring", "group_of", "join_ring", "seat_in", "sits_in"]


@rule
def group_of(state: Any, row: int, world: Any) -> int:
    """The group whose seat a row is."""
    width = state.groups[world.first_group].seats + 1
    return row // width  # type: ignore[no-any-return]


@rule
def sits_in(state: Any, row: int, h: int) -> bool:
    """Is the person of ``row`` in group ``h`` already?"""
    at = row
    for _ in range(state.members[row].n_homes):
        if state.members[at].slot + state.groups[h].first == at:
            return True
        at = state.members[at].elsewhere
    return False


@rule
def seat_in(state: Any, g: int, person: int) -> int:
    """The row in which a person sits in group ``g``, -1 if there is none."""
    group = state.groups[g]
    for row in range(group.first, group.first + group.n_slots):
        if state.members[row].person == person:
            return row  # type: ignore[no-any-return]
    return -1


@rule
def join_ring(state: Any, row: int, new: int) -> None:
    """A further seat of the person who sits in ``row`` enters their ring."""
    me, other = state.members[row], state.members[new]
    other.elsewhere, me.elsewhere = me.elsewhere, new
    homes = me.n_homes + 1
    at = row
    for _ in range(homes):
        state.members[at].n_homes = homes
        at = state.members[at].elsewhere


@rule
def close_ring(state: Any, c: int, row: int, world: Any) -> None:
    """A seat given up is taken out of its person's ring; if it was their home, the next seat of the ring is."""
    me = state.members[row]
    whom = state.people[c, -1 - me.person]
    if whom["home"] == group_of(state, row, world):
        whom["home"] = group_of(state, me.elsewhere, world) if me.elsewhere != row else -1
    at = me.elsewhere
    homes = me.n_homes - 1
    for _ in range(homes):
        other = state.members[at]
        other.n_homes = homes
        if other.elsewhere == row:
            other.elsewhere = me.elsewhere
        at = other.elsewhere
