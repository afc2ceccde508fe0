"""Crowdfunding: pledges are taken if they reach the target, from those who are still in, and pay for the thing."""

from __future__ import annotations

from typing import Any

import pytest

from sim.mechanisms.fund import MADE, MISSED, PLEDGE, Fund, call, make, pledge, settle, withdraw
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured, sigma


class Call:
    """A fund of 100 CNY in pledges of 50, open for ten days from day 20 on."""

    def __init__(self) -> None:
        self.room = Room(day=20)
        self.own = OwnRows(self.room, Fund())
        self.ours = self.own.ours
        self.ours.fund_target, self.ours.fund_pledge, self.ours.fund_days = 100.0, 50.0, 10.0
        self.room.group.host_slot, self.room.group.minutes_left = 0, 1_000.0

    def plan(self, day: int) -> None:
        """The morning of a day."""
        self.room.on(day)
        call(self.room.group, self.ours, self.own.knobs, self.room.world)

    def call(self, rule: Any, me: Any) -> None:
        room = self.room
        rule(me, self.own.of(me), room.group, self.ours, room.today, self.own.knobs, room.world)


def test_it_is_called_for_each_week_and_ends() -> None:
    fund = Call()
    called = []
    for day in range(20, 33):
        fund.plan(day)
        called.append(int(fund.ours.is_called))
    assert called == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert fund.ours.stage == MISSED


def test_who_reads_the_host_pledges_as_they_would_buy() -> None:
    fund = Call()
    fund.plan(20)
    me = fund.room.sit(1, trust=0.8, fit=0.9, n_host_read=1)
    world = fund.room.world
    x = world.buy + world.buy_trust * 0.8 + world.buy_fit * 0.9 - world.buy_price * 0.06062462181643484

    def does(person: int) -> bool:
        me.person, fund.own.of(me).has_pledged = person, 0
        fund.call(pledge, me)
        return bool(fund.own.of(me).has_pledged)

    assert measured(fund.room, PLEDGE, does) == pytest.approx(sigma(x), abs=CLOSE)
    me.n_host_read = 0
    assert not any(does(person) for person in range(300))


@pytest.mark.parametrize(("pledges", "end", "spent"), [(2, MADE, 50.0), (1, MISSED, 0.0)])
def test_all_or_nothing(pledges: int, end: int, spent: float) -> None:
    fund = Call()
    fund.plan(20)
    people = [fund.room.sit(slot, trust=0.5, belonging=0.5) for slot in range(1, pledges + 1)]
    for me in people:
        fund.own.of(me).has_pledged = 1
    fund.ours.n_pledged = pledges
    fund.plan(30)
    assert fund.ours.is_ending == end
    for me in people:
        fund.call(settle, me)
        assert me.spent == spent
        assert (me.belonging > 0.5) == (end == MADE)
        assert (me.trust < 0.5) == (end == MISSED)
    make(fund.room.group, fund.ours, fund.own.knobs, fund.room.world, None)
    assert fund.room.group.revenue == spent * pledges
    assert fund.room.group.yuan_paid == pytest.approx(0.7 * spent * pledges)


def test_who_leaves_takes_the_pledge_along() -> None:
    fund = Call()
    me = fund.room.sit(1)
    fund.own.of(me).has_pledged = fund.ours.n_pledged = 1
    withdraw(me, fund.own.of(me), fund.room.group, fund.ours, fund.own.knobs, fund.room.world)
    assert fund.ours.n_pledged == 0


def test_pledges_are_revenue_and_pay_for_the_thing() -> None:
    doses = {"target": 50.0, "pledge": 10.0, "deadline": 10, "minutes": 0.0}
    tables = play(lively([strategy("crowdfunding_consulting", **doses)], replicates=10, days=14, mind={"buy": 1.0}))
    counted = tables["mechanism.fund"]
    assert counted["n_made"].sum() > 5
    assert counted["fen_raised"].sum() % 10 == 0
    assert counted["fen_raised"].sum() >= 50 * counted["n_made"].sum()
    assert counted["fund_cost"].sum() == pytest.approx(0.7 * counted["fen_raised"].sum(), abs=0.5)
    assert tables["spells"]["spent"].sum(dtype=float) >= counted["fen_raised"].sum()


def test_lanes_agree() -> None:
    scenario = lively([strategy("crowdfunding_consulting", target=20.0, pledge=5.0, deadline=6)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
