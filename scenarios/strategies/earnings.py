"""S57 earnings for members."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Earnings"]


class Earnings(Strategy):
    """Bring paid projects and jobs into the group: each month ``share`` of those who look in get one.

    What comes rarely and to few is not expected by many, so it wears off slowly; it stops when the market's money does,
    and draws people who come for money only. Every project costs the host minutes.

    Source: founding material, S57, C3.
    """

    id: ClassVar[str] = "S57"
    family: ClassVar[str] = "rewards"
    title: ClassVar[tuple[str, str]] = ("Earnings for members", "带成员赚钱")
    per_month = Knob(200.0, 0.0, 5_000.0, "CNY a month", "what a project brings the member who has it", "assumption")
    share = Knob(0.05, 0.0, 1.0, "share", "share of the members who have one in a month", "assumption")
    expected = (  # among students, by a host who has the time to arrange it
        Expected("stayed", +1, world="study_group", settings=("operator.hours=24", "mind.budget=400")),
    )
    doses = ({"share": 0.05}, {"share": 0.3}, {"share": 0.3, "per_month": 1_000.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Offer projects."""
        levers.earn_yuan.plus(self.per_month)
        levers.earn_share.only_one(self.share)
