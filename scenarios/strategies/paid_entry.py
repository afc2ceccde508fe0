"""S2 paid entry."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["PaidEntry"]


class PaidEntry(Strategy):
    """Charge ``price`` CNY at the door. Founders enter free.

    Who still enters follows from what each expects of the group (or of its reach, for an advertiser) against the
    price; money paid makes people come more often for as long as the knob ``price.sunk_days`` says. Nothing about who
    ought to enter is written in.

    Source: founding material, S2, C9 ("free against paid"), H3.
    """

    id: ClassVar[str] = "S2"
    family: ClassVar[str] = "entry"
    title: ClassVar[tuple[str, str]] = ("Paid entry", "付费入群")
    price = Knob(9.9, 0.0, 100_000.0, "CNY", "price at the door", "founding material, C4 and C13: 9.9 and 19.9; H27: "
                 "100,000")  # fmt: skip
    promise = Knob(0.0, 0.0, 100_000.0, "CNY a month", "what the host says a membership is worth", "assumption")
    expected = (
        Expected("advert_share", -1, world="deals"),
        Expected("members", -1, world="deals"),
    )
    doses = ({"price": 1.0}, {"price": 9.9}, {"price": 99.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Put a price at the door, and say what it is for."""
        levers.entry_price.only_one(self.price)
        levers.promise.plus(self.promise)
