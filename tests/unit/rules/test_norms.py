"""The edges of the day: greeting and counting people, the tally at night, and what becomes normal in the group."""

from __future__ import annotations

from typing import Any

import pytest

from agents import Host
from sim.model.submodels.welcome import count_member, govern, greet, tally
from tests.unit.rules.people import Room


def governed(room: Room | None = None, **day: float) -> Any:
    """A group after a night on which these things had been seen."""
    room = room or Room(norm_days=10.0, matter_size=45.0, renewal=0.0, renewal_person=0.0, renewal_content=0.0)
    for name, value in ({"novelty": 1.0, "ad_norm": 0.2, "help_norm": 0.5} | day).items():
        setattr(room.group, name, value)
    govern(room.group, room.world)
    return room.group


def test_adverts_left_unpunished_become_normal_and_those_removed_do_not() -> None:
    seen = {"n_ads": 4, "n_openers": 3}
    assert governed(n_ads_unpunished=4, **seen).ad_norm == pytest.approx(0.2 + (4 / 8 - 0.2) / 10)
    assert governed(n_ads_unpunished=1, **seen).ad_norm == pytest.approx(0.2 + (1 / 8 - 0.2) / 10)
    assert governed().ad_norm == pytest.approx(0.2 - 0.2 / 10)


def test_help_becomes_normal_where_questions_are_answered_and_a_day_without_questions_says_nothing() -> None:
    assert governed(n_questions=4, n_questions_answered=3).help_norm == pytest.approx(0.5 + (0.75 - 0.5) / 10)
    assert governed(n_questions=4, n_questions_answered=0).help_norm == pytest.approx(0.5 - 0.5 / 10)
    assert governed(n_questions=2, n_questions_answered=3).help_norm == pytest.approx(0.5 + 0.5 / 10)  # of yesterday's
    assert governed(n_questions=0, n_questions_answered=3).help_norm == 0.5


@pytest.mark.parametrize(("pieces", "left"), [(0, 0.8), (45, 0.4), (5, 0.8 * 45 / 50)])
def test_talk_on_the_matter_uses_it_up_half_of_it_at_its_size(pieces: int, left: float) -> None:
    assert governed(n_pieces=pieces, novelty=0.8).novelty == pytest.approx(left)


@pytest.mark.parametrize(
    ("day", "fresh"),
    [({}, 0.01), ({"new_joined": 3}, 0.07), ({"n_fresh": 2}, 0.09), ({"n_kol_messages": 1}, 0.05),
     ({"n_news": 1}, 0.05), ({"new_joined": 1, "n_fresh": 1, "n_kol_messages": 1, "n_news": 1}, 0.15)],
    ids=str,
)  # fmt: skip
def test_days_newcomers_content_experts_and_news_renew_the_matter(day: dict[str, int], fresh: float) -> None:
    room = Room(renewal=0.01, renewal_person=0.02, renewal_content=0.04)
    assert governed(room, novelty=0.5, **day).novelty == pytest.approx(0.5 + fresh * 0.5)


def test_nothing_makes_a_matter_newer_than_new() -> None:
    assert governed(Room(renewal_person=0.5), novelty=0.4, new_joined=9).novelty == pytest.approx(1.0)


def test_use_and_renewal_of_a_day_both_start_from_the_mornings_matter() -> None:
    room = Room(matter_size=45.0, renewal=0.1, renewal_person=0.0, renewal_content=0.0)
    assert governed(room, n_pieces=45, novelty=0.6).novelty == pytest.approx(0.6 + 0.1 * 0.4 - 0.3)


def test_a_day_is_quiet_on_which_no_member_wrote() -> None:
    assert governed(quiet_days=3, n_host_messages=5, n_messages=5).quiet_days == 4
    assert governed(quiet_days=3, n_member_messages=1).quiet_days == 0


def welcome(minutes: float = 5.0, **values: float) -> tuple[Room, Any]:
    """Somebody on the morning of day 4."""
    room = Room(day=4, greet_minutes=3.0, welcome_joy=0.1)
    room.group.minutes_left = minutes
    me = room.sit(1, **({"joined": 4, "belonging": 0.4} | values))
    greet(me, room.group, room.world)
    return room, me


def test_a_newcomer_is_greeted_feels_it_and_costs_the_host_minutes() -> None:
    room, me = welcome(minutes=3.0)
    assert (me.is_welcomed, me.belonging) == (1, pytest.approx(0.4 + 0.1 * 0.6))
    assert (room.group.minutes_left, room.group.minutes_welcome) == (0.0, 3.0)


@pytest.mark.parametrize("why_not", [{"minutes": 2.9}, {"joined": 3}, {"is_staff": 1}], ids=str)
def test_no_greeting_without_minutes_after_the_first_day_or_for_the_hosts_people(why_not: dict[str, Any]) -> None:
    room, me = welcome(**why_not)
    assert (me.is_welcomed, me.belonging) == (0, 0.4)
    assert room.group.minutes_welcome == 0.0


YESTERDAY = (
    "n_posts n_ads_posted is_buying n_read n_ads_read n_unread n_host_read n_ties_lost read_quality warmth"
).split()


def test_yesterday_is_over_for_who_looked_and_nothing_else_is_forgotten() -> None:
    kept = {"n_ignored": 2, "n_messages": 9, "trust": 0.7, "n_looks": 2}
    _, me = welcome(joined=0, **dict.fromkeys(YESTERDAY, 5), **kept)
    assert {name: getattr(me, name) for name in YESTERDAY} == dict.fromkeys(YESTERDAY, 0)
    assert {name: getattr(me, name) for name in kept} == kept


def test_everybody_is_counted_in_the_morning() -> None:
    room = Room(day=70, veteran_days=60.0, trusting=0.55)
    room.sit(1, joined=10, trust=0.55, belonging=0.2, n_strong=2)
    room.sit(2, joined=11, trust=0.54, belonging=0.5, n_strong=3)
    for slot in (1, 2):
        count_member(room.members[slot], room.group, room.world)
    group = room.group
    assert (group.n_veterans, group.n_trusting, group.n_strong) == (1, 1, 5)
    assert (group.sum_trust, group.sum_belonging) == (pytest.approx(1.09), pytest.approx(0.7))


def test_the_first_day_of_trust_is_kept() -> None:
    room = Room(day=5, trusting=0.55)
    me = room.sit(1, trust=0.5)
    count_member(me, room.group, room.world)
    assert me.day_trusting == -1
    me.trust = 0.6
    for day in (6, 9):
        room.on(day)
        count_member(me, room.group, room.world)
    assert me.day_trusting == 6


def test_a_day_with_posts_goes_into_the_membership() -> None:
    room = Room(day=5)
    me = room.sit(1, n_posts=3, n_ignored=2)
    tally(me, room.group, room.world)
    assert (me.day_first_post, me.day_last_post, me.n_messages, me.n_active_days, me.n_ignored) == (5, 5, 3, 1, 0)
    room.on(8)
    me.n_posts = 1
    tally(me, room.group, room.world)
    assert (me.day_first_post, me.day_last_post, me.n_messages, me.n_active_days) == (5, 8, 4, 2)
    room.on(9)
    me.n_posts = 0
    tally(me, room.group, room.world)
    assert (me.day_last_post, me.n_messages, me.n_active_days) == (8, 4, 2)


def test_a_purchase_is_booked_with_the_person_and_the_group() -> None:
    room = Room()
    room.group.price_today = 100.0
    me = room.sit(1, is_buying=1, spent=9.9)
    tally(me, room.group, room.world)
    tally(room.sit(2), room.group, room.world)
    assert (me.n_purchases, me.spent) == (1, pytest.approx(109.9))
    assert (room.group.n_purchases, room.group.revenue) == (1, 100.0)


def test_an_invitation_is_counted_and_the_first_day_of_one_is_kept() -> None:
    room = Room(day=5)
    me = room.sit(1, n_invitations=1)
    room.sit(2, Host)
    for day in (5, 7):
        room.on(day)
        for slot in (1, 2):
            tally(room.members[slot], room.group, room.world)
    assert (room.group.n_invitations, me.day_first_invitation) == (2, 5)
    assert room.members[2].day_first_invitation == -1
