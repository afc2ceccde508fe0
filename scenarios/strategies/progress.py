"""S15 progress to the common goal is shown."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Progress"]

_LIGHT_TASK = "checkin.penalty=0,effort=0.3"
"""Something to make progress by; a penalty would drive out whoever is to arrive."""


class Progress(Strategy):
    """Show everybody how far they are from a goal that ``goal_days`` days of taking part lead to.

    It pleases, the more the nearer one is. A day counts by what one found useful of the host, or by the day's task
    where there is one (``checkin``). It fails in two ways: a goal too far off pleases nobody, and who arrives is done
    and has no reason to come, unless a ``next_goal`` waits.

    Source: founding material, S15; goal gradient: Kivetz, Urminsky & Zheng 2006 (direction only).
    """

    id: ClassVar[str] = "S15"
    family: ClassVar[str] = "content"
    title: ClassVar[tuple[str, str]] = ("Progress shown", "进度反馈")
    goal_days = Knob(90, 7, 365, "days", "of taking part to the goal", "founding material: three months")
    next_goal = Knob(False, None, None, "", "after the goal there is a next one", "founding material, S15")
    expected = (
        Expected("stayed", +1, world="study_group", beside=_LIGHT_TASK),
        Expected("readers", -1, world="study_group", beside=_LIGHT_TASK),  # who arrives is done
    )
    doses = ({"goal_days": 90}, {"goal_days": 30}, {"goal_days": 14})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """A day's step, and that it is shown."""
        levers.progress_step.plus(1.0 / self.goal_days)
        levers.progress_shown.any_of()
        if self.next_goal:
            levers.goal_again.any_of()
