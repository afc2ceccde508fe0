"""The market: who knocks at which door. Finite, clustered, the same people on the same days in every arm.

A person has a number; what he is follows from it by luck. Friends are found by a symmetric rule instead of being
stored: the *k*-th friend of *p* is *p* XOR mask(*k*), four of five masks within a circle of 64 people. Knocks of a day
are drawn per door: how many, and who. Whether the door lets him in is a matter of :mod:`sim.model.submodels.entry`.
"""

from __future__ import annotations

from typing import Any

from sim.engine.distributions import count, wide
from sim.engine.luck import ADVERT, CARRY, KNOCK, PAID, WHO, uniform
from sim.engine.rule import rule
from sim.model.entities import ASKING
from sim.model.population import friend_of
from sim.model.submodels.entry import has_room
from sim.model.vocabulary import CHANNELS

__all__ = ["make_arrive"]

SEARCH, INVITED, PAID_AD, CARRIED = (CHANNELS.index(c) for c in ("search", "invited", "paid_ad", "carried"))
MOST = 400.0


def make_arrive(sit: Any, at_door: Any, open_group: Any) -> Any:
    """Build the phase ``arrive`` of one community from what happens at the door and when a group opens."""

    def arrive(state: Any, c: int) -> None:
        world = state.worlds[c]
        for g in range(world.first_group, world.first_group + world.n_groups):
            group = state.groups[g]
            if group.is_open == 1:
                let_in(state, c, g, g, group, group, world)
                friends_asked(state, c, g, group, world)
                passers_by(state, c, g, group, world)
                if group.open_new_group > 0.0 and group.n_queue >= max(1, int(group.queue_length)):
                    relieve(state, c, g, group, world)
        circuit(state, c, world)

    def let_in(state: Any, c: int, g: int, h: int, group: Any, target: Any, world: Any) -> None:
        """Who waits at the door of group ``g`` enters group ``h``, first come first served, as far as it has room."""
        kept = 0
        for i in range(group.n_queue):
            waiting = state.queues[g, i]
            person = wide(waiting["person"])
            if state.people[c, person]["home"] >= 0 or state.people[c, person]["known"] & 1:
                continue  # he has found another group meanwhile
            if has_room(target, world):
                inviter, row = wide(waiting["inviter"]), wide(waiting["inviter_row"])
                sit(state, c, h, person, wide(waiting["channel"]), inviter, group.entry_price, -1, target, world)
                if row >= 0 and state.members[row].person == inviter:
                    state.members[row].n_brought += 1
            else:
                place = state.queues[g, kept]
                place["person"], place["channel"] = person, waiting["channel"]
                place["inviter"], place["inviter_row"] = waiting["inviter"], waiting["inviter_row"]
                kept += 1
        group.n_queue = kept

    def relieve(state: Any, c: int, g: int, group: Any, world: Any) -> None:
        """The queue is full: those who wait move to the next spare group, if there is one, as far as it has room."""
        if world.n_born >= world.n_groups:
            return
        h = world.first_group + world.n_born
        new = state.groups[h]
        open_group(state, c, h, new, world)
        group.n_opened += 1
        let_in(state, c, g, h, group, new, world)

    def friends_asked(state: Any, c: int, g: int, group: Any, world: Any) -> None:
        for k in range(group.n_asking):
            row = wide(state.listed[group.first + k, ASKING])
            me = state.members[row]
            if me.person >= 0 and me.n_invitations > 0:
                friend = friend_of(me.person, me.n_invited, world.market_size)
                me.n_invited += 1
                me.n_invitations = 0
                if friend >= 0 and state.people[c, friend]["home"] < 0:
                    state.people[c, friend]["known"] |= 2
                    at_door(state, c, g, friend, INVITED, row, group, world)

    def passers_by(state: Any, c: int, g: int, group: Any, world: Any) -> None:
        n = count(uniform(world, group.index, KNOCK, 0), min(MOST, world.search_rate))
        for k in range(n):
            person = int(uniform(world, group.index, WHO, k) * world.market_size)
            if state.people[c, person]["home"] < 0:
                at_door(state, c, g, person, SEARCH, -1, group, world)
        if world.n_advertisers > 0:
            mean = world.search_rate * world.advertiser_zeal * world.n_advertisers / world.market_size
            n = count(uniform(world, group.index, ADVERT, 0), min(MOST, mean))
            for k in range(n):
                person = world.market_size + int(uniform(world, group.index, ADVERT, k + 1) * world.n_advertisers)
                if state.people[c, person]["home"] < 0:
                    at_door(state, c, g, person, SEARCH, -1, group, world)
        if group.advert_yuan > 0.0:
            n = count(uniform(world, group.index, PAID, 0), min(MOST, group.advert_yuan / world.click_price))
            group.yuan_advert += group.advert_yuan
            for k in range(n):
                person = int(uniform(world, group.index, PAID, k + 1) * world.market_size)
                if state.people[c, person]["home"] < 0:
                    at_door(state, c, g, person, PAID_AD, -1, group, world)

    def circuit(state: Any, c: int, world: Any) -> None:
        """Connectors: hand on news, try a further group of the community."""
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

    def further_home(state: Any, c: int, row: int, h: int, group: Any, world: Any) -> None:
        me = state.members[row]
        if world.n_circuit >= state.circuit.shape[1]:
            return
        new = sit(state, c, h, wide(me.person), CARRIED, -1, group.entry_price, -1, group, world)
        if new >= 0:
            other = state.members[new]
            other.elsewhere, me.elsewhere = me.elsewhere, new
            homes = me.n_homes + 1
            at = row
            for _ in range(homes):
                state.members[at].n_homes = homes
                at = state.members[at].elsewhere

    let_in, friends_asked = rule(let_in), rule(friends_asked)
    further_home, relieve = rule(further_home), rule(relieve)
    passers_by, circuit = rule(passers_by), rule(circuit)
    return arrive


@rule
def sits_in(state: Any, row: int, h: int) -> bool:
    """Is the person of ``row`` in group ``h`` already?"""
    at = row
    for _ in range(state.members[row].n_homes):
        if state.members[at].slot + state.groups[h].first == at:
            return True
        at = state.members[at].elsewhere
    return False
