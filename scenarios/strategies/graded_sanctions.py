"""S48 visible rules with graded sanctions."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["GradedSanctions"]

KEPT = ("operator.hours=8", "population.seats=200")
"""A host who has the minutes to keep rules, hear and praise, and seats for whom a ban draws."""


class GradedSanctions(Strategy):
    """Hang the rules where all see them; whoever breaks one is silenced, longer each time, and the fourth time removed.

    Silence lasts 1, 7, then 15 days, times ``severity``. Members may report adverts, whoever was sanctioned is heard,
    and those who keep the rules are praised. Certain and mild is to deter as well as harsh, and to keep the member who
    erred once. It fails where rules are written and not kept: that is worse than none.

    Source: founding material, S48.
    """

    id: ClassVar[str] = "S48"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Graded sanctions", "阶梯处罚")
    severity = Knob(1.0, 0.1, 10.0, "times", "days of silence, of 1, 7 and 15", "founding material, S48: 1, 7, 15 days")
    reports = Knob(True, None, None, "", "members may report adverts to staff", "founding material, S48")
    appeals = Knob(True, None, None, "", "staff hear whoever was sanctioned", "founding material, S48")
    praise = Knob(0.02, 0.0, 0.2, "feeling/day", "praise for those who write and keep the rules", "assumption")
    expected = (
        Expected("stayed", +1, against="advert_ban", settings=KEPT),
        Expected("member_messages", +1, against="advert_ban", settings=KEPT),
        Expected("advert_share", 0, against="advert_ban", settings=KEPT),
    )
    doses = ({"severity": 0.3}, {"severity": 1.0}, {"severity": 4.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Write the rules up, keep them by degrees, hear and praise."""
        levers.advert_ban.any_of()
        levers.rules_shown.any_of()
        levers.sanction.only_one(self.severity)
        levers.report.any_of(self.reports)
        levers.appeal.any_of(self.appeals)
        levers.praise.plus(self.praise)
