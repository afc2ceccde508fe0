"""S41 a ladder of prices."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers
from sim.mechanisms.offers import PLAIN

__all__ = ["PriceLadder"]


class PriceLadder(Strategy):
    """Offer three products in turn, one every ``gap_days`` days, each only to those who have bought the one before.

    Small yeses build the habit of buying here, and the dear product is offered to few. It takes the place of the
    operator's own offers. It fails where steps are too steep for what people can pay, and where the first rung is so
    cheap that the way up does not make up for it. A ``list`` price struck out beside each makes it look cheap, until it
    is seen through. With a ``promoter_share``, whoever buys the last rung becomes a promoter for no fee, and gets that
    share of what those whom they bring pay for rungs; commission on entries may be paid beside it.

    Source: founding material, S41.
    """

    id: ClassVar[str] = "S41"
    family: ClassVar[str] = "money"
    title: ClassVar[tuple[str, str]] = ("Price ladder", "价格阶梯")
    first = Knob(19.9, 0.01, 100_000.0, "CNY", "price of the first rung", "founding material, S41")
    second = Knob(299.0, 0.01, 100_000.0, "CNY", "price of the second", "founding material, S41")
    third = Knob(1299.0, 0.01, 100_000.0, "CNY", "price of the third", "founding material, S41")
    gap_days = Knob(14, 1, 365, "days", "from one offer to the next", "assumption")
    hour = Knob(19.0, 0.0, 23.0, "hour", "hour of the offer", "assumption")
    list = Knob(1.0, 1.0, 20.0, "ratio", "list price that is struck out, of the price; 1: none",
                "founding material, S41: 1980 struck out, 198 asked")  # fmt: skip
    promoter_share = Knob(0.0, 0.0, 1.0, "share", "of what is paid for rungs, for buyers of the last who brought the "
                          "payer", "founding material, S41: the last rung makes promoters; 0: it does not")  # fmt: skip
    expected = (  # against the price that reaches as many, as often
        Expected("revenue_per_member", +1, world="study_group", settings=("operator.hours=8",), beside="fixed_time",
                 against="goods.price=19.9,gap_days=5", given=("gap_days=5",)),
    )  # fmt: skip
    doses = ({"second": 59.0, "third": 199.0}, {"second": 159.0, "third": 599.0}, {"second": 299.0, "third": 1299.0})

    def contradiction(self) -> str:
        """A ladder does not go down."""
        if self.first <= self.second <= self.third:
            return ""
        return f"first={self.first:g}, second={self.second:g}, third={self.third:g} goes down; give rising prices"

    @property
    def rests(self) -> frozenset[str]:
        """Without a list price none is struck out; without a share the last rung makes no promoters."""
        share = {"rung_commission", "promoter_rung"} if self.promoter_share == 0.0 else set()
        return frozenset(share | ({"list_price"} if self.list == 1.0 else set()))

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Offer one rung after the other, on different days in different groups."""
        age = day - groups.day_born + 3 * groups.index
        is_due, turn = age % self.gap_days == self.gap_days - 1, age // self.gap_days % 3
        levers.offers_planned.any_of()
        levers.offer_tone.only_one(PLAIN)
        levers.offers.plus(1.0 * is_due)
        levers.offer_rung.only_one(is_due * (turn + 1.0))
        levers.offer_price.only_one(np.array([self.first, self.second, self.third])[turn])
        levers.offer_hour.only_one(self.hour)
        if self.list > 1.0:
            levers.list_price.only_one(self.list)
        if self.promoter_share > 0.0:
            levers.rung_commission.only_one(self.promoter_share)
            levers.promoter_rung.only_one(3.0)
