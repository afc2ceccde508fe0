"""Co-creation: who gives ideas, what becomes of them, and what that does to their authors and to the product."""

from __future__ import annotations

import math
from typing import Any

import pytest

from agents import Host
from sim.engine.luck import uniform
from sim.mechanisms.co_creation import (
    ADOPT,
    LUCK,
    REFUSED,
    TAKEN,
    CoCreation,
    call,
    fit_better,
    note,
    tell_author,
    weigh,
)
from sim.mechanisms.complaints import IGNORED, Complaints
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import LOG, SAID
from sim.model.submodels.messages import CHAT, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room

CALL = codes()["idea_call"]


class Lab:
    """A group on day 30 with its host on seat 3; a post costs a minute."""

    def __init__(self, minutes: float = 60.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=30, posting_minutes=1.0, buy_fit=2.0)
        self.group, self.world, self.today = self.room.group, self.room.world, self.room.today
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot = minutes, 3
        self.own, self.said = OwnRows(self.room, CoCreation(**(knobs or {}))), OwnRows(self.room, Complaints())
        self.ours, self.knobs, self.desk = self.own.ours, self.own.knobs, self.room.desk()
        self.knobs.kind_idea_call = CALL
        for name, value in ours.items():
            setattr(self.ours, name, value)

    def answered(self, me: Any, kind: int) -> int:
        """Somebody has answered a line of the host's; their idea that waits."""
        post(self.desk, self.host, kind, -1, 0, 600.0, 1, 0.1, self.group, self.world)
        asked = self.desk.log[self.desk.n[LOG] - 1]
        post(self.desk, me, CHAT, int(self.desk.n[LOG]) - 1, 0, 610.0, 0, 0.1, self.group, self.world)
        line = self.desk.log[self.desk.n[LOG] - 1]
        note(line, asked, me, self.own.of(me), self.group, self.ours, self.today, self.knobs, self.world,
             self.said.of(me))  # fmt: skip
        return int(self.own.of(me).idea)

    def told(self, verdict: int, idea: int = 24, adopted: int = 0, quality: float = 0.5, **values: float) -> Any:
        """An author of whose idea something has become looks in; they."""
        me = self.room.sit(1, **({"belonging": 0.5} | values))
        mine = self.own.of(me)
        mine.idea, mine.adopted, mine.verdict, mine.quality = idea, adopted, verdict, quality
        tell_author(me, mine, self.group, self.ours, self.today, self.knobs, self.world, self.said.of(me))
        return me

    def weighed(self, *qualities: float, idea: int = 25) -> list[int]:
        """The host weighs the ideas of so many members; what becomes of each."""
        people = [self.room.sit(10 + k) for k in range(len(qualities))]
        for me, quality in zip(people, qualities, strict=True):
            mine = self.own.of(me)
            mine.idea, mine.quality, mine.verdict = idea, quality, 0
        weigh(self.room.state, self.own.tables, 0, self.group, self.ours, self.knobs, self.world)
        return [int(self.own.of(me).verdict) for me in people]


def test_a_call_is_put_at_its_hour_for_the_minutes_of_a_post() -> None:
    for minutes, idea_call, said in ((60.0, 1.0, 1), (60.0, 0.0, 0), (0.5, 1.0, 0)):
        lab = Lab(minutes, idea_call=idea_call)
        call(lab.group, lab.ours, lab.knobs, lab.world, lab.desk, None)
        assert lab.ours.called == 31 * said
        assert lab.desk.n[SAID] == said
        assert (lab.group.minutes_left, lab.ours.minutes_ideas) == (minutes - said, float(said))
        assert (lab.desk.kinds[CALL].interest, lab.desk.kinds[CALL].match) == (0.25, 0.25)


def test_who_answers_the_call_has_given_one_idea() -> None:
    lab = Lab(called=31)
    me = lab.room.sit(1)
    assert [lab.answered(me, CHAT), lab.answered(me, CALL), lab.answered(me, CALL)] == [0, 31, 31]
    assert lab.answered(lab.room.sit(2, Host, is_staff=1), CALL) == 0
    assert lab.ours.n_ideas == 1


def test_an_idea_is_as_good_as_its_author_and_their_luck() -> None:
    lab = Lab(called=31)
    for slot, (match, expertise) in enumerate([(0.4, 0.2), (1.0, 1.0), (0.0, 0.0)], 10):
        me = lab.room.sit(slot, match=match, expertise=expertise)
        lab.answered(me, CALL)
        luck = uniform(lab.world, me.person, LUCK, 0)
        assert lab.own.of(me).quality == pytest.approx(0.5 * (match + expertise) * luck)


def test_the_host_takes_the_best_of_what_was_brought() -> None:
    assert Lab(adopt=0.4).weighed(0.1, 0.5, 0.2, 0.9, 0.3) == [REFUSED, TAKEN, REFUSED, TAKEN, REFUSED]
    assert Lab(adopt=1.0).weighed(0.1, 0.5) == [TAKEN, TAKEN]
    assert Lab(adopt=0.0).weighed(0.1, 0.5) == [REFUSED, REFUSED]
    assert Lab(adopt=1.0).weighed(0.1, idea=26) == [0]  # not yet due


def test_ideas_are_taken_as_often_as_the_host_says() -> None:
    """One idea a day, for 2,000 days: standard error 0.009, four of them for a false alarm of 1 in 15,000."""
    lab, taken = Lab(adopt=0.2), 0
    for day in range(2_000):
        lab.room.on(day + 30)
        verdict = lab.weighed(0.5)[0]
        assert (verdict == TAKEN) == (uniform(lab.world, 0, ADOPT, 0) >= 0.8)
        taken += verdict == TAKEN
    assert taken / 2_000 == pytest.approx(0.2, abs=0.036)


def test_an_author_is_told_while_minutes_last_and_forgotten_after_twice_the_time() -> None:
    for minutes, idea, waits, forgotten in ((60.0, 24, 0, 0), (1.5, 24, 24, 0), (1.5, 18, 18, 0), (1.5, 17, 0, 1)):
        lab = Lab(minutes)
        me = lab.told(TAKEN, idea)
        told = waits == 0 and not forgotten
        assert (lab.own.of(me).idea, lab.ours.n_adopted, lab.ours.n_forgotten) == (waits, int(told), forgotten)
        assert lab.group.minutes_left == minutes - (2.0 if told else 0.0)
        assert lab.today.cost == (0.25 if forgotten else 0.0)
    lab = Lab()
    lab.told(0, 1)
    assert (lab.ours.n_adopted, lab.today.cost) == (0, 0.0)  # nothing has become of it yet


def test_an_idea_that_is_taken_binds_its_author_and_fits_the_product_and_one_that_is_not_hurts() -> None:
    lab = Lab(better=0.5)
    me = lab.told(TAKEN, quality=0.6)
    assert (me.belonging, lab.ours.better, lab.today.cost) == (pytest.approx(0.6), pytest.approx(0.503), 0.0)
    assert (lab.own.of(me).adopted, lab.today.invite) == (31, 0.05)
    lab = Lab()
    me = lab.told(REFUSED)
    assert (me.belonging, lab.ours.better, lab.today.cost, lab.today.invite) == (0.5, 0.0, 0.25, 0.0)


def test_who_was_asked_in_vain_twice_has_cause_to_complain() -> None:
    lab = Lab(1e9)
    assert [int(lab.said.of(lab.told(REFUSED)).cause) for _ in range(3)] == [0, IGNORED, IGNORED]
    assert lab.own.of(lab.told(TAKEN)).n_vain == 1  # the third, which counts for the next complaint


def test_complaints_about_ideas_are_made() -> None:
    def made(patience: float) -> int:
        plan = [strategy("co_creation", gap_days=3, adopted=0.0), strategy("answer_complaints")]
        busy = {"operator": {"hours": 20.0}, "mind": {"leave": 0.01}}
        tables = play(lively(plan, replicates=5, days=60, tuned=(CoCreation(patience=patience),), **busy))
        return int(tables["mechanism.complaints"]["n_complaints"].sum())

    assert made(1.0) > made(50.0)


def test_authors_tell_others_less_and_less() -> None:
    lab = Lab()
    lab.told(0, 0, adopted=1)
    assert lab.today.invite == pytest.approx(0.05 * math.exp(-1.0))


def test_a_better_product_is_bought_more_by_those_whom_it_fitted_less() -> None:
    lab = Lab(better=0.1)
    me = lab.room.sit(1, fit=0.5)
    for is_offer, pull in ((0, 0.0), (1, 2.0 * 0.1 * 0.5)):
        lab.group.is_offer_day = is_offer
        fit_better(me, lab.own.of(me), lab.group, lab.ours, lab.today, lab.knobs, lab.world, None)
        assert lab.today.buy == pytest.approx(pull)


def test_people_give_ideas_and_those_whose_were_taken_ask_more_friends() -> None:
    """Against the same world in which authors tell nobody."""

    def asked(**knobs: float) -> tuple[int, int]:
        plan = [strategy("co_creation", gap_days=5, adopted=1.0)]
        scenario = lively(plan, replicates=10, days=40, operator={"hours": 20.0}, tuned=(CoCreation(**knobs),))
        tables = play(scenario)
        return int(tables["mechanism.co_creation"]["n_ideas"].sum()), int(tables["daily"]["n_invitations"].sum())

    (ideas, more), (_, fewer) = asked(tell=0.5), asked(tell=0.0)
    assert ideas > 20
    assert more > fewer * 1.1


def test_lanes_agree_on_ideas() -> None:
    scenario = lively([strategy("co_creation", gap_days=3, adopted=0.5)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
