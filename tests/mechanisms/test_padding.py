"""Padding: what is bought and shown, whom it draws, what it does inside, how it is seen through, what is refused."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pytest

from agents import Advertiser, Member
from scenarios import ConfigError
from scenarios.config.compose import compose
from sim.mechanisms.padding import Padding, impress, look_around, show
from sim.mechanisms.suspicion import Suspicion
from sim.model.submodels.door import has_room
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room


class Morning:
    """A group of ten members with twenty seats; the host has 100 CNY."""

    def __init__(self, purse: float = 100.0, **ours: float) -> None:
        self.room = Room()
        self.group, self.world = self.room.group, self.room.world
        self.group.n_members, self.world.purse_left = 10, purse
        self.own = OwnRows(self.room, Padding())
        self.ours, self.knobs = self.own.ours, self.own.knobs
        for name, value in ours.items():
            setattr(self.ours, name, value)

    def shown(self) -> int:
        """How many nobodies stand among the members."""
        show(self.group, self.ours, self.knobs, self.world, None)
        return int(self.group.n_fakes)


@pytest.mark.parametrize(
    ("morning", "fakes", "fen"),
    [
        ({"fake_members": 5.0, "fake_price": 0.5}, 5, 250),
        ({"fake_members": 50.0, "fake_price": 0.5}, 10, 2_500),
        ({"fake_members": 5.0, "fake_price": 0.5, "n_bought": 3}, 5, 100),
        ({"fake_members": 5.0, "fake_price": 0.5, "n_bought": 8}, 5, 0),
        ({"fake_members": 5.0, "fake_price": 50.0}, 0, 0),
        ({"fake_members": 5.0, "purse": 0.0}, 5, 0),
    ],
    ids=str,
)
def test_fakes_are_bought_once_and_shown_as_far_as_there_are_seats(
    morning: dict[str, float], fakes: int, fen: int
) -> None:
    day = Morning(**morning)
    assert (day.shown(), day.ours.fen_fakes) == (fakes, fen)


def test_they_take_seats() -> None:
    day = Morning(fake_members=5.0)
    day.group.seats_offered = 15
    assert has_room(day.group)
    day.shown()
    assert not has_room(day.group)


@pytest.mark.parametrize(("fakes", "claimed"), [(5, 0.0), (0, 500.0), (0, 0.0)])
def test_what_is_shown_draws_people(fakes: int, claimed: float) -> None:
    day = Morning(claimed_crowd=claimed)
    day.group.n_fakes = fakes
    impress(day.room.sit(1), None, day.group, day.ours, day.room.knock, day.knobs, day.world, None)
    assert day.room.knock.enter == pytest.approx(0.3 * math.log((11.0 + fakes + claimed) / 11.0))


def test_advertisers_take_them_for_readers_and_members_for_strangers() -> None:
    day = Morning()
    hawker, me = day.room.sit(1, Advertiser), day.room.sit(2, talk=1.0, belonging=0.5, appeal=0.5, info_need=0.0)
    day.room.knock.price = 20.0
    wanted, said = [], []
    for day.group.n_fakes in (0, 200):
        wanted.append(Advertiser.enters(hawker, day.room.knock, day.group, day.world))
        rate = next(u for u in range(1000) if Member.opens(me, u / 1000.0, 9, day.room.today, day.group, day.world) < 0)
        said.append(rate)
    assert wanted[1] > wanted[0]
    assert said[1] < said[0]


def test_looking_around_is_as_good_as_reading_a_staged_line_now_and_then() -> None:
    day = Morning()
    day.group.n_fakes = 30
    doubts = OwnRows(day.room, Suspicion())
    me = day.room.sit(1, n_looks=2)
    look_around(me, None, day.group, day.ours, day.room.today, day.knobs, day.world, doubts.of(me))
    assert doubts.of(me).staged == pytest.approx(0.02 * 2 * 30 / 40)


def test_fakes_that_leave_nobody_a_seat_are_refused() -> None:
    told = r"padding.fakes=185 and population.founders=15 leave nobody one of 200 seats; give fewer"
    with pytest.raises(ConfigError, match=told):
        compose(["strategy=padding", "strategies.padding.fakes=185", "population.seats=200"])
    assert compose(["strategy=padding", "strategies.padding.fakes=184", "population.seats=200"])


@cache
def padded(fakes: int, claimed: int = 0, is_shut: bool = False) -> Tables:
    """Twenty communities of three groups; where the door is shut, of founders alone."""
    chosen: list[Any] = [strategy("padding", fakes=fakes, claimed_groups=claimed)] if fakes + claimed else []
    alone = {"purpose": {"search_rate": 0.0}, "mind": {"invite": 0.0}, "population": {"seats": 120, "founders": 20}}
    world = alone if is_shut else {"population": {"seats": 500}}
    return play(lively(chosen, replicates=20, days=60, operator={"hours": 20.0}, **world))


def test_a_claim_fills_the_group() -> None:
    joined = [padded(0, claimed)["daily"]["new_joined"].sum() for claimed in (0, 20)]
    assert joined[1] > 1.05 * joined[0]


def test_inside_members_talk_less_each_and_trust_the_host_less() -> None:
    plain, full = padded(0, is_shut=True)["daily"], padded(60, is_shut=True)["daily"]
    talk = [t["n_member_messages"].sum() / t["n_members"].sum() for t in (plain, full)]
    assert talk[1] < 0.95 * talk[0]
    assert padded(60, is_shut=True)["mechanism.suspicion"]["sum_suspicion"].sum() > 0.0
    late = [t["mean_trust"][t["day"] >= 40].mean() for t in (plain, full)]
    assert late[1] < late[0]


def test_lanes_agree() -> None:
    scenario = lively([strategy("padding", fakes=6, claimed_groups=1)], replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []


def test_fakes_leave_no_room_under_a_cap_either() -> None:
    told = r"padding.fakes=100 and population.founders=15 leave nobody one of 100 seats"
    with pytest.raises(ConfigError, match=told):
        compose(["strategy=[padding,group_cap]", "strategies.group_cap.limit=100", "population.seats=500"])
