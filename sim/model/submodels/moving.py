"""The morning after orders to move and to open (:mod:`sim.model.submodels.moves`): they are carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.distributions import wide
from sim.engine.rows import copy_row
from sim.engine.rule import rule
from sim.model.entities import LEAVING, OPENING
from sim.model.hands import OPERATORS, PROMOTERS
from sim.model.submodels.door import occupy
from sim.model.submodels.rings import group_of, join_circuit, join_ring, seat_in
from sim.model.submodels.ties import fade
from sim.model.vocabulary import CHANNELS

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, State, World

__all__ = ["make_move"]

BY_TRANSFER, INVITED = CHANNELS.index("transferred"), CHANNELS.index("invited")


def make_move(begin_group: Rule) -> Rule:
    """Build the phase ``move`` of one community: yesterday evening's orders are carried out.

    ``begin_group`` opens a group. A mover's old seat keeps its row and is given to nobody until all are seated.
    """

    def move(state: State, c: int) -> None:
        world = state.worlds[c]
        last = world.first_group + world.n_groups
        if world.n_moving == 0:
            return
        for g in range(world.first_group, last):
            if state.groups[g].fate == OPENING:
                begin_as_ordered(state, c, g, state.groups[g], world)
        for g in range(world.first_group, last):
            each_mover(state, c, state.groups[g], world, SEAT)
        for g in range(world.first_group, last):
            each_mover(state, c, state.groups[g], world, TIES)
        for g in range(world.first_group, last):
            each_mover(state, c, state.groups[g], world, LET_GO)
            state.groups[g].n_promised = 0
        world.n_moving = 0

    def begin_as_ordered(state: State, c: int, g: int, group: Group, world: World) -> None:
        novelty, help_norm, ad_norm, seats = group.novelty, group.help_norm, group.ad_norm, group.seats_offered
        heat = group.heat
        begin_group(state, c, g, group, world)
        group.fate = 0
        group.novelty, group.help_norm, group.ad_norm, group.seats_offered = novelty, help_norm, ad_norm, seats
        group.heat = heat

    begin_as_ordered = rule(begin_as_ordered)
    return move


SEAT, TIES, LET_GO = range(3)


@rule
def each_mover(state: State, c: int, group: Group, world: World, step: int) -> None:
    """One step for everybody who moves out of a group, in the order in which they were listed."""
    for k in range(group.n_leaving):
        row = wide(state.listed[group.first + k, LEAVING])
        if state.members[row].moving < 0:
            if step == SEAT:
                reseat(state, c, row, world)
            elif step == TIES:
                take_ties_along(state, row, world)
            else:
                old = state.members[row]
                old.moving = 0
                group.n_customers -= 1 if old.n_purchases > 0 else 0
                old.cursor = group.free_slot
                group.free_slot = old.slot


@rule
def reseat(state: State, c: int, row: int, world: World) -> None:
    """Take a seat in the other group with the row of the old seat; its number there is noted in the old row."""
    old = state.members[row]
    h, person = wide(-1 - old.moving), wide(-1 - old.person)
    group, before = state.groups[h], state.groups[group_of(state, row, world)]
    home = wide(state.people[c, person].home)
    new = occupy(state, c, h, person, group, world)
    copy_row(state.members, row, new)
    settle_in(state.members[new], person, new, row, group, world)
    if group.owner == OPERATORS and before.owner >= PROMOTERS:
        promoter = wide(before.owner) - PROMOTERS
        join(state.members[new], promoter, group, world)
        by = seat_in(state, h, promoter)
        state.members[max(by, 0)].n_brought += 1 if by >= 0 else 0
    else:
        group.new_moved_in += 1
    group.n_customers += 1 if state.members[new].n_purchases > 0 else 0
    old.cursor = new - group.first
    if home >= 0:  # they sit elsewhere too
        join_ring(state, seat_in(state, home, person), new)
        join_circuit(state, c, new, world)


@rule
def settle_in(me: Member, person: int, row: int, old: int, group: Group, world: World) -> None:
    """What is of the seat and of the day begins anew; tenure (``day_joined``), feelings and what was bought remain."""
    me.person, me.slot, me.channel, me.inviter = person, row - group.first, BY_TRANSFER, -1
    me.day_seated, me.moving, me.reason = world.day, old + 1, 0
    me.elsewhere, me.n_homes = row, 1
    me.day_first_post = me.day_trusting = me.day_first_invitation = -1  # of this membership
    me.read_upto = group.n_total
    me.n_looks = me.n_posts = me.n_ads_posted = me.n_invitations = me.is_buying = me.cursor = me.has_news = 0
    me.n_read = me.n_ads_read = me.n_unread = me.n_ignored = me.n_host_read = me.n_ties_lost = me.is_gone = 0
    me.read_quality = me.warmth = me.attention_left = 0.0


@rule
def join(me: Member, inviter: int, group: Group, world: World) -> None:
    """Who comes over from a promoter's group is new to the operator: asked by the promoter, of no tenure."""
    me.channel, me.inviter, me.day_joined = INVITED, inviter, world.day
    group.n_knocks += 1
    group.new_joined += 1
    group.n_ever += 1


@rule
def take_ties_along(state: State, row: int, world: World) -> None:
    """Ties to those who move to the same group lead to their new seats; the others are lost."""
    old = state.members[row]
    h, first = wide(-1 - old.moving), row - old.slot
    group = state.groups[h]
    me = state.members[group.first + old.cursor]
    for k in range(me.n_ties):
        friend = state.members[first + me.tie_slot[k]]
        is_along = friend.person == -1 - me.tie_person[k] and friend.moving == old.moving
        me.tie_slot[k] = friend.cursor if is_along else me.slot  # nobody is tied to themselves: such a tie is lost
    fade(me, state.members, group, world)
