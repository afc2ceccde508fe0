"""Whether one person opens the group today, and how often."""

from __future__ import annotations

import math
from typing import Any

import pytest

from agents import Advertiser, Host, Member, Moderator
from sim.engine.luck import VISIT, uniform
from tests.unit.rules.people import CLOSE, Room, measured, sigma

DAY = 30


def street(**knobs: float) -> Room:
    """Day 30 of a group, in a world in which somebody at rest (:func:`chance`) visits with probability σ(0.9)."""
    round_numbers = {
        "visit": -0.4, "visit_belonging": 2.0, "visit_appeal": 1.0, "visit_fatigue": 1.2,
        "visit_muted": 1.3, "visit_new": 0.9, "visit_over": 2.3,
    }  # fmt: skip
    return Room(day=DAY, **(round_numbers | knobs))


def chance(room: Room, yesterday: int = 0, **values: float) -> float:
    """Measured probability that somebody visits who is half at home and somewhat drawn, but for ``values``."""
    me = room.sit(1, **({"belonging": 0.5, "appeal": 0.3} | values))

    def visits(person: int) -> bool:
        me.person, me.n_looks = person, yesterday
        Member.visit(me, room.today, room.group, room.world)
        return me.n_looks > 0  # type: ignore[no-any-return]

    return measured(room, VISIT, visits)


@pytest.mark.parametrize(
    ("values", "change"),
    [
        ({}, 0.0),
        ({"belonging": 0.8}, 2.0 * 0.3),
        ({"appeal": 0.8}, 1.0 * 0.5),
        ({"fatigue": 0.5}, -1.2 * 0.5),
        ({"is_muted": 1}, -1.3),
        ({"need_ends": 30.0}, -2.3),
        ({"need_ends": 30.5}, 0.0),
        ({"joined": 28}, 0.9),
        ({"joined": 27}, 0.0),
        ({"numb_packet": 0.4, "yesterday": 1}, 0.0),  # nothing is on
    ],
    ids=str,
)
def test_who_one_is_moves_the_chance_to_visit_by_its_weight(values: dict[str, Any], change: float) -> None:
    assert chance(street(), **values) == pytest.approx(sigma(0.9 + change), abs=CLOSE)


def test_what_mechanisms_add_draws_by_its_weight() -> None:
    """Packets, habits and previews add to ``today.visit`` in their hooks before the visit."""
    room = street()
    room.today.visit = 0.3
    assert chance(room) == pytest.approx(sigma(0.9 + 0.3), abs=CLOSE)


def test_the_fast_way_out_never_changes_who_visits() -> None:
    """A grid of readiness, and for every person the readiness a hair below and above their own draw."""
    room = Room(visit_new=0.0)
    me = room.sit(1)
    n_visits = 0
    for person in range(150):
        me.person = person
        u = uniform(room.world, person, VISIT, room.group.index)
        turn = math.log(u / (1.0 - u))
        for x in [turn - 1e-9, turn + 1e-9, *(0.5 * k for k in range(-20, 7)), -1e-9, 1e-9]:
            room.world.visit = x
            Member.visit(me, room.today, room.group, room.world)
            assert (me.n_looks > 0) == (u < sigma(x)), (u, x)
            n_visits += me.n_looks > 0
    assert 150 <= n_visits < 150 * 30


def test_who_stays_away_does_not_look_whatever_they_did_yesterday() -> None:
    room = Room(visit=-50.0)
    me = room.sit(1, n_looks=5)
    Member.visit(me, room.today, room.group, room.world)
    assert me.n_looks == 0


def further_looks(looks: float, belonging: float, n: int = 4000) -> list[int]:
    """Looks after the first, of those who visit in a world where every second person does."""
    room = Room(visit=0.0, visit_belonging=0.0, visit_new=0.0, looks=looks)
    me = room.sit(1, belonging=belonging)
    found = []
    for person in range(n):
        me.person = person
        Member.visit(me, room.today, room.group, room.world)
        found += [me.n_looks - 1] if me.n_looks > 0 else []
    return found


@pytest.mark.parametrize(("looks", "belonging"), [(1.6, 1.0), (1.6, 0.5), (4.0, 1.0)])
def test_further_looks_are_geometric_the_more_the_more_one_belongs(looks: float, belonging: float) -> None:
    """P(at least k more) = exp(−k / m) with m = looks · β, so their mean is 1 / (exp(1 / m) − 1), about m − ½.

    Fixed seed; about 2000 visitors, six limits of four standard errors: false alarm about 1e-3 a case (by Poisson).
    """
    found, m = further_looks(looks, belonging), looks * belonging
    n = len(found)
    for k in range(1, 6):
        p = math.exp(-k / m)
        assert abs(sum(more >= k for more in found) / n - p) < 4.0 * math.sqrt(p * (1 - p) / n)
    mean = 1.0 / (math.exp(1.0 / m) - 1.0)
    assert abs(sum(found) / n - mean) < 4.0 * math.sqrt(mean * (1.0 + mean) / n)


def test_nobody_looks_more_than_two_dozen_times() -> None:
    assert max(further_looks(60.0, 1.0, 300)) == 23


def test_who_does_not_belong_looks_once() -> None:
    assert set(further_looks(1.6, 0.0, 300)) == {0}


def looks_of(role: type[Member], minutes: float, person: int = 5) -> int:
    """Looks of a person of a role, in a group with so many minutes."""
    room = Room()
    room.group.minutes_left = minutes
    me = room.sit(0, role, person=person, n_looks=3)
    role.visit(me, room.today, room.group, room.world)
    return me.n_looks  # type: ignore[no-any-return]


@pytest.mark.parametrize("role", [Host, Moderator])
def test_who_has_no_minute_left_does_not_look(role: type[Member]) -> None:
    assert looks_of(role, 0.0) == 0


@pytest.mark.parametrize(("minutes", "looks"), [(5.0, 1), (35.0, 4), (65.0, 7), (80.0, 8), (600.0, 8)])
def test_a_host_looks_once_for_every_ten_minutes_and_at_most_eight_times(minutes: float, looks: int) -> None:
    assert {looks_of(Host, minutes, person) for person in range(40)} == {looks}


def test_a_rest_of_minutes_gives_a_host_a_further_look_with_its_probability() -> None:
    room = Room()
    room.group.minutes_left = 38.0  # 3.8 looks: 4 or, with a chance of 0.3, 5 (half up)
    host = room.sit(0, Host)

    def looks_four_times(person: int) -> bool:
        host.person = person
        Host.visit(host, room.today, room.group, room.world)
        assert host.n_looks in (4, 5)
        return host.n_looks == 4  # type: ignore[no-any-return]

    assert measured(room, VISIT, looks_four_times) == pytest.approx(0.7, abs=CLOSE)


@pytest.mark.parametrize(("most", "share"), [(1, 0.0), (2, 1 / 3), (3, 2 / 3), (4, 1.0)])
def test_a_moderator_looks_two_three_or_four_times(most: int, share: float) -> None:
    room = Room()
    room.group.minutes_left = 1.0
    me = room.sit(0, Moderator)

    def looks_at_most(person: int) -> bool:
        me.person = person
        Moderator.visit(me, room.today, room.group, room.world)
        return me.n_looks <= most  # type: ignore[no-any-return]

    assert measured(room, VISIT, looks_at_most) == pytest.approx(share, abs=CLOSE)


def test_an_advertiser_comes_once_on_two_days_of_three() -> None:
    room = Room(visit=-50.0)  # readiness is of others
    me = room.sit(0, Advertiser)

    def comes(person: int) -> bool:
        me.person, me.n_looks = person, 9
        Advertiser.visit(me, room.today, room.group, room.world)
        assert me.n_looks in (0, 1)
        return me.n_looks == 1  # type: ignore[no-any-return]

    assert measured(room, VISIT, comes) == pytest.approx(0.65, abs=CLOSE)
