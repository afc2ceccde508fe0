"""A staged quarrel: what it takes, what is said, whom it moves, and that an unskilled one costs trust."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Host
from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.engine.luck import uniform
from sim.mechanisms import host_person
from sim.mechanisms.quarrels import Quarrels
from sim.mechanisms.staged_quarrel import FAIR, StagedQuarrel, be_moved, call_two, stage, watch
from sim.model.hooks import Scene
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import SAID
from sim.model.submodels.messages import post
from tests.mechanisms.own_rows import OwnRows
from tests.mechanisms.rows import ours_of
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room

ROW, VERDICT = codes()["staged_row"], codes()["verdict"]
DAY = 30


class Theatre:
    """A group on day 30 with its host on seat 3 and two accounts on seats 4 and 5, to quarrel today."""

    def __init__(self, minutes: float = 60.0, day: int = DAY, accounts: int = 2, **ours: float) -> None:
        self.room = Room(day=day)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot, self.group.n_shills = minutes, 3, accounts
        self.group.shill_slots[0], self.group.shill_slots[1] = 4, 5
        self.own = OwnRows(self.room, StagedQuarrel())
        self.ours, self.knobs, self.quarrels = self.own.ours, self.own.knobs, ours_of(Quarrels, heat=0.2)
        self.knobs.kind_staged_row, self.knobs.kind_verdict = ROW, VERDICT
        for name, value in ({"staged_quarrel": 1.0, "quarrel_skill": 0.7} | ours).items():
            setattr(self.ours, name, value)

    def staged(self) -> Theatre:
        stage(self.group, self.ours, self.knobs, self.world, self.desk, self.quarrels, None)
        return self

    def evening(self, me: Any, *kinds: int) -> Any:
        """They read such lines, and feel it at night; their day."""
        first = int(self.desk.n[0])
        for kind in kinds:
            post(self.desk, self.host, kind, -1, 0, 1200.0, 0, 0.0, self.group, self.world)
        scene, today = Scene(self.desk, self.room.members, first), self.desk.today[me.slot]
        row = self.own.of(me)
        watch(me, row, self.group, self.ours, today, self.knobs, self.world, scene, None, None)
        be_moved(me, row, self.group, self.ours, today, self.knobs, self.world, None, None)
        return today


def test_two_accounts_take_turns_and_the_host_has_the_last_word() -> None:
    theatre = Theatre().staged()
    planned = [theatre.desk.said[k] for k in range(theatre.desk.n[SAID])]
    said = sorted((line.t, line.slot, line.kind) for line in planned)
    rows = [(1200.0 + 2.0 * k, 4 + k % 2, ROW) for k in range(6)]
    assert said == [*rows, (1212.0, 3, VERDICT)]
    assert theatre.ours.minutes_acting == theatre.group.minutes_given == 14.0
    assert theatre.quarrels.heat == pytest.approx(0.2 + 0.3 * 0.8)
    assert theatre.desk.kinds[ROW].staged == pytest.approx(0.3)


@pytest.mark.parametrize("changes", [{"minutes": 13.9}, {"accounts": 1}, {"staged_quarrel": 0.0}])
def test_without_accounts_minutes_or_its_day_there_is_none(changes: dict[str, Any]) -> None:
    theatre = Theatre(**changes).staged()
    assert (theatre.desk.n[SAID], theatre.ours.n_staged_quarrels, theatre.quarrels.heat) == (0, 0, 0.2)


def test_it_asks_for_two_accounts_and_takes_none_away() -> None:
    theatre = Theatre()
    for wanted, kept in ((0, 2), (3, 3)):
        theatre.group.shills_wanted = wanted
        call_two(theatre.group, theatre.ours, theatre.knobs, theatre.world, None, None)
        assert theatre.group.shills_wanted == kept


def test_it_is_fair_as_often_as_skill_says() -> None:
    fair = [Theatre(day=day).staged().ours.is_fair for day in range(60)]
    draws = []
    for day in range(60):
        room = Room(day=day)
        draws.append(uniform(room.world, host_person(room.group, room.world), FAIR, room.group.index))
    assert fair == [int(u < 0.7) for u in draws]
    assert 30 < sum(fair) < 55


@pytest.mark.parametrize(("fair", "trust", "cost"), [(1, 0.515, 0.0), (0, 0.475, 0.5 * 2.0 / 4.0)])
def test_who_reads_it_to_the_end_trusts_by_its_fairness(fair: int, trust: float, cost: float) -> None:
    """What was settled fairly before their eyes no longer weighs, as no quarrel does that is settled so."""
    theatre = Theatre(is_fair=fair)
    me, left, away = (theatre.room.sit(slot, trust=0.5) for slot in (6, 7, 8))
    assert theatre.evening(me, ROW, ROW, VERDICT).cost == pytest.approx(cost)
    assert theatre.evening(left, ROW).cost == pytest.approx(0.5 * 1.0 / 3.0)
    assert theatre.evening(away, VERDICT).cost == 0.0
    assert (me.trust, left.trust, away.trust) == (pytest.approx(trust), 0.5, 0.5)


# --- in a run --------------------------------------------------------------------------------------------------------


def town(*strategies: Strategy, **changes: Any) -> Scenario:
    return lively(strategies, operator={"hours": 20.0}, **{"days": 40, "replicates": 20} | changes)


@cache
def played(skill: float) -> Tables:
    return play(town(strategy("staged_quarrel", gap=5, skill=skill)))


def test_its_lines_are_the_accounts_and_the_hosts() -> None:
    tables = played(0.3)
    lines, counted = tables["messages"], tables["mechanism.staged_quarrel"]
    assert (lines["kind"] == VERDICT).sum() == counted["n_staged_quarrels"].sum() > 100
    assert (lines["kind"] == ROW).sum() == 6 * counted["n_staged_quarrels"].sum()
    assert set((lines["minute"][lines["kind"] == VERDICT] // 1440 % 5).astype(int).tolist()) == {4}


def test_an_unskilled_one_costs_trust_by_unfairness_and_by_being_seen_through() -> None:
    good, bad = played(1.0), played(0.0)
    trust = [float(tables["daily"]["mean_trust"].mean(dtype=np.float64)) for tables in (good, bad)]
    assert trust[0] > trust[1]
    assert bad["mechanism.suspicion"]["sum_suspicion"].sum() > 0.0
    assert good["mechanism.suspicion"]["sum_suspicion"].sum() == 0.0


def test_lanes_agree() -> None:
    scenario = town(strategy("staged_quarrel", gap=3), strategy("graded_sanctions"), replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
