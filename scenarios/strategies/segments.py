"""S32 tags, and offers by tag."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Segments"]


class Segments(Strategy):
    """Tell ``number`` kinds of customers apart; whenever anything is offered, by whomever, show each kind what fits.

    Who introduces themselves by a template is known for nothing; to make out who another is takes the host
    ``tag_minutes``, and they must have written something. It fails where most are unknown: wrong offers fit nobody, and
    minutes for tags are missing elsewhere.

    Source: founding material, S32.
    """

    id: ClassVar[str] = "S32"
    family: ClassVar[str] = "renewal"
    title: ClassVar[tuple[str, str]] = ("Tags and segments", "标签与分层")
    number = Knob(4, 2, 8, "kinds", "kinds of customer that are told apart", "assumption")
    tag_minutes = Knob(1.0, 0.0, 30.0, "minutes", "to make out who somebody is", "assumption")
    expected = (Expected("purchases", +1, beside="introductions"),)
    doses = ({"tag_minutes": 10.0}, {"tag_minutes": 1.0}, {"tag_minutes": 0.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Offer by tag."""
        levers.offer_by_tag.any_of()
        levers.segments.only_one(self.number)
        levers.tag_minutes.only_one(self.tag_minutes)
