"""The door of a group: who wants to come in meets seats and queue, one after the other.

All that must be settled in turn is settled here, and nothing else: this is the part of the morning that a community
does by itself, however many threads there are. A seat is given, and the row behind it is filled later
(:mod:`sim.model.submodels.entry`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.distributions import wide
from sim.engine.luck import ROLE, lasting
from sim.engine.rule import rule
from sim.model.entities import ARRIVING, SEATED
from sim.model.submodels.rings import can_be_reached, come_from_idle, group_of
from sim.model.vocabulary import NO_DOOR

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, Rows, State, Waiting, World

__all__ = ["REFUSED", "copy_place", "has_room", "make_decide", "occupy", "role_of", "take_seat"]

REFUSED = 4
"""The bit of those who were turned away from a door that was full or shut."""


def make_decide(open_group: Rule, next_spare: Rule, call_in: Rule, ahead: Rule) -> Rule:
    """Build the phase ``decide`` of one community: its doors, in the order of groups.

    ``open_group`` begins a group, ``next_spare`` finds one in reserve, ``call_in`` seats whom mechanisms want there,
    ``ahead`` asks memory for what the next door needs (:mod:`sim.engine.prefetch`).
    """

    def decide(state: State, c: int) -> None:
        world = state.worlds[c]
        for g in range(world.first_group, world.first_group + world.n_groups):
            group = state.groups[g]
            ahead(state, g)
            if group.is_open == 1:
                if group.shills_wanted + group.is_guest_wanted + group.hired_wanted > 0:
                    call_in(state, c, g, group, world)
                let_in(state, c, g, g, group, group, world)
                hear(state, c, g, group, world)
                if group.is_relieved > 0 and group.n_queue >= max(1, group.places_to_wait):
                    relieve(state, c, g, group, world)

    def relieve(state: State, c: int, g: int, group: Group, world: World) -> None:
        """The queue is full: those who wait move to a group in reserve, if there is one, as far as it has room."""
        h = next_spare(state, group, world)
        if h < 0:
            return
        new = state.groups[h]
        new.parent = group.parent
        open_group(state, c, h, new, world)
        new.seats_offered = group.seats_offered
        group.n_opened += 1
        let_in(state, c, g, h, group, new, world)

    relieve = rule(relieve)
    return decide


@rule
def let_in(state: State, c: int, g: int, h: int, group: Group, target: Group, world: World) -> None:
    """Who waits at the door of group ``g`` enters group ``h``, first come first served, as far as it has room."""
    kept = 0
    for i in range(group.n_queue):
        waiting = state.queues[g, i]
        if has_come_in(state, c, h, waiting, world):
            continue  # they have found another group meanwhile
        if has_room(target):
            admit(state, c, h, waiting, target, world)
        else:
            copy_place(waiting, state.queues[g, kept])
            kept += 1
    group.n_queue = kept


@rule
def hear(state: State, c: int, g: int, group: Group, world: World) -> None:
    """Who wanted in this morning gets a seat while there is one, else waits where the queue has a place."""
    for k in range(group.n_proposed):
        proposal = state.proposals[group.first_place + k]
        if has_come_in(state, c, g, proposal, world):
            continue  # through another door, or a moment ago through this one
        if has_room(group):
            admit(state, c, g, proposal, group, world)
        elif not (waits(state.queues, g, group, proposal) or join_queue(state.queues, g, group, proposal)):
            state.people[c, wide(proposal.person)].known |= REFUSED
    group.n_proposed = 0


@rule
def has_come_in(state: State, c: int, h: int, waiting: Waiting, world: World) -> bool:
    """Are they in a group by now, or were they ever in the community? Nobody enters the same river twice."""
    return not can_be_reached(state, c, h, wide(waiting.person), world)


@rule
def admit(state: State, c: int, h: int, waiting: Waiting, target: Group, world: World) -> None:
    """Give them a seat of group ``h``; whoever asked them, if still there, has brought one more."""
    inviter, inviter_row = wide(waiting.inviter), wide(waiting.inviter_row)
    come_from_idle(state, c, wide(waiting.person))
    row = take_seat(
        state, c, h, wide(waiting.person), wide(waiting.channel), inviter, wide(waiting.n_friends), target,
        world,
    )  # fmt: skip
    state.listed[target.first + target.n_arriving, ARRIVING] = row
    target.n_arriving += 1
    is_theirs = inviter_row >= 0 and state.groups[group_of(state, inviter_row, world)].owner == target.owner
    if is_theirs and state.members[inviter_row].person == inviter:
        state.members[inviter_row].n_brought += 1


@rule
def take_seat(
    state: State, c: int, g: int, person: int, channel: int, inviter: int, n_friends: int, group: Group, world: World
) -> int:
    """The next free seat is theirs, and everybody can know it; what the row needs to be filled is noted in it.

    Returns the row. There must be a seat.
    """
    row = occupy(state, c, g, person, group, world)
    me = state.members[row]
    me.channel, me.inviter, me.n_friends = channel, inviter, n_friends
    group.new_joined += 1
    group.n_ever += 0 if channel in NO_DOOR else 1
    return row


@rule
def occupy(state: State, c: int, g: int, person: int, group: Group, world: World) -> int:
    """The next free seat of a group is a person's from now on, by whatever way they came; returns its row."""
    row = group.first + take_slot(state.members, group)
    state.members[row].person = person
    group.n_members += 1
    group.n_peak = max(group.n_peak, group.n_members)
    state.listed[group.first + group.n_seated, SEATED] = row
    group.n_seated += 1
    state.people[c, person].known |= 1
    if state.people[c, person].home < 0:
        state.people[c, person].home = g
    if world.n_circuit < state.circuit.shape[1] and role_of(person, world) == world.role_connector:
        state.circuit[c, world.n_circuit] = row
        world.n_circuit += 1
    return row


@rule
def take_slot(members: Rows[Member], group: Group) -> int:
    """The seat freed last, or the next one never used."""
    slot = group.free_slot
    if slot >= 0:
        group.free_slot = members[group.first + slot].cursor  # a free seat's cursor names the next free one
        return slot
    group.n_slots += 1
    return group.n_slots - 1


@rule
def role_of(person: int, world: World) -> int:
    """The role a person brings to the market: advertisers have numbers of their own, others go by luck."""
    if person >= world.market_size:
        return world.role_advertiser
    u = lasting(world, person, ROLE, 0)
    for code in range(world.n_roles):
        if u < world.role_edges[code]:
            return code
    return world.role_member


@rule
def has_room(group: Group) -> bool:
    """Is one of the seats free that are offered today? Members who are nobody take seats too."""
    return group.n_members + group.n_fakes < group.seats_offered


@rule
def waits(queues: Rows[Waiting], g: int, group: Group, whom: Waiting) -> bool:
    """Do they wait at this door already?"""
    for i in range(group.n_queue):  # noqa: SIM110
        if queues[g, i].person == whom.person:
            return True
    return False


@rule
def join_queue(queues: Rows[Waiting], g: int, group: Group, whom: Waiting) -> bool:
    """Wait at the end of the queue, or be turned away where it is full: is there a place?"""
    if group.n_queue >= group.places_to_wait:
        group.n_turned_away += 1
        return False
    copy_place(whom, queues[g, group.n_queue])
    group.n_queue += 1
    return True


@rule
def copy_place(one: Waiting, other: Waiting) -> None:
    """The same person, with how they came and who asked them, at another place."""
    other.person, other.channel, other.n_friends = one.person, one.channel, one.n_friends
    other.inviter, other.inviter_row = one.inviter, one.inviter_row
