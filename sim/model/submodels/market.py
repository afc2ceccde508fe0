"""The market: who knocks at which door. Finite, clustered, the same people on the same days in every arm.

A person has a number; what they are follows from it by luck. Friends are found by a symmetric rule instead of being
stored: the *k*-th friend of *p* is *p* XOR mask(*k*), four of five masks within a circle of 64 people. Knocks of a day
are drawn per door: how many, and who. Whether somebody wants to come in is a matter of
:mod:`sim.model.submodels.entry`, whether the door lets them in one of :mod:`sim.model.submodels.door`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.distributions import count, wide
from sim.engine.luck import ADVERT, CARRY, KNOCK, PAID, WHO, uniform
from sim.engine.rule import rule
from sim.model.entities import ASKING
from sim.model.population import friend_of
from sim.model.submodels.door import has_room
from sim.model.vocabulary import CHANNELS

if TYPE_CHECKING:
    from sim.model.rows import Group, State, World

__all__ = ["call_to_door", "expect", "make_carry", "make_propose"]

SEARCH, INVITED, CALLED, CARRIED = (CHANNELS.index(c) for c in ("search", "invited", "paid_ad", "carried"))
MOST = 400.0


@rule
def expect(group: Group, world: World) -> None:
    """How many will knock at this door today of themselves, by where they come from; nobody is called so far.

    Drawn before anybody knocks, so that the table of proposals is laid out to the place.
    """
    group.n_passers = count(uniform(world, group.index, KNOCK, 0), min(MOST, world.search_rate))
    group.n_hawkers = group.n_called = 0
    group.knocks_paid = 0.0
    if world.n_advertisers > 0:
        mean = world.search_rate * world.advertiser_zeal * world.n_advertisers / world.market_size
        group.n_hawkers = count(uniform(world, group.index, ADVERT, 0), min(MOST, mean))


@rule
def call_to_door(mean: float, group: Group, world: World) -> None:
    """``mean`` further people of the market, on the average, are called to this door today; for hooks ``at_plan``.

    They come by the channel of paid adverts. Whoever calls adds to one mean, and the number is one draw of it
    (Poisson), so that two who call half as many each bring as many as one.
    """
    group.knocks_paid += mean
    group.n_called = count(uniform(world, group.index, PAID, 0), min(MOST, group.knocks_paid))


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
            if me.person >= 0 and me.n_invitations > 0:
                friend = friend_of(me.person, me.n_invited, world.market_size)
                me.n_invited += 1
                me.n_invitations = 0
                if friend >= 0 and state.people[group.community, friend].home < 0:
                    state.people[group.community, friend].known |= 2  # the same bit, whoever else asks them today
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

    friends_asked, passers_by = rule(friends_asked), rule(passers_by)
    return propose


def make_carry(sit: Rule) -> Rule:
    """Build the phase ``carry`` of one community: connectors hand on news, try a further group of the community."""

    def carry(state: State, c: int) -> None:
        world = state.worlds[c]
        for i in range(world.n_circuit):
            row = state.circuit[c, i]
            me = state.members[row]
            if me.has_news > 0 and me.elsewhere != row:
                state.members[me.elsewhere].news = 1
            me.has_news = 0
            if me.n_homes < world.connector_groups:
                u = uniform(world, me.person, CARRY, 0)
                if u < world.carry_rate:
                    h = world.first_group + int(u / world.carry_rate * world.n_born)
                    group = state.groups[h]
                    if group.is_open == 1 and has_room(group, world) and not sits_in(state, row, h):
                        further_home(state, c, row, h, group, world)

    def further_home(state: State, c: int, row: int, h: int, group: Group, world: World) -> None:
        me = state.members[row]
        if world.n_circuit >= state.circuit.shape[1]:
            return
        new = sit(state, c, h, wide(me.person), CARRIED, group.entry_price, group, world)
        if new >= 0:
            other = state.members[new]
            other.elsewhere, me.elsewhere = me.elsewhere, new
            homes = me.n_homes + 1
            at = row
            for _ in range(homes):
                state.members[at].n_homes = homes
                at = state.members[at].elsewhere

    further_home = rule(further_home)
    return carry


@rule
def sits_in(state: State, row: int, h: int) -> bool:
    """Is the person of ``row`` in group ``h`` already?"""
    at = row
    for _ in range(state.members[row].n_homes):
        if state.members[at].slot + state.groups[h].first == at:
            return True
        at = state.members[at].elsewhere
    return False
