"""Introductions: who introduces themselves, what that draws, and whom a greeting fits."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import KOL, Advertiser, Member
from agents.propensities import wish_to_answer
from sim.mechanisms.tags import Tags
from sim.mechanisms.welcome import INTRODUCE, Welcome, call, greet, introduce
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import GLANCE, PLAIN
from sim.model.vocabulary import CHANNELS
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured

INTRO = codes()["intro"]
FOUNDER, SEARCH, INVITED = (CHANNELS.index(name) for name in ("founder", "search", "invited"))


class Hall:
    """A group of ten on day 9, where shyness is 0.8 and a greeting gives a tenth."""

    def __init__(self, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=9, shyness=0.8, welcome_joy=0.1)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.group.n_members, self.group.minutes_left = 10, 60.0
        self.own, self.tags = OwnRows(self.room, Welcome(**(knobs or {}))), OwnRows(self.room, Tags())
        self.ours, self.knobs = self.own.ours, self.own.knobs
        self.knobs.kind_intro = INTRO
        for name, value in ours.items():
            setattr(self.ours, name, value)

    def newcomer(self, role: type[Member] = Member, joined: int = 9, channel: int = SEARCH, **values: float) -> Any:
        return self.room.sit(1, role, joined=joined, channel=channel, **values)

    def looks(self, me: Any, kind: int = PLAIN) -> bool:
        """Does somebody introduce themselves at a look?"""
        now = self.desk.now[0]
        now.kind, now.n_says = kind, 0
        introduce(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world, now,
                  self.tags.of(me))  # fmt: skip
        return bool(now.n_says) and now.says[0] == INTRO

    def greeted(self, me: Any) -> float:
        """Belonging that a word that fits has given."""
        before = me.belonging
        greet(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world, self.tags.of(me))
        return float(me.belonging - before)


def chance(hall: Hall, **values: float) -> float:
    me = hall.newcomer(**values)

    def introduces(person: int) -> bool:
        me.person, hall.own.of(me).has_looked = person, 0
        return hall.looks(me)

    return measured(hall.room, INTRODUCE, introduces)


def test_a_template_helps_those_who_are_shy() -> None:
    assert chance(Hall(intro_template=1.0)) == pytest.approx(0.5 * (1.0 - 0.8 * 0.9 * 0.5), abs=CLOSE)
    assert chance(Hall(welcome_call=1.0)) == pytest.approx(0.25 * (1.0 - 0.8 * 0.9), abs=CLOSE)
    assert chance(Hall(intro_template=1.0), n_ties=9) == pytest.approx(0.5, abs=CLOSE)
    assert chance(Hall({"template_help": 0.0}, intro_template=1.0)) == pytest.approx(0.5 * 0.28, abs=CLOSE)


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ({"role": KOL, "is_expert": 1}, PLAIN),
        ({"role": Advertiser}, PLAIN),
        ({"channel": FOUNDER}, PLAIN),
        ({"joined": 6}, PLAIN),
        ({"is_staff": 1}, PLAIN),
        ({}, GLANCE),
    ],
    ids=str,
)
def test_only_newcomers_introduce_themselves_at_a_look_of_their_own(who: dict[str, Any], kind: int) -> None:
    hall = Hall({"rate": 1.0, "template_help": 1.0}, intro_template=1.0)
    assert not hall.looks(hall.newcomer(**who), kind)
    assert hall.looks(hall.newcomer())


def test_once_and_the_host_knows_them_by_the_template() -> None:
    hall = Hall({"rate": 1.0, "template_help": 1.0}, intro_template=1.0)
    me = hall.newcomer()
    assert hall.looks(me)
    assert not hall.looks(me)
    assert (hall.ours.n_intros, hall.own.of(me).introduced, hall.tags.of(me).is_tagged) == (1, 10, 1)


def wish(joined: int = 0, n_answers: int = 0, knobs: dict[str, float] | None = None, **ours: float) -> float:
    hall = Hall(knobs, **ours)
    hall.group.new_joined = joined
    call(hall.group, hall.ours, hall.knobs, hall.world, hall.desk, None)
    me = hall.room.sit(2, info_need=0.2, reply=1.0)
    it = hall.desk.kinds[INTRO]
    return float(wish_to_answer(me, it, n_answers, 0.0, 0.0, 0, hall.room.today, hall.group, hall.world))


def test_a_call_has_introductions_answered_and_a_flood_does_not() -> None:
    plain = wish(intro_template=1.0)
    assert plain == pytest.approx(0.5 * (1.2 - 0.7 * 0.2))
    assert wish(welcome_call=1.0) == pytest.approx(2.0 * plain)
    assert wish(10, intro_template=1.0) == pytest.approx(plain / 3.0)
    assert wish(n_answers=1, intro_template=1.0) == pytest.approx(1.5 * plain)
    assert wish(n_answers=1, knobs={"herd": 0.0}, intro_template=1.0) == pytest.approx(plain)
    assert wish(knobs={"draw": 0.0}, intro_template=1.0) == 0.0


def test_a_word_that_fits_is_for_those_the_host_knows_and_costs_minutes() -> None:
    hall = Hall(greet_fit=1.0)
    assert hall.greeted(hall.newcomer(belonging=0.4)) == 0.0
    assert hall.greeted(hall.newcomer(belonging=0.4, channel=INVITED)) == pytest.approx(0.5 * 0.1 * 0.6)
    assert (hall.group.minutes_left, hall.ours.minutes_greeting) == (58.0, 2.0)
    assert hall.greeted(hall.newcomer(belonging=0.4, channel=INVITED)) == 0.0  # once


def test_who_has_introduced_themselves_by_the_template_is_known_while_minutes_last() -> None:
    hall = Hall(greet_fit=1.0)
    me = hall.newcomer(joined=8, belonging=0.4)
    mine = hall.own.of(me)
    mine.introduced, hall.tags.of(me).is_tagged, hall.group.minutes_left = 10, 1, 1.0
    assert hall.greeted(me) == 0.0
    mine.fitted, hall.group.minutes_left = 0, 60.0
    assert hall.greeted(me) > 0.0
    mine.fitted, mine.introduced = 0, 9  # yesterday
    assert hall.greeted(me) == 0.0


@cache
def welcomed(*, is_on: bool = True, **knobs: float) -> Tables:
    plan = [strategy("introductions")] if is_on else []
    tuned = (Welcome(**knobs),) if is_on else ()
    return play(lively(plan, replicates=20, days=40, operator={"hours": 20.0}, mind={"leave": 0.01}, tuned=tuned))


def introductions(tables: Tables) -> np.ndarray:
    return tables["messages"][tables["messages"]["kind"] == INTRO]


def answers_each(tables: Tables) -> float:
    """Answers to introductions, for each of them."""
    lines = tables["messages"]
    own = {(r, g, i) for r, g, i in zip(*(introductions(tables)[c] for c in ("replicate", "group", "id")), strict=True)}
    told = zip(*(lines[c] for c in ("replicate", "group", "reply_to")), strict=True)
    return sum(1 for line in told if line in own) / len(own)


def test_introductions_are_answered_as_the_call_and_the_draw_say() -> None:
    assert introductions(welcomed()).size > 50
    assert answers_each(welcomed()) > 1.5 * answers_each(welcomed(draw=0.1))
    authors = introductions(welcomed())[["replicate", "group", "author"]]
    assert np.unique(authors).size > 0.9 * authors.size  # once a membership


def test_a_word_that_fits_makes_newcomers_belong() -> None:
    mean = [float(welcomed(fit_joy=joy)["daily"]["mean_belonging"].mean(dtype=np.float64)) for joy in (0.0, 5.0)]
    assert mean[1] > mean[0]


def test_lanes_agree() -> None:
    scenario = lively([strategy("introductions")], replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
