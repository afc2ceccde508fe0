"""S12 a topic a day."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["DailyTopic"]


class DailyTopic(Strategy):
    """Put a topic to all at a fixed hour: the host speaks first, and answering is easier than opening.

    Where nobody answers, ``rescue=member`` has the host ask an active member in private, which costs minutes and
    goodwill. It fails where topics come every day for months and go without an answer: then nobody expects one.

    Source: founding material, S12.
    """

    id: ClassVar[str] = "S12"
    family: ClassVar[str] = "content"
    title: ClassVar[tuple[str, str]] = ("Daily topic", "每日话题")
    per_day = Knob(1.0, 0.1, 3.0, "topics/day", "topics put to all", "founding material, S12")
    hour = Knob(12.5, 0.0, 23.9, "hour", "hour of the day's first topic", "assumption")
    timely = Knob(0.2, 0.0, 1.0, "share", "by how much more topics draw because they are of the day", "assumption")
    rescue = Knob("member", None, None, "", "who helps where nobody answers: a member asked in private, or nobody",
                  "founding material, S12", choices=("member", "nobody"))  # fmt: skip
    expected = (Expected("member_messages", +1),)
    doses = ({"per_day": 0.3}, {"per_day": 1.0}, {"per_day": 3.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Ask all something, and perhaps one in private."""
        levers.topic_posts.plus(self.per_day)
        levers.topic_hour.only_one(self.hour)
        levers.topic_timely.plus(self.timely)
        if self.rescue == "member":
            levers.ask_member.any_of()
