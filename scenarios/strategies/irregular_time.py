"""S10 the same content at irregular hours."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["IrregularTime"]


class IrregularTime(Strategy):
    """Post prepared content at an hour that changes from day to day, and unannounced.

    There is as much of it as at a fixed hour (``fixed_time``). The hour is drawn anew for each group and day, uniformly
    between ``earliest`` and ``latest``.

    Source: founding material, S10: the control of H5.
    """

    id: ClassVar[str] = "S10"
    family: ClassVar[str] = "content"
    title: ClassVar[tuple[str, str]] = ("Irregular content", "不定时内容")
    earliest = Knob(8.0, 0.0, 23.9, "hour", "earliest hour of the post", "assumption")
    latest = Knob(23.0, 0.0, 23.9, "hour", "latest hour of the post", "assumption")
    posts_per_day = Knob(1.0, 0.05, 5.0, "posts/day", "prepared posts a day", "assumption")
    expected = (Expected("readers", +1, world="study_group"),)
    doses = ({"posts_per_day": 0.3}, {"posts_per_day": 1.0}, {"posts_per_day": 2.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Prepare content for an hour that changes."""
        levers.content_posts.plus(self.posts_per_day)
        span = self.latest - self.earliest
        levers.content_hour.only_one(self.earliest + span * groups.luck("SLOT"))

    def contradiction(self) -> str:
        """The earliest hour comes first."""
        late = self.earliest > self.latest
        return f"earliest={self.earliest:g} comes after latest={self.latest:g}" if late else ""
