"""The door of a group: who knocks is weighed by what he expects, then meets price, seats and queue."""

from __future__ import annotations

from typing import Any

from sim.engine.distributions import wide
from sim.engine.luck import ENTER, ROLE, lasting, uniform
from sim.engine.rows import copy_row
from sim.engine.rule import rule
from sim.model.entities import QUEUE, SEATED
from sim.model.population import friends_inside

__all__ = ["has_room", "make_enter", "make_knock", "role_of"]


@rule
def role_of(state: Any, c: int, person: int, world: Any) -> int:
    """The role a person brings to the market: advertisers have numbers of their own, others go by luck."""
    if person >= world.market_size:
        return world.role_advertiser  # type: ignore[no-any-return]
    u = lasting(world, person, ROLE, 0)
    for code in range(world.n_roles):
        if u < world.role_edges[code]:
            return code
    return world.role_member  # type: ignore[no-any-return]


@rule
def has_room(group: Any, world: Any) -> bool:
    """Is a seat free, by the lever as well as by the room? Under ``same_members`` only the room counts."""
    if world.is_same_members > 0:
        return group.n_members < group.seats  # type: ignore[no-any-return]
    return group.n_members < min(group.seats, int(group.seat_limit))  # type: ignore[no-any-return]


@rule
def waits(queues: Any, g: int, group: Any, person: int) -> bool:
    """Does he wait at this door already?"""
    for i in range(group.n_queue):  # noqa: SIM110
        if queues[g, i]["person"] == person:
            return True
    return False


@rule
def join_queue(queues: Any, g: int, person: int, channel: int, inviter: int, inviter_row: int, group: Any) -> None:
    """Wait at the end of the queue, or be turned away where it is full."""
    if group.n_queue >= min(QUEUE, int(group.queue_length)):
        group.n_turned_away += 1
        return
    place = queues[g, group.n_queue]
    place["person"], place["channel"] = person, channel
    place["inviter"], place["inviter_row"] = inviter, inviter_row
    group.n_queue += 1


def make_knock(act: Any, sit: Any) -> Any:
    """Build ``knock``: a person comes to the door, perhaps asked by the member in ``inviter_row`` (-1: nobody)."""
    appears, enters = act("appears"), act("enters")

    def knock(
        state: Any, c: int, g: int, person: int, channel: int, inviter_row: int, group: Any, world: Any
    ) -> None:
        if state.people[c, person]["known"] & 1:
            return  # he was in the community before; nobody enters the same river twice
        inviter = wide(state.members[inviter_row].person) if inviter_row >= 0 else -1
        step = wide(state.groups[world.first_group].first) + group.seats  # one doorstep for all: it stays at hand
        doorstep = state.members[step]
        begin(doorstep, person, wide(group.seats), step, channel, inviter, world.day)
        doorstep.role = role_of(state, c, person, world)
        doorstep.n_friends = friends_inside(state, c, g, person, world)
        appears(doorstep, group, world)
        price = 0.0 if world.is_same_members > 0 else group.entry_price
        p_enter = enters(doorstep, price, state.at_door[g], group, world)
        if uniform(world, person, ENTER, group.index * 8 + channel) < p_enter:
            if has_room(group, world):
                sit(state, c, g, person, channel, inviter, group.entry_price, step, group, world)
                if inviter_row >= 0:
                    state.members[inviter_row].n_brought += 1
            elif not waits(state.queues, g, group, person):
                join_queue(state.queues, g, person, channel, inviter, inviter_row, group)
        copy_row(state.members, world.blank_row, step)  # nothing is left of him for the next

    return knock


def make_enter(act: Any) -> Any:
    """Build ``sit``: give a person a seat and begin his membership; returns the row, -1 if no seat is left.

    ``drawn`` is the row in which he stands already as the person he is (the doorstep), or -1.
    """
    appears = act("appears")

    def sit(
        state: Any,
        c: int,
        g: int,
        person: int,
        channel: int,
        inviter: int,
        price: float,
        drawn: int,
        group: Any,
        world: Any,
    ) -> int:
        if group.n_members >= group.seats:
            return -1
        slot = take_slot(state.members, group)
        row = group.first + slot
        me = state.members[row]
        if drawn >= 0:
            copy_row(state.members, drawn, row)
            me.person, me.slot, me.elsewhere = person, slot, row
        else:
            copy_row(state.members, world.blank_row, row)
            begin(me, person, slot, row, channel, inviter, world.day)
            me.role = role_of(state, c, person, world)
            me.n_friends = friends_inside(state, c, g, person, world)
            appears(me, group, world)
        me.entry_paid = price
        me.spent = price
        group.revenue += price
        group.new_joined += 1
        state.listed[group.first + group.n_seated, SEATED] = row
        group.n_seated += 1
        group.n_members += 1
        state.people[c, person]["known"] |= 1
        if state.people[c, person]["home"] < 0:
            state.people[c, person]["home"] = g
        if me.role == world.role_connector and world.n_circuit < state.circuit.shape[1]:
            state.circuit[c, world.n_circuit] = row
            world.n_circuit += 1
        return row  # type: ignore[no-any-return]

    return sit


@rule
def take_slot(members: Any, group: Any) -> int:
    """The seat freed last, or the next one never used."""
    slot = group.free_slot
    if slot >= 0:
        group.free_slot = members[group.first + slot].cursor  # a free seat's cursor names the next free one
        return slot  # type: ignore[no-any-return]
    group.n_slots += 1
    return group.n_slots - 1  # type: ignore[no-any-return]


@rule
def begin(me: Any, person: int, slot: int, row: int, channel: int, inviter: int, day: int) -> None:
    """A seat's row as it is on the first day of a membership."""
    me.person, me.slot, me.channel, me.inviter, me.day_joined = person, slot, channel, inviter, day
    me.day_faded = me.day_rested = day
    me.elsewhere, me.n_homes = row, 1
    me.day_first_post = me.day_last_post = me.day_trusting = me.day_first_invitation = -1
    me.n_looks = me.is_staff = me.is_expert = me.is_welcomed = me.is_gone = me.reason = 0
    me.n_messages = me.n_active_days = me.n_purchases = me.n_invited = me.n_brought = 0
    me.n_ties = me.n_strong = me.n_ties_lost = me.is_muted = 0
    me.n_posts = me.n_ads_posted = me.n_invitations = me.is_buying = 0
    me.n_read = me.n_ads_read = me.n_unread = me.n_ignored = me.n_host_read = 0
    me.fen_received = me.fen_given = me.cursor = me.packets_seen = me.news = me.has_news = 0
    me.read_quality = me.warmth = me.attention_left = 0.0
