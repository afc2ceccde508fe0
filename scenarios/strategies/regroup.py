"""S29 sorting a group in decline into new ones."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Regroup"]

NEGLECTED = ("population.members=50", "operator.hours=8", "timeline=[{day: 0, until: 60, set: {operator.hours: 0}}]")
"""Groups of some age whose host had no time for them for two months, and has now."""
WAYS = ("need", "activity")


class Regroup(Strategy):
    """In decline, move those worth keeping into ``into`` new groups, and let the rest go after ``hold_days`` days.

    Decline: members' messages stay below ``below`` of their peak for ``days`` days. Moved is whoever was active, bought
    or has ``points``. By need each new group is about what one kind needs: who has a tag (``introductions``,
    ``segments``) goes to their own, the others by a guess. By activity the most active go to the first group and so on
    down. Those who come along meet fewer strangers; every move loses people and cuts ties.

    Source: founding material, S29, C15.
    """

    id: ClassVar[str] = "S29"
    family: ClassVar[str] = "renewal"
    title: ClassVar[tuple[str, str]] = ("Regrouping", "转移重组")
    into = Knob(3, 2, 8, "groups", "new groups for each old one", "assumption")
    below = Knob(0.5, 0.05, 1.0, "share", "share of the peak below which a group is in decline", "assumption")
    days = Knob(14, 1, 365, "days", "for how long", "assumption")
    hold_days = Knob(14, 1, 365, "days", "time for which the old group goes on", "assumption")
    by = Knob("need", None, None, "", "what decides who goes where", "founding material, S29", choices=WAYS)
    points = Knob(30.0, 0.0, 10_000.0, "points", "with which somebody is moved, active or not; 0: none are enough",
                  "assumption")  # fmt: skip
    expected = (
        Expected("lines_each", +1, settings=NEGLECTED, days=120),
        Expected("writers", +1, settings=NEGLECTED, days=120),
    )
    doses = ({"into": 2}, {"into": 3}, {"into": 6})

    @property
    def needs_spare_groups(self) -> bool:
        """New groups need places to be opened in."""
        return True

    @property
    def spare_groups_each(self) -> int:
        """As many as each group is sorted into."""
        return int(self.into)

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Be ready for decline."""
        levers.regroup.only_one(self.into)
        levers.regroup_share.only_one(self.below)
        levers.regroup_days.only_one(self.days)
        levers.regroup_hold.only_one(self.hold_days)
        levers.regroup_need.any_of(self.by == "need")
        levers.regroup_points.only_one(self.points)
