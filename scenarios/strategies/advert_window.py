"""S24 an hour for adverts, paid for with a packet."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["AdvertWindow"]


class AdvertWindow(Strategy):
    """Forbid adverts but for the hour from ``hour`` o'clock: whoever sends all ``toll`` CNY in a packet may post one.

    Advertisers finance packets, and the rest of the day stays clean. A toll above what an advert is worth brings
    neither adverts nor packets; one far below it makes the hour a market.

    Source: founding material, S24.
    """

    id: ClassVar[str] = "S24"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Advert window", "广告时段")
    hour = Knob(21.0, 0.0, 23.0, "hour", "hour from which adverts are let in", "assumption")
    toll = Knob(0.2, 0.0, 200.0, "CNY", "packet to be sent for an advert",
                "assumption: an advert is worth mind.advert_value to its author for each reader")  # fmt: skip
    expected = (
        Expected("advert_share", -1, world="deals", settings=("population.seats=200",)),
        Expected("trust", +1, world="deals", settings=("population.seats=200",)),
    )
    doses = ({"toll": 0.05}, {"toll": 0.1}, {"toll": 0.2})  # beyond it hardly anybody pays

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Forbid adverts, and open the window."""
        levers.advert_ban.any_of()
        levers.advert_window.only_one(self.hour)
        levers.advert_toll.plus(self.toll)
