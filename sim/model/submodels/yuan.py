"""What a sum of money is to somebody: the same yuan is much to one and little to another, by their monthly free money.

Two scales. A **price** is weighed on ln(1 + y / (h B)): small prices count in proportion, large ones ever less, since
who thinks of 500 CNY at all minds the fifth hundred less than the first. A sum **felt**, as a gift or a fine, is
y / (k B + y), which fills up: more than all one can wish for pleases no more. B is the person's monthly free money;
h and k are shares of it. A price above B is not weighed but **out of reach** (assumption: as a budget in mind, Heath &
Soll 1996), or demand, which falls by a power of the price, would go on for ever.

A price at a door is a **hurdle of its own**. Friends inside and lively talk make more people want in; they do not make
a large sum small. Were they added up in one logit, everybody who is asked into a lively group would pay 299 CNY. What
somebody would pay at most is theirs for good, so that asking twenty times does not open a purse.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.distributions import logistic
from sim.engine.luck import lasting, purpose
from sim.engine.rule import rule

if TYPE_CHECKING:
    from sim.model.rows import Knock, Member, World

__all__ = ["balance", "can_pay", "chance_at_price", "felt", "pays_unasked", "priced", "would_pay"]

PAY = purpose("door: what somebody would pay at most")


@rule
def can_pay(yuan: float, me: Member) -> bool:
    """Is a price within a month's free money?  yuan ≤ B"""
    return yuan <= me.budget


@rule
def priced(yuan: float, me: Member, world: World) -> float:
    """Weight of a price at the door: ln(1 + yuan / (price_half · B)); 0 where nothing is asked."""
    return math.log(1.0 + yuan / (world.price_half * me.budget))


@rule
def balance(price: float, worth: float, me: Member, world: World) -> float:
    """b = worth − enter_price · ln(1 + price / (price_half · B)), logit: money's worth offered, less the price."""
    return worth - world.enter_price * priced(price, me, world)


@rule
def would_pay(left: float, me: Member, world: World) -> bool:
    """u < e^b, for a balance b below 0; u uniform, the person's own, the same on all days and at all doors.

    So of many people the share e^worth / (1 + price / (price_half · B))^enter_price pays (a Lomax distribution of what
    they would pay at most), and who does not pay today will not tomorrow.
    """
    return left >= 0.0 or lasting(world, me.person, PAY, 0) < math.exp(left)


@rule
def pays_unasked(price: float, me: Member, world: World) -> bool:
    """Has somebody the price in a month, and would pay it though nobody at a door told them of any worth?"""
    return can_pay(price, me) and would_pay(balance(price, 0.0, me, world), me, world)


@rule
def chance_at_price(wish: float, knock: Knock, me: Member, world: World) -> float:
    """Probability that somebody enters who would enter for nothing with σ(wish).

    σ(wish + max(0, b)) if they would pay, else 0; b = :func:`balance`. What is left of the worth once the price is paid
    draws like everything else.
    """
    left = balance(knock.price, knock.worth, me, world)
    return logistic(wish + max(0.0, left)) if would_pay(left, me, world) else 0.0


@rule
def felt(yuan: float, half: float, me: Member) -> float:
    """How much of all there is to be felt a sum makes, 0 … 1: yuan / (half · B + yuan)."""
    return yuan / (half * me.budget + yuan) if yuan > 0.0 else 0.0
