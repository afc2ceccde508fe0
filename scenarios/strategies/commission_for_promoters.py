"""S36 commission for promoters."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["CommissionForPromoters"]


class CommissionForPromoters(Strategy):
    """Let promoters keep ``share`` of what those whom they bring pay at the door.

    One becomes a promoter for a ``fee``. Buyers sell to friends and then to people they hardly know, and the host
    serves. Goodwill and the market around each promoter run out: who comes late earns nothing. ``tiers`` above 1 pay
    for recruiting promoters instead of members.

    Beside it something has to be paid at the door.

    Source: founding material, S36, C4, C6.
    """

    id: ClassVar[str] = "S36"
    family: ClassVar[str] = "growth"
    title: ClassVar[tuple[str, str]] = ("Commission for promoters", "代理佣金")
    share = Knob(1.0, 0.0, 1.0, "share", "of what is paid at the door", "founding material: up to all of it")
    tiers = Knob(1, 1, 100, "levels", "promoters above each other who get a share",
                  "founding material: 1 to 100; above 2 it is what many laws call a pyramid scheme")  # fmt: skip
    fee = Knob(0.0, 0.0, 100_000.0, "CNY", "to become a promoter", "assumption")
    needs = frozenset({"entry_price"})
    expected = (
        Expected("brought", +1, beside="paid_entry"),
        Expected("members", +1, beside="paid_entry"),
    )
    doses = ({"share": 0.2}, {"share": 0.5}, {"share": 1.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Promise the commission."""
        levers.commission.only_one(self.share)
        levers.commission_levels.only_one(self.tiers)
        levers.promoter_fee.only_one(self.fee)
