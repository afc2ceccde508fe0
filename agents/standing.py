"""Standings: lurker and regular are earned by behaviour, and lost again."""

from __future__ import annotations

from agents.traits import Person
from sim.engine.rule import rule
from sim.model.rows import World

__all__ = ["idle", "lull", "take_standing"]


@rule
def take_standing(me: Person, world: World) -> None:
    """A regular posts on ``regular_share`` of days; a lurker has not posted for ``lurker_days``; others are members.

    The share is a moving average over ``active_days``. A change of standing changes the role, not the person.
    """
    if me.role > world.role_regular:
        return  # a role that behaviour does not earn
    me.activity += ((1.0 if me.n_posts > 0 else 0.0) - me.activity) / world.active_days
    last = me.day_last_post if me.day_last_post >= 0 else me.day_joined
    if me.n_posts > 0:
        last = world.day
    if me.activity >= world.regular_share:
        me.role = world.role_regular
    elif world.day - last >= world.lurker_days:
        me.role = world.role_lurker
    elif me.role == world.role_regular and me.activity > 0.7 * world.regular_share:
        me.role = world.role_regular
    else:
        me.role = world.role_member


@rule
def idle(me: Person, days: int, world: World) -> None:
    """Days without a post: activity falls, a regular's standing with it, and after ``lurker_days`` one is a lurker."""
    if me.role > world.role_regular:
        return
    lost = 1.0 / world.active_days
    for _ in range(days):
        me.activity -= lost * me.activity
    last = me.day_last_post if me.day_last_post >= 0 else me.day_joined
    if world.day - last >= world.lurker_days:
        me.role = world.role_lurker
    elif me.role == world.role_regular and me.activity <= 0.7 * world.regular_share:
        me.role = world.role_member


@rule
def lull(me: Person, days: int, world: World) -> None:
    """Days pass: numbness to packets and offers fades at the rate ``recovery``."""
    for _ in range(days):
        me.numb_packet -= world.recovery * me.numb_packet
        me.numb_offer -= world.recovery * me.numb_offer
