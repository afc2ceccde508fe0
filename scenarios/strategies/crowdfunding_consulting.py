"""S55 crowdfunding of a common thing, and hours sold one to one."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["CrowdfundingConsulting"]


class CrowdfundingConsulting(Strategy):
    """Call for pledges of ``pledge`` CNY to reach ``target`` CNY within ``deadline`` days, and sell hours of advice.

    A few consultations a day are ``free``, the others cost ``hour`` CNY; ``minutes`` a day are kept for them. It brings
    money from those who trust most; a target that is missed lets them down, and free hours eat the day.

    Source: founding material, S55.
    """

    id: ClassVar[str] = "S55"
    family: ClassVar[str] = "money"
    title: ClassVar[tuple[str, str]] = ("Crowdfunding and consulting", "众筹与咨询")
    target = Knob(1_000.0, 0.0, 1_000_000.0, "CNY", "pledges that are needed in each group", "assumption")
    pledge = Knob(50.0, 0.01, 100_000.0, "CNY", "one pledge", "assumption")
    deadline = Knob(30, 1, 365, "days", "from the first call to the end", "assumption")
    minutes = Knob(60.0, 0.0, 1_440.0, "minutes/day", "kept for consultations, in each group", "assumption")
    free = Knob(2, 0, 100, "1/day", "consultations for nothing", "founding material: two a day")
    hour = Knob(300.0, 0.0, 100_000.0, "CNY/hour", "price of the others", "assumption")
    expected = (
        Expected("revenue", +1, world="study_group", settings=("operator.hours=24",)),  # by a team that has the time
        Expected("host_hours", +1, world="study_group", settings=("operator.hours=24",)),  # the price of it
    )
    doses = ({"free": 2}, {"free": 1}, {"free": 0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Keep the fund open and the hours free."""
        levers.fund_target.only_one(self.target)
        levers.fund_pledge.only_one(self.pledge)
        levers.fund_days.only_one(self.deadline)
        levers.consult_minutes.plus(self.minutes)
        levers.consult_free.plus(self.free)
        levers.consult_price.only_one(self.hour)
