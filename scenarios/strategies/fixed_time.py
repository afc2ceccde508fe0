"""S9 fixed-time content with a preview of the next."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["FixedTime"]


class FixedTime(Strategy):
    """Post prepared content at a fixed hour, and announce the next piece.

    ``posts_per_day`` below one means a post every 1/posts_per_day days on a fixed rhythm. Members who keep the slot
    and find it kept form a habit for the hour.

    Source: founding material, S9, H5.
    """

    id: ClassVar[str] = "S9"
    family: ClassVar[str] = "content"
    title: ClassVar[tuple[str, str]] = ("Fixed-time content", "定时内容")
    hour = Knob(20.0, 0.0, 23.9, "hour", "hour of the day of the post", "founding material: evenings")
    posts_per_day = Knob(1.0, 0.05, 5.0, "posts/day", "prepared posts a day", "assumption")
    preview = Knob(True, None, None, "", "each post announces the next", "founding material, S9")
    expected = (Expected("readers", +1, world="study_group"),)
    doses = ({"posts_per_day": 0.3}, {"posts_per_day": 1.0}, {"posts_per_day": 2.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Prepare content for a fixed hour."""
        levers.content_posts.plus(self.posts_per_day)
        levers.content_hour.only_one(self.hour)
        if self.preview:
            levers.content_preview.any_of()
