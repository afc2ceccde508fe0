"""What brings people: one question, or an interest that lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.distributions import lognormal
from sim.engine.luck import ASKER, NEED_AGAIN, lasting, uniform
from sim.engine.rule import rule

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, World

__all__ = ["is_asker", "may_need_anew", "need_lasts"]


@rule
def is_asker(person: int, world: World) -> bool:
    """Do they come with one question? For good, with probability ``askers``."""
    return lasting(world, person, ASKER, 0) < world.askers


@rule
def need_lasts(person: int, u: float, is_founder: bool, world: World) -> float:
    """Days until their need is met: lognormal, around ``ask_days`` for one question, ``need_days`` for an interest.

    Founders have an interest.
    """
    if is_asker(person, world) and not is_founder:
        return lognormal(u, world.ask_days, 1.0)
    return lognormal(u, world.need_days, world.need_spread)


@rule
def may_need_anew(me: Member, days: int, group: Group, world: World) -> None:
    """A need that was met arises anew with probability ``need_again`` · days, for tomorrow, and lasts as needs do."""
    if world.day < me.need_ends:
        return
    u = uniform(world, me.person, NEED_AGAIN, group.index)
    chance = min(1.0, world.need_again * days)
    if u < chance:
        me.need_ends = world.day + 1.0 + need_lasts(me.person, u / chance, False, world)
        me.is_asking = 1 if is_asker(me.person, world) else 0
