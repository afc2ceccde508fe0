"""Private care: for whom it is, how often, what it costs, what it does, and that it wears off."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Advertiser
from scenarios import Scenario
from sim.mechanisms.gifts import Gifts
from sim.mechanisms.private_care import FOR_WHOM, PrivateCare, care, put_by
from sim.mechanisms.tags import Tags
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room


class Round:
    """A group on day 60 in which the host means to have words; each takes six minutes."""

    def __init__(self, minutes: float = 60.0, purse: float = 100.0, knobs: dict[str, float] | None = None,
                 **ours: float) -> None:  # fmt: skip
        self.room = Room(day=60)
        self.group, self.world = self.room.group, self.room.world
        self.group.minutes_left, self.world.purse_left = minutes, purse
        self.own = OwnRows(self.room, PrivateCare(**(knobs or {})))
        self.ours, self.knobs = self.own.ours, self.own.knobs
        for name, value in {"care_minutes": 30.0, "care_who": FOR_WHOM.index("everybody"), **ours}.items():
            setattr(self.ours, name, value)
        self.gifts, self.tags = OwnRows(self.room, Gifts()), OwnRows(self.room, Tags())
        put_by(self.group, self.ours, self.knobs, self.world, None, None)

    def cares(self, me: Any) -> bool:
        """Do they get a word?"""
        before = self.ours.n_cared
        care(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world, self.gifts.of(me),
             self.tags.of(me))  # fmt: skip
        return bool(self.ours.n_cared > before)


WROTE = {"n_active_days": 5}


@pytest.mark.parametrize(
    ("who", "person", "is_meant"),
    [
        ("active", {**WROTE, "day_last_post": 55}, True), ("active", {**WROTE, "day_last_post": 40}, False),
        ("once_active", {**WROTE, "day_last_post": 55}, False), ("once_active", {**WROTE, "day_last_post": 40}, True),
        ("once_active", {"n_active_days": 2, "day_last_post": 40}, False),
        ("buyers", {"n_purchases": 1}, True), ("buyers", WROTE, False),
        ("everybody", {}, True), ("everybody", {"is_expert": 1}, False),
    ],
    ids=str,
)  # fmt: skip
def test_for_whom_it_is(who: str, person: dict[str, float], is_meant: bool) -> None:
    evening = Round(care_who=FOR_WHOM.index(who))
    assert evening.cares(evening.room.sit(1, **person)) == is_meant
    assert not evening.cares(evening.room.sit(2, Advertiser, **person))


def test_words_take_minutes_and_end_with_those_meant_for_them_or_those_there_are() -> None:
    for minutes, words in ((60.0, 5), (20.0, 3), (5.0, 0)):
        evening = Round(minutes)
        got = [evening.cares(evening.room.sit(slot)) for slot in range(1, 9)]
        assert sum(got) == words
        assert evening.ours.minutes_care == 6.0 * words
        assert evening.group.minutes_left == minutes - 6.0 * words


def test_a_word_fits_whom_the_host_knows() -> None:
    evening = Round(knobs={"joy": 0.2})
    known, unknown = (evening.room.sit(slot, belonging=0.5) for slot in (1, 2))
    evening.tags.of(known).is_tagged = 1
    assert [evening.cares(known), evening.cares(unknown)] == [True, True]
    assert (known.belonging, unknown.belonging) == (pytest.approx(0.65), pytest.approx(0.6))
    evening = Round(knobs={"joy": 0.8})
    best = evening.room.sit(1, belonging=0.5)
    evening.tags.of(best).is_tagged = 1
    assert evening.cares(best)
    assert best.belonging == 1.0, "nobody is more at home than at home"


@pytest.mark.parametrize(("purse", "fen", "left"), [(100.0, 200, 90.0), (3.0, 200, 1.0), (1.9, 0, 1.9)])
def test_favours_are_paid_as_far_as_the_purse_goes_and_felt_as_gifts(purse: float, fen: int, left: float) -> None:
    evening = Round(purse=purse, care_yuan=2.0)
    me = evening.room.sit(1)
    assert evening.cares(me)
    assert evening.gifts.of(me).yuan == fen / 100.0
    assert (evening.ours.fen_favours, evening.group.yuan_paid, evening.world.purse_left) == (fen, fen / 100.0, left)


def test_a_word_binds_is_trusted_and_makes_them_look() -> None:
    evening = Round()
    me = evening.room.sit(1, belonging=0.4, trust=0.3, appeal=0.1)
    evening.cares(me)
    assert me.belonging == pytest.approx(0.4 + 0.15 * 0.6)
    assert me.trust == pytest.approx(0.3 + 0.05 * 0.7)
    assert me.appeal == 0.35
    keen = evening.room.sit(2, appeal=0.9)
    evening.cares(keen)
    assert keen.appeal == 0.9


def test_without_its_terms_a_word_does_nothing() -> None:
    evening = Round(knobs={"joy": 0.0, "trust": 0.0, "glance": 0.0})
    me = evening.room.sit(1, belonging=0.4, trust=0.3, appeal=0.1)
    assert evening.cares(me)
    assert (me.belonging, me.trust, me.appeal) == (0.4, 0.3, 0.1)


def test_the_next_word_comes_a_fortnight_later_and_does_less() -> None:
    evening = Round()
    me = evening.room.sit(1, belonging=0.4)
    mine = evening.own.of(me)
    evening.cares(me)
    assert (mine.numb, mine.cared) == (pytest.approx(0.3), 61)
    evening.room.on(73)
    assert not evening.cares(me)
    evening.room.on(74)
    me.belonging = 0.4
    assert evening.cares(me)
    assert me.belonging == pytest.approx(0.4 + 0.15 * 0.6 * (1.0 - 0.3 * math.exp(-0.03 * 14)))


def town(*chosen: Any) -> Scenario:
    """Twenty communities of three groups, forty days; the host has time."""
    return lively(chosen, replicates=20, days=40, operator={"hours": 20.0, "purse": 1e6})


@cache
def cared(minutes: float) -> Tables:
    return play(town(strategy("private_care", who="everybody", minutes=minutes))) if minutes else play(town())


def test_it_binds_and_brings_people_to_look() -> None:
    with_care, without = cared(60.0), cared(0.0)
    assert with_care["mechanism.private_care"]["n_cared"].sum() > 100
    for column in ("mean_belonging", "n_visitors"):
        assert with_care["daily"][column].mean() > 1.02 * without["daily"][column].mean()


def test_it_is_paid_for() -> None:
    spent = cared(60.0)["mechanism.private_care"]
    ledger = cared(60.0)["ledger"]
    assert float(spent["fen_favours"].sum()) == pytest.approx(2.0 * spent["n_cared"].sum())
    assert float(ledger["CNY"].sum()) == pytest.approx(float(spent["fen_favours"].sum()), rel=1e-5)
    assert np.allclose(spent["minutes_care"], 6.0 * spent["n_cared"])


def test_lanes_agree() -> None:
    scenario = lively([strategy("private_care", who="active")], replicates=1, days=20)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
