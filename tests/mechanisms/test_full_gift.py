"""The gift for a full group: the nearer the keener, given once to those who were in, paid to the fen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios import ConfigError, compose
from sim.mechanisms.full_gift import FullGift, be_keen, give, take
from sim.mechanisms.gifts import Gifts
from tests.mechanisms.own_rows import OwnRows
from tests.plays import daily_grid, differing, lively, play, strategy
from tests.unit.rules.people import Room


class Goal:
    """A group to which a gift of 16 CNY is promised at thirty members, two days later."""

    def __init__(self, members: int, day: int = 20) -> None:
        self.room = Room(day=day)
        self.own, self.gifts = OwnRows(self.room, FullGift()), OwnRows(self.room, Gifts())
        ours = self.own.ours
        ours.full_gift_n, ours.full_gift_yuan, ours.full_gift_delay = 30.0, 16.0, 2.0
        self.room.group.n_members = members

    def plan(self, day: int) -> int:
        """Fen that the gift costs on a day."""
        self.room.on(day)
        self.own.ours.gift_cost = 0
        give(self.room.group, self.own.ours, self.own.knobs, self.room.world, None)
        return int(self.own.ours.gift_cost)

    def call(self, rule: Any, me: Any) -> None:
        room = self.room
        rule(me, self.own.of(me), room.group, self.own.ours, room.today, self.own.knobs, room.world, self.gifts.of(me))


@pytest.mark.parametrize(("members", "wish"), [(30, 0.3), (20, 0.6 / 3.0), (1, 0.6 * (16 / 3.9) / (16 + 16 / 3.9))])
def test_the_nearer_the_goal_the_keener(members: int, wish: float) -> None:
    goal = Goal(members)
    goal.call(be_keen, goal.room.sit(1))
    assert goal.room.today.invite == pytest.approx(wish)


def test_it_is_given_once_some_days_after_the_goal_was_reached() -> None:
    goal = Goal(29)
    assert [goal.plan(day) for day in (20, 21)] == [0, 0]
    goal.room.group.n_members = 31
    assert [goal.plan(day) for day in (22, 23, 24, 25)] == [0, 0, 16 * 30 * 100, 0]
    assert goal.room.group.yuan_paid == 480.0
    goal.call(be_keen, goal.room.sit(1))
    assert goal.room.today.invite == 0.0


def test_it_waits_for_the_purse() -> None:
    goal = Goal(31)
    goal.room.world.purse_left = 479.0
    assert [goal.plan(day) for day in (20, 22)] == [0, 0]
    goal.room.world.purse_left = 480.0
    assert goal.plan(30) == 48_000


@pytest.mark.parametrize(("joined", "yuan"), [(23, 16.0), (24, 0.0)])
def test_who_came_on_the_day_of_the_gift_or_later_has_none(joined: int, yuan: float) -> None:
    goal = Goal(31)
    for day in (22, 24):
        goal.plan(day)
    me = goal.room.sit(1, joined=joined)
    for _ in range(2):
        goal.call(take, me)
    assert goal.gifts.of(me).yuan == yuan


def test_more_friends_are_asked_until_the_group_is_full_and_not_after() -> None:
    many = {"replicates": 20, "days": 60, "population": {"seats": 60}}
    promised, none = (
        play(lively(some, **many)) for some in ([strategy("gift_at_n", members=20, gift=100.0)], [])
    )  # fmt: skip
    assert promised["daily"]["n_invitations"].sum() > 1.1 * none["daily"]["n_invitations"].sum()
    counted = promised["mechanism.full_gift"]
    assert counted["gift_cost"].sum() == pytest.approx(promised["daily"]["cost"].sum(dtype=float), rel=1e-5)
    times = np.bincount(counted["replicate"] * 3 + counted["group"])
    assert set(times[times > 0]) == {1}
    size = daily_grid(promised, "n_members", lively(**many))
    for row in counted:
        assert size[row["replicate"], row["group"], : row["day"]].max() >= 20


def test_a_goal_that_founders_have_reached_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"gift_at_n.members=15 is reached before the first day.*founders=15"):
        compose(["strategy=gift_at_n", "strategies.gift_at_n.members=15"])
    with pytest.raises(ConfigError, match=r"population.members=120"):
        compose(["strategy=gift_at_n", "population.members=120"])
    (one,) = compose(["strategy=gift_at_n", "strategies.gift_at_n.members=16"]).strategies
    assert (one.never_binds(15), one.never_binds(16)) == ("members", "")


def test_lanes_agree() -> None:
    scenario = lively([strategy("gift_at_n", members=14, delay=1)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
