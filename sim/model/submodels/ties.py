"""Ties between two members of a group: they grow when one answers the other, fade with time, and are few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.bits import equal_places, lowest_bit
from sim.engine.distributions import wide
from sim.engine.rule import inlined, rule

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, Rows, World

__all__ = ["MAX_TIES", "acquaint", "fade", "strengthen", "tie_with", "weaken"]

MAX_TIES = 15
"""A person keeps at most this many ties in a group (Dunbar 2016: 5 to 15 strong relations)."""


@inlined
def place_of(me: Member, person: int) -> int:
    """Place of my tie with ``person``, -1 if there is none."""
    found = equal_places(me.tie_person, person) & ((wide(1) << me.n_ties) - 1)
    return lowest_bit(found) if found > 0 else -1


@inlined
def tie_with(me: Member, person: int) -> float:
    """Strength of my tie with ``person``, 0 if there is none."""
    k = place_of(me, person)
    return me.tie_strength[k] if k >= 0 else 0.0


@rule
def _grow(me: Member, other: Member, gain: float, strong: float) -> float:
    """s ← s + gain (1 − s); returns what s was. A new tie (s = 0) takes a free place, or that of the weakest if that is
    weaker than ``gain``. Ties stronger than ``strong`` are counted.
    """
    k = place_of(me, other.person)
    if k >= 0:
        old = me.tie_strength[k]
        new = old + gain * (1.0 - old)
        me.tie_strength[k] = new
        if old <= strong < new:
            me.n_strong += 1
        return old
    place = me.n_ties
    if place < MAX_TIES:
        me.n_ties += 1
    else:
        place = _weakest(me)
        if me.tie_strength[place] >= gain:
            return 0.0
        if me.tie_strength[place] > strong:
            me.n_strong -= 1
    me.tie_person[place] = other.person
    me.tie_slot[place] = other.slot
    me.tie_strength[place] = gain
    if gain > strong:
        me.n_strong += 1
    return 0.0


@rule
def _weakest(me: Member) -> int:
    """Place of the weakest tie."""
    weakest = 0
    for k in range(1, me.n_ties):
        if me.tie_strength[k] < me.tie_strength[weakest]:
            weakest = k
    return weakest


@rule
def fade(me: Member, members: Rows[Member], group: Group, world: World) -> None:
    """Days have passed: s ← s · tie_keep^days; ties below ``tie_forget`` and ties to people who left are dropped.

    One looks after ties once on a day of a look, before one of them grows or at night, and else once in four weeks.
    Ties lost to people who left are counted when it is noticed: they raise one's own chance to leave.
    """
    keep = 1.0
    for _ in range(world.day - me.day_faded):
        keep *= world.tie_keep
    me.day_faded = world.day
    k = strong = 0
    while k < me.n_ties:
        gone = members[group.first + me.tie_slot[k]].person != me.tie_person[k]
        me.tie_strength[k] *= keep
        if gone and me.tie_strength[k] > world.tie_strong:
            me.n_ties_lost += 1
        if gone or me.tie_strength[k] < world.tie_forget:
            last = me.n_ties - 1
            me.tie_person[k], me.tie_slot[k] = me.tie_person[last], me.tie_slot[last]
            me.tie_strength[k] = me.tie_strength[last]
            me.n_ties = last
        else:
            strong += 1 if me.tie_strength[k] > world.tie_strong else 0
            k += 1
    me.n_strong = strong


@rule
def strengthen(me: Member, other: Member, members: Rows[Member], group: Group, world: World) -> None:
    """I have answered another: both ties grow, and the closer we are, the more it warms the other.

    Both first look after their ties: days before a tie grew, or was there at all, take nothing from what it gains.
    """
    if me.day_faded < world.day:
        fade(me, members, group, world)
    if other.day_faded < world.day:
        fade(other, members, group, world)
    _grow(me, other, world.tie_gain, world.tie_strong)
    other.warmth += 1.0 + world.tie_warmth * _grow(other, me, world.tie_gain, world.tie_strong)


@rule
def weaken(me: Member, person: int, keep: float, world: World) -> None:
    """My tie with ``person``, if there is one: s ← keep · s; how the other holds it is theirs."""
    k = place_of(me, person)
    if k >= 0:
        old = me.tie_strength[k]
        me.tie_strength[k] = keep * old
        if old > world.tie_strong >= keep * old:
            me.n_strong -= 1


@rule
def acquaint(a: Member, b: Member, strength: float, world: World) -> None:
    """Two people who know each other meet in the group."""
    _grow(a, b, strength, world.tie_strong)
    _grow(b, a, strength, world.tie_strong)
