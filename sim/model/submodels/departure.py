"""The end of the day: who leaves, buys or asks a friend is listed; seats are given up; the operator's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.distributions import clip, wide
from sim.engine.rule import rule
from sim.model.entities import ASKING, BUYING, LEAVING

if TYPE_CHECKING:
    from sim.model.rows import Group, State, World

__all__ = ["account", "enlist", "part"]


@rule
def enlist(state: State, group: Group) -> None:
    """List the rows of those who leave, buy, and ask a friend, in the order of seats, while they are at hand.

    What happens between the days, and the tables, then need not go through everybody again.
    """
    left = bought = asked = 0
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
    group.n_leaving, group.n_buying, group.n_asking = left, bought, asked


@rule
def part(state: State, g: int, group: Group, world: World) -> None:
    """Members of one group with a reason to leave give up their seat.

    A free seat keeps the row until it is taken again, with ``person`` turned to −1 − person. Who sits elsewhere too is
    looked after in :func:`mend`: that touches rows of other groups.
    """
    group.n_parting = 0
    for k in range(group.n_leaving):
        row = wide(state.listed[group.first + k, LEAVING])
        me = state.members[row]
        if me.elsewhere == row:
            state.people[group.community, me.person].home = -1
        group.n_parting += 1 if me.elsewhere != row or me.role == world.role_connector else 0
        me.person = -1 - me.person
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
def group_of(state: State, row: int, world: World) -> int:
    """The group whose seat a row is."""
    width = state.groups[world.first_group].seats + 1
    return row // width


@rule
def account(state: State, c: int) -> None:
    """Rings of connectors close, and the operator does his account: who is not paid back loses heart.

    heart ← heart + (clip(0.15 + income / outlay) − heart) / heart_days, income = margin · sales + entries,
    outlay = money spent + wage · hours given, both as moving averages over a month. Packets that nobody took return to
    the purse.
    """
    world = state.worlds[c]
    income = outlay = 0.0
    parting = 0
    for g in range(world.first_group, world.first_group + world.n_groups):
        group = state.groups[g]
        if group.is_open == 1:
            parting += group.n_parting
            sales = group.n_purchases * world.item_price
            income += group.revenue - sales + world.margin * sales
            minutes = group.minutes_content + group.minutes_welcome + group.minutes_answers + group.minutes_given
            outlay += group.yuan_fee + world.wage * minutes / 60.0
            outlay += group.yuan_paid
            world.purse_left -= group.yuan_fee
            world.purse_left += group.yuan_aside
            world.purse_left -= group.yuan_paid
    if parting > 0:
        mend(state, c, world)
    world.purse_left += income
    world.income += (income - world.income) / 30.0
    world.outlay += (outlay - world.outlay) / 30.0
    back = clip(0.15 + world.income / (world.outlay + 1.0), 0.0, 1.0)
    world.heart += (back - world.heart) / world.heart_days
