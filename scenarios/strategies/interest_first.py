"""S47 no selling before the interest is shared."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["InterestFirst"]


class InterestFirst(Strategy):
    """Offer nothing before day ``first_day`` of a group: people meet over what interests them, and trust comes first.

    It silences every offer before its day, of the operator and of other strategies; afterwards it changes nothing. It
    costs early sales, and it fails where the group dies before the day, or where an operator who earns nothing loses
    heart.

    Source: founding material, S47.
    """

    id: ClassVar[str] = "S47"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Interest first", "先聊兴趣后成交")
    first_day = Knob(30, 0, 365, "day", "of a group, on which something is offered for the first time", "assumption")
    expected = (
        Expected("purchases", +1, beside="hard_adverts.per_day=5"),  # offers that can spoil a group before it is one
        Expected("purchases", -1, beside="hard_adverts.per_day=5", days=30),
    )
    doses = ({"first_day": 3}, {"first_day": 7}, {"first_day": 14})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Nothing is sold in a group that is too young."""
        levers.no_offers.any_of(day - groups.day_born < self.first_day)
