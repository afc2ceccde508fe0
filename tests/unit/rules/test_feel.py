"""What a day in the group does to one person: feeling, belonging, trust; and what days without a look do.

In :func:`evening` all speeds are 1 and the swing is 1, so that after a visit expectation *is* the gain and belonging
*is* a half more than the feeling.
"""

from __future__ import annotations

from typing import Any

import pytest

from agents import Advertiser, Host, Member
from tests.unit.rules.people import Room


def evening(day: int = 0, **knobs: float) -> Room:
    """A room where what is felt can be read off."""
    round_numbers = {
        "enough": 2.0, "company": 4.0, "ambience": 0.5, "numbing": 0.1, "overload": 0.4,
        "annoyance": 0.8, "neglect": 0.25, "used_to": 0.5, "expect_rate": 1.0, "warm_fast": 1.0, "warm_slow": 1.0,
        "swing": 1.0, "settle_days": 14.0, "trust_useful": 0.05, "trust_advert": 0.02,
    }  # fmt: skip
    return Room(day=day, **(round_numbers | knobs))


def felt(room: Room, **values: float) -> Any:
    """A person after a visit."""
    me = room.sit(1, **values)
    Member.feel(me, room.today, room.group, room.world)
    return me


def test_useful_words_please_as_far_as_the_topic_matches() -> None:
    me = felt(evening(), info_need=0.5, match=0.8, read_quality=2.0)
    assert me.expectation == pytest.approx(0.5 * 0.8 * (2.0 / (2.0 + 2.0)))
    assert me.belonging == pytest.approx(0.5 + 0.2)


def test_a_met_need_leaves_a_third_of_the_interest() -> None:
    room = evening(day=5)
    assert felt(room, info_need=0.5, match=0.8, read_quality=2.0, need_ends=5.1).expectation == pytest.approx(0.2)
    assert felt(room, info_need=0.5, match=0.8, read_quality=2.0, need_ends=5.0).expectation == pytest.approx(0.07)


def test_answers_warm_whom_company_draws() -> None:
    me = felt(evening(), info_need=0.25, warmth=4.0)
    assert me.belonging == pytest.approx(0.5 + 0.75 * 4.0 / (4.0 + 4.0))


def test_nobody_gets_used_to_company() -> None:
    assert felt(evening(), info_need=0.25, warmth=4.0).expectation == 0.0


def test_reading_others_is_company_but_their_adverts_are_not() -> None:
    me = felt(evening(annoyance=0.0), info_need=0.25, n_read=10, n_ads_read=2)
    assert me.belonging == pytest.approx(0.5 + 0.75 * (0.5 * 8) / (4.0 + 0.5 * 8))


def test_what_pleased_today_adds_to_the_expectation() -> None:
    """A mechanism may add to the gain of the day, in its hooks; red packets do."""
    room = evening()
    room.today.gain = 0.02
    assert felt(room, info_need=1.0).expectation == pytest.approx(0.02)


def test_no_gain_no_expectation() -> None:
    assert felt(evening(), info_need=1.0).expectation == 0.0


def test_unread_messages_weigh_against_attention_and_tire() -> None:
    me = felt(evening(), info_need=1.0, n_unread=20, attention=60.0, fatigue=0.5)
    assert me.belonging == pytest.approx(0.5 - 0.4 * 20 / (20 + 60))
    assert me.fatigue == pytest.approx(0.5 + 0.2 * (0.25 - 0.5))


@pytest.mark.parametrize(("read", "adverts"), [(2, 2), (20, 2), (0, 0)])
def test_adverts_annoy_whom_they_annoy_by_their_share_of_what_is_read(read: int, adverts: int) -> None:
    me = felt(evening(ambience=0.0), dislike=0.5, n_read=read, n_ads_read=adverts)
    assert me.belonging == pytest.approx(0.5 - 0.8 * 0.5 * adverts / (1 + read))


def test_an_opener_nobody_answered_hurts() -> None:
    assert felt(evening(), n_ignored=3).belonging == pytest.approx(0.5 - 0.25 * 3 / (1 + 3))


def test_part_of_what_one_expected_no_longer_pleases() -> None:
    assert felt(evening(), expectation=0.4).belonging == pytest.approx(0.5 - 0.5 * 0.4)


def test_expectation_follows_gifts_and_news_not_the_cost() -> None:
    room = evening(expect_rate=0.1)
    room.today.gain = 0.5
    me = felt(room, info_need=0.0, warmth=4.0, n_ignored=3, expectation=0.3)
    assert me.expectation == pytest.approx(0.3 + 0.1 * (0.5 - 0.3))


@pytest.mark.parametrize(("joined", "rate"), [(0, 0.03), (6, 0.03), (7, 0.2), (20, 0.2)])
def test_a_newcomer_warms_faster_than_who_has_settled(joined: int, rate: float) -> None:
    room = evening(day=20, warm_fast=0.2, warm_slow=0.03)
    me = felt(room, joined=joined, belonging=0.4, info_need=0.0, warmth=4.0)
    assert me.belonging == pytest.approx(0.4 + rate * (1.0 - 0.4))


def test_swing_magnifies_feeling_within_nothing_and_all() -> None:
    assert felt(evening(swing=3.0), expectation=0.2).belonging == pytest.approx(0.5 - 3.0 * 0.1)
    assert felt(evening(swing=20.0), expectation=0.2).belonging == 0.0
    assert felt(evening(swing=20.0), info_need=0.0, warmth=4.0).belonging == 1.0


@pytest.mark.parametrize(("warmth", "ignored", "aim"), [(1.0, 1, 0.15), (4.0, 0, 1.0), (0.0, 3, 0.0)])
def test_appeal_follows_gain_less_cost_whatever_was_expected(warmth: float, ignored: int, aim: float) -> None:
    me = felt(evening(), info_need=0.0, warmth=warmth, n_ignored=ignored, appeal=0.6, expectation=0.9)
    assert me.appeal == pytest.approx(0.6 + 0.15 * (aim - 0.6))


def test_a_day_counts_as_overload_above_four_tenths() -> None:
    assert felt(evening(), n_unread=41, attention=60.0, overload_days=2.0).overload_days == pytest.approx(0.8 * 2 + 1)
    assert felt(evening(), n_unread=39, attention=60.0, overload_days=2.0).overload_days == pytest.approx(0.8 * 2)


def test_the_hosts_useful_words_earn_trust() -> None:
    me = felt(evening(), n_host_read=1, read_quality=2.0, match=0.8, trust=0.4)
    assert me.trust == pytest.approx(0.4 + 0.05 * (0.5 * 0.5 * 0.8) * 0.6)
    assert felt(evening(), n_host_read=0, read_quality=2.0, match=0.8, trust=0.4).trust == 0.4


def test_words_of_the_hosts_that_only_sell_earn_none() -> None:
    """Read beside useful words of others, an advert of the host's lent trust; of two lines one may be useful."""
    for read, selling, told in ((1, 1, 0.0), (2, 1, 0.5), (1, 2, 0.0)):
        room = evening()
        room.today.n_selling = selling
        me = felt(room, n_host_read=read, read_quality=2.0, match=0.8, trust=0.4)
        assert me.trust == pytest.approx(0.4 + 0.05 * (told * 0.5 * 0.8) * 0.6)


def test_adverts_left_standing_cost_trust() -> None:
    assert felt(evening(), n_read=2, n_ads_read=2, trust=0.5).trust == pytest.approx(0.5 - 0.02 * 2 * 0.5 / 1.4)


@pytest.mark.parametrize("role", [Advertiser, Host])
def test_who_is_not_here_to_feel_feels_and_bonds_nothing(role: type[Member]) -> None:
    room = evening()
    me = room.sit(1, role, warmth=4.0, n_ignored=2, n_unread=90, n_posts=1, numb_offer=0.5)
    before = room.all_of(me)
    role.feel(me, room.today, room.group, room.world)
    role.bond(me, room.today, room.group, room.world)
    assert room.all_of(me) == before


def test_days_of_rest_bring_all_back_to_neutral() -> None:
    room = Room(day=9, drift=0.1, trust_start=0.35, recovery=0.1, active_days=10.0, leave_shock=0.0)
    me = room.sit(1, belonging=0.8, trust=0.75, fatigue=0.5, appeal=0.6, numb_packet=0.5, activity=0.2)
    Member.rest(me, 2, room.group, room.world)
    assert me.belonging == pytest.approx(0.3 + 0.5 * 0.81)
    assert me.trust == pytest.approx(0.35 + 0.4 * 0.81)
    assert me.fatigue == pytest.approx(0.5 * 0.81)
    assert me.appeal == pytest.approx(0.6 * 0.99**2)
    assert me.numb_packet == pytest.approx(0.5 * 0.81)
    assert me.activity == pytest.approx(0.2 * 0.81)


@pytest.mark.parametrize("role", [Advertiser, Host])
def test_rest_leaves_no_mark_on_who_is_not_here_to_feel(role: type[Member]) -> None:
    room = Room(leave_shock=1.0)
    me = room.sit(1, role, belonging=0.8, fatigue=0.5)
    before = room.all_of(me)
    role.rest(me, 9, room.group, room.world)
    assert room.all_of(me) == before
