"""S25 hard adverts of the host."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers
from sim.mechanisms.offers import HARD

__all__ = ["HardAdverts"]


class HardAdverts(Strategy):
    """Throw links and pictures of the product into the group, ``per_day`` a day, the last at ``hour`` o'clock.

    Everybody who looks sees them, and a few buy now. They take the place of the operator's own offers. It fails in the
    end: adverts annoy, cost trust, numb, and show that adverts are normal here.

    Source: founding material, S25.
    """

    id: ClassVar[str] = "S25"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Hard adverts", "硬广告刷屏")
    per_day = Knob(1.0, 0.0, 10.0, "adverts/day", "hard adverts of the host", "assumption")
    hour = Knob(20.0, 0.0, 23.0, "hour", "hour of the day's last one", "assumption")
    expected = (
        Expected("members_adverts", +1),  # the harm: others follow the example
        Expected("trust", -1),
        Expected("purchases", +1, days=30),
    )
    doses = ({"per_day": 0.2}, {"per_day": 1.0}, {"per_day": 5.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Advertise, whether or not anybody asked."""
        levers.offers_planned.any_of()
        levers.offer_tone.only_one(HARD)
        levers.offers.plus(self.per_day)
        levers.offer_hour.only_one(self.hour)
