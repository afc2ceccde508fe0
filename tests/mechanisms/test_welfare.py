"""Welfare and earnings: who gets what, who pays, what it does at the door, and that both are missed when they stop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from agents import Advertiser
from sim.mechanisms.gifts import Gifts, enjoy
from sim.mechanisms.welfare import Welfare, earn, give, lure, take, work
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room


class Office:
    """A group with welfare and projects, and the rows of what its members have in hand."""

    def __init__(self, day: int = 0, **levers: float) -> None:
        self.room = Room(day=day)
        self.own, self.gifts = OwnRows(self.room, Welfare()), OwnRows(self.room, Gifts())
        self.room.group.minutes_left, self.room.group.n_members = 60.0, 31
        for name, value in levers.items():
            setattr(self.own.ours, name, value)

    def call(self, rule: Any, me: Any) -> float:
        """A rule for one visitor; what they then have in hand."""
        room = self.room
        rule(me, self.own.of(me), room.group, self.own.ours, room.today, self.own.knobs, room.world, self.gifts.of(me))
        return float(self.gifts.of(me).yuan)

    def plan(self) -> None:
        give(self.room.group, self.own.ours, self.own.knobs, self.room.world, None)


@pytest.mark.parametrize(("yuan", "before", "budget", "joy"), [
    (16.0, 0.0, 800.0, 0.06), (16.0, 32.0, 800.0, 0.09), (16.0, 0.0, 8_000.0, 0.12 / 11), (0.0, 0.0, 800.0, 0.0),
])  # fmt: skip
def test_what_is_in_hand_pleases_once_and_ever_less(yuan: float, before: float, budget: float, joy: float) -> None:
    office = Office()
    me: Any = office.room.sit(1, budget=budget)
    mine = office.gifts.of(me)
    mine.yuan = yuan + before
    for _ in range(2):
        enjoy(me, mine, office.room.group, None, office.room.today, office.gifts.knobs, office.room.world)
    assert office.room.today.gain == pytest.approx(joy)


@pytest.mark.parametrize(("purse", "given"), [(20.0, 1), (19.99, 0)])
def test_everybody_but_the_host_costs_a_thirtieth_a_day_if_the_purse_holds_it(purse: float, given: int) -> None:
    office = Office(welfare_yuan=20.0)
    office.room.world.purse_left = purse
    office.plan()
    assert (office.own.ours.is_given, office.own.ours.welfare_cost) == (given, 2_000 * given)
    assert office.room.group.yuan_paid == 20.0 * given
    assert office.call(take, office.room.sit(1)) == pytest.approx(20.0 / 30 * given)


def test_nobody_feels_more_welfare_than_was_paid_however_often_they_look() -> None:
    """A month's worth comes in thirty parts, whoever looks on few days finds them together; the host gets none."""
    office = Office(welfare_yuan=60.0)
    office.room.group.host_slot = 0
    host, often, seldom = (office.room.sit(slot, budget=800.0) for slot in range(3))
    felt = 0.0
    for day in range(30):
        office.room.on(day)
        office.own.ours.is_given = 1
        for me in (host, often, seldom):
            office.call(take, me)
        felt += office.gifts.of(often).yuan
        office.gifts.of(often).yuan = 0.0  # what is in hand is felt at a look
    at_once = office.gifts.of(seldom).yuan
    assert (felt, at_once, office.gifts.of(host).yuan) == (pytest.approx(60.0), pytest.approx(60.0), 0.0)


def test_a_few_have_a_project_for_a_month_each_paid_once() -> None:
    office = Office(earn_yuan=200.0, earn_share=0.25)
    office.room.group.minutes_left = 1e9
    people = [office.room.sit(slot) for slot in range(1, 20)]
    held = np.zeros((360, len(people)))
    for day in range(360):
        office.room.on(day)
        for i, me in enumerate(people):
            before = office.gifts.of(me).yuan
            office.call(earn, me)
            held[day, i] = office.call(work, me) - before
    assert np.unique(held.round(9)) == pytest.approx([0.0, 200.0 / 30])
    assert 0.15 < (held > 0.0).mean() < 0.35
    n = office.own.ours.n_projects
    running = sum(office.own.of(me).project_ends > 360 for me in people)
    assert 200.0 * (n - running) <= held.sum() <= 200.0 * n  # no more than was earned
    assert 0.15 * 12 * 19 < n < 0.35 * 12 * 19
    assert office.own.ours.fen_earned == 20_000 * n
    assert office.own.ours.minutes_projects == pytest.approx(10.0 * n)
    assert office.room.group.yuan_paid == office.room.group.revenue == 0.0


@pytest.mark.parametrize(("economy", "minutes", "role", "landed"), [
    (1.0, 60.0, None, 1), (0.0, 60.0, None, 0), (1.0, 9.0, None, 0), (1.0, 60.0, Advertiser, 0),
])  # fmt: skip
def test_no_project_without_a_market_minutes_or_somebody_who_came_for_it(
    economy: float, minutes: float, role: Any, landed: int
) -> None:
    office = Office(earn_yuan=200.0, earn_share=1.0)
    office.own.knobs.economy, office.room.group.minutes_left = economy, minutes
    me = office.room.sit(1, **({"role": role} if role else {}))
    office.room.world.role_advertiser = 4
    office.call(work, me)
    assert office.own.ours.n_projects == landed


def test_money_draws_people_to_the_door() -> None:
    office = Office(welfare_yuan=6.0, earn_yuan=200.0, earn_share=0.05)
    me, room = office.room.sit(1, budget=800.0), office.room
    lure(me, None, room.group, office.own.ours, room.knock, office.own.knobs, room.world, None)
    assert room.knock.worth == pytest.approx(0.8 * 0.5)


def belonging(*chosen: Any) -> np.ndarray:
    """Mean belonging by day, of groups that nobody enters."""
    base = lively(chosen, replicates=20, days=50, purpose={"search_rate": 0.0}, operator={"purse": 1e7})
    daily = play(base)["daily"]
    weights = daily["mean_belonging"] * daily["n_members"]
    return np.bincount(daily["day"], weights) / np.bincount(daily["day"], daily["n_members"])  # type: ignore


def test_welfare_warms_while_it_is_new_and_its_end_is_felt() -> None:
    kept, ended, none = (belonging(*some) for some in (
        [strategy("welfare", per_month=500.0)], [strategy("welfare", per_month=500.0, until_day=24)], [],
    ))  # fmt: skip
    assert (kept[5:25] > none[5:25] + 0.01).all()
    assert (ended[:25] == kept[:25]).all()
    assert (ended[36:] < kept[36:] - 0.01).all()  # belonging follows slowly


def test_projects_warm_who_has_one() -> None:
    held, none = belonging(strategy("earnings", share=0.8, per_month=500.0)), belonging()
    assert (held[5:25] > none[5:25] + 0.01).all()


def test_lanes_agree_and_the_operator_pays_for_welfare_alone() -> None:
    scenario = lively([strategy("welfare"), strategy("earnings", share=0.5)])
    compiled = play(scenario)
    assert differing(play(scenario, "mesa"), compiled) == []
    counted = compiled["mechanism.welfare"]
    assert counted["welfare_cost"].sum() == pytest.approx(compiled["daily"]["cost"].sum(dtype=float), rel=1e-5)
    assert counted["fen_earned"].sum() > 0.0
