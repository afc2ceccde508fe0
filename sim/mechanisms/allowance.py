"""Allowance (每月拨款): money that comes into the operator's purse month by month, not all of it on the first day.

Whoever has 500 CNY a month cannot spend half a year's in the first week; what is left stays in the purse.
Source: definition; that a month has 30 days, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.knobs import Knob
from sim.mechanisms import Mechanism
from sim.model.rows import State, World

__all__ = ["Allowance"]

MONTH = 30


class Allowance(Mechanism):
    """On the evening of every 30th day ``monthly`` comes into the purse, to be spent from the next morning on.

    The first month's money is ``operator.purse``.
    """

    title = ("Allowance", "每月拨款")
    monthly = Knob(0.0, 0.0, 1e9, "CNY/month", "money that comes into the purse every 30 days",
                   "the operator's; 0: all there is is there on the first day")  # fmt: skip

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Does anything come?"""
        return knobs.get("allowance.monthly", 0.0) > 0.0


@Allowance.between_days()
def come_in(state: State, own: object, c: int, knobs: Allowance, world: World) -> None:
    """purse ← purse + monthly, on the evening of the 30th, 60th … day of the record"""
    past = world.age if world.members > 0 else 0
    day = world.day - past + 1
    if day > 0 and day % MONTH == 0:
        world.purse_left += knobs.monthly
