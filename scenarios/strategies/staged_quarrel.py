"""S27 a staged quarrel, settled by the host."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["StagedQuarrel"]


class StagedQuarrel(Strategy):
    """Every ``gap`` days two accounts of the host's quarrel, and the host settles it before all.

    Onlookers come, and fairness shows. Without ``skill`` it is settled unfairly and seen through, and wrecks the trust
    it was to win; the second time more easily than the first.

    Source: founding material, S27.
    """

    id: ClassVar[str] = "S27"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Staged quarrel", "自导自演争吵")
    gap = Knob(21, 1, 365, "days", "from one to the next", "assumption")
    skill = Knob(0.7, 0.0, 1.0, "share", "how skilfully it is acted and settled", "assumption")
    expected = (
        Expected("readers", +1),
        Expected("trust", -1),
    )
    doses = ({"skill": 0.9}, {"skill": 0.7}, {"skill": 0.3})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Stage one when its day has come."""
        levers.staged_quarrel.any_of(day % self.gap == self.gap - 1)
        levers.quarrel_skill.only_one(self.skill)
