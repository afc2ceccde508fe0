"""Co-creation: who gives ideas, what becomes of them, and what that does to their authors and to the product."""

from __future__ import annotations

import math
from typing import Any

import pytest

from agents import Host
from sim.mechanisms.co_creation import ADOPT, CoCreation, call, fit_better, note, tell_author
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import LOG, SAID
from sim.model.submodels.messages import CHAT, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured

CALL = codes()["idea_call"]


class Lab:
    """A group on day 30 with its host on seat 3; a post costs a minute."""

    def __init__(self, minutes: float = 60.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=30, posting_minutes=1.0, buy_fit=2.0)
        self.group, self.world, self.today = self.room.group, self.room.world, self.room.today
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot = minutes, 3
        self.own = OwnRows(self.room, CoCreation(**(knobs or {})))
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
        note(line, asked, me, self.own.of(me), self.group, self.ours, self.today, self.knobs, self.world)
        return int(self.own.of(me).idea)

    def told(self, idea: int, adopted: int = 0, **values: float) -> Any:
        """An author looks in; they."""
        me = self.room.sit(1, **({"belonging": 0.5} | values))
        self.own.of(me).idea, self.own.of(me).adopted = idea, adopted
        tell_author(me, self.own.of(me), self.group, self.ours, self.today, self.knobs, self.world)
        return me


def test_a_call_is_put_at_its_hour_for_the_minutes_of_a_post() -> None:
    for minutes, idea_call, said in ((60.0, 1.0, 1), (60.0, 0.0, 0), (0.5, 1.0, 0)):
        lab = Lab(minutes, idea_call=idea_call)
        call(lab.group, lab.ours, lab.knobs, lab.world, lab.desk)
        assert lab.desk.n[SAID] == said
        assert (lab.group.minutes_left, lab.ours.minutes_ideas) == (minutes - said, float(said))
        assert (lab.desk.kinds[CALL].interest, lab.desk.kinds[CALL].match) == (0.25, 0.25)


def test_who_answers_the_call_has_given_one_idea() -> None:
    lab = Lab()
    me = lab.room.sit(1)
    assert [lab.answered(me, CHAT), lab.answered(me, CALL), lab.answered(me, CALL)] == [0, 31, 31]
    assert lab.answered(lab.room.sit(2, Host, is_staff=1), CALL) == 0
    assert lab.ours.n_ideas == 1


def test_an_author_is_told_after_a_week_while_minutes_last() -> None:
    for minutes, idea, waits in ((60.0, 24, 0), (60.0, 25, 25), (1.5, 24, 24)):
        lab = Lab(minutes, adopt=1.0)
        me = lab.told(idea)
        assert (lab.own.of(me).idea, lab.ours.n_adopted) == (waits, 0 if waits else 1)
        assert lab.group.minutes_left == minutes - (0.0 if waits else 2.0)


def test_an_idea_that_is_taken_binds_its_author_and_fits_the_product_and_one_that_is_not_hurts() -> None:
    lab = Lab(adopt=1.0, better=0.5)
    me = lab.told(24)
    assert (me.belonging, lab.ours.better, lab.today.cost) == (pytest.approx(0.6), pytest.approx(0.505), 0.0)
    assert (lab.own.of(me).adopted, lab.today.invite) == (31, 0.05)
    lab = Lab(adopt=0.0)
    me = lab.told(24)
    assert (me.belonging, lab.ours.better, lab.today.cost, lab.today.invite) == (0.5, 0.0, 0.25, 0.0)


def test_ideas_are_taken_as_often_as_the_host_says() -> None:
    lab = Lab(1e9, adopt=0.2)

    def taken(person: int) -> bool:
        me = lab.room.sit(1)
        me.person = person
        lab.own.of(me).idea, lab.own.of(me).adopted = 24, 0
        tell_author(me, lab.own.of(me), lab.group, lab.ours, lab.today, lab.knobs, lab.world)
        return lab.own.of(me).adopted > 0  # type: ignore[no-any-return]

    assert measured(lab.room, ADOPT, taken) == pytest.approx(0.2, abs=CLOSE)


def test_authors_tell_others_less_and_less() -> None:
    lab = Lab()
    lab.told(0, adopted=1)
    assert lab.today.invite == pytest.approx(0.05 * math.exp(-1.0))


def test_a_better_product_is_bought_more_by_those_whom_it_fitted_less() -> None:
    lab = Lab(better=0.1)
    me = lab.room.sit(1, fit=0.5)
    for is_offer, pull in ((0, 0.0), (1, 2.0 * 0.1 * 0.5)):
        lab.group.is_offer_day = is_offer
        fit_better(me, lab.own.of(me), lab.group, lab.ours, lab.today, lab.knobs, lab.world)
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
