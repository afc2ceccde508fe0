"""S45 sponsors."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Sponsors"]


class Sponsors(Strategy):
    """Name a brand ``per_week`` times a week; it pays ``yuan_per_reader`` CNY for everybody who reads it.

    Income without goods of one's own. Small groups bring next to nothing, since the brand pays by reader, and a brand
    that fits the subject badly pays less. It fails in a high dose: each line is half an advert to those who do not
    trust the host. A brand comes only where a line is worth ``sponsors.least`` to it, and goes where adverts are many.

    Source: founding material, S45.
    """

    id: ClassVar[str] = "S45"
    family: ClassVar[str] = "money"
    title: ClassVar[tuple[str, str]] = ("Sponsors", "品牌赞助")
    per_week = Knob(1.0, 0.0, 70.0, "lines/week", "sponsored lines", "assumption")
    yuan_per_reader = Knob(0.05, 0.0, 5.0, "CNY", "what the brand pays for a reader where it fits fully", "assumption")
    fit = Knob(0.5, 0.0, 1.0, "share", "how well the group's subject fits the brand", "assumption")
    expected = (
        Expected("revenue", +1, world="tech_channel", settings=("operator.hours=1",)),
        Expected("trust", -1, settings=("operator.hours=8",)),  # the harm, where people stay for longer than a question
    )
    doses = ({"per_week": 1.0}, {"per_week": 7.0}, {"per_week": 35.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Name the brand."""
        levers.sponsor_posts.plus(self.per_week / 7.0)
        levers.sponsor_yuan.only_one(self.yuan_per_reader)
        levers.sponsor_fit.only_one(self.fit)
