"""S40 contests between groups."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Contest"]


class Contest(Strategy):
    """Every ``gap_days`` days groups compete in pairs for ``lasts`` days; the livelier one shares ``prize`` CNY.

    Rivalry makes people talk while it lasts, winners are proud. It takes money and hours, losers are put out, and
    lines written for a score may be about anything. With one group there is nobody to compete with.

    Source: founding material, S40.
    """

    id: ClassVar[str] = "S40b"
    title: ClassVar[tuple[str, str]] = ("Contest", "群间PK")
    family: ClassVar[str] = "events"
    gap_days = Knob(30, 2, 365, "days", "from one contest to the next", "assumption")
    lasts = Knob(7, 1, 60, "days", "for which it lasts", "founding material: a week")
    prize = Knob(200.0, 0.0, 100_000.0, "CNY", "for the winning group", "assumption")
    minutes = Knob(45.0, 0.0, 1_440.0, "minutes", "work of the host to begin one in a group", "assumption")
    # Twenty groups whose host has the minutes to begin one in each; at the strongest dose most days are of a contest.
    expected = (Expected("member_messages", +1, world="study_group", settings=("operator.hours=20",), days=60),)
    doses = ({"gap_days": 30}, {"gap_days": 14}, {"gap_days": 9})

    def contradiction(self) -> str:
        """One is over before the next begins; two days are left: an evening to settle it, then one to tell and pay."""
        if self.lasts + 2 > self.gap_days:
            return f"lasts={self.lasts} leaves less than two days between contests gap_days={self.gap_days} apart"
        return ""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """On the days of a contest; the first begins after one gap. From then on a prize may fall due on any day."""
        played = day - self.from_day
        if played < self.gap_days:
            return
        levers.contest_prize.plus(self.prize)
        if played % self.gap_days < self.lasts:
            levers.contest.any_of()
            levers.contest_minutes.plus(self.minutes)
