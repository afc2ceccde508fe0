"""S43 goods sold by trust and fit."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers
from sim.mechanisms.offers import PLAIN

__all__ = ["Goods"]


class Goods(Strategy):
    """Every ``gap_days`` days offer goods of the group's subject for ``price`` CNY, right after content where possible.

    It takes the place of the operator's own offers, and of their price. It sells by trust and fit, so it needs a host
    who is read; it fails where the goods do not fit the subject, and where offers come so often that nobody minds them.

    Source: founding material, S43, and of S9 that the offer follows the content.
    """

    id: ClassVar[str] = "S43"
    family: ClassVar[str] = "money"
    title: ClassVar[tuple[str, str]] = ("Goods", "卖货")
    gap_days = Knob(7, 1, 365, "days", "from one offer to the next", "assumption")
    price = Knob(100.0, 0.01, 100_000.0, "CNY", "price", "founding material, S43")
    hour = Knob(19.0, 0.0, 23.0, "hour", "hour of the offer", "assumption")
    list = Knob(1.0, 1.0, 20.0, "ratio", "list price that is struck out, of the price; 1: none",
                "founding material, S43: 1980 struck out, 198 asked")  # fmt: skip
    then_offer = Knob(True, None, None, "", "on a day with content the offer follows it", "founding material, S9")
    expected = (Expected("purchases", +1, beside="fixed_time"),)
    doses = ({"gap_days": 28}, {"gap_days": 7}, {"gap_days": 1})

    @property
    def rests(self) -> frozenset[str]:
        """Without a list price none is struck out."""
        return frozenset({"list_price"} if self.list == 1.0 else ())

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Offer on different days in different groups, so that the work is spread."""
        is_due = (day - groups.day_born + 3 * groups.index) % self.gap_days == self.gap_days - 1
        levers.offers_planned.any_of()
        levers.offer_tone.only_one(PLAIN)
        levers.offers.plus(1.0 * is_due)
        levers.offer_price.only_one(self.price)
        levers.offer_hour.only_one(self.hour)
        if self.list > 1.0:
            levers.list_price.only_one(self.list)
        if self.then_offer:
            levers.then_offer.any_of()
