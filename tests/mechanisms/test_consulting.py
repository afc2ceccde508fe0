"""Consulting: who asks, that a few are free, what the others cost, and that it takes the host's minutes."""

from __future__ import annotations

from typing import Any

import pytest

from sim.mechanisms.consulting import ASK, PAY, Consulting, begin, consult
from tests.mechanisms.own_rows import OwnRows
from tests.plays import lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured, sigma


class Hours:
    """Two hours for consultations of half an hour at 300 CNY an hour."""

    def __init__(self, free: float = 0.0, minutes: float = 1_000.0, **knobs: float) -> None:
        self.room = Room(day=20)
        self.own = OwnRows(self.room, Consulting(**knobs))
        self.ours = self.own.ours
        self.ours.consult_minutes, self.ours.consult_price, self.ours.consult_free = 120.0, 300.0, free
        self.room.group.minutes_left = minutes
        begin(self.room.group, self.ours, self.own.knobs, self.room.world)

    def asks(self, me: Any) -> bool:
        """Do they have a consultation?"""
        before = self.ours.n_consultations
        consult(me, None, self.room.group, self.ours, self.room.today, self.own.knobs, self.room.world)
        return bool(self.ours.n_consultations > before)


def test_who_needs_advice_and_trusts_asks() -> None:
    hours = Hours(free=1e9)
    me = hours.room.sit(1, info_need=0.8)

    def does(person: int) -> bool:
        me.person, me.trust, hours.ours.left, hours.room.group.minutes_left = person, 0.5, 120.0, 1_000.0
        return hours.asks(me)

    assert measured(hours.room, ASK, does) == pytest.approx(0.1 * 0.8 * 0.5, abs=CLOSE)


def test_the_free_ones_come_first_and_then_some_pay() -> None:
    hours = Hours(free=2.0, asks=1.0, worth=10.0)
    got = []
    for slot in range(1, 8):
        me = hours.room.sit(slot, info_need=1.0, trust=1.0)
        got.append((hours.asks(me), float(me.spent)))
    assert got[:2] == [(True, 0.0), (True, 0.0)]
    assert sum(yes for yes, _ in got) == 4  # two hours hold no more
    assert {spent for yes, spent in got[2:] if yes} == {150.0}
    assert (hours.ours.fen_consulting, hours.room.group.minutes_given) == (30_000, 120.0)


def test_the_price_keeps_some_away() -> None:
    hours = Hours(asks=1.0)
    me = hours.room.sit(1, info_need=1.0)
    world = hours.room.world

    def does(person: int) -> bool:
        me.person, me.trust, hours.ours.left, hours.room.group.minutes_left = person, 1.0, 120.0, 1_000.0
        return hours.asks(me)

    x = 2.0 - world.buy_price * 0.1718502569266592  # ln(1 + 150 / 800)
    assert measured(hours.room, PAY, does) == pytest.approx(sigma(x), abs=CLOSE)


def test_without_minutes_there_is_none_and_trust_grows_with_each() -> None:
    busy = Hours(free=5.0, minutes=29.0, asks=1.0)
    assert not busy.asks(busy.room.sit(1, info_need=1.0, trust=1.0))
    hours = Hours(free=5.0, asks=1.0)
    people = [hours.room.sit(slot, info_need=1.0, trust=0.5) for slot in range(1, 9)]
    got = [hours.asks(me) for me in people]
    assert 0 < sum(got) < 8
    assert [float(me.trust) for me in people] == pytest.approx([0.55 if yes else 0.5 for yes in got])


def test_the_money_is_in_the_account() -> None:
    tables = play(lively([strategy("crowdfunding_consulting", target=1e6, free=0, hour=20.0, minutes=60.0)],
                         replicates=10, days=14, operator={"hours": 40.0}, tuned=(Consulting(asks=1.0),)))  # fmt: skip
    counted = tables["mechanism.consulting"]
    assert counted["fen_consulting"].sum() == 10 * counted["n_consultations"].sum() > 0
    assert counted["minutes_consulting"].sum() == 30 * counted["n_consultations"].sum()
