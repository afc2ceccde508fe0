"""S34 a gift for whoever brings so many people."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["GiftForInvites"]

ADVERTS = ("operator.advert_yuan_base=3", "paid_adverts.click_price=3")
"""What heads are to be cheaper than."""


class GiftForInvites(Strategy):
    """Give whoever brings ``heads`` people a gift that feels like ``worth`` CNY and costs ``cost`` CNY.

    Heads count once they have stayed ``delay`` days. It is meant to bring people more cheaply than adverts do. Half of
    them may be of no use: they came as a favour, or are second accounts, which a delay thins out. Members call on their
    friends, who tire of it, and tell of it in the group, which tires everybody. Advertisers are nobody's friends, so
    they are not brought.

    Source: founding material, S34, C7.
    """

    id: ClassVar[str] = "S34"
    family: ClassVar[str] = "growth"
    title: ClassVar[tuple[str, str]] = ("Gift for bringing people", "拉人送礼")
    worth = Knob(35.0, 0.0, 1_000.0, "CNY", "what the gift feels worth", "founding material: list price 30 to 40")
    cost = Knob(3.0, 0.0, 1_000.0, "CNY", "what it costs the host", "founding material: 2 to 3")
    heads = Knob(10, 1, 1_000, "people", "people for one gift", "founding material")
    delay = Knob(1, 0, 30, "days", "days that they must have stayed", "founding material: invited today, sent tomorrow")
    expected = (
        Expected("brought", +1, world="deals", settings=("population.seats=200",)),
        Expected("cost_per_kept", -1, world="deals", settings=("population.seats=200", *ADVERTS)),
        Expected("stayed", -1, world="deals", settings=("population.seats=200",)),  # the harm
    )
    doses = ({"worth": 10.0}, {"worth": 35.0}, {"worth": 200.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Promise the gift."""
        levers.gift_worth.only_one(self.worth)
        levers.gift_paid.only_one(self.cost)
        levers.gift_heads.only_one(self.heads)
        levers.bounty_delay.only_one(self.delay)
