"""Quarrels: who starts them and how often, what they do to those attacked and to readers, and what settling does."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Host
from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.engine.luck import uniform
from sim.mechanisms.order import Order
from sim.mechanisms.quarrels import (
    MOST_HURT,
    QUARREL,
    SETTLE,
    Quarrels,
    begin,
    cool,
    flare_up,
    look_on,
    overhear,
    quarrelsome,
    settle,
    take_it_in,
)
from sim.model.hooks import Scene
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import LOG, OPEN0
from sim.model.submodels.messages import ANSWER_KIND, CHAT, post
from sim.model.submodels.ties import acquaint, tie_with
from tests.mechanisms.own_rows import OwnRows
from tests.mechanisms.rows import ours_of
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room

ROW = codes()["quarrel"]
DAY = 30


class Ring:
    """A group on day 30 with its host on seat 3, in which a reply of the most quarrelsome is a quarrel for sure."""

    def __init__(self, minutes: float = 60.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=DAY)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left = minutes
        self.own = OwnRows(self.room, Quarrels(**({"temper": 1.0} | (knobs or {}))))
        self.ours, self.knobs = self.own.ours, self.own.knobs
        self.knobs.kind_quarrel = ROW
        for name, value in ours.items():
            setattr(self.ours, name, value)

    def replies(self, me: Any, other: Any, kind: int = CHAT, t: float = 10.0) -> int:
        """One answers another; what kind of line it is after that."""
        post(self.desk, other, CHAT, -1, 0, t - 1.0, 1, 0.0, self.group, self.world)
        j = int(self.desk.n[LOG])
        post(self.desk, me, kind, j - 1, 0, t, 0, 0.0, self.group, self.world)
        line, answered, today = self.desk.log[j], self.desk.log[j - 1], self.desk.today[me.slot]
        flare_up(
            line, answered, me, self.own.of(me), self.group, self.ours, today, self.knobs, self.world, None
        )
        return int(line.kind)

    def rows(self, n: int, me: Any) -> None:
        """So many quarrels of theirs stand in today's log."""
        for k in range(n):
            post(self.desk, me, ROW, -1, 0, 10.0 + k, 0, 0.0, self.group, self.world)

    def looks(self, rule: Any, me: Any, first: int = 0) -> None:
        today, scene = self.desk.today[me.slot], Scene(self.desk, self.room.members, first)
        rule(me, self.own.of(me), self.group, self.ours, today, self.knobs, self.world, scene, None)

    def does(self, rule: Any, me: Any) -> Any:
        today = self.desk.today[me.slot]
        rule(me, self.own.of(me), self.group, self.ours, today, self.knobs, self.world, None)
        return today


@pytest.mark.parametrize(
    ("heat", "deterred", "temper", "share"),
    [(0.0, 0.0, 1.0, 0.2), (0.5, 0.0, 1.0, 0.7), (0.5, 0.6, 1.0, 0.28), (0.5, 0.0, 0.1, 0.07), (0.5, 0.0, 0.0, 0.0)],
)
def test_a_reply_is_a_quarrel_as_one_is_quarrelsome_and_the_group_heated(
    heat: float, deterred: float, temper: float, share: float
) -> None:
    ring = Ring(knobs={"temper": temper}, heat=heat, deterred=deterred)
    me, other = ring.room.sit(1), ring.room.sit(2)
    for person in range(300):
        ring.desk.n[LOG] = 0
        me.person = 1000 + person
        p = share * quarrelsome(me, ring.world)
        expected = ROW if uniform(ring.world, me.person, QUARREL, 600) < p else CHAT
        assert ring.replies(me, other) == expected


def test_everybody_is_quarrelsome_in_some_measure_for_good_and_few_are_very() -> None:
    room = Room(day=1)
    me = room.sit(1)

    def measure() -> np.ndarray:
        found = []
        for me.person in range(4000):
            found.append(quarrelsome(me, room.world))
        return np.array(found)

    one = measure()
    room.on(2)
    assert np.array_equal(one, measure())
    assert one.mean() == pytest.approx(0.25, abs=0.01)
    assert (one > 0.7).mean() == pytest.approx(1.0 - 0.7 ** (1 / 3), abs=0.01)


def start(ring: Ring) -> tuple[Any, Any]:
    """Somebody who quarrels now, and whom they attack."""
    ring.ours.heat = 0.8
    me, other = ring.room.sit(1), ring.room.sit(2, warmth=2.5)
    while uniform(ring.world, me.person, QUARREL, 600) >= quarrelsome(me, ring.world):
        me.person += 1
    acquaint(me, other, 0.5, ring.world)
    return me, other


def test_help_and_what_staff_say_is_no_quarrel() -> None:
    ring = Ring()
    me, other = start(ring)
    assert ring.replies(me, other, ANSWER_KIND) == ANSWER_KIND
    me.is_staff = 1
    assert ring.replies(me, other) == CHAT
    me.is_staff = 0
    assert ring.replies(me, other) == ROW


def test_a_quarrel_halves_the_tie_on_both_sides_and_chills_who_is_attacked() -> None:
    ring = Ring()
    me, other = start(ring)
    strong = (me.n_strong, other.n_strong)
    ring.replies(me, other)
    assert tie_with(me, other.person) == pytest.approx(0.25)
    assert tie_with(other, me.person) == pytest.approx(0.5)
    ring.does(take_it_in, other)
    assert (tie_with(other, me.person), other.warmth) == (pytest.approx(0.25), 1.5)
    assert (strong, me.n_strong, other.n_strong) == ((1, 1), 0, 0)
    ring.ours.n_hurt = MOST_HURT
    ring.replies(me, other)
    assert ring.ours.n_hurt == MOST_HURT


def test_quarrels_read_weigh_on_others_and_a_heated_group_draws_onlookers() -> None:
    ring = Ring(heat=0.5)
    me, starter = ring.room.sit(1), ring.room.sit(2)
    ring.rows(2, starter)
    for who in (me, starter):
        ring.looks(overhear, who)
    ring.looks(overhear, me, first=2)
    assert ring.does(take_it_in, me).cost == pytest.approx(0.5 * 2.0 / 4.0)
    assert ring.does(take_it_in, starter).cost == 0.0
    assert ring.does(look_on, me).visit == pytest.approx(0.6 * 0.5)


def test_staff_settle_what_they_read_today_for_five_minutes_each() -> None:
    ring = Ring(minutes=12.0, knobs={"skill": 1.0})
    starter = ring.room.sit(2)
    ring.rows(4, starter)
    ring.desk.n[OPEN0] = 1  # the first is yesterday's
    ring.looks(settle, ring.host)
    kinds = [ring.desk.log[j].kind for j in range(4)]
    assert kinds == [ROW, -1 - ROW, -1 - ROW, ROW]
    assert (ring.ours.n_settled, ring.ours.n_botched, ring.ours.minutes_settling) == (2, 0, 10.0)
    assert (ring.desk.today[2].n_caught, ring.desk.today[2].is_silenced) == (2, 0)
    ring.group.minutes_left = 60.0
    ring.looks(settle, ring.host)
    assert ring.ours.n_settled == 2, "what has been passed over is"


def test_fairness_follows_skill_and_the_ladder_silences_at_once() -> None:
    ring = Ring(minutes=1e6, knobs={"skill": 0.3}, is_strict=1)
    starter = ring.room.sit(2)
    ring.rows(400, starter)
    fair = sum(uniform(ring.world, starter.person, SETTLE, 600 + 60 * k) < 0.3 for k in range(400))
    ring.looks(settle, ring.host)
    assert (ring.ours.n_settled, ring.ours.n_botched) == (fair, 400 - fair)
    assert 80 < fair < 160
    assert ring.desk.today[2].is_silenced == 1


def test_settling_lifts_no_silence_of_another_rule() -> None:
    ring = Ring(minutes=60.0)
    ring.rows(1, ring.room.sit(2))
    ring.desk.today[2].is_silenced = 1
    ring.looks(settle, ring.host)
    assert (ring.desk.today[2].n_caught, ring.desk.today[2].is_silenced) == (1, 1)


@pytest.mark.parametrize(("settled", "botched", "trust"), [(1, 0, 0.515), (0, 1, 0.475), (0, 0, 0.5)])
def test_who_saw_it_trusts_by_how_it_was_settled(settled: int, botched: int, trust: float) -> None:
    ring = Ring(n_settled=settled, n_botched=botched)
    me, other = ring.room.sit(1, trust=0.5), ring.room.sit(2, trust=0.5)
    ring.rows(1, other)
    ring.looks(overhear, me)
    for who in (me, other):
        ring.does(take_it_in, who)
    assert (me.trust, other.trust) == (pytest.approx(trust), 0.5)


def test_heat_follows_quarrels_that_were_not_settled_and_cools() -> None:
    ring = Ring(n_quarrels=4, n_settled=1)
    cool(ring.group, ring.ours, ring.knobs, ring.world, ring.desk, None)
    assert ring.ours.heat == pytest.approx(0.25)
    ring.ours.n_quarrels = ring.ours.n_settled = 0
    cool(ring.group, ring.ours, ring.knobs, ring.world, ring.desk, None)
    assert ring.ours.heat == pytest.approx(0.25 * 2.0 / 3.0)


@pytest.mark.parametrize(
    ("shown", "sanction", "deterred", "strict"), [(0.0, 1.0, 0.0, 1), (1.0, 0.0, 0.56, 0)]
)
def test_rules_in_sight_deter_as_they_are_kept(shown: float, sanction: float, deterred: float, strict: int) -> None:
    ring, order = Ring(n_hurt=3), ours_of(Order, rules_shown=shown, sanction=sanction, order=0.8)
    begin(ring.group, ring.ours, ring.knobs, ring.world, ring.desk, order)
    assert (ring.ours.deterred, ring.ours.is_strict, ring.ours.n_hurt) == (pytest.approx(deterred), strict, 0)


# --- in a run --------------------------------------------------------------------------------------------------------


def hot(*strategies: Strategy, temper: float = 0.5, **changes: Any) -> Scenario:
    return lively(strategies, tuned=(Quarrels(temper=temper),), operator={"hours": 20.0},
                  **{"days": 30, "replicates": 10} | changes)  # fmt: skip


@cache
def played(temper: float, name: str = "nothing", **knobs: float) -> Tables:
    return play(hot(strategy(name, **knobs), temper=temper))


def test_without_temper_nothing_of_it_is_there() -> None:
    assert "mechanism.quarrels" not in played(0.0)
    assert "mechanism.quarrels" in play(hot(days=2, replicates=1))


def test_quarrels_are_lines_of_their_own_and_cost_belonging() -> None:
    tables, calm = played(0.5), played(0.0)
    found = tables["mechanism.quarrels"]
    assert found["n_quarrels"].sum() == (tables["messages"]["kind"] == ROW).sum() > 80
    assert 0 < found["n_settled"].sum() + found["n_botched"].sum() <= found["n_quarrels"].sum()
    mean = [float(one["daily"]["mean_belonging"].mean(dtype=np.float64)) for one in (tables, calm)]
    assert mean[0] < mean[1]


def test_sanctions_and_rules_leave_fewer_quarrels_in_the_talk() -> None:
    def share(tables: Tables) -> float:
        return float(tables["mechanism.quarrels"]["n_quarrels"].sum() / tables["daily"]["n_member_messages"].sum())

    strict = share(played(0.5, "graded_sanctions", praise=0.0))
    assert strict < 0.9 * share(played(0.5, "advert_ban", remove=False))


def test_lanes_agree() -> None:
    scenario = hot(strategy("graded_sanctions"), replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
