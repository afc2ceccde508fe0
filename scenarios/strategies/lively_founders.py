"""S52 founders chosen for liveliness and fit."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["LivelyFounders"]


class LivelyFounders(Strategy):
    """Begin each group with people who talk and whom the subject fits: the best of ``candidates`` people for each seat.

    The first weeks have answers, so visits pay. To look at each candidate takes the host ``minutes_each``; where the
    market is small there are no better ones; and founders who talk a lot leave less to say for others.

    Source: founding material, S52.
    """

    id: ClassVar[str] = "S52"
    family: ClassVar[str] = "growth"
    title: ClassVar[tuple[str, str]] = ("Lively founders", "精选种子用户")
    chooses_founders: ClassVar[bool] = True
    candidates = Knob(4, 1, 16, "people", "for each founder's seat", "assumption")
    minutes_each = Knob(5.0, 0.0, 240.0, "minutes", "to look at one of them", "assumption")
    expected = (
        Expected("member_messages", +1, days=30),
        Expected("gini_posters", +1),
    )
    doses = ({"candidates": 2}, {"candidates": 4}, {"candidates": 16})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Look at more people than there are seats, on the day of the founding."""
        if day == 0:
            levers.founder_pick.plus(self.candidates - 1)
            levers.founder_minutes.plus(self.minutes_each)
