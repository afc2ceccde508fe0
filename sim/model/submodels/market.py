"""The market: who knocks at which door. Finite, clustered, the same people on the same days in every arm.

A person has a number; what they are follows from it by luck. Friends are found by a symmetric rule instead of being
stored: the *k*-th friend of *p* is *p* XOR mask(*k*), four of five masks within a circle of 64 people. Knocks of a day
are drawn per door: how many, and who. Whether somebody wants to come in is a matter of
:mod:`sim.model.submodels.entry`, whether the door lets them in one of :mod:`sim.model.submodels.door`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.distributions import count, normal, wide
from sim.engine.luck import ADVERT, CARRY, KNOCK, MATCH, PAID, WHO, lasting, purpose, uniform
from sim.engine.rule import inlined, rule
from sim.model.entities import ASKING
from sim.model.hands import OPERATORS
from sim.model.population import friend_of
from sim.model.submodels.door import has_room
from sim.model.submodels.rings import can_be_reached, join_idle_rings, join_ring, sits_in
from sim.model.submodels.yuan import can_pay, pays_unasked
from sim.model.vocabulary import CHANNELS

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, State, World

__all__ = ["MOST_SEEN", "be_found", "call_to_door", "expect", "found_by", "make_carry", "make_propose", "send_to_door"]

SEARCH, INVITED, CALLED, CARRIED, SENT = (
    CHANNELS.index(c) for c in ("search", "invited", "paid_ad", "carried", "partner")
)
PARTNER = purpose("market: sent by a partner")
MOST = 400.0
WEEK = 7.0
MOST_SEEN = 32
"""Of how many, at most, whoever a partner sends is the fittest."""


@inlined
def found_by(parent: int, world: World) -> float:
    """How many find a door, against the median door: exp(``search_spread`` · z), the same for a group's offspring."""
    return math.exp(world.search_spread * normal(lasting(world, parent, KNOCK, 1)))


@rule
def expect(share: float, group: Group, world: World) -> None:
    """How many will knock at this door today of themselves, by where they come from; nobody is called so far.

    Passers-by and advertisers are of the community: a group opened brings no more of them, a group closed no fewer.
    A door has ``share`` of what it had when the community was founded: Σ found_by of the groups founded / Σ found_by of
    the doors that are open. Doors differ for good (:func:`found_by`), by how long nobody has written there, and all by
    the calendar.

    Drawn before anybody knocks, so that the table of proposals is laid out to the place.
    """
    lively = WEEK / (WEEK + group.quiet_days)
    share *= found_by(group.parent, world) * math.exp(world.calendar)
    share *= world.quiet_door + (1.0 - world.quiet_door) * lively
    group.passers_mean = world.search_rate * share
    group.n_passers = count(uniform(world, group.index, KNOCK, 0), min(MOST, group.passers_mean))
    group.n_hawkers = group.n_called = group.n_sent = 0
    group.knocks_paid = 0.0
    if world.n_advertisers > 0:
        mean = world.search_rate * share * world.advertiser_zeal * world.n_advertisers / world.market_size
        group.n_hawkers = count(uniform(world, group.index, ADVERT, 0), min(MOST, mean))


@rule
def be_found(more: float, group: Group, world: World) -> None:
    """Passers-by of today are so many times more (0: as many), by the same draw; for hooks ``at_plan``."""
    group.passers_mean *= 1.0 + more
    group.n_passers = count(uniform(world, group.index, KNOCK, 0), min(MOST, group.passers_mean))


@rule
def call_to_door(mean: float, group: Group, world: World) -> None:
    """``mean`` further people of the market, on the average, are called to this door today; for hooks ``at_plan``.

    They come by the channel of paid adverts. Whoever calls adds to one mean, and the number is one draw of it
    (Poisson), so that two who call half as many each bring as many as one.
    """
    group.knocks_paid += mean
    group.n_called = count(uniform(world, group.index, PAID, 0), min(MOST, group.knocks_paid))


@rule
def send_to_door(mean: float, first: int, people: int, fit: int, group: Group, world: World) -> int:
    """A partner sends people to this door today, ``mean`` on the average; for hooks ``at_plan``. Returns how many.

    They are of ``people`` persons of the market from number ``first`` on, each the one whom the topic fits best of
    ``fit`` who saw the word. One partner a group and day: the last who calls it counts.
    """
    group.sent_from[0], group.sent_from[1], group.sent_from[2] = first, people, fit
    group.n_sent = count(uniform(world, group.index, PARTNER, 0), min(MOST, mean))
    return group.n_sent


@rule
def fittest(k: int, group: Group, world: World) -> int:
    """The k-th whom the partner sends: whoever of some, drawn from its people, has the highest draw of match."""
    best, most = 0, -1.0
    for j in range(group.sent_from[2]):
        u = uniform(world, group.index, PARTNER, 1 + k * MOST_SEEN + j)
        person = (group.sent_from[0] + int(u * group.sent_from[1])) % world.market_size
        fits = lasting(world, person, MATCH, 0)
        if fits > most:
            best, most = person, fits
    return best


def make_propose(knock: Rule) -> Rule:
    """Build the phase ``propose`` of one group from what somebody does at the door.

    Groups read the people as they were this morning and write nothing that another group reads, so they may knock in
    any order.
    """

    def propose(state: State, g: int, group: Group, world: World) -> None:
        group.n_proposed = 0
        friends_asked(state, g, group, world)
        passers_by(state, g, group, world)

    def friends_asked(state: State, g: int, group: Group, world: World) -> None:
        for k in range(group.n_asking):
            row = wide(state.listed[group.first + k, ASKING])
            me = state.members[row]
            asked = me.n_invitations if me.person >= 0 else 0
            for _ in range(asked):
                ask_friend(state, g, row, me, group, world)

    def ask_friend(state: State, g: int, row: int, me: Member, group: Group, world: World) -> None:
        friend = friend_of(me.person, me.n_invited, world.market_size)
        me.n_invited += 1
        me.n_invitations -= 1
        c = group.community
        if friend >= 0 and (state.people[c, friend].home < 0 or can_be_reached(state, c, g, friend, world)):
            state.people[c, friend].known |= 2  # the same bit, whoever else asks them today
            knock(state, g, friend, INVITED, row, group, world)

    def passers_by(state: State, g: int, group: Group, world: World) -> None:
        for k in range(group.n_passers):
            person = int(uniform(world, group.index, WHO, k) * world.market_size)
            knock(state, g, person, SEARCH, -1, group, world)
        for k in range(group.n_hawkers):
            person = world.market_size + int(uniform(world, group.index, ADVERT, k + 1) * world.n_advertisers)
            knock(state, g, person, SEARCH, -1, group, world)
        for k in range(group.n_called):
            person = int(uniform(world, group.index, PAID, k + 1) * world.market_size)
            knock(state, g, person, CALLED, -1, group, world)
        for k in range(group.n_sent):
            knock(state, g, fittest(k, group, world), SENT, -1, group, world)

    ask_friend, friends_asked, passers_by = rule(ask_friend), rule(friends_asked), rule(passers_by)
    return propose


def make_carry(sit: Rule) -> Rule:
    """Build the phase ``carry`` of one community: connectors hand on news, try a further group of the community."""

    def carry(state: State, c: int) -> None:
        world = state.worlds[c]
        if world.idle_reachable > 0.0:
            join_idle_rings(state, c, world)
        for i in range(world.n_circuit):
            row = state.circuit[c, i]
            me = state.members[row]
            if me.has_news > 0 and me.elsewhere != row:
                state.members[me.elsewhere].news = 1
            me.has_news = 0
            if me.role == world.role_connector and me.n_homes < world.connector_groups:
                u = uniform(world, me.person, CARRY, 0)
                if u < world.carry_rate:
                    h = nth_born(state, int(u / world.carry_rate * world.n_born), world)
                    group = state.groups[h]
                    may_enter = group.is_open == 1 and has_room(group) and is_cheap(group.entry_price, me, world)
                    if may_enter and not sits_in(state, row, h):
                        further_home(state, c, row, h, group, world)

    def further_home(state: State, c: int, row: int, h: int, group: Group, world: World) -> None:
        me = state.members[row]
        if world.n_circuit >= state.circuit.shape[1]:
            return
        new = sit(state, c, h, wide(me.person), CARRIED, group, world)
        if new >= 0:
            join_ring(state, row, new)

    further_home = rule(further_home)
    return carry


@rule
def is_cheap(price: float, me: Member, world: World) -> bool:
    """Would a connector pay it, who is told of no promise? Nobody is asked where the same people enter at all doors."""
    return can_pay(price, me) if world.is_same_members > 0 else pays_unasked(price, me, world)


@rule
def nth_born(state: State, n: int, world: World) -> int:
    """The n-th of all groups of the operator's ever opened, those founded first; births need not be in their order."""
    founded = int(world.groups)
    if n < founded:
        return world.first_group + n
    n -= founded
    for h in range(world.first_group + founded, world.first_group + world.n_groups):
        if state.groups[h].is_open > 0 and state.groups[h].owner == OPERATORS:
            if n == 0:
                return h
            n -= 1
    return world.first_group
