"""The end of the day: who leaves, buys or asks a friend is listed; seats are given up; the operator's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.distributions import clip, wide
from sim.engine.rule import rule
from sim.model.entities import ASKING, BUYING, CLOSING, LEAVING
from sim.model.hands import OPERATORS
from sim.model.submodels.operator import begin_counts
from sim.model.submodels.rings import close_ring
from sim.model.submodels.welcome import wake_group
from sim.model.vocabulary import REASONS

if TYPE_CHECKING:
    from sim.model.rows import Group, State, World

__all__ = ["ALUMNUS", "account", "enlist", "part"]

DISSOLVED = REASONS.index("dissolved")
ALUMNUS = 16
"""Bit of ``known`` of a person of the market: was in a group that was dissolved, and may come again."""


@rule
def enlist(state: State, group: Group) -> None:
    """List the rows of those who leave, buy, and ask a friend, in the order of seats, while they are at hand.

    What happens between the days, and the tables, then need not go through everybody again.
    """
    left = bought = asked = to_ask = 0
    if group.new_left + group.new_removed + group.n_purchases + group.n_invitations > 0:
        for row in range(group.first, group.first + group.n_slots):
            me = state.members[row]
            if me.person < 0:
                continue
            if me.reason > 0:
                state.listed[group.first + left, LEAVING] = row
                left += 1
            if me.n_looks > 0 and me.is_buying > 0:
                state.listed[group.first + bought, BUYING] = row
                bought += 1
            if me.n_looks > 0 and me.n_invitations > 0:
                state.listed[group.first + asked, ASKING] = row
                asked += 1
                to_ask += me.n_invitations
    group.n_leaving, group.n_buying, group.n_asking, group.n_to_ask = left, bought, asked, to_ask


@rule
def part(state: State, g: int, group: Group, world: World) -> None:
    """Members of one group with a reason to leave give up their seat.

    A free seat keeps the row until it is taken again, with ``person`` turned to −1 − person; that of somebody who
    moves to another group is not given away before they have moved, and till then they are a customer here. Who sits
    elsewhere too is looked after in :func:`mend`: that touches rows of other groups.
    """
    group.n_parting = 0
    for k in range(group.n_leaving):
        row = wide(state.listed[group.first + k, LEAVING])
        me = state.members[row]
        if me.elsewhere == row:
            state.people[group.community, me.person].home = -1
        is_listed = me.role == world.role_connector or world.idle_reachable > 0.0
        group.n_parting += 1 if me.elsewhere != row or is_listed else 0
        group.n_customers -= 1 if me.n_purchases > 0 and me.moving >= 0 else 0
        me.person = -1 - me.person
        if me.moving >= 0:
            me.cursor = group.free_slot
            group.free_slot = me.slot
        group.n_members -= 1


@rule
def mend(state: State, c: int, world: World) -> None:
    """Connectors who gave up a seat: their other memberships close the ring, and the list of connectors closes up.

    One pass through the list a day. Rings and homes come out the same in whatever order seats are struck off.
    """
    kept = 0
    for i in range(world.n_circuit):
        row = state.circuit[c, i]
        if state.members[row].person < 0:
            close_ring(state, c, row, world)
        else:
            state.circuit[c, kept] = row
            kept += 1
    world.n_circuit = kept


@rule
def account(state: State, c: int) -> None:
    """Connectors' rings are closed again; the operator does the accounts, and loses heart if not paid back.

    heart ← heart + (clip(0.15 + income / outlay) − heart) / heart_days, income = margin · sales + entries,
    outlay = money spent + wage · hours given, both as moving averages over a month. Packets that nobody took return to
    the purse. What goes on in groups of another owner is none of it. Last of all, groups that were dissolved today are
    closed.
    """
    world = state.worlds[c]
    income = outlay = 0.0
    parting = closing = 0
    for g in range(world.first_group, world.first_group + world.n_groups):
        group = state.groups[g]
        if group.is_open == 1:
            parting += group.n_parting
            closing += 1 if group.fate == CLOSING else 0
        if group.is_open == 1 and group.owner == OPERATORS:
            sales = group.n_purchases * group.price_today
            income += group.revenue - sales + world.margin * sales
            minutes = group.minutes_content + group.minutes_welcome + group.minutes_answers + group.minutes_given
            outlay += group.yuan_fee + world.wage * minutes / 60.0
            outlay += group.yuan_paid
            world.purse_left -= group.yuan_fee
            world.purse_left += group.yuan_aside
            world.purse_left -= group.yuan_paid
    if parting > 0:
        mend(state, c, world)
    if closing > 0:
        for g in range(world.first_group, world.first_group + world.n_groups):
            if state.groups[g].fate == CLOSING:
                close(state, c, state.groups[g], world)
    world.purse_left += income
    world.income += (income - world.income) / 30.0
    world.outlay += (outlay - world.outlay) / 30.0
    back = clip(0.15 + world.income / (world.outlay + 1.0), 0.0, 1.0)
    world.heart += (back - world.heart) / world.heart_days


@rule
def close(state: State, c: int, group: Group, world: World) -> None:
    """A group dissolved today is closed for good. Who was in it to the end, and is in no other, may come again.

    What it counted stands at zero from now on; those who waited at its door go home.
    """
    for k in range(group.n_leaving):
        me = state.members[state.listed[group.first + k, LEAVING]]
        whom = state.people[c, -1 - me.person]
        if me.reason == DISSOLVED and whom.home < 0:
            whom.known = (whom.known | 1 | ALUMNUS) - 1
    group.is_open, group.fate, group.host_slot = 2, 0, -1
    begin_counts(group)
    wake_group(group)
    group.n_queue = group.n_proposed = group.n_asking = group.n_to_ask = group.n_buying = 0
    group.n_passers = group.n_hawkers = group.n_called = group.n_sent = 0
    group.minutes_left = 0.0
