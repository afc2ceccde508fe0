"""S13 a good morning at a fixed hour."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["MorningGreeting"]


class MorningGreeting(Strategy):
    """The host says good morning at ``hour`` o'clock, and members echo it: a cheap habit, a streak one will not break.

    In a large group the echoes are noise that hides what matters.

    Source: founding material, S13.
    """

    id: ClassVar[str] = "S13"
    family: ClassVar[str] = "content"
    title: ClassVar[tuple[str, str]] = ("Morning greeting", "早安问候")
    hour = Knob(8.0, 5.0, 11.0, "hour", "hour of the greeting", "assumption")
    expected = (
        Expected("readers", +1, world="study_group"),
        Expected("on_topic_share", -1, world="study_group"),
    )
    doses = ({"hour": 5.0}, {"hour": 8.0}, {"hour": 11.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Greet at the hour."""
        levers.greeting_hour.only_one(self.hour)
