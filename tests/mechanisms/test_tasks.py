"""Homework and a good morning in whole runs: what must hold on every evening."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
import pytest

from scenarios import Scenario
from scenarios.strategies.base import GroupFacts, Strategy
from sim import simulate
from sim.analysis.outcomes import outcomes
from sim.engine.levers import Levers
from sim.mechanisms import tasks
from sim.model.kinds import codes
from sim.simulation import Engine
from tests.plays import differing, lively, play, started, strategy

BOTH = (strategy("checkin", penalty=2.0, effort=0.0), strategy("morning_greeting"))


def homework(**changes: Any) -> Scenario:
    """Three small groups with homework and a greeting."""
    return lively(BOTH, **({"days": 12, "replicates": 2} | changes))


def test_what_members_do_takes_minutes_of_theirs_and_of_nobody_else() -> None:
    plan = (strategy("checkin", effort=2.0, penalty=0.0), strategy("morning_greeting"))
    tables, free = (play(lively(plan, days=8, tuned=(tasks.Tasks(**knobs),)))
                    for knobs in ({}, {"effort_minutes": 0.0}))  # fmt: skip
    done, greeted = (tables["mechanism.tasks"][name] for name in ("n_checkins", "n_greetings"))
    given = tables["mechanism.tasks"]["minutes_done"]
    assert given == pytest.approx(10.0 * (2.0 * done + 0.1 * greeted))
    assert done.sum() > 10 < greeted.sum()
    assert not free["mechanism.tasks"]["minutes_done"].any()
    assert differing(tables, free) == ["mechanism.tasks"]


@pytest.fixture(scope="module")
def evenings() -> tuple[list[dict[str, np.ndarray]], dict[str, np.ndarray], Counter[tuple[int, int, int]]]:
    """A run in plain Python: rows of the mechanism every evening, the tables, and who was charged on which day."""
    charged: Counter[tuple[int, int, int]] = Counter()

    def charging(me: Any, payee: int, yuan: float, group: Any) -> int:
        charged[engine.day, int(group.first), me.person] += 1
        return verb(me, payee, yuan, group)

    verb, tasks.charge = tasks.charge, charging
    try:
        engine = started(homework(), "mesa")
        seen = []
        for _ in range(12):
            engine.step()
            engine.in_play.store()
            own = engine.in_play.own["tasks"]
            seen.append({"members": own.members.copy(), "groups": own.groups.copy(),
                         "pool": engine.state.groups["pool_fen"].copy()})  # fmt: skip
    finally:
        tasks.charge = verb
    return seen, engine.recorder.tables(), charged


def test_every_fen_of_penalty_lies_in_the_pool(evenings: Any) -> None:
    seen, _, charged = evenings
    paid = np.cumsum([one["groups"]["fen_penalties"] for one in seen], axis=0)
    assert np.array_equal(paid, [one["pool"] for one in seen])
    assert paid[-1].min() > 0
    assert sum(charged.values()) == sum(int(one["groups"]["n_penalties"].sum()) for one in seen)


def test_nobody_pays_twice_a_day(evenings: Any) -> None:
    *_, charged = evenings
    assert len(charged) > 50
    assert max(charged.values()) == 1


def test_whoever_has_a_streak_has_missed_nothing(evenings: Any) -> None:
    seen, *_ = evenings
    for one in seen:
        members = one["members"]
        assert not ((members["streak"] > 0) & (members["n_missed"] > 0)).any()
    assert (seen[-1]["members"]["streak"] > 2).any()
    assert (seen[-1]["members"]["n_missed"] > 2).any()


def test_the_lines_are_those_that_were_counted_and_no_talk_of_members(evenings: Any) -> None:
    _, tables, _ = evenings
    notes, counted = tables["messages"], tables["mechanism.tasks"]
    kinds = codes()
    assert (notes["kind"] == kinds["checkin"]).sum() == counted["n_checkins"].sum() > 50
    assert (notes["kind"] == kinds["greeting"]).sum() > counted["n_greetings"].sum() > 50
    ritual = np.isin(notes["kind"], [kinds["checkin"], kinds["greeting"]])
    assert (notes["on_topic"][ritual] == 0).all()
    talk = tables["daily"]["n_member_messages"].sum()
    assert talk < notes.size - ritual.sum()


def test_rituals_alone_do_not_keep_a_group_alive() -> None:
    """Where nobody ever talks, check-ins are written every day, and the group is as quiet as without them."""
    silent = {"purpose": {"talk": 0.0}, "mind": {"reply": 0.0}, "operator": {"hours": 20.0},
              "cast": dict.fromkeys(("kols", "moderators", "advertisers", "connectors"), 0.0)}  # fmt: skip
    engine = started(homework(**silent), "mesa")
    for _ in range(12):
        engine.step()
    assert engine.recorder.tables()["mechanism.tasks"]["n_checkins"].sum() > 50
    assert engine.recorder.tables()["daily"]["n_member_messages"].sum() == 0
    assert (engine.state.groups["quiet_days"] == 12).all()


def test_both_lanes_write_the_same_bytes() -> None:
    mesa, compiled = (play(homework(), lane) for lane in ("mesa", "compiled"))
    assert differing(mesa, compiled) == []
    assert mesa["mechanism.tasks"].size > 0


def test_frames_name_the_kinds_and_outcomes_are_there() -> None:
    results = simulate(homework(days=6), lane="mesa")
    assert results.messages is not None
    names = set(results.messages["kind"].astype(str))
    assert {"checkin", "greeting", "chat"} <= names
    found = outcomes(results)
    assert 0.0 < found["n_checkins"].iloc[0] < 1.0  # of member-days
    assert found["fen_penalties"].iloc[0] > 0.0


class Idle(Strategy):
    """Has the mechanism in play, and asks nothing. Source: this test."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Every lever at its neutral value."""
        levers.task_today.any_of(False)
        levers.greeting_hour.only_one(-1.0)
        levers.progress_step.plus(0.0)


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_in_play_without_a_dose_it_changes_nothing(lane: str) -> None:
    idle, none = play(lively((Idle(),), days=8), lane), play(lively(days=8), lane)
    assert idle.pop("mechanism.tasks").size == 0
    assert [name for name in none if idle[name].tobytes() != none[name].tobytes()] in ([], ["ledger"])
    assert math.isclose(idle["ledger"]["CNY"].sum(), none["ledger"]["CNY"].sum())


def test_a_seat_taken_anew_begins_without_a_streak() -> None:
    engine: Engine = started(homework(), "mesa")
    for _ in range(12):
        engine.step()
        engine.in_play.store()
        members, mine = engine.state.members, engine.in_play.own["tasks"].members
        new = (members["person"] >= 0) & (members["day_joined"] == engine.day - 1)
        assert (mine["streak"][new] == 0).all()
        assert (mine["n_missed"][new] == 0).all()
