"""S7 a gift for coming in."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["LeadMagnet"]


class LeadMagnet(Strategy):
    """Give everybody who comes in a sample, a course or a voucher that is worth ``value`` CNY to them.

    It costs the host ``cost_share`` of that, as long as the purse lasts. It brings more people, among them those who
    come for the gift, and all of them with higher expectations: where daily life is worth less than the gift, they
    leave. What is sold costs members ``member_price`` of what outsiders pay.

    Source: founding material, S7.
    """

    id: ClassVar[str] = "S7"
    family: ClassVar[str] = "entry"
    title: ClassVar[tuple[str, str]] = ("Lead magnet", "入群诱饵")
    value = Knob(10.0, 0.0, 500.0, "CNY", "what the gift is worth to a newcomer", "assumption")
    cost_share = Knob(0.3, 0.0, 1.0, "share", "what it costs the host, of its value", "assumption")
    member_price = Knob(0.9, 0.3, 1.0, "ratio", "price for members, of that for outsiders; 1: the same", "assumption")
    expected = (
        Expected("members", +1, world="deals"),
        Expected("stayed", -1, world="deals"),  # the harm
    )
    doses = ({"value": 2.0}, {"value": 10.0}, {"value": 100.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Promise the gift at the door, and pay for it; lower the price for members."""
        levers.magnet_yuan.plus(self.value)
        levers.magnet_cost.plus(self.value * self.cost_share)
        levers.member_price.times(self.member_price)
