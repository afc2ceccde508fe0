"""S38 a word in groups where the right people already sit."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["PartnerGroups"]


class PartnerGroups(Strategy):
    """Have a partner's group send ``reach`` people a day, for ``price`` CNY each.

    Whoever comes is the fittest of ``fit`` who see the word there. Fewer strangers come than by adverts for the same
    money, and they fit better. A partner's people are soon used up.

    Source: founding material, S38.
    """

    id: ClassVar[str] = "S38"
    family: ClassVar[str] = "growth"
    title: ClassVar[tuple[str, str]] = ("Partner groups", "合作群引流")
    reach = Knob(1.0, 0.0, 100.0, "people/day", "sent to the door of each group", "assumption")
    price = Knob(2.0, 0.0, 1_000.0, "CNY", "for each of them", "assumption")
    fit = Knob(2, 1, 32, "people", "who see the word, for each who is sent", "assumption")
    expected = (
        Expected("members", +1),
        Expected("stayed", +1, settings=("operator.advert_yuan_base=2",)),
    )
    doses = ({"reach": 0.3}, {"reach": 1.0}, {"reach": 5.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Pay the partner for today's word."""
        levers.partner_reach.plus(self.reach)
        levers.partner_price.plus(self.price)
        levers.partner_fit.only_one(self.fit)
