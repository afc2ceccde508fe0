"""S27 a staged quarrel, settled by the host."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["StagedQuarrel"]


class StagedQuarrel(Strategy):
    """Every ``gap`` days two of the host's own accounts act out a quarrel, and the host settles it before all.

    Onlookers come, and fairness shows: what was settled fairly is forgiven. Without ``skill`` it is settled unfairly
    and seen through, and wrecks the trust it was to win; the second time more easily than the first. It takes some
    quarter of an hour of the host's.

    Source: founding material, S27.
    """

    id: ClassVar[str] = "S27"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Staged quarrel", "自导自演争吵")
    gap = Knob(21, 1, 365, "days", "from one to the next", "assumption")
    skill = Knob(0.7, 0.0, 1.0, "share", "how skilfully it is acted and settled", "assumption")
    expected = (  # by a host who has time for it: quarter of an hour of each group's
        Expected("readers", +1, settings=("population.groups=4", "operator.hours=8"), given=("skill=0.9",)),
        Expected("trust", -1, settings=("population.groups=4", "operator.hours=8"), given=("skill=0.0",)),  # the harm
    )
    doses = ({"gap": 21}, {"gap": 7}, {"gap": 3})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Stage one when its day has come."""
        levers.staged_quarrel.any_of(day % self.gap == self.gap - 1)
        levers.quarrel_skill.only_one(self.skill)
