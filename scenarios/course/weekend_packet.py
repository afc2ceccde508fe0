"""The strategy that lesson 06 begins with: a red packet at weekends. Write your own beside it."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["WeekendPacket"]


class WeekendPacket(Strategy):
    """Send a red packet on Saturdays and Sundays only.

    Source: an operator's rule of thumb; put on trial here.
    """

    id: ClassVar[str] = "own"
    title: ClassVar[tuple[str, str]] = ("Weekend packet", "周末红包")
    amount = Knob(8.8, 0.01, 20_000.0, "CNY", "money in a packet", "assumption")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Day 0 is a Monday."""
        levers.packet_yuan.only_one(self.amount if day % 7 >= 5 else 0.0)
        levers.packet_shares.only_one(10)
        levers.packet_lucky.only_one(1.0)
        levers.packet_hour.only_one(20.0)
