"""Persons who sit in several groups: their memberships form a ring, one seat leading to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.distributions import wide
from sim.engine.rule import rule
from sim.model.entities import SEATED

if TYPE_CHECKING:
    from sim.model.rows import State, World

__all__ = [
    "can_be_reached", "close_ring", "come_from_idle", "group_of", "group_owned_by", "join_circuit", "join_idle_rings",
    "join_ring", "seat_in", "sits_in",
]  # fmt: skip

IDLE_WEEKS = 5
"""Weekly counts without a look after which one has certainly not looked for four weeks."""


@rule
def group_of(state: State, row: int, world: World) -> int:
    """The group whose seat a row is."""
    width = state.groups[world.first_group].seats + 1
    return row // width


@rule
def group_owned_by(state: State, owner: int, world: World) -> int:
    """The row of the group that another owner than the operator has, −1 if there is none."""
    for h in range(world.first_group, world.first_group + world.n_groups):
        if state.groups[h].owner == owner:
            return h
    return -1


@rule
def sits_in(state: State, row: int, h: int) -> bool:
    """Is the person of ``row`` in group ``h`` already?"""
    at = row
    for _ in range(state.members[row].n_homes):
        if state.members[at].slot + state.groups[h].first == at:
            return True
        at = state.members[at].elsewhere
    return False


@rule
def seat_in(state: State, g: int, person: int) -> int:
    """The row in which a person sits in group ``g``, -1 if there is none."""
    group = state.groups[g]
    for row in range(group.first, group.first + group.n_slots):
        if state.members[row].person == person:
            return row
    return -1


@rule
def join_ring(state: State, row: int, new: int) -> None:
    """A further seat of the person who sits in ``row`` enters their ring."""
    me, other = state.members[row], state.members[new]
    other.elsewhere, me.elsewhere = me.elsewhere, new
    homes = me.n_homes + 1
    at = row
    for _ in range(homes):
        state.members[at].n_homes = homes
        at = state.members[at].elsewhere


@rule
def close_ring(state: State, c: int, row: int, world: World) -> None:
    """A seat given up is taken out of its person's ring; if it was their home, the next seat of the ring is."""
    me = state.members[row]
    whom = state.people[c, -1 - me.person]
    if whom.home == group_of(state, row, world):
        whom.home = group_of(state, me.elsewhere, world) if me.elsewhere != row else -1
    at = me.elsewhere
    homes = me.n_homes - 1
    for _ in range(homes):
        other = state.members[at]
        other.n_homes = homes
        if other.elsewhere == row:
            other.elsewhere = me.elsewhere
        at = other.elsewhere


@rule
def can_be_reached(state: State, c: int, g: int, person: int, world: World) -> bool:
    """May a person come to group ``g``? Not if they are in a group, or were in the community before.

    With ``idle_reachable``, whoever sits in one other group and has not looked at it for four weeks may come all the
    same. Else rooms in which nobody is at home would lock up their people for ever, and whoever closes them would win.
    """
    whom = state.people[c, person]
    home = wide(whom.home)
    if home < 0:
        return whom.known & 1 == 0
    if world.idle_reachable <= 0.0 or home == g:
        return False
    row = seat_in(state, home, person)
    return row >= 0 and state.members[row].n_homes == 1 and state.members[row].weeks_away >= IDLE_WEEKS


@rule
def come_from_idle(state: State, c: int, person: int) -> None:
    """Somebody from an idle group is given a seat in another: it is noted in the old one, so that they come once."""
    home = wide(state.people[c, person].home)
    if home >= 0:
        state.members[seat_in(state, home, person)].weeks_away = -1


@rule
def join_idle_rings(state: State, c: int, world: World) -> None:
    """Whoever came from an idle group this morning now sits in two: the new one is their home."""
    for g in range(world.first_group, world.first_group + world.n_groups):
        group = state.groups[g]
        for k in range(group.n_seated if group.is_open == 1 else 0):
            new = wide(state.listed[group.first + k, SEATED])
            person = wide(state.members[new].person)
            home = wide(state.people[c, person].home)
            old = seat_in(state, home, person) if home != g else -1
            if old >= 0 and state.members[old].weeks_away < 0:
                state.members[old].weeks_away = 0
                join_ring(state, old, new)
                state.people[c, person].home = g
                join_circuit(state, c, old, world)
                join_circuit(state, c, new, world)


@rule
def join_circuit(state: State, c: int, row: int, world: World) -> None:
    """List a row among those whose persons sit, or may sit, in several groups, if it is not there."""
    for i in range(world.n_circuit):
        if state.circuit[c, i] == row:
            return
    if world.n_circuit >= state.circuit.shape[1]:
        return
    state.circuit[c, world.n_circuit] = row
    world.n_circuit += 1
