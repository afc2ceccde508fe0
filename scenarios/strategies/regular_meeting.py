"""S40 meetings."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["RegularMeeting"]


class RegularMeeting(Strategy):
    """Hold an online meeting every ``gap_days`` days, for ``yuan`` CNY and ``minutes`` minutes of the host's time.

    With ``offline`` people meet in one place instead. Who attends meets others and comes to know them; the days around
    are full of it. It takes money and hours, those far away stay at home, and too many meetings tire. A gap of whole
    weeks makes it a habit.

    Source: founding material, S40, H24.
    """

    id: ClassVar[str] = "S40"
    family: ClassVar[str] = "events"
    title: ClassVar[tuple[str, str]] = ("Regular meeting", "定期活动")
    gap_days = Knob(28, 1, 365, "days", "from one meeting to the next", "founding material: a week or a month")
    offline = Knob(False, None, None, "", "face to face instead of online", "the user's choice")
    yuan = Knob(200.0, 0.0, 100_000.0, "CNY", "what a meeting costs", "assumption")
    minutes = Knob(45.0, 0.0, 1_440.0, "minutes", "work of the host for a meeting", "assumption")
    expected = (
        Expected("strong_pairs", +1, settings=("population.groups=4",), days=60),
        Expected("belonging", +1, settings=("population.groups=4",), days=60),
    )
    doses = ({"gap_days": 56}, {"gap_days": 28}, {"gap_days": 7})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """On its day, the meeting; on the eve and the day after, the talk of it."""
        played = day - self.from_day
        is_near = [(played + k) % self.gap_days == 0 and played + k >= self.gap_days for k in (0, 1, 2)]
        if any(is_near):
            levers.meeting_near.any_of()
        if is_near[1]:
            levers.meeting_today.any_of()
            levers.meeting_yuan.plus(self.yuan)
            levers.meeting_minutes.plus(self.minutes)
            if self.offline:
                levers.meeting_offline.any_of()
