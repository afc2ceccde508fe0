"""S5 cohorts with a waiting list."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Cohorts"]


class Cohorts(Strategy):
    """Every ``period`` days let up to ``seats`` people into a new group, whose door is open for ``open_days`` days.

    Whoever comes in between may wait, ``queue`` people at a door, and some lose patience; how few seats are left is
    said aloud. People who start together know the same people from the start. While the doors are shut passers-by are
    lost, and where few come cohorts begin half empty.

    Source: founding material, S5.
    """

    id: ClassVar[str] = "S5"
    family: ClassVar[str] = "entry"
    title: ClassVar[tuple[str, str]] = ("Cohorts", "分期开营")
    seats = Knob(100, 5, 2_000, "members", "most members of a cohort", "founding material, S5")
    period = Knob(30, 7, 365, "days", "days from one start to the next", "founding material: a month")
    open_days = Knob(5, 1, 60, "days", "days on which a group's door is open, from its start", "assumption")
    queue = Knob(60, 0, 60, "people", "people who may wait at each door", "assumption")
    further = Knob(5, 1, 24, "groups", "cohorts after the first, for each group founded", "assumption")
    expected = (
        Expected("stayed", +1, world="study_group"),
        Expected("members", -1, world="study_group"),  # what it costs
    )
    doses = ({"period": 60, "open_days": 20}, {"period": 30}, {"period": 30, "open_days": 2})

    @property
    def opens_for_waiting(self) -> bool:
        """Every period."""
        return True

    @property
    def spare_groups_each(self) -> int:
        """As many as there are to be cohorts after the first."""
        return int(self.further)

    def contradiction(self) -> str:
        """A door is open for less than a period."""
        if self.open_days < self.period:
            return ""
        return f"open_days={self.open_days} leaves nothing of period={self.period}; the door never shuts"

    @property
    def most_members(self) -> float:
        """A group's seats."""
        return float(self.seats)

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Shut the doors of cohorts that have begun, and make the next one ready on the eve of its day."""
        levers.seat_limit.at_most(self.seats)
        levers.queue_length.plus(self.queue)
        levers.seats_shown.any_of()
        levers.door_shut.any_of((groups.day_born >= 0) & (day - groups.day_born >= self.open_days))
        levers.open_cohort.only_one(self.seats if (day + 1) % self.period == 0 else 0.0)
