"""S42 dues with renewal."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Membership"]


class Membership(Strategy):
    """Ask everybody for ``dues`` CNY every ``days`` days; whoever does not renew leaves.

    Newcomers pay at the door, or are ``first_free`` days free; who was there before is asked after one period. It
    brings income, and a day of reckoning: it fails where the need is met, or the group has nothing new to tell, before
    the dues fall due.

    Source: founding material, S42. Discounts for members and for who renews early are not part of it.
    """

    id: ClassVar[str] = "S42"
    family: ClassVar[str] = "money"
    title: ClassVar[tuple[str, str]] = ("Dues and renewal", "会费与续费")
    dues = Knob(99.0, 1.0, 5_000.0, "CNY", "dues of a period", "assumption")
    days = Knob(365, 7, 730, "days", "length of a period", "founding material, S42: a year")
    first_free = Knob(0, 0, 365, "days", "for which newcomers are free", "assumption")
    expected = (
        Expected("revenue", +1, world="study_group", days=400),
        Expected("members_end", -1, world="study_group", days=400),
    )
    doses = ({"dues": 19.9}, {"dues": 99.0}, {"dues": 999.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Ask for dues."""
        levers.dues_yuan.only_one(self.dues)
        levers.dues_days.only_one(self.days)
        levers.dues_free.only_one(self.first_free)
