"""S35 a red packet for every person brought."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["PacketPerInvite"]


class PacketPerInvite(Strategy):
    """Pay ``yuan`` CNY for each person whom a member brings.

    It is paid once they have stayed ``delay`` days (0: the same evening). It fills a group fast, and shallowly: people
    come as a favour, some are second accounts. Where nothing is going on inside they leave again, and all the calls and
    thanks eat the attention of those who were there.

    Source: founding material, S35.
    """

    id: ClassVar[str] = "S35"
    family: ClassVar[str] = "growth"
    title: ClassVar[tuple[str, str]] = ("Packet per person brought", "拉人红包")
    yuan = Knob(1.0, 0.0, 1_000.0, "CNY", "for each person brought", "assumption: some yuan")
    delay = Knob(0, 0, 60, "days", "days that they must have stayed", "assumption")
    expected = (
        Expected("members", +1, settings=("population.seats=200",)),
        Expected("stayed", -1, settings=("population.seats=200",)),  # the harm
    )
    doses = ({"yuan": 1.0}, {"yuan": 5.0}, {"yuan": 30.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Promise so much a head."""
        levers.bounty_yuan.plus(self.yuan)
        levers.bounty_delay.only_one(self.delay)
