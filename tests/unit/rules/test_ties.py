"""Ties of one person: they grow by answers, fade by days, are few, and the strong ones are counted."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.membership import MAX_TIES
from sim.model.submodels.ties import acquaint, fade, strengthen, tie_with
from tests.unit.rules.people import Room


def circle(n: int, strength: float, **knobs: float) -> tuple[Room, Any]:
    """Somebody in seat 0 with ties of that strength to the people in seats 1 … n."""
    room = Room(**({"tie_gain": 0.2, "tie_strong": 0.35, "tie_keep": 0.9, "tie_forget": 0.05} | knobs))
    me = room.sit(0)
    for slot in range(1, n + 1):
        acquaint(me, room.sit(slot), strength, room.world)
    return room, me


def strengths(me: Any) -> dict[int, float]:
    """Strength by person."""
    return {int(me.tie_person[k]): float(me.tie_strength[k]) for k in range(me.n_ties)}


def strong(room: Room, me: Any) -> int:
    """Ties stronger than ``tie_strong``, counted afresh."""
    return sum(s > room.world.tie_strong for s in strengths(me).values())


def test_who_meet_have_a_tie_of_the_same_strength_both_ways() -> None:
    room, me = circle(1, 0.5)
    other = room.members[1]
    assert strengths(me) == {101: 0.5}
    assert strengths(other) == {100: 0.5}
    assert (me.tie_slot[0], other.tie_slot[0]) == (1, 0)
    assert (me.n_strong, other.n_strong) == (1, 1)


def test_the_strength_of_a_tie_is_found_by_person_and_nobody_else_has_one() -> None:
    _, me = circle(3, 0.5)
    me.tie_strength[1] = 0.25
    assert tie_with(me, 102) == 0.25
    assert tie_with(me, 104) == 0.0
    me.n_ties = 1
    assert tie_with(me, 102) == 0.0


def test_an_answer_makes_a_tie_and_further_ones_close_a_fifth_of_what_is_left() -> None:
    room, me = circle(0, 0.0)
    other = room.sit(1)
    for times in (1, 2, 3):
        strengthen(me, other, room.members, room.group, room.world)
        assert strengths(me) == {101: pytest.approx(1 - 0.8**times)}
        assert strengths(other) == {100: pytest.approx(1 - 0.8**times)}
        assert me.n_strong == other.n_strong == (0 if times == 1 else 1)  # 0.2, 0.36, 0.488


def test_only_who_is_answered_is_warmed_and_more_by_a_close_person() -> None:
    room, me = circle(0, 0.0, tie_warmth=3.0)
    other = room.sit(1)
    strengthen(me, other, room.members, room.group, room.world)
    assert (me.warmth, other.warmth) == (0.0, 1.0)
    strengthen(me, other, room.members, room.group, room.world)
    assert (me.warmth, other.warmth) == (0.0, pytest.approx(1.0 + 1.0 + 3.0 * 0.2))


def test_a_sixteenth_tie_takes_the_place_of_the_weakest() -> None:
    room, me = circle(MAX_TIES, 0.5)
    me.tie_strength[6] = 0.1
    me.n_strong = strong(room, me)
    assert me.n_strong == MAX_TIES - 1
    acquaint(me, room.sit(16), 0.2, room.world)
    assert me.n_ties == MAX_TIES
    assert 107 not in strengths(me)
    assert strengths(me)[116] == 0.2
    assert me.tie_slot[6] == 16
    assert me.n_strong == strong(room, me) == MAX_TIES - 1


@pytest.mark.parametrize("weakest", [0.2, 0.3])
def test_a_tie_no_stronger_than_the_weakest_finds_no_place(weakest: float) -> None:
    room, me = circle(MAX_TIES, 0.5)
    me.tie_strength[6] = weakest
    before = strengths(me)
    newcomer = room.sit(16)
    acquaint(me, newcomer, 0.2, room.world)
    assert strengths(me) == before
    assert strengths(newcomer) == {100: 0.2}


def test_the_count_of_strong_ties_follows_a_replacement() -> None:
    room, me = circle(MAX_TIES, 0.5)
    assert me.n_strong == MAX_TIES
    me.tie_strength[3] = 0.4
    acquaint(me, room.sit(16), 0.45, room.world)
    assert me.n_strong == strong(room, me) == MAX_TIES
    me.tie_strength[3], me.n_strong = 0.1, MAX_TIES - 1
    acquaint(me, room.sit(17), 0.45, room.world)
    assert me.n_strong == strong(room, me) == MAX_TIES


def test_a_day_leaves_a_tie_a_tenth_weaker_and_no_day_is_counted_twice() -> None:
    room, me = circle(2, 0.5)
    room.on(3)
    fade(me, room.members, room.group, room.world)
    fade(me, room.members, room.group, room.world)
    assert strengths(me) == {101: pytest.approx(0.5 * 0.9**3), 102: pytest.approx(0.5 * 0.9**3)}
    assert me.n_strong == 2  # 0.3645
    room.on(4)
    fade(me, room.members, room.group, room.world)
    assert strengths(me)[101] == pytest.approx(0.5 * 0.9**4)
    assert me.n_strong == 0  # 0.328
    assert me.day_faded == 4


def test_a_tie_too_weak_is_forgotten_and_the_others_stay() -> None:
    room, me = circle(3, 0.5)
    me.tie_strength[0] = 0.055  # 0.0495 tomorrow
    me.tie_strength[1] = 0.056  # 0.0504
    room.on(1)
    fade(me, room.members, room.group, room.world)
    assert strengths(me) == {102: pytest.approx(0.0504), 103: pytest.approx(0.45)}
    assert sorted(me.tie_slot[: me.n_ties]) == [2, 3]
    assert (me.n_strong, me.n_ties_lost) == (1, 0)


def test_ties_to_who_has_left_are_lost_and_only_the_strong_are_missed() -> None:
    room, me = circle(4, 0.5)
    for slot in (1, 2):
        room.members[slot].person = -1 - room.members[slot].person
    me.tie_strength[1] = 0.35  # 0.315 tomorrow: left and not missed
    room.on(1)
    fade(me, room.members, room.group, room.world)
    assert set(strengths(me)) == {103, 104}
    assert (me.n_ties_lost, me.n_strong) == (1, 2)


def test_a_stranger_in_the_seat_of_who_left_is_no_tie() -> None:
    room, me = circle(1, 0.5)
    room.sit(1, person=555)
    room.on(1)
    fade(me, room.members, room.group, room.world)
    assert (strengths(me), me.n_ties_lost) == ({}, 1)


def test_seats_are_looked_up_in_ones_own_group() -> None:
    room, me = circle(1, 0.5)
    room.group.first += 5
    room.members[5 + 1].person = 101
    room.members[1].person = 999
    room.on(1)
    fade(me, room.members, room.group, room.world)
    assert set(strengths(me)) == {101}


def test_both_look_after_their_ties_before_one_grows() -> None:
    room, me = circle(1, 0.5)
    other = room.members[1]
    room.on(2)
    strengthen(me, other, room.members, room.group, room.world)
    faded = 0.5 * 0.81
    assert strengths(me) == {101: pytest.approx(faded + 0.2 * (1 - faded))}
    assert strengths(other) == {100: pytest.approx(faded + 0.2 * (1 - faded))}
    assert other.warmth == pytest.approx(1.0 + room.world.tie_warmth * faded)
    assert (me.day_faded, other.day_faded) == (2, 2)


def test_a_new_tie_of_a_latecomer_has_no_days_to_fade() -> None:
    room, me = circle(1, 0.5)
    room.on(9)
    other = room.sit(2, joined=4)
    strengthen(me, other, room.members, room.group, room.world)
    assert strengths(me)[102] == 0.2
    assert strengths(other) == {100: 0.2}
