"""Day 0: groups are founded by people who know each other, with a host, and perhaps experts and moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.luck import FOUND, MATCH, TALK, TIE, lasting, uniform
from sim.engine.rule import rule
from sim.model.hands import OPERATORS, PROMOTERS
from sim.model.population import CIRCLE, friend_of
from sim.model.submodels.ties import acquaint
from sim.model.vocabulary import CHANNELS

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, Rows, State, World

__all__ = ["make_begin", "make_found", "make_open"]

FOUNDER = CHANNELS.index("founder")
APART = 7
"""Circles of friends from the founders of one group to those of the next."""


def make_open(appoint: Rule) -> Rule:
    """Build ``open_group``: a group begins, with its host and perhaps experts and moderators, new as its matter.

    Experts and moderators are those of the groups founded: a group opened later has a host alone.
    """

    def open_group(state: State, c: int, g: int, group: Group, world: World) -> None:
        group.is_open, group.day_born = 1, world.day
        group.novelty, group.help_norm = 1.0, 0.5
        group.seats_offered = group.seats
        world.n_born += 1 if group.owner == OPERATORS else 0
        row = appoint(state, c, g, 0, world.role_host, group, world)
        group.host_slot = state.members[row].slot
        if group.index >= world.groups:
            return
        k = 1
        for _ in range(whole(world.kols, uniform(world, group.index, FOUND, 1))):
            appoint(state, c, g, k, world.role_kol, group, world)
            k += 1
        for _ in range(whole(world.moderators, uniform(world, group.index, FOUND, 2))):
            appoint(state, c, g, k, world.role_moderator, group, world)
            k += 1

    return open_group


def make_begin(sit: Rule, open_group: Rule) -> Rule:
    """Build ``begin``: a group that was ordered begins; a promoter takes friends of theirs into their own.

    They know each other as founders do. It is those who are in no group, and never were, the nearest first.
    """

    def begin(state: State, c: int, g: int, group: Group, world: World) -> None:
        open_group(state, c, g, group, world)
        if group.owner < PROMOTERS:
            return
        most = group.n_members + group.owner_brings
        for k in range(int(world.friends)):
            friend = friend_of(group.owner - PROMOTERS, k, world.market_size)
            is_free = friend >= 0 and state.people[c, friend].home < 0 and state.people[c, friend].known & 1 == 0
            if is_free and group.n_members < most:
                sit(state, c, g, friend, FOUNDER, group, world)
        introduce(state.members, group, world)

    return begin


def make_found(sit: Rule, open_group: Rule) -> Rule:
    """Build ``found``: open the groups of one community, each founded by people of one circle of friends.

    In groups that are open already, as they are in a played past (:mod:`sim.running_start`), the host brings in people
    of another circle each morning, as long as there is room.
    """

    def gather(state: State, c: int, g: int, i: int, most: int, group: Group, world: World) -> None:
        circles = world.market_size // CIRCLE
        circle = (i * APART + int(uniform(world, 0, FOUND, 0) * circles)) % circles
        offset = int(uniform(world, group.index, FOUND, 3) * CIRCLE)
        of = 1 + int(group.founder_pick)
        further = most * of  # where all candidates for a seat are taken, others are found farther off
        for j in range(most):
            if group.n_members >= group.room:
                break
            person = liveliest(state, c, circle, offset, j * of, of, world)
            while person < 0 and of > 1 and further < world.market_size:
                person = liveliest(state, c, circle, offset, further, 1, world)
                further += 1
            if person >= 0:
                sit(state, c, g, person, FOUNDER, group, world)

    gather = rule(gather)

    def found(state: State, c: int) -> None:
        world = state.worlds[c]
        for i in range(int(world.groups)):
            g = world.first_group + i
            group = state.groups[g]
            if group.is_open == 0:
                open_group(state, c, g, group, world)
                gather(state, c, g, i, int(world.founders), group, world)
                introduce(state.members, group, world)
            else:
                gather(state, c, g, i, APART * CIRCLE, group, world)

    return found


@rule
def liveliest(state: State, c: int, circle: int, offset: int, first: int, of: int, world: World) -> int:
    """Of ``of`` neighbours in the market, whoever has most to say of those the topic fits, else of the others.

    Who was in the community before, or is in it, is passed over; -1: all of them.
    """
    circles = world.market_size // CIRCLE
    found, most = -1, -1.0
    for j in range(first, first + of):
        person = ((circle + j // CIRCLE) % circles) * CIRCLE + ((j + offset) % CIRCLE)
        if state.people[c, person].home < 0 and state.people[c, person].known & 1 == 0:
            fits = 1.0 if lasting(world, person, MATCH, 0) > 0.5 else 0.0
            talks = fits + lasting(world, person, TALK, 0)
            if talks > most:
                found, most = person, talks
    return found


@rule
def whole(mean: float, u: float) -> int:
    """A whole number with the given mean: the floor, and one more with the probability of the rest."""
    low = int(mean)
    return low + (1 if u < mean - low else 0)


@rule
def introduce(members: Rows[Member], group: Group, world: World) -> None:
    """Founders know each other with probability ``acquaintance`` a pair; such a tie has half of full strength."""
    for i in range(group.n_slots):
        a = members[group.first + i]
        for j in range(i + 1, group.n_slots):
            b = members[group.first + j]
            if a.is_staff == 0 and uniform(world, a.person, TIE, b.person) < world.acquaintance:
                acquaint(a, b, 0.5, world)
