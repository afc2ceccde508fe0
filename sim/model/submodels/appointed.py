"""Appointed persons: who is no person of the market, and sits in the group whose number they bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.lanes import Act
from sim.model.entities import APPOINTED
from sim.model.hands import GUEST, HIRED, MOST_HIRED, MOST_SHILLS, SHILL
from sim.model.submodels.door import has_room
from sim.model.vocabulary import CHANNELS

if TYPE_CHECKING:
    from sim.model.rows import Group, State, World

__all__ = ["APPOINTED_LATER", "FOUNDER", "make_appoint", "make_call_in"]

FOUNDER, APPOINTED_LATER = CHANNELS.index("founder"), CHANNELS.index("appointed")


def make_appoint(act: Act, sit: Rule, channel: int) -> Rule:
    """Build ``appoint``: the ``k``-th of a group's appointed persons takes a seat in a role; their row, -1: no seat.

    ``channel`` is written down as the way they came.
    """
    appears = act("appears")

    def appoint(state: State, c: int, g: int, k: int, role: int, group: Group, world: World) -> int:
        person = world.market_size + world.n_advertisers + group.index * APPOINTED + k
        row: int = sit(state, c, g, person, channel, group, world)
        if row >= 0:
            me = state.members[row]
            me.role = role
            appears(me, group, world)
        return row

    return appoint


def make_call_in(appoint: Rule) -> Rule:
    """Build ``call_in``: whom mechanisms want in a group takes a seat, first of all, if one of those offered is free.

    Once somebody is in, they stay, whether or not they are wanted longer.
    """

    def call_in(state: State, c: int, g: int, group: Group, world: World) -> None:
        while group.n_shills < min(MOST_SHILLS, group.shills_wanted) and has_room(group):
            row = appoint(state, c, g, SHILL + group.n_shills, world.role_shill, group, world)
            group.shill_slots[group.n_shills] = row - group.first
            group.n_shills += 1
        if group.is_guest_wanted > 0 and group.guest_seat == 0 and has_room(group):
            group.guest_seat = appoint(state, c, g, GUEST, world.role_guest, group, world) - group.first + 1
        while group.n_hired < min(MOST_HIRED, group.hired_wanted) and has_room(group):
            appoint(state, c, g, HIRED + group.n_hired, world.role_moderator, group, world)
            group.n_hired += 1

    return call_in
