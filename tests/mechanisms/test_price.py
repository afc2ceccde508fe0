"""The price at the door: what is asked, who pays, to the fen, and on which day's terms."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from agents.advertiser import Advertiser
from agents.connector import Connector
from agents.member import Member
from scenarios.strategies.base import GroupFacts, Strategy
from sim.data.tables import CHANNELS
from sim.engine.levers import Levers
from sim.mechanisms.price import Price, ask, expect, take, use_up
from sim.model.submodels.market import is_cheap
from sim.model.vocabulary import NO_DOOR
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room

FOUNDER, SEARCH, CARRIED = (CHANNELS.index(name) for name in ("founder", "search", "carried"))


class Dearer(Strategy):
    """Free for five days, then dearer every day; another price in every group."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.entry_price.only_one(0.1 * (groups.index + 1) * max(0, day - 4))


def asked(price: float, before: float = 0.0) -> float:
    """The price that somebody is asked at the door."""
    room = Room()
    room.knock.price = before
    ask(room.sit(1, budget=800.0), None, room.group, ours_of(Price, entry_price=price), room.knock, None, room.world)
    return float(room.knock.price)


def test_the_price_is_added_to_what_others_ask() -> None:
    assert asked(9.9) == 9.9
    assert asked(9.9, before=5.0) == 14.9


@pytest.mark.parametrize(("price", "role", "refused"), [(799.0, Member, 0), (800.0, Member, 0), (801.0, Member, 1),
                                                        (801.0, Advertiser, 0)])  # fmt: skip
def test_what_is_more_than_a_months_free_money_nobody_pays(price: float, role: type[Member], refused: int) -> None:
    """Whatever is promised; but an advertiser, who pays out of what adverts bring, compares."""
    room = Room()
    me = room.sit(1, role, budget=800.0)
    ask(me, None, room.group, ours_of(Price, entry_price=price, promise=10_000.0), room.knock, None, room.world)
    assert room.knock.is_refused == refused


@pytest.mark.parametrize(("price", "same", "share"),
                         [(0.0, 0, 1.0), (99.0, 0, 10.9**-1.08), (99.0, 1, 1.0), (801.0, 0, 0.0)])
def test_connectors_weigh_a_price_as_others_do(price: float, same: int, share: float) -> None:
    """Of 1,500 people the share is off by four standard errors in one of 16,000 tests."""
    room = Room(enter_price=1.08, price_half=0.0125)
    room.world.is_same_members = same
    me = room.sit(1, Connector, budget=800.0)

    def goes(person: int) -> bool:
        me.person = person
        return bool(is_cheap(price, me, room.world))

    found = np.mean([goes(person) for person in range(1_500)])
    assert found == pytest.approx(share, abs=4.0 * math.sqrt(share * (1.0 - share) / 1_500))


def test_a_lively_group_fills_for_nothing_and_not_for_much() -> None:
    """Of the people who come in for nothing few come in for 299 CNY, though friends ask them again and again."""
    def come(price: float) -> int:
        doors = [strategy("paid_entry", price=price)] if price else []
        world = lively(doors, purpose={"search_rate": 4.0}, mind={"invite": 0.3}, population={"seats": 200},
                       cast={"advertisers": 0.0, "connectors": 0.0})  # fmt: skip
        return int((~np.isin(play(world)["spells"]["channel"], NO_DOOR)).sum())

    assert 0 < come(299.0) < 0.1 * come(0.0)


def test_revenue_at_the_door_does_not_grow_for_ever() -> None:
    """Hundreds bring something; tens of thousands, which nobody has, bring nothing, however much is promised."""
    def revenue(price: float) -> float:
        doors = [strategy("paid_entry", price=price, promise=20_000.0)]
        return float(play(lively(doors, purpose={"search_rate": 4.0}))["spells"]["entry_paid"].sum())

    assert revenue(500.0) > 5_000.0
    assert revenue(50_000.0) == 0.0


@pytest.mark.parametrize(("match", "change"), [(0.5, 1.0), (1.0, 2.0), (0.0, 0.0)])
def test_a_promise_is_weighed_as_a_price_is_by_trust_and_fit(match: float, change: float) -> None:
    """From a host who is trusted fully, a promise of 30 CNY outweighs a price of 30 where the topic half fits."""
    room = Room(trust_start=1.0)
    me = room.sit(1, match=match, budget=800.0)
    ask(me, None, room.group, ours_of(Price, promise=30.0), room.knock, None, room.world)
    assert room.knock.worth == pytest.approx(change * 1.08 * math.log(1.0 + 30.0 / 10.0))
    assert room.knock.price == 0.0


def test_who_believed_a_promise_expects_more() -> None:
    room = Room()
    for channel, more in ((SEARCH, 0.2 * 16.0 / (16.0 + 16.0)), (FOUNDER, 0.0)):
        me: Any = room.sit(1, channel=channel, budget=800.0, expectation=0.1)
        expect(me, None, room.group, ours_of(Price, promise=16.0), knobs_of(Price), room.world)
        assert me.expectation == pytest.approx(0.1 + more)


def test_a_price_of_hundreds_is_paid_by_some_where_enough_is_promised() -> None:
    """A price of 500 CNY alone sells next to nothing; a promise of 2,000 a month sells seats at it."""
    def entered(**doses: float) -> int:
        tables = play(lively([strategy("paid_entry", price=500.0, **doses)], purpose={"search_rate": 4.0}))
        return int((tables["spells"]["entry_paid"] > 0.0).sum())

    assert entered(promise=2_000.0) > entered() + 10


@pytest.mark.parametrize(("age", "paid", "budget"), [(0, 100.0, 800.0), (60, 100.0, 800.0), (1000, 100.0, 800.0),
                                                     (0, 100.0, 4000.0), (5, 0.0, 800.0)])  # fmt: skip
def test_money_paid_draws_by_what_it_was_worth_and_wears_off(age: int, paid: float, budget: float) -> None:
    room = Room(day=age)
    me = room.sit(1, joined=0, entry_paid=paid, budget=budget)
    use_up(me, None, room.group, ours_of(Price), room.today, knobs_of(Price), room.world)
    assert room.today.visit == pytest.approx(8.0 * math.log(1.0 + paid / budget) * math.exp(-age / 60.0))


@pytest.mark.parametrize(("channel", "price", "paid"), [(SEARCH, 9.9, 9.9), (CARRIED, 9.9, 9.9), (FOUNDER, 9.9, 0.0),
                                                        (SEARCH, 1.119, 1.12), (SEARCH, 0.004, 0.0)])  # fmt: skip
def test_a_newcomer_pays_to_the_fen_and_a_founder_nothing(channel: int, price: float, paid: float) -> None:
    room = Room()
    me: Any = room.sit(1, channel=channel)
    take(me, None, room.group, ours_of(Price, entry_price=price), knobs_of(Price), room.world)
    assert (me.entry_paid, me.spent, room.group.revenue) == (paid, paid, paid)


def test_everybody_pays_the_price_of_their_group_on_the_day_they_got_a_seat() -> None:
    tables = play(lively([Dearer()], purpose={"search_rate": 4.0}))
    spells = tables["spells"]
    price = 0.1 * (spells["group"] + 1) * (spells["day_joined"] - 4).clip(0)
    price[spells["channel"] == FOUNDER] = 0.0
    assert spells["entry_paid"] == pytest.approx(price, abs=1e-5)
    assert (price > 0.0).sum() > 10
    sold = tables["purchases"]["price"].sum(dtype=float)
    assert tables["daily"]["revenue"].sum(dtype=float) == pytest.approx(price.sum() + sold, rel=1e-5)


def test_lanes_agree_on_days_with_and_without_a_price() -> None:
    scenario = lively([Dearer(), strategy("group_cap", limit=16, queue=5)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
