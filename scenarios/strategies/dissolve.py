"""S31 dissolving a group whose value is used up."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Dissolve"]


class Dissolve(Strategy):
    """End a group when its members' messages stay below ``share`` of their peak for ``days`` days.

    On day ``day`` of the run every group ends, unless that is 0. Strong pairs are kept and everybody is free for
    another group; a group ended while it lives is lost.

    Source: founding material, S31, H11.
    """

    id: ClassVar[str] = "S31"
    family: ClassVar[str] = "renewal"
    title: ClassVar[tuple[str, str]] = ("Dissolving", "用完解散")
    share = Knob(0.3, 0.0, 1.0, "share", "share of the peak below which a group is used up", "assumption")
    days = Knob(14, 1, 365, "days", "for how long", "assumption")
    day = Knob(0, 0, 10_000, "day", "day of the run on which every group ends; 0: none", "assumption")
    expected = (Expected("advert_share", -1, days=365),)
    doses = ({"share": 0.1}, {"share": 0.3}, {"share": 0.5})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Say when it is over."""
        levers.dissolve_share.only_one(self.share)
        levers.dissolve_days.only_one(self.days)
        levers.dissolve.any_of(bool(0 < self.day <= day))
