"""Paid adverts (付费推广): money of the operator that brings strangers to the door. Source: assumption.

How many come is luck around what the money buys; that they doubt what an advert promises is a matter of the channel
by which they come (``market.broadcast_push``).
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import plus
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, call_to_door, pay, set_aside
from sim.model.rows import Group, World

__all__ = ["PaidAdverts"]


class PaidAdverts(Mechanism):
    """Each click is a person of the market who knocks at the door, drawn from all of them alike.

    In play wherever ``operator.advert_yuan_base`` is spent, with or without a strategy.
    """

    title = ("Paid adverts", "付费推广")
    click_price = Knob(2.0, 0.01, 1_000.0, "CNY", "price of bringing one person to the door by a paid advert",
                       "assumption")  # fmt: skip

    class group:
        advert_yuan: float = lever(plus, "CNY/day", "money spent on paid adverts for the group", bears="paid_advert")
        advert_cost: int = daily("money in paid adverts", "付费推广花费", unit="CNY", better=False, booked=True,
                                 brings="paid_ad")  # fmt: skip

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """The operator advertises by habit."""
        return knobs.get("advert_yuan_base", 0.0) > 0.0


@PaidAdverts.at_plan()
def buy_clicks(group: Group, ours: PaidAdverts.group, knobs: PaidAdverts, world: World) -> None:
    """People called ← Poisson(yuan / click_price), yuan = lever + ``advert_yuan_base``, to the fen.

    What the purse does not hold is not spent, not even in part.
    """
    yuan = int((ours.advert_yuan + world.advert_yuan_base) * 100.0 + 0.5) / 100.0
    if yuan > 0.0 and set_aside(yuan, group, world):
        ours.advert_cost = pay(OPERATOR, OUTSIDE, yuan, group)
        call_to_door(yuan / knobs.click_price, group, world)
