"""S56 promise less, give more."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["PromiseLess"]


class PromiseLess(Strategy):
    """Say at the door that it is worth no more than ``promise``, and give more on days of which nobody is told.

    Every ``surprise_every`` days, on different days in different groups, the host brings a piece that is worth
    ``extra`` times an ordinary one. Expectations begin low, so surprises please fully, and wear off as they become
    usual. Who promises too little is not found worth entering; a high ``promise`` is the opposite: more come in, more
    are let down.

    Source: founding material, S56.
    """

    id: ClassVar[str] = "S56"
    family: ClassVar[str] = "entry"
    title: ClassVar[tuple[str, str]] = ("Promise less", "少承诺多惊喜")
    promise = Knob(5.0, 0.0, 1_000.0, "CNY a month", "what the host says a membership is worth", "assumption")
    surprise_every = Knob(10, 2, 90, "days", "days from one surprise to the next", "assumption")
    extra = Knob(1.5, 1.0, 3.0, "times", "worth of a surprise, of an ordinary piece", "assumption")
    # against a host who promises much and holds nothing back
    expected = (Expected("stayed", +1, world="study_group",
                         against="promise_less.promise=200,surprise_every=90,extra=1"),)  # fmt: skip
    doses = ({"surprise_every": 30}, {"surprise_every": 10}, {"surprise_every": 3, "extra": 3.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Promise little; on the group's own days bring more."""
        levers.promise.plus(self.promise)
        levers.surprise_today.any_of((day + 1 + groups.index) % self.surprise_every == 0)
        levers.surprise_worth.only_one(self.extra)
