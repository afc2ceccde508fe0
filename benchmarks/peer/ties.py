"""Ties of one member: a dictionary from the other member to the strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import SimpleNamespace

    from benchmarks.peer.member import Member

__all__ = ["acquaint", "fade", "strengthen"]

MOST = 15


def grow(me: Member, other: Member, gain: float) -> None:
    """s ← s + gain (1 − s); a new tie may drive out the weakest of fifteen."""
    ties = me.ties
    if other in ties:
        ties[other] += gain * (1.0 - ties[other])
        return
    if len(ties) >= MOST:
        weakest = min(ties, key=ties.__getitem__)
        if ties[weakest] >= gain:
            return
        del ties[weakest]
    ties[other] = gain


def acquaint(a: Member, b: Member, strength: float) -> None:
    """Two people who know each other."""
    grow(a, b, strength)
    grow(b, a, strength)


def strengthen(me: Member, other: Member, k: SimpleNamespace) -> None:
    """I have answered another: they are warmed, and both ties grow, once both have looked after theirs."""
    for one in (me, other):
        if one.day_faded < one.model.day:
            fade(one, k)
    other.warmth += 1.0 + k.tie_warmth * other.ties.get(me, 0.0)
    acquaint(me, other, k.tie_gain)


def fade(me: Member, k: SimpleNamespace) -> None:
    """Days have passed since one looked after ties: they weaken; weak ones and those to people who left are dropped."""
    day = me.model.day
    keep, me.day_faded = k.tie_keep ** (day - me.day_faded), day
    kept: dict[Member, float] = {}
    strong = 0
    for other, strength in me.ties.items():
        strength *= keep
        if not other.is_in:
            me.n_ties_lost += strength > k.tie_strong
        elif strength >= k.tie_forget:
            kept[other] = strength
            strong += strength > k.tie_strong
    me.ties, me.n_strong = kept, strong
