"""The operator: hours and purse dealt out in the morning, and the account at night that moves their heart."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.hands import PROMOTERS
from sim.model.submodels.departure import account
from sim.model.submodels.operator import plan
from tests.unit.rules.people import Room


def test_hours_go_in_equal_parts_to_groups_that_live_as_far_as_the_heart_is_in_it() -> None:
    room = Room(hours=4.0, moderators=2.0, moderator_minutes=10.0)
    for group, quiet in zip(room.groups, (0, 27, 28), strict=True):
        group.is_open, group.quiet_days = 1, quiet
    room.world.heart = 0.5
    plan(room.state, 0)
    assert [group.minutes_left for group in room.groups] == [60 * 4 * 0.5 / 2 + 20, 80.0, 20.0]


def test_a_group_not_opened_yet_gets_nothing_and_takes_nothing() -> None:
    room = Room(hours=4.0, moderators=0.0)
    plan(room.state, 0)
    assert [group.minutes_left for group in room.groups] == [240.0, 0.0, 0.0]


def test_another_owner_gives_what_they_said_last_night_and_nothing_once_they_say_no_more() -> None:
    room = Room(hours=4.0, moderators=0.0)
    theirs = room.groups[1]
    theirs.is_open, theirs.owner, theirs.owner_minutes = 1, PROMOTERS + 7, 25.0
    for minutes in (25.0, 0.0):
        plan(room.state, 0)
        assert [group.minutes_left for group in room.groups] == [240.0, minutes, 0.0]


def night(room: Room, **of_group: float) -> Any:
    """The community after its account of a day."""
    for name, value in of_group.items():
        setattr(room.group, name, value)
    account(room.state, 0)
    return room.world


def office(**state: float) -> Room:
    """An operator with 1,000 CNY who keeps 40 % of sales, at 60 CNY an hour."""
    room = Room(purse=1000.0, margin=0.4, wage=60.0, heart_days=10.0)
    room.group.price_today = 100.0
    for name, value in state.items():
        setattr(room.world, name, value)
    return room


def test_income_is_all_of_entries_and_the_margin_of_sales() -> None:
    world = night(office(income=1.0), n_purchases=2, revenue=230.0)  # 200 of sales, 30 at the door
    assert world.purse_left == pytest.approx(1000.0 + 30.0 + 0.4 * 200.0)
    assert world.income == pytest.approx(1.0 + (110.0 - 1.0) / 30)


@pytest.mark.parametrize("what", ["minutes_content", "minutes_welcome", "minutes_answers", "minutes_given"])
def test_minutes_of_every_kind_are_outlay_at_the_wage_but_leave_the_purse(what: str) -> None:
    world = night(office(outlay=6.0), **{what: 45.0})
    assert (world.outlay, world.purse_left) == (pytest.approx(6.0 + (45.0 - 6.0) / 30), 1000.0)


def test_a_fee_is_outlay_and_paid_from_the_purse_at_night() -> None:
    world = night(office(), yuan_fee=30.0)
    assert (world.outlay, world.purse_left) == (pytest.approx(1.0), 970.0)


def test_what_mechanisms_paid_is_outlay_and_what_was_set_aside_in_the_morning_returns() -> None:
    """Adverts for 20 CNY, and 7 of a packet of 10: 30 were set aside."""
    world = night(office(), yuan_paid=27.0, yuan_aside=30.0)
    assert world.outlay == pytest.approx(27.0 / 30)
    assert world.purse_left == pytest.approx(1000.0 + 10.0 - 7.0)


@pytest.mark.parametrize(("income", "outlay", "aim"), [(0.0, 29.0, 0.15), (14.5, 29.0, 0.15 + 14.5 * 29 / 30 / 29.0333),
                                                       (60.0, 30.0, 1.0)])  # fmt: skip
def test_who_is_not_paid_back_loses_heart_and_who_is_takes_it(income: float, outlay: float, aim: float) -> None:
    world = night(office(heart=0.5, income=income, outlay=outlay))
    assert world.heart == pytest.approx(0.5 + (aim - 0.5) / 10, abs=1e-4)


def test_groups_that_were_never_opened_are_not_in_the_account() -> None:
    room = office()
    room.groups[1].revenue = 500.0
    assert night(room).purse_left == 1000.0
    room.groups[1].is_open = 1
    assert night(room).purse_left == 1500.0
