"""S14 homework and check-in, with a penalty that doubles."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Checkin"]


class Checkin(Strategy):
    """Everybody does the day's task and says so; whoever misses it without an excuse pays into the group's pool.

    The first missed task costs ``penalty``, each further one ``growth`` times as much until one has done a task again.
    The host looks through a share ``check`` of the submissions. Streak and fear hold; after the third doubling people
    rather leave than pay. Without an excuse one illness is enough.

    Source: founding material, S14, C8; direction of commitment contracts: Giné, Karlan & Zinman 2010.
    """

    id: ClassVar[str] = "S14"
    family: ClassVar[str] = "content"
    title: ClassVar[tuple[str, str]] = ("Homework and check-in", "打卡作业")
    penalty = Knob(6.66, 0.0, 100.0, "CNY", "price of the first missed task", "founding material, C8")
    growth = Knob(2.0, 1.0, 3.0, "times", "price of each further one over that of the one before", "founding material")
    excuse = Knob(0.5, 0.0, 1.0, "probability", "a missed task is excused", "assumption")
    check = Knob(0.3, 0.0, 1.0, "share", "share of submissions that the host looks through", "assumption")
    effort = Knob(1.0, 0.0, 5.0, "effort", "effort of the task", "assumption")
    hour = Knob(6.5, 0.0, 23.9, "hour", "hour from which it can be done", "founding material, C8")
    expected = (
        Expected("writers", +1, world="study_group"),
        Expected("left", +1, world="study_group"),
    )
    doses = ({"penalty": 1.0}, {"penalty": 6.66}, {"penalty": 20.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Set the day's task, and the price of missing it."""
        levers.task_today.any_of()
        levers.task_hour.only_one(self.hour)
        levers.task_effort.only_one(self.effort)
        levers.task_check.plus(self.check)
        levers.penalty_yuan.only_one(self.penalty)
        levers.penalty_growth.only_one(self.growth)
        levers.excuse.only_one(self.excuse)
