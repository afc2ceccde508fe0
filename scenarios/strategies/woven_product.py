"""S26 the product is woven into content."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers
from sim.mechanisms.offers import WOVEN

__all__ = ["WovenProduct"]


class WovenProduct(Strategy):
    """Tell of the product inside useful content: ``share`` of the host's pieces sell.

    Who reads the content is offered the product, and is numbed less by it. It takes the place of the operator's own
    offers, and no minutes of its own. It fails as the share grows: then content is an advert, worth less, and readers
    go.

    Source: founding material, S26.
    """

    id: ClassVar[str] = "S26"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Woven product", "软植入")
    needs: ClassVar[frozenset[str]] = frozenset({"content_posts"})
    share = Knob(0.3, 0.0, 0.95, "share", "of the host's pieces that sell", "assumption")
    expected = (Expected("repurchase", +1, beside="fixed_time"),)
    doses = ({"share": 0.1}, {"share": 0.3}, {"share": 0.9})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Let some of the pieces sell."""
        levers.offers_planned.any_of()
        levers.offer_tone.only_one(WOVEN)
        levers.soft_share.plus(self.share)
