"""What a sum of money is to somebody: the same yuan is much to one and little to another, by their monthly free money.

Two scales. A **price** is weighed on ln(1 + y / (h B)): small prices count in proportion, large ones ever less, since
who thinks of 500 CNY at all minds the fifth hundred less than the first. A sum **felt**, as a gift or a fine, is
y / (k B + y), which fills up: more than all one can wish for pleases no more. B is the person's monthly free money;
h and k are shares of it. A price above B is not weighed but **out of reach** (assumption: as a budget in mind, Heath &
Soll 1996), or demand, which falls by a power of the price, would go on for ever.

A price at a door is a **hurdle of its own**. Friends inside and lively talk make more people want in; they do not make
a large sum small. Were they added up in one logit, everybody who is asked into a lively group would pay 299 CNY.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.distributions import logistic
from sim.engine.rule import rule

if TYPE_CHECKING:
    from sim.model.rows import Knock, Member, World

__all__ = ["can_pay", "chance_at_price", "felt", "priced"]


@rule
def can_pay(yuan: float, me: Member) -> bool:
    """Is a price within a month's free money?  yuan ≤ B"""
    return yuan <= me.budget


@rule
def priced(yuan: float, me: Member, world: World) -> float:
    """Weight of a price at the door: ln(1 + yuan / (price_half · B)); 0 where nothing is asked."""
    return math.log(1.0 + yuan / (world.price_half * me.budget))


@rule
def chance_at_price(wish: float, knock: Knock, me: Member, world: World) -> float:
    """Probability that somebody enters who would enter for nothing with σ(wish).

    σ(wish + max(0, b)) · e^min(0, b),  b = money's worth offered − enter_price · ln(1 + price / (price_half · B))

    What is left of the worth once the price is paid draws like everything else (logit). Where the price is more, it is
    paid by the share e^worth / (1 + price / (price_half · B))^enter_price of those who want in, however much they do.
    """
    balance = knock.worth - world.enter_price * priced(knock.price, me, world)
    if balance >= 0.0:
        return logistic(wish + balance)
    return logistic(wish) * math.exp(balance)


@rule
def felt(yuan: float, half: float, me: Member) -> float:
    """How much of all there is to be felt a sum makes, 0 … 1: yuan / (half · B + yuan)."""
    return yuan / (half * me.budget + yuan) if yuan > 0.0 else 0.0
