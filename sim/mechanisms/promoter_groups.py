"""Promoters' groups (代理自建群): a promoter runs a free group of their own, and leads people on from it.

It is silent until ``own_group`` is raised, and needs promoters (:mod:`sim.mechanisms.commission`). Source: founding
material, R8, C4: who has bought the last course may run the free groups; all sizes are an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.engine.declarations import daily
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, come_over, open_for
from sim.mechanisms.commission import Commission
from sim.model.entities import ASKING
from sim.model.hands import PROMOTERS
from sim.model.rows import Group, Own, State, World
from sim.model.submodels.rings import group_owned_by
from sim.model.submodels.yuan import pays_unasked

__all__ = ["PromoterGroups"]

OPEN, GO_ON = purpose("commission: open a group of their own"), purpose("commission: go on from it")


class PromoterGroups(Mechanism):
    """A promoter opens a free group of their own, out of those kept in reserve, takes ``own_friends`` into it, gives it
    ``own_minutes``, and asks people into it from then on.

    Who likes it there goes on to the group that pays the commission, as somebody whom the promoter has brought. It is
    none of the operator's (:mod:`sim.model.hands`).
    """

    title = ("Promoters' groups", "代理自建群")
    opens = "own_group"
    uses = (Commission,)
    own_group = Knob(0.0, 0.0, 1.0, "1/day", "readiness of a promoter to open a free group of their own",
                     "assumption; 0: they have none")  # fmt: skip
    own_friends = Knob(8, 0, 15, "friends", "whom a promoter takes into it when it opens", "assumption")
    own_minutes = Knob(30.0, 0.0, 600.0, "minutes/day", "that a promoter gives a group of their own", "assumption")
    go_on = Knob(0.05, 0.0, 1.0, "1/day", "readiness of who is in it, and at home, to go on for nothing", "assumption")

    class group:
        n_own_groups: int = daily("free groups opened by promoters", "代理自建免费群数")
        n_went_on: int = daily("people who go on from promoters' groups", "由代理群转入人数", better=True)
        n_at_promoters: int = daily("members of promoters' own groups", "代理自建群成员数")

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Do promoters open groups of their own?"""
        return knobs.get("promoter_groups.own_group", 0.0) > 0.0


if TYPE_CHECKING:
    Kept = Own[object, PromoterGroups.group, object, object]
    Sold = Own[Commission.member, Commission.group, object, object]


@PromoterGroups.each_evening()
def run_own_groups(
    state: State, own: Kept, g: int, group: Group, ours: PromoterGroups.group, knobs: PromoterGroups, world: World,
    commission: Sold,
) -> None:  # fmt: skip
    """Each promoter without a group of their own opens one with P = own_group, as long as one is in reserve."""
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        if me.person < 0 or me.reason > 0 or commission.members[row].is_promoter == 0:
            continue
        owner = PROMOTERS + wide(me.person)
        h = group_owned_by(state, owner, world)
        if h < 0:
            if uniform(world, me.person, OPEN, group.index) < knobs.own_group:
                new = open_for(state, g, owner, world)
                if new >= 0:
                    ours.n_own_groups += 1
                    state.groups[new].owner_brings = int(knobs.own_friends)
                    me.n_invited = max(me.n_invited, int(knobs.own_friends))  # whom they ask later are others
        elif state.groups[h].is_open == 1:
            state.groups[h].owner_minutes = knobs.own_minutes
            ask_into(state, row, group, h, state.groups[h])
            lead_on(state, g, h, group, ours, knobs, world)
            ours.n_at_promoters += state.groups[h].n_members - state.groups[h].n_leaving


@rule
def ask_into(state: State, row: int, group: Group, h: int, target: Group) -> None:
    """Whom they would ask into this group tomorrow, they ask into their own."""
    kept = 0
    for k in range(group.n_asking):
        at = wide(state.listed[group.first + k, ASKING])
        if at == row:
            n = state.members[row].n_invitations
            state.listed[target.first + target.n_asking, ASKING] = row
            target.n_asking += 1
            target.n_to_ask += n
            group.n_to_ask -= n
            group.n_invitations -= n
        else:
            state.listed[group.first + kept, ASKING] = at
            kept += 1
    group.n_asking = kept


@rule
def lead_on(
    state: State, g: int, h: int, group: Group, ours: PromoterGroups.group, knobs: PromoterGroups, world: World
) -> None:
    """Who has looked in there today joins this group tomorrow, for the price at its door, with

    P = go_on · β, if they would pay it (as at any door, with nothing promised) and price ≤ B, while there are seats.
    """
    theirs = state.groups[h]
    for at in range(theirs.first, theirs.first + theirs.n_slots):
        me = state.members[at]
        if me.person >= 0 and me.n_looks > 0 and me.is_staff == 0 and me.role != world.role_advertiser:
            is_ready = pays_unasked(group.entry_price, me, world)
            if is_ready and uniform(world, me.person, GO_ON, theirs.index) < knobs.go_on * me.belonging:
                ours.n_went_on += 1 if come_over(state, at, g, world) else 0
