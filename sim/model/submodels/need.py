"""What brings people: one question, or an interest that lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.distributions import lognormal
from sim.engine.luck import ASKER, lasting
from sim.engine.rule import rule

if TYPE_CHECKING:
    from sim.model.rows import World

__all__ = ["is_asker", "need_lasts"]


@rule
def is_asker(person: int, world: World) -> bool:
    """Do they come with one question? For good, with probability ``askers``."""
    return lasting(world, person, ASKER, 0) < world.askers


@rule
def need_lasts(person: int, u: float, world: World) -> float:
    """Days until their need is met: lognormal, around ``ask_days`` for one question, ``need_days`` for an interest."""
    if is_asker(person, world):
        return lognormal(u, world.ask_days, 1.0)
    return lognormal(u, world.need_days, world.need_spread)
