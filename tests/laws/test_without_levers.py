"""Laws of money, minutes and seats where all acts that needs no lever: standing abroad, careers, poachers, needs."""

from __future__ import annotations

import pytest

from scenarios import Scenario
from scenarios.strategies.base import Strategy
from scenarios.timeline import Event
from sim.mechanisms.careers import Careers
from sim.mechanisms.complaints import Complaints
from sim.mechanisms.needs import Needs
from sim.mechanisms.poaching import Poaching
from sim.mechanisms.standing_abroad import StandingAbroad
from tests.laws.test_conservation import LAWS
from tests.money import played
from tests.plays import differing, lively, play
from tests.seats import LAWS_OF_SEATS
from tests.walking import covering_plans

ALL = (
    StandingAbroad(remember=1.0, rep_step=0.05, word_friends=5, search_rank=1.0, bitter=0.45),
    Careers(volunteer_minutes=10.0, volunteer_points=5.0, volunteer_belonging=0.4, learn=0.2, expert_at=0.4,
            expert_points=10.0, super_answers=0.5, super_reports=1.0, super_points=30.0, super_ties=1, neglect=0.1),
    Needs(again=0.1, season=0.5), Poaching(lie_low=2.0, telling=1.0), Complaints(grumble=0.5),
)  # fmt: skip
TIMES = (Event(10, 15, shock={"economy.money": 0.3}), Event(18, 18, shock={"needs.kept": 0.3}))
PLANS = {"nothing": (), **covering_plans(8)}


def town(plan: tuple[Strategy, ...]) -> Scenario:
    """Poachers among the members, a host with little time, hard times, and an end of many needs."""
    return lively(plan, replicates=1, days=30, tuned=ALL, timeline=TIMES, cast={"poachers": 0.1},
                  mind={"leave": 0.05}, operator={"hours": 1.0, "purse": 5_000.0})  # fmt: skip


@pytest.mark.parametrize("name", PLANS)
def test_every_law_holds(name: str) -> None:
    scenario = town(PLANS[name])
    tables = played(scenario, LAWS_OF_SEATS)
    assert tables["mechanism.poaching"]["n_poachers_removed"].any() or name != "nothing"
    for law in LAWS:
        law(tables, scenario)


def test_lanes_agree() -> None:
    scenario = town(next(plan for plan in PLANS.values() if plan)).replace(days=22)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
