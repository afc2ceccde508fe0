"""S3 free until there are enough, then paid."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["FreeThenPaid"]


class FreeThenPaid(Strategy):
    """Let people in free until a group has had ``until`` members; from then on entry costs ``price`` CNY.

    From ``warn_at`` of these members on it is announced that entry will cost something. A group fills first and is
    choosy later. Those who came free remain, advertisers among them; where ``until`` is never reached nobody pays, and
    the jump may end growth on the day it comes.

    Source: founding material, S3.
    """

    id: ClassVar[str] = "S3"
    family: ClassVar[str] = "entry"
    title: ClassVar[tuple[str, str]] = ("Free, then paid", "先免费后收费")
    until = Knob(100, 5, 2_000, "members", "members a group has had when entry begins to cost", "founding material, S3")
    price = Knob(9.9, 0.0, 5_000.0, "CNY", "price at the door from then on", "founding material, C4 and C13: 9.9")
    warn_at = Knob(0.8, 0.0, 1.0, "share", "share of these members from which on the price is announced", "assumption")
    expected = (
        Expected("revenue", +1),
        Expected("advert_share", -1),
    )
    doses = ({"until": 40, "price": 1.0}, {"until": 40, "price": 9.9}, {"until": 40, "price": 99.0})

    def never_binds(self, seats: int) -> str:
        """More members than there are seats."""
        return "until" if self.until > seats > 0 else ""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Ask for the price once there are enough, and announce it when there soon will be."""
        is_paid = groups.n_peak >= self.until
        is_near = ~is_paid & (groups.n_members >= self.warn_at * self.until)
        levers.entry_price.only_one(self.price * is_paid)
        levers.price_rise.plus(self.price * is_near)
