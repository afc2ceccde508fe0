"""What is compiled for a single community is right for several, whose rows lie apart, and is not compiled again."""

from __future__ import annotations

from typing import Any

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.declarations import daily, lever
from sim.engine.levers import Levers, any_of
from sim.engine.mechanism import Mechanism
from sim.model.schedule import SCHEDULE
from tests.mechanisms.known_here import known_here
from tests.plays import differing, lively, play, started


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


def test_the_day_is_compiled_once_for_one_community_and_for_several() -> None:
    """Else the first run of several, and every worker, would compile it anew after a run of one."""
    compiled = []
    for n in (1, 3):
        engine = started(lively(days=2).replace(replicates=n))
        for _ in range(2):
            engine.step()
        compiled.append({name: list(engine.lane.loop(name).signatures) for name in (*SCHEDULE.between, SCHEDULE.day)})
    assert compiled[0] == compiled[1]
    assert compiled[0][SCHEDULE.day]


def test_rules_first_played_in_one_community_are_right_in_several() -> None:
    for n in (1, 3):
        scenario = lively([Hung()], days=4).replace(replicates=n)
        compiled = play(scenario)
        assert differing(play(scenario, "mesa"), compiled) == []
        assert set(compiled["mechanism.calendar"]["n_days"].tolist()) == {1, 2, 3, 4}
