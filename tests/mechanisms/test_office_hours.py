"""Office hours: when the guest is booked and comes, what they draw, whom their word reaches, and when they go."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import ROLES, Guest
from scenarios import Scenario
from sim.mechanisms.office_hours import QUIT, OfficeHours, book, bring_questions, listen, receive, take_their_word
from sim.model.hooks import Scene
from sim.model.submodels.conversation_log import SAID
from sim.model.submodels.messages import ANSWER_KIND, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, KIND_ROWS, Room, measured

GUEST = 7


class Week:
    """A group on a Wednesday; the guest has the seat of this number."""

    def __init__(self, day: int = 30, purse: float = 1_000.0, knobs: dict[str, float] | None = None,
                 **ours: float) -> None:  # fmt: skip
        self.room = Room(day=day)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.world.purse_left = purse
        self.guest = self.room.sit(GUEST, Guest, is_expert=1, expertise=1.0)
        self.group.guest_seat = GUEST + 1
        self.own = OwnRows(self.room, OfficeHours(**(knobs or {})))
        self.ours, self.knobs = self.own.ours, self.own.knobs
        for name, value in {"expert_hours": 2.0, "expert_fee": 200.0, "expert_day": 2.0, **ours}.items():
            setattr(self.ours, name, value)

    def morning(self) -> Week:
        """It is booked, and receives whom it can."""
        book(self.group, self.ours, self.knobs, self.world)
        receive(self.group, self.ours, self.knobs, self.world, self.desk)
        return self

    def acts(self, rule: Any, me: Any, *more: Any) -> Any:
        """A rule for one member."""
        rule(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world, *more)
        return self.own.of(me)


@pytest.mark.parametrize(
    ("week", "comes"),
    [({}, True), ({"day": 31}, False), ({"purse": 399.0}, False), ({"has_quit": 1}, False),
     ({"purse": 0.0, "expert_fee": 0.0}, True)],
    ids=str,
)  # fmt: skip
def test_the_guest_comes_on_the_day_if_the_fee_is_there(week: dict[str, float], comes: bool) -> None:
    held = Week(**week).morning()  # type: ignore[arg-type]
    assert (held.ours.is_here, held.group.is_guest_wanted, held.ours.n_office_days) == (comes, comes, comes)
    assert held.ours.fen_experts == (round(200.0 * held.ours.expert_fee) if comes else 0)
    assert held.desk.n[SAID] == (13 if comes else 0)


def test_looks_follow_each_other_from_the_hour_on() -> None:
    held = Week().morning()
    times = sorted(held.desk.said[k].t for k in range(13))
    assert times == [1170.0 + 10.0 * k for k in range(13)]
    assert {held.desk.said[k].slot for k in range(13)} == {GUEST}


@pytest.mark.parametrize(("hours", "first", "last", "looks"), [(4.0, 1170.0, 1410.0, 25), (6.0, 1078.0, 1438.0, 37),
                                                               (20.0, 238.0, 1438.0, 60)])  # fmt: skip
def test_all_hours_that_are_paid_are_held_before_midnight(hours: float, first: float, last: float, looks: int) -> None:
    held = Week(expert_hours=hours, expert_fee=1.0).morning()
    times = [held.desk.said[k].t for k in range(held.desk.n[SAID])]
    assert (min(times), max(times), len(times)) == (first, pytest.approx(last), looks)


def test_nobody_is_paid_before_they_have_a_seat() -> None:
    held = Week()
    held.group.guest_seat = 0
    held.morning()
    assert (held.group.is_guest_wanted, held.ours.is_here, held.ours.fen_experts) == (1, 0, 0)


@pytest.mark.parametrize("is_here", [0, 1])
def test_the_day_draws_openers_and_questions(is_here: int) -> None:
    held = Week(is_here=is_here)
    held.acts(bring_questions, held.room.sit(1, info_need=0.6, match=0.5))
    assert held.room.today.open == pytest.approx(1.0 * 0.6 * 0.5 * is_here)
    assert held.room.today.ask == pytest.approx(0.3 * is_here)


def test_lines_of_the_guest_that_are_read_raise_trust_by_what_was_useful() -> None:
    held = Week(is_here=1)
    me = held.room.sit(1, trust=0.4, read_quality=2.1)
    for who in (held.guest, held.room.sit(2), held.guest):
        post(held.desk, who, ANSWER_KIND, -1, 1, 1_200.0, 0, 0.7, held.group, held.world)
    assert held.acts(listen, me, Scene(held.desk, held.room.members, 0)).heard == 2
    held.acts(take_their_word, me)
    assert me.trust == pytest.approx(0.4 + 0.05 * 2.0 / 3.0 * 0.5 * 0.6)
    silent = held.room.sit(3, trust=0.4, read_quality=2.1)
    held.acts(take_their_word, silent)
    assert silent.trust == 0.4


def test_a_tired_guest_goes_for_good() -> None:
    held = Week()

    def goes(person: int) -> bool:
        held.guest.person, held.guest.fatigue, held.guest.reason = person, 0.6, 0
        held.group.guest_seat, before = GUEST + 1, held.ours.n_quits
        held.acts(take_their_word, held.guest)
        return bool(held.ours.n_quits > before)

    assert measured(held.room, QUIT, goes) == pytest.approx(0.05 * 0.6, abs=CLOSE)
    assert held.ours.has_quit == 1
    assert held.group.new_left == held.ours.n_quits


def test_a_guest_answers_what_nobody_has_and_is_tired_by_trivia() -> None:
    room = Room()
    me = room.sit(1, Guest, fatigue=0.5)
    question, chat = KIND_ROWS[1], KIND_ROWS[0]
    wish = [Guest.answers(me, kind, n, 0.0, 0.0, 0, room.today, room.group, room.world)
            for kind, n in ((question, 0), (question, 1), (chat, 0))]  # fmt: skip
    assert wish[0] == 10.0
    assert max(wish[1:]) < 1.0
    room.group.n_messages, room.group.n_trivial = 10, 5
    Guest.bond(me, room.today, room.group, room.world)
    assert me.fatigue == pytest.approx(0.5 + 2.0 * room.world.bored * 0.5)


def town(*chosen: Any) -> Scenario:
    """Twenty communities of three groups, forty days, no experts but the guest; the host has no time."""
    return lively(chosen, replicates=20, days=40, operator={"hours": 0.0, "purse": 1e6}, cast={"kols": 0.0})


@cache
def played(is_on: bool) -> Tables:
    return play(town(strategy("office_hours"))) if is_on else play(town())


def test_questions_come_on_the_day_and_are_answered_and_the_host_is_trusted_more() -> None:
    with_guest, without = played(True), played(False)
    assert with_guest["mechanism.office_hours"]["n_office_days"].sum() > 200
    for tables in (with_guest, without):
        tables["wednesday"] = tables["daily"][(tables["daily"]["day"] % 7 == 2) & (tables["daily"]["day"] > 7)]
    questions = [(t["messages"]["kind"] == 1).sum() for t in (with_guest, without)]
    assert questions[0] > 1.1 * questions[1]
    assert with_guest["wednesday"]["n_kol_messages"].sum() > 100
    assert without["daily"]["n_kol_messages"].sum() == 0
    late = [t["daily"]["mean_trust"][t["daily"]["day"] >= 30].mean() for t in (with_guest, without)]
    assert late[0] > late[1]


def test_the_guest_speaks_on_the_day_and_sits_in_the_group_once() -> None:
    tables = played(True)
    daily = tables["daily"]
    is_day = daily["day"] % 7 == 2  # on others they only answer whoever has spoken to them
    said = [daily["n_kol_messages"][days].sum() for days in (is_day, ~is_day)]
    assert said[1] < 0.2 * said[0]
    guests = tables["spells"][tables["spells"]["role"] == [role.__name__ for role in ROLES].index("Guest")]
    assert np.unique(guests[["replicate", "group"]]).size == guests.size > 50


def test_lanes_agree() -> None:
    scenario = lively([strategy("office_hours", fee=1.0)], replicates=1, days=20)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
