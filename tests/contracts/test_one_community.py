"""What was compiled for a single community is not taken for several, whose rows lie apart."""

from __future__ import annotations

from typing import Any

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.declarations import daily, lever
from sim.engine.levers import Levers, any_of
from sim.engine.mechanism import Mechanism
from tests.mechanisms.known_here import known_here
from tests.plays import differing, lively, play


class Calendar(Mechanism):
    """Knows what day it is. Source: a test."""

    title = ("Calendar", "日历")

    class group:
        calendar_hangs: float = lever(any_of, "yes/no", "a calendar hangs on the wall")
        n_days: int = daily("days told", "日数")


@Calendar.at_plan(when="calendar_hangs")
def tell(group: Any, ours: Any, knobs: Any, world: Any) -> None:
    """The day after today, of the group's own community."""
    ours.n_days = world.day + 1


class Hung(Strategy):
    """Hang it up."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.calendar_hangs.any_of()


known = known_here(Calendar)


def test_rules_first_played_in_one_community_are_right_in_several() -> None:
    for n in (1, 3):
        scenario = lively([Hung()], days=4).replace(replicates=n)
        compiled = play(scenario)
        assert differing(play(scenario, "mesa"), compiled) == []
        assert set(compiled["mechanism.calendar"]["n_days"].tolist()) == {1, 2, 3, 4}
