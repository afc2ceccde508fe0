"""S19 an invited expert with office hours."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["OfficeHours"]


class OfficeHours(Strategy):
    """Invite an expert, for a fee, who answers questions at a fixed time of the week.

    It draws questions, renews the matter, and lends the host some of the trust that the expert has. It fails where
    newcomers flood the group with what they could have looked up: then the expert has had enough, and goes.

    Source: founding material, S19.
    """

    id: ClassVar[str] = "S19"
    family: ClassVar[str] = "people"
    title: ClassVar[tuple[str, str]] = ("Office hours of an expert", "专家坐诊")
    hours = Knob(2.0, 0.2, 20.0, "hours/week", "for which the expert is there", "assumption")
    fee = Knob(200.0, 0.0, 10_000.0, "CNY/hour", "fee of the expert", "assumption")
    weekday = Knob(2, 0, 6, "weekday", "on which they come, 0 Monday … 6 Sunday", "assumption")
    expected = (
        Expected("answered", +1, settings=("operator.purse=1e8",)),
        # trust is lent by words that are read: of eighteen members hardly anybody looks in after the expert has spoken
        Expected("trust", +1, world="study_group", settings=("operator.purse=1e8", "population.seats=200")),
    )
    doses = ({"hours": 2.0}, {"hours": 4.0}, {"hours": 20.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Day 0 is a Monday."""
        levers.expert_hours.plus(self.hours)
        levers.expert_fee.plus(self.fee)
        levers.expert_day.only_one(self.weekday)
