"""The door: a rise that hurries, an application that costs trouble and minutes, a gift that draws and is paid for."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from agents import Advertiser, Member
from scenarios.strategies.base import GroupFacts, Strategy
from sim.data.tables import CHANNELS
from sim.engine.levers import Levers
from sim.mechanisms.door import Door, apply, hand_over, hold_ready, hurry, look_at, lure, recognise
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room

FOUNDER, SEARCH = CHANNELS.index("founder"), CHANNELS.index("search")
SHARE = 1000.0 / (1000.0 + 16.0)  # of all there is to be felt, a gift of 1,000 CNY to somebody with 800 a month


def met(rule: Any, room: Room, me: Any, knobs: dict[str, float] | None = None, **levers: float) -> Any:
    """What somebody meets at the door by one rule."""
    room.knock.price = room.knock.worth = room.knock.enter = 0.0
    room.knock.is_refused = 0
    ours = ours_of(Door, **levers)
    rule(me, None, room.group, ours, room.knock, knobs_of(Door, **(knobs or {})), room.world)
    return ours


@pytest.mark.parametrize(("price", "rise", "weight", "pull"), [
    (0.0, 9.9, 0.5, 0.5 * math.log(10.9)), (9.0, 10.0, 0.5, 0.5 * math.log(2.0)), (9.0, 10.0, 0.0, 0.0),
])  # fmt: skip
def test_a_rise_hurries_by_how_many_times_dearer_it_will_be(
    price: float, rise: float, weight: float, pull: float
) -> None:
    room = Room()
    room.group.entry_price = price
    met(hurry, room, room.sit(1), {"enter_rise": weight}, price_rise=rise)
    assert room.knock.worth == pytest.approx(pull)


def test_trouble_counts_as_if_it_were_paid() -> None:
    room = Room()
    met(apply, room, room.sit(1), screen_effort=2.5)
    assert room.knock.price == 2.5


@pytest.mark.parametrize(("match", "pull"), [(0.5, 0.0), (0.9, 0.4), (0.0, -0.5)])
def test_a_clear_name_draws_whom_it_fits_and_keeps_away_the_others(match: float, pull: float) -> None:
    room = Room(enter_match=4.0)
    met(recognise, room, room.sit(1, match=match), name_clarity=0.25)
    assert room.knock.enter == pytest.approx(pull)


@pytest.mark.parametrize(("held", "weight", "pull"), [(1, 0.8, 0.8 * SHARE), (0, 0.8, 0.0), (1, 0.0, 0.0)])
def test_a_gift_draws_while_there_is_one(held: int, weight: float, pull: float) -> None:
    room = Room()
    met(lure, room, room.sit(1), {"enter_gift": weight}, magnet_yuan=1000.0, has_magnet=held)
    assert room.knock.worth == pytest.approx(pull)


def refused(room: Room, me: Any, **knobs: float) -> bool:
    """Is an applicant sent away where at least half must fit?"""
    met(look_at, room, me, knobs, screen_bar=0.5)
    return bool(room.knock.is_refused)


def test_who_seems_to_fit_comes_in_and_advertisers_seem_to_fit_less() -> None:
    room = Room()
    room.group.minutes_left = 100.0
    for role, match, is_out in ((Member, 0.49, True), (Member, 0.51, False), (Advertiser, 0.7, True)):
        assert refused(room, room.sit(1, role, match=match), screen_noise=0.0) is is_out
    assert not refused(room, room.sit(1, Advertiser, match=0.7), screen_noise=0.0, screen_tell=0.0)
    assert room.group.minutes_left == 100.0 - 4 * 4.0 == 100.0 - room.group.minutes_given


def test_an_application_is_misjudged_as_often_as_the_error_says() -> None:
    """Somebody 0.25 below the bar passes with the chance of one standard deviation: 16 %."""
    room = Room()
    room.group.minutes_left = 1e6
    passed = [not refused(room, room.sit(1, match=0.25, person=p), screen_noise=0.25) for p in range(2000)]
    assert np.mean(passed) == pytest.approx(0.159, abs=0.025)


def test_without_minutes_nobody_is_looked_at_and_nobody_gets_in() -> None:
    room = Room()
    room.group.minutes_left = 3.9
    ours = met(look_at, room, room.sit(1, match=1.0), screen_bar=0.1)
    assert (room.knock.is_refused, ours.n_unseen, ours.n_refused, ours.minutes_screening) == (1, 1, 0, 0.0)
    room.group.minutes_left = 4.0
    ours = met(look_at, room, room.sit(1, match=0.0), {"screen_noise": 0.0}, screen_bar=0.1)
    assert (ours.n_unseen, ours.n_refused, ours.minutes_screening, room.group.minutes_left) == (0, 1, 4.0, 0.0)


def given(channel: int, purse: float, **knobs: float) -> tuple[Any, Any, Room]:
    """Somebody who comes in where a gift of 1,000 CNY costs 300, the group's row, and the room."""
    room = Room()
    room.world.purse_left = purse
    me, ours = room.sit(1, channel=channel, expectation=0.1), ours_of(Door, magnet_yuan=1000.0, magnet_cost=300.0)
    hold_ready(room.group, ours, knobs_of(Door), room.world)
    hand_over(me, None, room.group, ours, knobs_of(Door, **knobs), room.world)
    return me, ours, room


def test_a_gift_is_paid_to_newcomers_who_expect_more_for_it() -> None:
    me, ours, room = given(SEARCH, 300.0)
    assert me.expectation == pytest.approx(0.1 + 0.1 * SHARE)
    assert (ours.n_magnets, ours.fen_magnets, room.group.yuan_paid, room.world.purse_left) == (1, 30_000, 300.0, 0.0)
    assert given(SEARCH, 300.0, gift_expect=0.0)[0].expectation == pytest.approx(0.1)


@pytest.mark.parametrize(("channel", "purse"), [(FOUNDER, 300.0), (SEARCH, 299.0)])
def test_founders_get_none_and_an_empty_purse_gives_none(channel: int, purse: float) -> None:
    me, ours, room = given(channel, purse)
    assert (ours.n_magnets, room.group.yuan_paid, room.world.purse_left) == (0, 0.0, purse)
    assert me.expectation == pytest.approx(0.1)


class Gate(Strategy):
    """Every lever of the door from day 3 on."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        if day >= 3:
            levers.price_rise.plus(2.0)
            levers.screen_bar.only_one(0.4)
            levers.screen_effort.plus(0.5)
            levers.name_clarity.plus(0.5)
            levers.magnet_yuan.plus(20.0)
            levers.magnet_cost.plus(6.66)


def test_lanes_agree_and_money_and_minutes_are_booked() -> None:
    scenario = lively([Gate(), strategy("paid_entry", price=0.5)])
    mesa, compiled = play(scenario, "mesa"), play(scenario)
    assert differing(mesa, compiled) == []
    own = compiled["mechanism.door"]
    assert own["fen_magnets"] == pytest.approx(6.66 * own["n_magnets"])
    assert own["n_magnets"].sum() > 5
    assert own["n_refused"].sum() > 5
    newcomers = compiled["spells"][compiled["spells"]["channel"] != FOUNDER]
    assert own["n_magnets"].sum() == (newcomers["day_joined"] >= 3).sum()
