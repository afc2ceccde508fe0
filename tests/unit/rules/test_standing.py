"""What a day makes of one person: member, regular or lurker by what they do; bored, tired, numb, or full of news."""

from __future__ import annotations

import pytest

from agents import KOL, ROLES, Advertiser, Connector, Host, Lurker, Member, Regular
from agents.standing import idle, lull, take_standing
from tests.unit.rules.people import Room

CODE = {role: ROLES.index(role) for role in ROLES}


@pytest.mark.parametrize(("n_posts", "activity"), [(3, 0.30 + 0.70 / 14), (0, 0.30 - 0.30 / 14)])
def test_a_day_with_a_post_counts_once_in_activity(n_posts: int, activity: float) -> None:
    room = Room(day=9, active_days=14.0, regular_share=0.34)
    me = room.sit(1, activity=0.3, n_posts=n_posts, day_last_post=8, numb_packet=0.5)
    Member.bond(me, room.today, room.group, room.world)
    assert me.activity == pytest.approx(activity)
    assert me.role == CODE[Regular if n_posts else Member]
    assert me.numb_packet == pytest.approx(0.5 * (1 - 0.012))


@pytest.mark.parametrize(
    ("before", "activity", "last", "after"),
    [
        (Member, 0.30, 99, Member), (Regular, 0.30, 99, Regular), (Regular, 0.25, 99, Member),
        (Member, 0.10, 72, Lurker), (Member, 0.10, 73, Member), (Lurker, 0.10, 73, Member), (Regular, 0.30, 72, Lurker),
    ],
)  # fmt: skip
def test_standing_is_earned_kept_a_while_and_lost(
    before: type[Member], activity: float, last: int, after: type[Member]
) -> None:
    room = Room(day=100, active_days=14.0, regular_share=0.4, lurker_days=28.0)
    me = room.sit(1, before, activity=activity * 14 / 13, day_last_post=last)
    take_standing(me, room.world)
    assert me.activity == pytest.approx(activity)
    assert me.role == CODE[after]


def test_who_never_wrote_is_a_lurker_four_weeks_after_joining_and_none_on_writing() -> None:
    room = Room(day=100, lurker_days=28.0)
    assert _standing(room, joined=72) == CODE[Lurker]
    assert _standing(room, joined=73) == CODE[Member]
    assert _standing(room, joined=10, n_posts=1) == CODE[Member]


def _standing(room: Room, **values: float) -> int:
    me = room.sit(1, **values)
    take_standing(me, room.world)
    return me.role  # type: ignore[no-any-return]


@pytest.mark.parametrize("role", [Connector, Advertiser, KOL, Host])
def test_a_role_that_is_not_earned_is_not_lost(role: type[Member]) -> None:
    room = Room(day=100)
    me = room.sit(1, role, activity=0.9)
    before = room.all_of(me)
    take_standing(me, room.world)
    idle(me, 9, room.world)
    assert room.all_of(me) == before


def test_idle_days_wear_standing_off() -> None:
    room = Room(day=20, active_days=10.0, regular_share=0.5, lurker_days=28.0)
    me = room.sit(1, Regular, activity=0.5, day_last_post=15)
    idle(me, 3, room.world)
    assert (me.activity, me.role) == (pytest.approx(0.5 * 0.9**3), CODE[Regular])
    idle(me, 1, room.world)
    assert (me.activity, me.role) == (pytest.approx(0.5 * 0.9**4), CODE[Member])
    room.on(43)
    idle(me, 1, room.world)
    assert me.role == CODE[Lurker]


def test_a_lull_takes_numbness_off_at_the_rate_of_recovery() -> None:
    room = Room(recovery=0.1)
    me = room.sit(1, numb_packet=0.8, numb_offer=0.4)
    lull(me, 3, room.world)
    assert (me.numb_packet, me.numb_offer) == (pytest.approx(0.8 * 0.9**3), pytest.approx(0.4 * 0.9**3))


def test_trivial_talk_bores_a_regular_whom_the_topic_fits() -> None:
    room = Room(bored=0.2)
    room.group.n_messages, room.group.n_trivial = 10, 5
    me = room.sit(1, Regular, match=0.8, fatigue=0.1, belonging=0.5, n_posts=1, numb_offer=0.5, activity=0.5)
    Regular.bond(me, room.today, room.group, room.world)
    assert me.fatigue == pytest.approx(0.1 + 0.2 * 0.5 * 0.8)
    assert me.belonging == pytest.approx(0.5 * (1 - 0.1 * 0.2 * 0.5))
    assert me.numb_offer < 0.5 < me.activity


def test_trivial_talk_tires_an_expert_twice_and_speaking_costs_the_fee() -> None:
    room = Room(bored=0.1, kol_fee=30.0)
    room.group.n_messages, room.group.n_trivial = 10, 5
    me = room.sit(1, KOL, fatigue=0.2, n_posts=2, person=room.world.market_size + 1)
    KOL.bond(me, room.today, room.group, room.world)
    assert me.fatigue == pytest.approx(0.2 + 2.0 * 0.1 * 0.5)
    assert room.group.yuan_fee == 30.0
    KOL.bond(room.sit(2, KOL, n_posts=2), room.today, room.group, room.world)
    assert room.group.yuan_fee == 30.0, "an expert from among the members asks none"
    me.n_posts = 0
    KOL.bond(me, room.today, room.group, room.world)
    assert room.group.yuan_fee == 30.0
    assert me.fatigue == pytest.approx(0.2 + 0.2)


@pytest.mark.parametrize(("quality", "news"), [(1.1, 1), (0.9, 0)])
def test_a_connector_takes_along_what_was_worth_reading(quality: float, news: int) -> None:
    room = Room(enough=2.0)
    me = room.sit(1, Connector, read_quality=quality, has_news=1 - news)
    Connector.bond(me, room.today, room.group, room.world)
    assert me.has_news == news
