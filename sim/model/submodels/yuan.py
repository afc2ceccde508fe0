"""What a sum of money is to somebody: the same yuan is much to one and little to another, by their monthly free money.

Two scales. A **price** is weighed on ln(1 + y / (h B)): small prices count in proportion, large ones ever less, since
who thinks of 500 CNY at all minds the fifth hundred less than the first. A sum **felt**, as a gift or a fine, is
y / (k B + y), which fills up: more than all one can wish for pleases no more. B is the person's monthly free money;
h and k are shares of it. A price above B is not weighed but **out of reach** (assumption: as a budget in mind, Heath &
Soll 1996), or demand, which falls by a power of the price, would go on for ever.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.rule import rule

if TYPE_CHECKING:
    from sim.model.rows import Member, World

__all__ = ["can_pay", "felt", "priced"]


@rule
def can_pay(yuan: float, me: Member) -> bool:
    """Is a price within a month's free money?  yuan ≤ B"""
    return yuan <= me.budget


@rule
def priced(yuan: float, me: Member, world: World) -> float:
    """Weight of a price at the door: ln(1 + yuan / (price_half · B)); 0 where nothing is asked."""
    return math.log(1.0 + yuan / (world.price_half * me.budget))


@rule
def felt(yuan: float, half: float, me: Member) -> float:
    """How much of all there is to be felt a sum makes, 0 … 1: yuan / (half · B + yuan)."""
    return yuan / (half * me.budget + yuan) if yuan > 0.0 else 0.0
