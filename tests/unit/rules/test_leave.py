"""Why one person mutes the group or leaves it."""

from __future__ import annotations

import math

import pytest

from agents import KOL, Advertiser, Connector, Host, Lurker, Member, Moderator, Regular
from sim.data.tables import REASONS
from sim.engine.luck import LEAVE, MUTE, SHOCK
from tests.unit.rules.people import CLOSE, Room, measured

LEFT = REASONS.index("left")


def home(day: int = 30, **knobs: float) -> Room:
    """A world in which somebody of neutral belonging leaves a visit with hazard 0.2, and for reasons of life 0.05."""
    round_numbers = {
        "leave": 0.2, "leave_belonging": 2.0, "leave_ties": 0.15, "leave_lost": 0.5,
        "leave_shock": 0.05, "mute_days": 2.5, "mute": 0.3,
    }  # fmt: skip
    return Room(day=day, **(round_numbers | knobs))


def leaves(room: Room, role: type[Member] = Member, **values: float) -> float:
    """Measured probability that somebody leaves."""
    me = room.sit(1, role, **({"belonging": 0.5} | values))

    def goes(person: int) -> bool:
        me.person, me.reason = person, 0
        role.leave(me, room.today, room.group, room.world)
        assert me.reason in (0, LEFT)
        return me.reason == LEFT  # type: ignore[no-any-return]

    return measured(room, LEAVE, goes)


@pytest.mark.parametrize(
    ("values", "x"),
    [
        ({}, 0.0),
        ({"belonging": 0.8}, 2.0 * 0.3),
        ({"belonging": 0.1}, -2.0 * 0.4),
        ({"n_strong": 4}, 0.15 * 4),
        ({"n_ties_lost": 2}, -0.5 * 2),
        ({"n_strong": 2, "n_ties_lost": 1, "belonging": 0.7}, 0.3 - 0.5 + 0.4),
        ({"n_ties": 9, "fatigue": 0.9, "appeal": 0.9, "spent": 500.0}, 0.0),  # weigh only through others
        ({"entry_paid": 99.0}, 0.0),  # makes one come, and does not keep one
    ],
    ids=str,
)
def test_belonging_and_strong_ties_hold_one_and_lost_ties_push(values: dict[str, float], x: float) -> None:
    assert leaves(home(), **values) == pytest.approx(0.2 * math.exp(-x) + 0.05, abs=CLOSE)


def test_reasons_of_life_take_even_who_belongs() -> None:
    assert leaves(home(), belonging=1.0, n_strong=300) == pytest.approx(0.05, abs=CLOSE)


def mutes(room: Room, overload_days: float) -> float:
    """Measured probability that somebody mutes the group."""
    me = room.sit(1, belonging=0.5)

    def does(person: int) -> bool:
        me.person, me.is_muted, me.overload_days = person, 0, overload_days
        Member.leave(me, room.today, room.group, room.world)
        return me.is_muted == 1  # type: ignore[no-any-return]

    return measured(room, MUTE, does)


def test_more_than_two_and_a_half_days_of_overload_mute_with_their_probability() -> None:
    assert mutes(home(), 2.6) == pytest.approx(0.3, abs=CLOSE)
    assert mutes(home(), 2.5) == 0.0


def test_who_has_muted_stays_muted() -> None:
    room = home(mute=0.0)
    me = room.sit(1, belonging=0.5, is_muted=1, overload_days=9.0)
    Member.leave(me, room.today, room.group, room.world)
    assert me.is_muted == 1


def test_muting_is_no_leaving() -> None:
    room = home(leave=0.0, leave_shock=0.0, mute=1.0)
    me = room.sit(1, overload_days=9.0)
    Member.leave(me, room.today, room.group, room.world)
    assert (me.is_muted, me.reason) == (1, 0)


@pytest.mark.parametrize(("days", "belonging"), [(1, 0.5), (4, 0.5), (4, 0.0)])
def test_who_stays_away_leaves_for_reasons_of_life_only_in_proportion_to_the_days(days: int, belonging: float) -> None:
    room = home()
    me = room.sit(1, n_ties_lost=5)

    def goes(person: int) -> bool:
        me.person, me.reason, me.belonging = person, 0, belonging
        Member.rest(me, days, room.group, room.world)
        return me.reason == LEFT  # type: ignore[no-any-return]

    assert measured(room, SHOCK, goes) == pytest.approx(0.05 * days, abs=CLOSE)


@pytest.mark.parametrize("role", [Lurker, Regular, Connector, KOL])
def test_lurkers_regulars_connectors_and_experts_leave_as_members_do(role: type[Member]) -> None:
    assert leaves(home(), role, belonging=0.8) == pytest.approx(0.2 * math.exp(-0.6) + 0.05, abs=CLOSE)


@pytest.mark.parametrize(("visitors", "chance"), [(0, 0.15), (4, 0.15), (5, 0.0), (40, 0.0)])
def test_an_advertiser_leaves_whom_too_few_visit_and_nothing_else_counts(visitors: int, chance: float) -> None:
    room = home(leave=1.0, advert_value=0.01)
    room.group.n_visitors = visitors
    assert leaves(room, Advertiser, belonging=0.0, n_ties_lost=5) == pytest.approx(chance, abs=CLOSE)


@pytest.mark.parametrize("role", [Host, Moderator])
def test_the_hosts_people_never_leave(role: type[Member]) -> None:
    assert leaves(home(leave=1.0, leave_shock=1.0), role, belonging=0.0) == 0.0
