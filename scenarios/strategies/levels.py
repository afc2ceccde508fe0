"""S18 honours and levels."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Levels"]


class Levels(Strategy):
    """Count points for coming, writing, tasks and buying, and give titles for them, which leaving would lose.

    The top title brings ``perk`` a month, each lower one its part. With ``fade`` points wear off. Newcomers face a
    closed society; where all have risen to the top, a title distinguishes nobody.

    Source: founding material, S18, H19.
    """

    id: ClassVar[str] = "S18"
    family: ClassVar[str] = "rewards"
    title: ClassVar[tuple[str, str]] = ("Honours and levels", "荣誉等级")
    number = Knob(5, 1, 20, "levels", "levels that there are", "assumption")
    perk = Knob(0.0, 0.0, 1_000.0, "CNY a month", "worth of what the top level brings", "assumption")
    fade = Knob(0.0, 0.0, 10.0, "points/day", "points that everybody loses", "assumption")
    expected = (
        Expected("left", -1, world="study_group", days=365),
        Expected("veterans_left", -1, world="study_group", days=365),  # H19: they have titles to lose
    )
    doses = ({"number": 2}, {"number": 5}, {"number": 5, "perk": 30.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Give titles."""
        levers.levels.only_one(self.number)
        levers.level_perk.plus(self.perk)
        levers.level_fade.plus(self.fade)
