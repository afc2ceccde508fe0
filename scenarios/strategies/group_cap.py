"""S1 size cap."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["GroupCap"]

_HUNDREDS = ("population.groups=4", "population.seats=500", "scenario.search_rate=20")
"""C10: groups that would grow to four or five hundred. Where twenty come, a cap only makes a small group smaller."""


class GroupCap(Strategy):
    """Let no more than ``limit`` members in; those who come later wait for a seat.

    With ``when_full=queue`` up to ``queue`` people wait in order of arrival and enter when a seat falls free. With
    ``when_full=new_group`` a new group with the same host is opened as soon as the queue is full.

    Source: founding material, S1, C10 ("keep it under a hundred"). The rule contains no effect of size: what a cap
    changes follows from attention, acquaintance and the host's hours.
    """

    id: ClassVar[str] = "S1"
    family: ClassVar[str] = "entry"
    title: ClassVar[tuple[str, str]] = ("Size cap", "限制人数")
    limit = Knob(30, 2, 2_000, "members", "most members let in", "founding material names 100; small groups here")
    queue = Knob(20, 0, 60, "people", "people who may wait at the door", "assumption")
    when_full = Knob("queue", None, None, "", "what happens to those who find the group full", "founding material, S1",
                     choices=("queue", "new_group"))
    expected = (
        Expected("pairs_per_member", +1, settings=_HUNDREDS),  # H29
        Expected("lines_each", +1, settings=_HUNDREDS),
        Expected("purchases", -1, settings=_HUNDREDS),  # what a cap costs
    )
    doses = ({"limit": 300}, {"limit": 200}, {"limit": 148})

    @property
    def opens_for_waiting(self) -> bool:
        """As soon as the queue is full."""
        return self.when_full == "new_group"  # type: ignore[no-any-return]

    def never_binds(self, seats: int) -> str:
        """A cap at the seats or above them."""
        return "limit" if self.limit >= seats > 0 else ""

    @property
    def most_members(self) -> float:
        """A group's seats."""
        return float(self.limit)

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Limit the seats, keep a queue."""
        levers.seat_limit.at_most(self.limit)
        levers.queue_length.plus(self.queue)
        if self.when_full == "new_group":
            levers.open_new_group.any_of()
