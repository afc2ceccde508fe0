"""S51 part of the knowledge is kept for the next course."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["HoldBack"]


class HoldBack(Strategy):
    """Tell only part of what one knows: ``share`` is kept for later, in content and in answers alike.

    The matter lasts longer; but where it would not have run out, trust grows more slowly, and readers notice half a
    talk. Beside a ladder of prices what was kept helps to sell the next rung. It fails in a high dose: then what is
    told is not worth the look.

    Source: founding material, S51.
    """

    id: ClassVar[str] = "S51"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Hold knowledge back", "干货留一手")
    share = Knob(0.5, 0.0, 0.9, "share", "share of the knowledge that is kept for later", "assumption")
    expected = (
        Expected("readers", +1, world="study_group", beside="fixed_time"),  # there is something left to come for
        Expected("trust", -1, world="study_group", settings=("talk.matter_size=100000", "operator.hours=24"),
                 beside="fixed_time.posts_per_day=5", days=60),  # where there is always enough to tell
    )  # fmt: skip
    doses = ({"share": 0.2}, {"share": 0.5}, {"share": 0.9})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Keep part of it."""
        levers.held_back.only_one(self.share)
