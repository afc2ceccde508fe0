"""S59 a market among members."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["MembersMarket"]


class MembersMarket(Strategy):
    """Every ``gap_days`` days members may offer each other things, swap them, and help each other with what they have.

    Talk goes from member to member instead of through the host, who earns nothing by it. In a small group few offers
    find somebody; too often, there is nothing left to offer.

    Source: founding material, S59.
    """

    id: ClassVar[str] = "S59"
    family: ClassVar[str] = "events"
    title: ClassVar[tuple[str, str]] = ("Members' market", "成员集市")
    gap_days = Knob(14, 1, 365, "days", "from one market day to the next", "assumption")
    expected = (
        Expected("off_host_replies", +1, world="deals", beside="fixed_time", days=60),  # the star that is to be a mesh
        Expected("strong_pairs", +1, days=60),
    )
    doses = ({"gap_days": 14}, {"gap_days": 7}, {"gap_days": 1})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """On its day, the market."""
        if (day - self.from_day + 1) % self.gap_days == 0:
            levers.swap_day.any_of()
