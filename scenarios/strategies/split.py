"""S30 splitting a group that is full."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Split"]

LARGE = ("operator.hours=8", "population.seats=200", "population.founders=60")
"""Groups that do become as large, and hours for both halves."""


class Split(Strategy):
    """Split each group that has ``at`` members into two.

    Halves are smaller and so less of an audience of strangers; ties across are cut, and the same hours serve both.

    Source: founding material, S30.
    """

    id: ClassVar[str] = "S30"
    family: ClassVar[str] = "renewal"
    title: ClassVar[tuple[str, str]] = ("Splitting", "满员拆群")
    at = Knob(100, 20, 2_000, "members", "size at which one half moves", "founding material names 100")
    expected = (Expected("lines_each", +1, world="study_group", settings=LARGE, days=90),)
    doses = ({"at": 150}, {"at": 100}, {"at": 80})

    @property
    def needs_spare_groups(self) -> bool:
        """The other half needs a place."""
        return True

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Say when a group is full."""
        levers.split_at.at_most(self.at)
