"""S6 screening by application, name and topic."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Screening"]


class Screening(Strategy):
    """Say by name and topic whom the group is for, ask for an application, and refuse whoever seems not to fit.

    Each application costs minutes of the day's host; what nobody has time for is not let in. Those who fit mind the
    trouble too. A bar above what the market has to offer starves the group, and a host without minutes shuts it.

    Source: founding material, S6.
    """

    id: ClassVar[str] = "S6"
    family: ClassVar[str] = "entry"
    title: ClassVar[tuple[str, str]] = ("Screening", "入群审核")
    bar = Knob(0.5, 0.0, 1.0, "share", "fit to the topic below which applicants are refused", "assumption")
    effort = Knob(2.0, 0.0, 100.0, "CNY", "trouble of applying, as if it were paid", "assumption")
    clarity = Knob(0.3, 0.0, 2.0, "times", "how much more the fit of the topic counts by a clear name", "assumption")
    expected = (
        Expected("on_topic_share", +1),
        Expected("advert_share", -1),
        Expected("members", -1),  # what it costs
    )
    doses = ({"bar": 0.3, "effort": 1.0}, {"bar": 0.5, "effort": 2.0}, {"bar": 0.8, "effort": 10.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Keep the door."""
        levers.screen_bar.only_one(self.bar)
        levers.screen_effort.plus(self.effort)
        levers.name_clarity.plus(self.clarity)
