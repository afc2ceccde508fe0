"""Shills: who takes a seat, what falls due and when, what is answered, as whose lines count, and what comes of them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Host, Shill
from scenarios import Scenario
from sim.mechanisms.shills import Shills, call_in, moment, plan_lines, rescue, speak, watch
from sim.model.hands import HIDDEN
from sim.model.hooks import Scene
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import LOOKS, PLAIN, SAID
from sim.model.submodels.messages import CHAT, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, rows_of, started, strategy
from tests.unit.rules.people import Room

STAGED = codes()["staged"]


class Day:
    """A group with its host on seat 3 and two hidden accounts on seats 5 and 6."""

    def __init__(self, minutes: float = 60.0, **ours: float) -> None:
        self.room = Room(day=30)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.host = self.room.sit(3, Host, is_staff=1)
        self.accounts = [self.room.sit(slot, Shill, is_staff=HIDDEN) for slot in (5, 6)]
        self.group.minutes_left, self.group.host_slot, self.group.n_shills = minutes, 3, 2
        self.group.shill_slots[0], self.group.shill_slots[1] = 5, 6
        self.own = OwnRows(self.room, Shills())
        self.ours, self.knobs = self.own.ours, self.own.knobs
        self.knobs.kind_staged = STAGED
        for name, value in ours.items():
            setattr(self.ours, name, value)

    def planned(self) -> Day:
        """After the morning."""
        plan_lines(self.group, self.ours, self.knobs, self.world, self.desk, None)
        return self

    def says(self, who: Any, t: float) -> None:
        """A line of chat."""
        post(self.desk, who, CHAT, -1, 0, t, 1, 0.0, self.group, self.world)

    def looks(self, me: Any, t: float) -> Any:
        """The rule at a look: what is written."""
        now = self.desk.now[0]
        now.t, now.n_says = t, 0
        speak(me, None, self.group, self.ours, self.room.today, self.knobs, self.world, self.scene(), None)
        return now

    def scene(self) -> Scene:
        """What they see who look now."""
        return Scene(self.desk, self.room.members, 0)


@pytest.mark.parametrize(
    ("ours", "n", "due"),
    [({"shill_lines": 3.0}, 3, 0.0), ({"shill_lines": 0.5}, 0, 0.5), ({"shill_lines": 30.0}, 20, 10.0),
     ({"shill_lines": 0.0, "due": 4.0}, 0, 0.0)],
    ids=str,
)  # fmt: skip
def test_lines_fall_due_and_each_account_says_so_many_at_most(ours: dict[str, float], n: int, due: float) -> None:
    day = Day(**ours).planned()
    assert (day.ours.n_left, day.ours.due, day.desk.n[SAID]) == (n, due, n)


def test_lines_are_spread_over_the_day_and_the_accounts() -> None:
    day = Day(shill_lines=3.0).planned()
    said = sorted((day.desk.said[k].t, day.desk.said[k].slot) for k in range(3))
    assert [slot for _, slot in said] == [5, 6, 5]
    for k, (t, _) in enumerate(said):
        assert 60.0 * (9.0 + 13.0 * k / 3.0) <= t <= 60.0 * (9.0 + 13.0 * (k + 1) / 3.0)
        assert t == moment(k, day.group, day.ours, day.knobs, day.world)


@pytest.mark.parametrize(("skill", "plain"), [(0.0, 1.0), (0.7, 0.3), (1.0, 0.0)])
def test_skill_makes_lines_less_plain(skill: float, plain: float) -> None:
    assert Day(shill_lines=1.0, shill_skill=skill).planned().desk.kinds[STAGED].staged == pytest.approx(plain)


def test_an_account_answers_the_hosts_line_that_has_stood_without_an_answer() -> None:
    day = Day(shill_lines=1.0).planned()
    for who, t in ((day.host, 500.0), (day.room.sit(1), 510.0), (day.host, 1_330.0)):
        day.says(who, t)
    now = day.looks(day.accounts[0], 1_340.0)
    assert (now.n_says, now.says[0], now.to[0]) == (1, STAGED, 0)
    assert (day.ours.n_shill_lines, day.ours.n_left) == (1, 0)
    assert (day.group.minutes_left, day.ours.minutes_staging) == (58.0, 2.0)


def test_it_opens_a_topic_where_the_host_has_been_answered() -> None:
    day = Day(shill_lines=1.0).planned()
    day.says(day.host, 500.0)
    day.desk.log[0].n_answers = 1
    now = day.looks(day.accounts[0], 1_340.0)
    assert (now.n_says, now.to[0]) == (1, -1)


def test_nothing_is_said_by_others_before_the_moment_or_without_minutes() -> None:
    day = Day(shill_lines=1.0).planned()
    assert day.looks(day.room.sit(1), 1_340.0).n_says == 0
    assert day.looks(day.host, 1_340.0).n_says == 0
    assert day.looks(day.accounts[0], 60.0 * 8.9).n_says == 0
    poor = Day(minutes=1.0, shill_lines=1.0).planned()
    assert (poor.looks(poor.accounts[0], 1_340.0).n_says, poor.ours.n_left) == (0, 0)


def test_its_lines_count_as_nobodys_and_cost_no_minutes_of_answering() -> None:
    day = Day()
    day.says(day.host, 500.0)
    post(day.desk, day.accounts[0], STAGED, 0, 0, 600.0, 0, 0.0, day.group, day.world)
    assert (day.group.n_messages, day.group.n_host_messages, day.group.n_member_messages) == (2, 1, 0)
    assert (day.group.n_replies, day.group.n_replies_off_host, day.group.minutes_left) == (1, 0, 60.0)
    assert day.desk.log[2].host_before == 1  # its line is no line of the host's to readers


def test_with_rescue_an_account_comes_back_to_what_the_host_had_planned() -> None:
    day = Day(shill_rescue=1.0)
    now = day.desk.now[0]
    for who, kind in ((day.host, CHAT), (day.host, PLAIN), (day.accounts[0], CHAT)):
        now.t, now.kind = 500.0, kind
        watch(who, None, day.group, day.ours, day.room.today, day.knobs, day.world, day.scene(), None)
    assert (day.desk.n[LOOKS], day.desk.looks[0].t, day.desk.looks[0].slot, day.ours.n_watched) == (1, 546.0, 5, 1)


@pytest.mark.parametrize(("answers", "t", "says"), [(0, 546.0, 1), (1, 546.0, 0), (0, 544.0, 0)])
def test_it_answers_then_if_nobody_has(answers: int, t: float, says: int) -> None:
    day = Day(shill_rescue=1.0, n_watched=1)
    day.says(day.host, 500.0)
    day.desk.log[0].n_answers = answers
    now = day.desk.now[0]
    now.t, now.n_says = t, 0
    for me in (day.host, day.accounts[0]):
        rescue(me, None, day.group, day.ours, day.room.today, day.knobs, day.world, day.scene(), None)
    assert (now.n_says, day.group.minutes_left) == (says, 60.0 - 2.0 * says)


def test_topics_are_rescued() -> None:
    alone, helped = (play(town(strategy("daily_topic", rescue="nobody"), *more)) for more in
                     ((), (strategy("shills", lines=0.0, rescue=True),)))  # fmt: skip
    assert helped["mechanism.shills"]["n_shill_lines"].sum() > 100
    per_topic = [t["mechanism.topics"]["n_topic_answers"].sum() / t["mechanism.topics"]["n_topics"].sum()
                 for t in (alone, helped)]  # fmt: skip
    assert per_topic[1] > 1.3 * per_topic[0]


def test_whole_accounts_are_wanted() -> None:
    day = Day(shills=2.6)
    call_in(day.group, day.ours, day.knobs, day.world, None)
    assert day.group.shills_wanted == 2


def town(*chosen: Any, **changes: Any) -> Scenario:
    """Twenty communities of three groups, forty days; the host has time."""
    return lively(chosen, replicates=20, days=40, operator={"hours": 20.0}, **changes)


@cache
def shilled(lines: float) -> Tables:
    return play(town(strategy("shills", lines=lines, skill=0.0))) if lines else play(town())


def test_accounts_take_seats_once_and_are_no_member_of_the_sums() -> None:
    engine = started(lively([strategy("shills", accounts=3)]))
    try:
        for _ in range(5):
            engine.step()
        roles = rows_of(engine)
        assert (roles["is_staff"] == HIDDEN).sum() == 3 * 6  # three groups in two communities
        assert len(set(roles["person"][roles["is_staff"] == HIDDEN])) == 9
        assert (engine.state.groups["n_shills"] == 3).all()
        one = engine.state.groups[0]
        ordinary = engine.state.members[int(one["first"]) : int(one["first"]) + int(one["n_slots"])]
        seen = ordinary[(ordinary["person"] >= 0) & (ordinary["is_staff"] != HIDDEN)]
        assert one["sum_trust"] <= seen["trust"].size
    finally:
        engine.close()


def test_members_answer_them_see_through_and_trust_the_host_less() -> None:
    plain, honest = shilled(12.0), shilled(0.0)
    seen = plain["mechanism.suspicion"]
    assert plain["mechanism.shills"]["n_shill_lines"].sum() > 0
    assert seen["n_staged_read"].sum() > 0
    assert seen["n_exposures"].sum() > 0
    late = [t["daily"]["mean_trust"][t["daily"]["day"] >= 30].mean() for t in (plain, honest)]
    assert late[0] < late[1] - 0.02
    assert "mechanism.suspicion" not in honest


def test_what_they_say_is_answered_by_members() -> None:
    messages = shilled(12.0)["messages"]
    staged = messages[messages["kind"] == STAGED]
    own = {(m["replicate"], m["group"], m["id"]) for m in staged}
    answers = [m for m in messages[messages["reply_to"] >= 0] if (m["replicate"], m["group"], m["reply_to"]) in own]
    assert len(answers) > 20


def test_an_honest_group_reads_nothing_staged() -> None:
    tables = play(lively([strategy("shills", lines=0.1)], days=5))
    assert tables["mechanism.suspicion"]["sum_suspicion"].sum() == 0.0


def test_lanes_agree() -> None:
    scenario = lively([strategy("shills", lines=6.0, skill=0.0)], replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []


def test_minutes_are_borne_by_who_asked() -> None:
    ledger = shilled(12.0)["ledger"]
    assert np.unique(ledger["strategy"]).size == 2
