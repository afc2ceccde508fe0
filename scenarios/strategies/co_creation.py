"""S58 co-creation."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["CoCreation"]


class CoCreation(Strategy):
    """Call for ideas every ``gap_days`` days, take ``adopted`` of them into the product, and tell the authors.

    The best are taken: the better they are, the better the product fits all. Whose idea is taken belongs more and
    brings friends. It fails where next to none are taken: then people were asked in vain, and complain the second time.

    Source: founding material, S58.
    """

    id: ClassVar[str] = "S58"
    family: ClassVar[str] = "events"
    title: ClassVar[tuple[str, str]] = ("Co-creation", "共创参与")
    gap_days = Knob(30, 2, 365, "days", "from one call to the next", "assumption")
    adopted = Knob(0.2, 0.0, 1.0, "share", "of the ideas that are taken", "assumption")
    expected = (
        Expected("brought", +1, settings=("operator.hours=8",), days=120),
        Expected("brought", +1, settings=("operator.hours=8",), against="co_creation.gap_days=2,adopted=0.0", days=120),
    )
    doses = ({"gap_days": 2, "adopted": 0.2}, {"gap_days": 2, "adopted": 0.5}, {"gap_days": 2, "adopted": 1.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Call once in a while, on different days in different groups; tell authors what became of their ideas."""
        levers.idea_call.any_of((day - groups.day_born + 3 * groups.index) % self.gap_days == self.gap_days - 1)
        levers.adopt.only_one(self.adopted)
