"""S53 a gift for all when the group reaches N."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["GiftAtN"]


class GiftAtN(Strategy):
    """Promise everybody one gift worth ``gift`` CNY when the group has ``members`` members, given ``delay`` days later.

    The nearer, the keener people are to ask friends in. Too far away it pulls nobody, too near it pays for those who
    would have come; after the gift it pulls no longer. It is meant for focused groups of old customers.

    Source: founding material, S53.
    """

    id: ClassVar[str] = "S53"
    family: ClassVar[str] = "growth"
    title: ClassVar[tuple[str, str]] = ("Gift at N members", "满员送礼")
    members = Knob(100, 2, 2_000, "members", "number of members at which there is a gift for all", "assumption")
    gift = Knob(10.0, 0.0, 1_000.0, "CNY", "worth of the gift for each", "assumption")
    delay = Knob(3, 0, 60, "days", "from that number to the gift", "assumption")
    expected = (
        Expected("brought", +1),
        Expected("repurchase", +1),
    )
    doses = ({"gift": 3.0}, {"gift": 10.0}, {"gift": 50.0})

    def never_binds(self, seats: int) -> str:
        """A group cannot grow to so many members."""
        return "members" if self.members > seats > 0 else ""

    def is_met_by(self, members: int) -> str:
        """N members, or more, are there from the first day on."""
        return "members" if self.members <= members else ""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Promise the gift."""
        levers.full_gift_n.only_one(self.members)
        levers.full_gift_yuan.only_one(self.gift)
        levers.full_gift_delay.only_one(self.delay)
