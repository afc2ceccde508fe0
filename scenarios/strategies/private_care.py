"""S20 private care."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers
from sim.mechanisms.private_care import FOR_WHOM

__all__ = ["PrivateCare"]

_NEGLECTED = ("population.groups=4", "population.seats=200", "scenario.search_rate=5",
              "timeline=[{day:0,until:59,set:{operator.hours:0}}]")  # fmt: skip
"""C1: groups of one or two hundred, where the host has done nothing for two months and comes back with time for them.
In groups of eighteen there is one a week who has written and fallen silent.
"""


class PrivateCare(Strategy):
    """Talk in private, with a small favour, to members who once wrote and have fallen silent.

    They are bound and have another look; with ``who`` it is those who write, those who have bought, or all. It costs
    minutes a head. It fails where it is spread over all, goes to those who would write anyway, or leads back into a
    group in which there is nothing to come back for.

    Source: founding material, S20.
    """

    id: ClassVar[str] = "S20"
    family: ClassVar[str] = "people"
    title: ClassVar[tuple[str, str]] = ("Private care", "私下关怀")
    minutes = Knob(30.0, 0.5, 300.0, "minutes/day", "time for it in each group", "assumption")
    gift = Knob(2.0, 0.0, 200.0, "CNY", "favour that goes with each word", "assumption")
    who = Knob("once_active", None, None, "", "for whom it is", "founding material, S20", choices=FOR_WHOM)
    expected = (Expected("member_messages", +1, settings=_NEGLECTED),)
    doses = ({"minutes": 6.0, "from_day": 60}, {"minutes": 30.0, "from_day": 60}, {"minutes": 120.0, "from_day": 60})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Have words."""
        levers.care_minutes.plus(self.minutes)
        levers.care_yuan.only_one(self.gift)
        levers.care_who.only_one(FOR_WHOM.index(self.who))
