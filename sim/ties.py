"""Ties between two members of a group: they grow when one answers the other, fade with time, and are few."""

from __future__ import annotations

from typing import Any

from sim.resident import MAX_TIES
from sim.rule import inlined, rule

__all__ = ["acquaint", "fade", "strengthen", "tie_with"]


@inlined
def tie_with(me: Any, person: int) -> float:
    """Strength of my tie with ``person``, 0 if there is none."""
    for k in range(me.n_ties):
        if me.tie_person[k] == person:
            return me.tie_strength[k]  # type: ignore[no-any-return]
    return 0.0


@rule
def _grow(me: Any, other: Any, gain: float) -> None:
    """s ← s + gain (1 − s). A new tie takes a free place, or that of the weakest if that is weaker than ``gain``."""
    weakest = 0
    for k in range(me.n_ties):
        if me.tie_person[k] == other.person:
            me.tie_strength[k] += gain * (1.0 - me.tie_strength[k])
            return
        if me.tie_strength[k] < me.tie_strength[weakest]:
            weakest = k
    if me.n_ties < MAX_TIES:
        weakest = me.n_ties
        me.n_ties += 1
    elif me.tie_strength[weakest] >= gain:
        return
    me.tie_person[weakest] = other.person
    me.tie_slot[weakest] = other.slot
    me.tie_strength[weakest] = gain


@rule
def fade(me: Any, members: Any, group: Any, world: Any) -> None:
    """Days have passed: s ← s · tie_keep^days; ties below ``tie_forget`` and ties to people who left are dropped.

    One looks after ties on the night of a look, when one of them grows, and else once in four weeks.
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
def strengthen(me: Any, other: Any, members: Any, group: Any, world: Any) -> None:
    """I have answered another: both ties grow, and he has been noticed the more the closer we are.

    Both first look after their ties: days before a tie grew, or was there at all, take nothing from what it gains.
    """
    if me.day_faded < world.day:
        fade(me, members, group, world)
    if other.day_faded < world.day:
        fade(other, members, group, world)
    other.warmth += 1.0 + world.tie_warmth * tie_with(other, me.person)
    _grow(me, other, world.tie_gain)
    _grow(other, me, world.tie_gain)


@rule
def acquaint(a: Any, b: Any, strength: float) -> None:
    """Two people who know each other meet in the group."""
    _grow(a, b, strength)
    _grow(b, a, strength)
