"""Two kinds of visitors, and what the calendar says of a date."""

from __future__ import annotations

import math

import pytest

from agents import Member
from agents.traits import draw_traits
from sim.engine.distributions import lognormal
from sim.engine.luck import NEED_AGAIN, NEED_ENDS, lasting
from sim.model.calendar import calendar_of
from sim.model.submodels.need import is_asker, need_lasts
from sim.model.vocabulary import CHANNELS
from tests.unit.rules.people import CLOSE, Room, measured


def test_as_many_ask_as_told_and_are_done_sooner() -> None:
    """2,000 people at 0.3: 600 on average, sd 20; a sound draw falls outside 4 sd in 1 of 15,000 seeds."""
    room = Room(askers=0.3, ask_days=0.5, need_days=100.0, need_spread=1.0, shared_need=0.0)
    askers = [person for person in range(2000) if is_asker(person, room.world)]
    assert abs(len(askers) - 600) < 80
    for person, median in ((askers[0], 0.5), (next(k for k in range(2000) if k not in askers), 100.0)):
        assert need_lasts(person, 0.5, False, room.world) == pytest.approx(median, rel=1e-3)


@pytest.mark.parametrize(("ends", "days", "chance"), [(9.0, 7, 0.35), (9.0, 1, 0.05), (11.0, 7, 0.0)])
def test_a_need_that_was_met_arises_anew_in_who_stays_away(ends: float, days: int, chance: float) -> None:
    room = Room(day=10, need_again=0.05, leave_shock=0.0)

    def needs(person: int) -> bool:
        me = room.sit(1, need_ends=ends)
        me.person = person
        Member.rest(me, days, room.group, room.world)
        return me.need_ends != ends  # type: ignore[no-any-return]

    assert measured(room, NEED_AGAIN, needs) == pytest.approx(chance, abs=CLOSE)


@pytest.mark.parametrize("askers", [0.0, 1.0])
def test_a_person_is_drawn_with_their_kind_of_need(askers: float) -> None:
    room = Room(day=3, askers=askers, ask_days=0.5, need_days=100.0, need_spread=1.0, shared_need=0.0)
    me = room.sit(1)
    me.channel = CHANNELS.index("search")
    draw_traits(me, room.group, room.world)
    u = lasting(room.world, me.person, NEED_ENDS, 0)
    assert me.is_asking == askers
    assert me.need_ends == pytest.approx(3 + need_lasts(me.person, u, False, room.world))


def test_founders_have_come_for_what_lasts() -> None:
    room = Room(day=3, askers=1.0, ask_days=0.5, need_days=100.0, need_spread=1.0, shared_need=0.0)
    me = room.sit(1)
    me.channel = CHANNELS.index("founder")
    draw_traits(me, room.group, room.world)
    assert me.is_asking == 0
    assert me.need_ends == pytest.approx(3 + lognormal(lasting(room.world, me.person, NEED_ENDS, 0), 100.0, 1.0))


def test_weekends_are_of_the_date_not_of_the_day_of_the_run() -> None:
    week = [calendar_of("2025-03-05", day, 0.5, 0.0, 60.0) for day in range(7)]  # a Wednesday
    assert week == [0.0, 0.0, 0.0, pytest.approx(math.log(0.5)), pytest.approx(math.log(0.5)), 0.0, 0.0]


def test_a_season_has_its_height_and_its_low() -> None:
    year = [calendar_of("2025-01-01", day, 1.0, 0.4, 100.0) for day in range(365)]
    assert year.index(max(year)) + 1 == 100
    assert max(year) == pytest.approx(0.4, abs=1e-3)
    assert min(year) == pytest.approx(-0.4, abs=1e-3)


def test_who_comes_on_the_day_a_group_opens_is_no_founder_for_that() -> None:
    room = Room(day=3, askers=1.0, ask_days=0.5, need_days=100.0, need_spread=1.0, shared_need=0.0)
    room.group.day_born = 3
    me = room.sit(1)
    me.channel = CHANNELS.index("search")
    draw_traits(me, room.group, room.world)
    assert me.is_asking == 1
