"""Entering a group: what somebody at the door expects of it, and how a membership begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.calls import call_all
from sim.engine.declarations import Rule
from sim.engine.distributions import wide
from sim.engine.lanes import Act
from sim.engine.luck import ENTER, uniform
from sim.engine.rows import copy_row
from sim.engine.rule import rule
from sim.model.entities import ARRIVING
from sim.model.hands import PROMOTERS
from sim.model.population import friends_inside
from sim.model.submodels.door import REFUSED, role_of, take_seat
from sim.model.submodels.rings import can_be_reached

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, State, World

__all__ = ["make_enter", "make_fill", "make_knock", "make_settle"]

AT_DOOR, WANTING = 0, 1
"""The places in ``State.calls``: somebody comes to a door, and wants in."""


def make_knock(act: Act) -> Rule:
    """Build ``knock``: a person comes to the door, perhaps asked by the member in ``inviter_row`` (-1: nobody).

    On the group's doorstep they are drawn as the person they are, and met by rules of mechanisms. They judge the group
    as of this morning, with the friends who sat there when the day began; who wants in, and is not refused then, is
    noted in the table of proposals.
    """
    appears, enters = act("appears"), act("enters")

    def knock(
        state: State, g: int, person: int, channel: int, inviter_row: int, group: Group, world: World
    ) -> None:
        if not can_be_reached(state, group.community, g, person, world):
            return  # they are in a group, or were in the community before; nobody enters the same river twice
        group.n_knocks += 1
        inviter = wide(state.members[inviter_row].person) if inviter_row >= 0 else -1
        step = group.first + group.seats
        doorstep = state.members[step]
        begin(doorstep, person, wide(group.seats), step, channel, inviter, world.day)
        doorstep.role = role_of(person, world)
        doorstep.n_friends = friends_inside(state, group.community, g, person, world)
        doorstep.n_friends += 1 if inviter >= 0 and group.owner == PROMOTERS + inviter else 0  # whose group it is
        appears(doorstep, group, world)
        met = state.at_door[g]
        met.price = met.worth = met.enter = 0.0
        met.is_refused, met.was_refused = 0, 1 if state.people[group.community, person].known & REFUSED else 0
        if world.is_same_members == 0:
            call_all(state.calls, AT_DOOR, g)
        p_enter = enters(doorstep, met, group, world) if met.is_refused == 0 else 0.0
        wants = uniform(world, person, ENTER, group.index * 8 + channel) < p_enter
        if wants and world.is_same_members == 0:
            call_all(state.calls, WANTING, g)
        if wants and met.is_refused == 0:
            place = state.proposals[group.first_place + group.n_proposed]
            place.person, place.channel, place.n_friends = person, channel, doorstep.n_friends
            place.inviter, place.inviter_row = inviter, inviter_row
            group.n_proposed += 1
        copy_row(state.members, world.blank_row, step)  # nothing is left of them for the next

    return knock


def make_settle(act: Act) -> Rule:
    """Build ``settle``: a membership begins in a seat that was taken by :func:`sim.model.submodels.door.take_seat`."""
    appears = act("appears")

    def settle(state: State, row: int, group: Group, world: World) -> None:
        me = state.members[row]
        person, channel, inviter = wide(me.person), wide(me.channel), wide(me.inviter)
        n_friends = me.n_friends
        copy_row(state.members, world.blank_row, row)
        begin(me, person, wide(row - group.first), row, channel, inviter, world.day)
        me.role = role_of(person, world)
        me.n_friends = n_friends
        appears(me, group, world)

    return settle


def make_fill(settle: Rule) -> Rule:
    """Build the phase ``fill`` of one group: everybody who got one of its seats today begins the membership."""

    def fill(state: State, g: int, group: Group, world: World) -> None:
        for k in range(group.n_arriving):
            settle(state, wide(state.listed[group.first + k, ARRIVING]), group, world)
        group.n_arriving = 0

    return fill


def make_enter(settle: Rule) -> Rule:
    """Build ``sit``: take a seat and begin the membership in one go; returns the row, -1 if no seat is left.

    For founders, the appointed and connectors, who come one by one.
    """

    def sit(state: State, c: int, g: int, person: int, channel: int, group: Group, world: World) -> int:
        if group.n_members >= group.seats:
            return -1
        n_friends = friends_inside(state, c, g, person, world)
        row = take_seat(state, c, g, person, channel, -1, n_friends, group, world)
        settle(state, row, group, world)
        return row

    return sit


@rule
def begin(me: Member, person: int, slot: int, row: int, channel: int, inviter: int, day: int) -> None:
    """A seat's row as it is on the first day of a membership."""
    me.person, me.slot, me.channel, me.inviter, me.day_joined = person, slot, channel, inviter, day
    me.day_seated = me.day_faded = me.day_rested = day
    me.elsewhere, me.n_homes = row, 1
    me.day_first_post = me.day_last_post = me.day_trusting = me.day_first_invitation = -1
    me.day_looked = me.day_noticed = -1
    me.moving = me.n_looks = me.is_staff = me.is_expert = me.is_welcomed = me.is_gone = me.reason = 0
    me.n_messages = me.n_active_days = me.n_purchases = me.n_invited = me.n_brought = 0
    me.n_ties = me.n_strong = me.n_ties_lost = me.is_muted = 0
    me.n_posts = me.n_ads_posted = me.n_invitations = me.is_buying = 0
    me.n_read = me.n_ads_read = me.n_unread = me.n_ignored = me.n_host_read = 0
    me.cursor = me.news = me.has_news = 0
    me.read_quality = me.warmth = me.attention_left = 0.0
