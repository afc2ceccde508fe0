"""S60 copying a group that works."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Clone"]


class Clone(Strategy):
    """When a group has ``at`` members, copy it once: its ``volunteers`` most active ones move and begin another.

    The copy shares market and host with the original and inherits half of its manners and of its order. Without enough
    active members nothing is copied, nor before its written rules stand: another strategy has to write them up and keep
    them (``graded_sanctions``).

    Source: founding material, S60.
    """

    id: ClassVar[str] = "S60"
    family: ClassVar[str] = "renewal"
    title: ClassVar[tuple[str, str]] = ("Copying", "复制群")
    needs = frozenset({"rules_shown"})
    at = Knob(80, 5, 2_000, "members", "size from which a group is copied", "assumption")
    volunteers = Knob(2, 0, 8, "members", "active members who begin the copy", "assumption")
    expected = (Expected("opened_messages", +1, world="study_group", settings=("operator.hours=8",),
                         beside="graded_sanctions", against="split.at=30", days=90),)  # fmt: skip
    doses = ({"at": 30, "volunteers": 2}, {"at": 30, "volunteers": 4}, {"at": 30, "volunteers": 8})

    @property
    def needs_spare_groups(self) -> bool:
        """A copy needs a place."""
        return True

    def unfed(self) -> str:
        """A copy without rules is an empty room."""
        return f"{self.name} copies nothing without written rules"

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Say what is worth copying."""
        levers.clone.any_of()
        levers.clone_rules.any_of()
        levers.clone_at.at_most(self.at)
        levers.clone_volunteers.only_one(self.volunteers)
