"""S49 complaints answered in the open."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["AnswerComplaints"]

SHOP = ("operator.hours=8", "complaints.grumble=0.5", "standing_abroad.rep_step=0.002")
"""A host with time, and a market in which people complain and a reputation is made of it."""


class AnswerComplaints(Strategy):
    """Promise to answer complaints in the open, and pay back ``refund`` of a price that somebody regrets.

    The answer is promised within ``minutes``. A complaint that is handled wins more trust than silence, one that stays
    open costs that of all who read it. A promise makes people speak up; with ``minutes=0`` it is made and never kept.
    The higher the ``refund``, the more of those who are not generous want it though nothing was wrong.

    Source: founding material, S49.
    """

    id: ClassVar[str] = "S49"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Answer complaints", "及时处理投诉")
    minutes = Knob(60.0, 0.0, 1440.0, "minutes", "within which a complaint is answered (0: never)",
                   "founding material, S49")  # fmt: skip
    refund = Knob(0.5, 0.0, 1.0, "share", "of the price that is paid back", "assumption")
    expected = (
        Expected("trust", +1, settings=SHOP, beside="goods.gap_days=1"),
        Expected("reputation", +1, settings=SHOP, beside="goods.gap_days=1"),
    )
    doses = ({"minutes": 0.0}, {"minutes": 60.0}, {"minutes": 60.0, "refund": 1.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Promise an answer, and money back."""
        levers.complaints_handled.only_one(self.minutes)
        levers.refund_share.plus(self.refund)
