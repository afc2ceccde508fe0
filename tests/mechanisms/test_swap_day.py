"""The members' market: offers, who answers them, what they save by it, and nothing on other days."""

from __future__ import annotations

import pytest

from sim.engine.luck import uniform
from sim.mechanisms.gifts import Gifts
from sim.mechanisms.swap_day import FITS, HAS_SOME, SwapDay, call, offer, stir, swap
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured


class Market:
    """A market day of a group."""

    def __init__(self) -> None:
        self.room = Room(day=20)
        self.own, self.gifts = OwnRows(self.room, SwapDay()), OwnRows(self.room, Gifts())
        self.me = self.room.sit(1)

    def look(self, t: float) -> int:
        """How many lines somebody writes at a look."""
        look = type("Looked", (), {"n_says": 0, "says": [0] * 4, "to": [0] * 4, "t": t})()
        offer(self.me, self.own.of(self.me), self.room.group, self.own.ours, self.room.today, self.own.knobs,
              self.room.world, look, None)  # fmt: skip
        return int(look.n_says)

    def answers(self, kind: int, n: int) -> float:
        """What they have in hand after an answer to a line of a kind, which is its n-th."""
        line = type("Said", (), {"kind": kind, "n_answers": n, "slot": 3})()
        self.gifts.of(self.me).yuan = 0.0
        swap(None, line, self.me, self.own.of(self.me), self.room.group, self.own.ours, self.room.today, self.own.knobs,
             self.room.world, self.gifts.of(self.me))  # fmt: skip
        return float(self.gifts.of(self.me).yuan)


def test_the_host_calls_the_day_if_they_have_the_minutes() -> None:
    market = Market()
    group = market.room.group
    group.host_slot = 0
    for minutes, planned in ((0.0, 0), (1000.0, 1)):
        group.minutes_left = minutes
        call(group, market.own.ours, market.own.knobs, market.room.world, None)
        assert (market.own.ours.is_on, group.n_planned) == (planned, planned)


@pytest.mark.parametrize("draw", [0.0, 2.5])
def test_an_offer_draws_answers(draw: float) -> None:
    market = Market()
    market.own.knobs.draw = draw
    desk = market.room.desk()
    stir(market.room.group, market.own.ours, market.own.knobs, market.room.world, desk, None)
    assert desk.kinds[market.own.knobs.kind_swap].interest == draw


def test_after_the_call_some_offer_something_once() -> None:
    market = Market()

    def does(person: int) -> bool:
        market.me.person, market.own.of(market.me).asked = person, 0
        assert market.look(599.0) == 0
        wrote = market.look(600.0)
        assert market.look(700.0) == 0
        return bool(wrote)

    assert measured(market.room, HAS_SOME, does) == pytest.approx(0.15, abs=CLOSE)


def test_who_answers_first_may_find_what_they_need() -> None:
    market = Market()
    kind = int(market.own.knobs.kind_swap)

    def finds(person: int) -> bool:
        market.me.person = person
        return market.answers(kind, 1) == 20.0

    luck = [uniform(market.room.world, person, FITS, 3) < 0.4 for person in range(300)]
    assert [finds(person) for person in range(300)] == luck
    assert market.answers(kind, 2) == market.answers(kind + 1, 1) == 0.0


def test_members_talk_to_each_other_on_market_days_only() -> None:
    calm = {"replicates": 20, "days": 30, "purpose": {"talk": 0.01}}
    tables, none = (play(lively(some, **calm)) for some in ([strategy("members_market", gap_days=5)], []))
    counted = tables["mechanism.swap_day"]
    offered = counted[counted["n_swap_offers"] > 0]
    assert set(offered["day"] % 5) == {4}
    assert 0 < counted["n_swaps"].sum() <= counted["n_swap_offers"].sum()
    replies = [one["daily"]["n_replies_off_host"][one["daily"]["day"] % 5 == 4].sum() for one in (tables, none)]
    assert replies[0] > 1.05 * replies[1]
    assert tables["daily"]["cost"].sum() == none["daily"]["cost"].sum() == 0.0


def test_lanes_agree() -> None:
    scenario = lively([strategy("members_market", gap_days=3)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
