"""S11 the host's content first, members' own later."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["ExpertsThenMembers"]


class ExpertsThenMembers(Strategy):
    """Begin with the host's own content; from day ``switch_day`` on, give most slots to members who know something.

    First depth, then breadth and ties, and the host's time is saved. Too early there is nobody to share anything; and
    where one has to do it again and again, they tire.

    Source: founding material, S11. The later steps, copying and meeting face to face, are strategies of their own.
    """

    id: ClassVar[str] = "S11"
    family: ClassVar[str] = "content"
    title: ClassVar[tuple[str, str]] = ("Host's content, then members'", "群主先出，成员接力")
    posts = Knob(1.0, 0.0, 5.0, "posts/day", "of the host before the switch", "assumption")
    posts_later = Knob(0.2, 0.0, 5.0, "posts/day", "of the host after it", "assumption")
    shared = Knob(0.7, 0.0, 3.0, "posts/day", "of members after it", "assumption")
    switch_day = Knob(30, 0, 365, "days", "age of a group at which it is switched", "assumption")
    expected = (
        Expected("off_host_replies", +1, against="fixed_time"),
        Expected("host_hours", -1, against="fixed_time"),
    )
    doses = ({"switch_day": 90}, {"switch_day": 30}, {"switch_day": 14})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """The slots, the host's or the members'."""
        is_later = (groups.day_born >= 0) & (day - groups.day_born >= self.switch_day)
        levers.content_posts.plus(self.posts + is_later * (self.posts_later - self.posts))
        levers.ugc_slots.plus(is_later * self.shared)
