"""Points and levels: what earns points, who rises, what a level above the others is worth, what perks cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios import Scenario
from sim.mechanisms.gifts import Gifts
from sim.mechanisms.honours import Honours, be_proud, begin, compare, give, level_of, rank
from sim.mechanisms.points import Points, gather, reward
from sim.mechanisms.tasks import Tasks
from tests.mechanisms.own_rows import OwnRows
from tests.mechanisms.rows import knobs_of
from tests.plays import differing, lively, play, started, strategy
from tests.unit.rules.people import Room


@pytest.mark.parametrize(("posts", "adverts", "task", "points"), [
    (0, 0, 0, 1.0), (2, 0, 0, 5.0), (9, 0, 0, 7.0), (2, 2, 0, 1.0), (0, 0, 1, 6.0),
])  # fmt: skip
def test_coming_writing_and_tasks_earn_points(posts: int, adverts: int, task: int, points: float) -> None:
    room = Room(day=4)
    own, tasks = OwnRows(room, Points()), OwnRows(room, Tasks())
    me = room.sit(1, n_posts=posts, n_ads_posted=adverts)
    tasks.of(me).done = 5 * task
    gather(me, own.of(me), room.group, own.ours, room.today, own.knobs, room.world, tasks.of(me))
    assert own.of(me).points == points


def test_a_purchase_earns_points() -> None:
    room = Room()
    own, me = OwnRows(room, Points()), room.sit(1)
    reward(me, own.of(me), room.group, own.ours, own.knobs, room.world, None)
    assert own.of(me).points == 10.0


@pytest.mark.parametrize(("points", "level"), [(0.0, 0), (9.9, 0), (10.0, 1), (29.9, 1), (30.0, 2), (269.9, 3),
                                               (270.0, 4), (1e9, 5)])  # fmt: skip
def test_each_level_needs_three_times_the_points(points: float, level: int) -> None:
    assert level_of(points, 5, knobs_of(Honours)) == level


class Order:
    """A group whose members have points, on one morning."""

    def __init__(self, points: list[float], **levers: float) -> None:
        self.room = Room()
        self.own, self.gifts, self.points = (OwnRows(self.room, one()) for one in (Honours, Gifts, Points))
        self.people = [self.room.sit(slot + 1) for slot in range(len(points))]
        for name, value in ({"levels": 5.0} | levers).items():
            setattr(self.own.ours, name, value)
        for me, value in zip(self.people, points, strict=True):
            self.points.of(me).points = value
        self.morning()

    def morning(self) -> None:
        room, own = self.room, self.own
        of_group = (room.group, own.ours, own.knobs, room.world)
        give(*of_group, None, None)
        begin(*of_group, None, None, None)  # type: ignore[arg-type]
        for me in self.people:
            mine = (own.of(me), room.group, own.ours, room.today, own.knobs, room.world)
            rank(me, *mine, self.gifts.of(me), self.points.of(me))
        compare(*of_group, None, None, None)  # type: ignore[arg-type]

    def look(self, me: Any) -> tuple[float, float, float]:
        """What a look does to their wish to leave and to their feeling, and what they have in hand."""
        room, own = self.room, self.own
        room.today.leave = room.today.gain = 0.0
        be_proud(me, own.of(me), room.group, own.ours, room.today, own.knobs, room.world, None, None)
        return room.today.leave, room.today.gain, self.gifts.of(me).yuan


def test_who_stands_above_the_mean_stays_and_who_rose_is_proud_once() -> None:
    order = Order([0.0, 10.0, 90.0])
    low, middle, high = order.people
    assert order.look(high) == (pytest.approx(-0.4 * (3 - 4 / 3)), 0.1, 0.0)
    assert order.look(middle) == (0.0, 0.1, 0.0)
    assert order.look(low) == (0.0, 0.0, 0.0)
    assert order.look(high)[1] == 0.0
    assert order.own.ours.n_risen == 4


def test_on_the_next_morning_levels_are_counted_anew() -> None:
    order = Order([0.0, 10.0, 90.0])
    first, held = order.look(order.people[2])[0], order.own.ours.held
    order.morning()
    assert (order.look(order.people[2])[0], order.own.ours.held) == (first, held)


def test_where_all_are_at_the_top_a_title_distinguishes_nobody() -> None:
    order = Order([1e6, 1e6])
    assert order.look(order.people[0])[0] == 0.0
    assert order.own.ours.n_top == 2


def test_points_fade_and_rising_again_makes_nobody_proud() -> None:
    order = Order([10.5], level_fade=1.0)
    me = order.people[0]
    assert (order.points.of(me).points, order.own.of(me).level) == (9.5, 0)
    order.points.of(me).points = 11.0
    order.morning()
    assert order.look(me)[1] == 0.1
    for points in (5.0, 11.0):
        order.points.of(me).points = points
        order.morning()
    assert (order.own.of(me).level, order.look(me)[1]) == (1, 0.0)


@pytest.mark.parametrize(("purse", "paid"), [(100.0, 1.0), (0.5, 0.0)])
def test_perks_are_paid_by_the_levels_held_as_far_as_the_purse_goes(purse: float, paid: float) -> None:
    order = Order([10.0, 1e6], level_perk=25.0)
    order.room.world.purse_left = purse
    order.morning()
    assert order.own.ours.perk_cost == 100 * paid
    assert [order.look(me)[2] for me in order.people] == pytest.approx([5.0 * paid / 30, 25.0 * paid / 30])


def test_a_months_perk_is_felt_once_however_often_one_looks() -> None:
    order = Order([1e6], level_perk=30.0)
    me = order.people[0]
    order.room.world.purse_left = 1e6
    for _ in range(30):
        order.morning()
        order.look(me)
    assert order.look(me)[2] == pytest.approx(30.0)


def town(*chosen: Any, **changes: Any) -> Scenario:
    return lively(chosen, replicates=20, days=60, **changes)


def test_fewer_leave_where_levels_would_be_lost() -> None:
    """Alone by their weight: without it the same world loses as many as ever."""
    with_levels, none = (play(town(*some))["daily"]["new_left"].sum() for some in ([strategy("levels")], []))
    assert with_levels < none
    weightless = town(strategy("levels"), tuned=(Honours(leave_level=0.0, pride=0.0),))
    assert play(weightless)["daily"].tobytes() == play(town())["daily"].tobytes()


def test_points_and_levels_in_whole_runs() -> None:
    engine = started(lively([strategy("levels"), strategy("checkin")], days=20))
    for _ in range(20):
        engine.step()
    engine.close()
    points, mine = engine.in_play.own["points"].members["points"], engine.in_play.own["honours"].members
    rows = engine.recorder.seated()
    thresholds = 10.0 * 3.0 ** np.arange(5)
    assert (points[rows] > 10.0).sum() > 10
    assert (mine["level"][rows] <= (points[rows, None] >= thresholds).sum(axis=1)).all()
    assert mine["level"][rows].max() >= 2


def test_lanes_agree() -> None:
    scenario = lively([strategy("levels", perk=50.0, fade=0.5), strategy("checkin")])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
