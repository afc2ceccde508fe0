"""The operator: hours and purse dealt out in the morning, and the account at night that moves their heart."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.submodels.departure import account
from sim.model.submodels.operator import plan, plan_content
from tests.unit.rules.people import Room


def desk_of(day: int = 0, minutes: float = 100.0, living: int = 2, **group: float) -> Any:
    """A group after its posts of the day were planned; a post costs 1 minute here and its part of 40."""
    room = Room(day=day, posting_minutes=1.0, content_minutes=40.0, offer_every=7.0, item_price=100.0)
    room.group.minutes_left = minutes
    for name, value in group.items():
        setattr(room.group, name, value)
    plan_content(room.group, room.world, living)
    return room.group


@pytest.mark.parametrize(("living", "cost"), [(1, 41.0), (2, 21.0), (4, 11.0), (0, 41.0)])
def test_a_prepared_post_costs_each_living_group_its_part(living: int, cost: float) -> None:
    group = desk_of(content_posts=1.0, living=living)
    assert (group.is_content_day, group.content_debt) == (1, 0.0)
    assert (group.minutes_left, group.minutes_content) == (100.0 - cost, cost)


def test_posts_fall_due_by_parts_and_are_owed_while_minutes_lack() -> None:
    assert desk_of(content_posts=0.4, content_debt=0.5).is_content_day == 0
    assert desk_of(content_posts=0.5, content_debt=0.5).is_content_day == 1
    short = desk_of(content_posts=3.0, minutes=50.0)
    assert (short.is_content_day, short.content_debt, short.minutes_left) == (2, 1.0, 8.0)
    assert desk_of(content_posts=1.0, content_debt=4.5, minutes=0.0).content_debt == 5.0


def test_a_post_is_previewed_only_by_a_post_of_yesterday_that_tells() -> None:
    assert desk_of(is_content_day=1, content_preview=1.0).is_previewed == 1
    assert desk_of(is_content_day=1, content_preview=0.0, is_previewed=1).is_previewed == 0
    assert desk_of(is_content_day=0, content_preview=1.0, is_previewed=1).is_previewed == 0


@pytest.mark.parametrize(("hour", "kept"), [(20.0, 0.5 + 0.2 * 0.5), (20.4, 0.6), (20.5, 0.4), (9.0, 0.5 - 0.2 * 0.5)])
def test_a_post_at_the_hour_of_the_last_one_keeps_the_slot(hour: float, kept: float) -> None:
    group = desk_of(content_posts=1.0, content_hour=hour, last_hour=20.0, slot_kept=0.5)
    assert (group.slot_kept, group.last_hour) == (pytest.approx(kept), hour)


def test_a_day_without_a_post_says_nothing_of_the_slot() -> None:
    group = desk_of(content_posts=0.0, content_hour=9.0, last_hour=20.0, slot_kept=0.5)
    assert (group.slot_kept, group.last_hour) == (0.5, 20.0)


@pytest.mark.parametrize(
    ("day", "index", "born", "is_due"),
    [(5, 0, 0, 0), (6, 0, 0, 1), (7, 0, 0, 0), (13, 0, 0, 1), (10, 0, 4, 1), (6, 1, 0, 0), (3, 1, 0, 1)],
)
def test_an_offer_is_due_once_a_week_on_a_day_of_the_groups_own(day: int, index: int, born: int, is_due: int) -> None:
    group = desk_of(day, index=index, day_born=born)
    assert group.is_offer_day == is_due
    assert (group.minutes_left, group.minutes_content) == (100.0 - is_due, float(is_due))


def test_no_offer_without_a_minute_or_a_product_or_where_none_are_made() -> None:
    assert desk_of(6, minutes=0.9).is_offer_day == 0
    for knobs in ({"item_price": 0.0}, {"offer_every": 0.0}):
        room = Room(day=6, **({"item_price": 100.0, "offer_every": 7.0} | knobs))
        room.group.minutes_left = 100.0
        plan_content(room.group, room.world, 1)
        assert room.group.is_offer_day == 0


def test_hours_go_in_equal_parts_to_groups_that_live_as_far_as_the_heart_is_in_it() -> None:
    room = Room(hours=4.0, moderators=2.0, moderator_minutes=10.0, offer_every=0.0)
    for group, quiet in zip(room.groups, (0, 27, 28), strict=True):
        group.is_open, group.quiet_days = 1, quiet
    room.world.heart = 0.5
    plan(room.state, 0)
    assert [group.minutes_left for group in room.groups] == [60 * 4 * 0.5 / 2 + 20, 80.0, 20.0]


def test_a_group_not_opened_yet_gets_nothing_and_takes_nothing() -> None:
    room = Room(hours=4.0, moderators=0.0, offer_every=0.0)
    plan(room.state, 0)
    assert [group.minutes_left for group in room.groups] == [240.0, 0.0, 0.0]


def night(room: Room, **of_group: float) -> Any:
    """The community after its account of a day."""
    for name, value in of_group.items():
        setattr(room.group, name, value)
    account(room.state, 0)
    return room.world


def office(**state: float) -> Room:
    """An operator with 1,000 CNY who keeps 40 % of sales, at 60 CNY an hour."""
    room = Room(purse=1000.0, margin=0.4, item_price=100.0, wage=60.0, heart_days=10.0)
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
