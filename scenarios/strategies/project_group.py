"""S44 project groups: one subject, a price, a term, and over."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["ProjectGroup"]


class ProjectGroup(Strategy):
    """Say it is worth ``promise``; sell ``seats`` seats of a one-subject group at ``price``; end it in ``days`` days.

    Then comes the next. There is no time to decline in, and members who have had what they came for part as friends.
    Who pays so much expects what was promised; every round needs new people or old ones who come back. On the eve of
    its end a group makes the next one ready, and whoever waits is let in.

    Source: founding material, S44, C2, C5.
    """

    id: ClassVar[str] = "S44"
    family: ClassVar[str] = "money"
    title: ClassVar[tuple[str, str]] = ("Project groups", "项目群")
    price = Knob(500.0, 0.0, 100_000.0, "CNY", "price of a seat", "founding material, S44")
    seats = Knob(100, 5, 2_000, "members", "seats of a round", "founding material, S44")
    days = Knob(30, 2, 365, "days", "length of a round", "founding material: a month")
    promise = Knob(2_000.0, 0.0, 100_000.0, "CNY a month", "what the host says a round is worth", "assumption")
    queue = Knob(60, 0, 60, "people", "people who may wait for a seat", "assumption")
    further = Knob(11, 1, 24, "groups", "rounds after the first, for each group founded", "assumption")
    expected = (
        Expected("trust", +1, world="study_group", against="paid_entry"),
        Expected("advert_share", -1, world="study_group", against="paid_entry"),
    )
    doses = ({"days": 90}, {"days": 30}, {"days": 14})

    @property
    def opens_for_waiting(self) -> bool:
        """Every round."""
        return True

    @property
    def spare_groups_each(self) -> int:
        """As many as there are to be rounds after the first."""
        return int(self.further)

    @property
    def most_members(self) -> float:
        """A group's seats."""
        return float(self.seats)

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Ask the price; on the last evening of a round make the next one ready, and dissolve the old one."""
        levers.entry_price.only_one(self.price)
        levers.promise.plus(self.promise)
        levers.seat_limit.at_most(self.seats)
        levers.queue_length.plus(self.queue)
        is_over = (groups.day_born >= 0) & (day - groups.day_born >= self.days - 1)
        levers.open_cohort.only_one(is_over * float(self.seats))
        levers.dissolve.any_of(is_over)
