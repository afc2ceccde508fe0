"""Cohorts: doors that shut, people who wait for the next group or lose patience, and what few seats do to them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from scenarios import ConfigError
from scenarios.config.contradictions import check_contradictions
from sim.data.tables import CHANNELS
from sim.mechanisms.cohorts import Cohorts, call_over, count_aloud
from sim.mechanisms.queue import Queue, lose_patience, offer_seats
from sim.model.entities import QUEUE
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room

FOUNDER, SEARCH = CHANNELS.index("founder"), CHANNELS.index("search")
MONTHLY = {"seats": 16, "period": 7, "open_days": 2, "queue": 20, "further": 3}


@pytest.mark.parametrize(("members", "seats", "before", "knobs", "pull"), [
    (5, 10, 0, {}, 0.4 * 0.25), (12, 10, 0, {}, 0.4), (5, 0, 0, {}, 0.4), (0, 10, 1, {}, 0.6),
    (10, 10, 1, {"enter_scarce": 0.0}, 0.6), (10, 10, 1, {"enter_refused": 0.0}, 0.4),
])  # fmt: skip
def test_few_seats_and_a_refusal_make_eager(
    members: int, seats: int, before: int, knobs: dict[str, float], pull: float
) -> None:
    room = Room()
    room.group.n_members, room.group.seats_offered, room.knock.was_refused = members, seats, before
    count_aloud(room.sit(1), None, room.group, ours_of(Cohorts), room.knock, knobs_of(Cohorts, **knobs), room.world)
    assert room.knock.enter == pytest.approx(pull)


@pytest.mark.parametrize(("shut", "same", "seats"), [(0.0, 0, 12), (1.0, 0, 0), (1.0, 1, 20)])
def test_a_shut_door_offers_no_seat(shut: float, same: int, seats: int) -> None:
    room = Room()
    room.world.is_same_members, room.group.seats_offered = same, 20
    offer_seats(room.group, ours_of(Queue, door_shut=shut, seat_limit=12.0), knobs_of(Queue), room.world)
    assert room.group.seats_offered == seats


def wait(room: Room, g: int, *people: int) -> None:
    """They wait before a group's door, in this order."""
    for i, person in enumerate(people):
        room.state.queues[g, i].person = person
    room.groups[g].n_queue, room.groups[g].places_to_wait = len(people), QUEUE


def waiting(room: Room, g: int) -> list[int]:
    return [room.state.queues[g, i].person for i in range(room.groups[g].n_queue)]


def test_people_lose_patience_and_the_others_keep_their_order() -> None:
    room, left = Room(), 0
    for day in range(200):
        room.on(day)
        wait(room, 0, *range(10))
        ours = ours_of(Queue)
        lose_patience(room.state, None, 0, room.group, ours, knobs_of(Queue, patience=2.0), room.world)
        assert waiting(room, 0) == sorted(waiting(room, 0))
        assert ours.n_given_up == 10 - room.group.n_queue
        left += ours.n_given_up
    assert left / 2000 == pytest.approx(1.0 - math.exp(-0.5), abs=0.03)


def test_who_waits_elsewhere_moves_up_behind_those_who_wait_already() -> None:
    room = Room()
    wait(room, 0, *range(100, 150))
    wait(room, 1, 7, 8)
    wait(room, 2, *range(200, 220))
    for h in (0, 2):
        call_over(room.state, h, 1, room.groups[h], room.groups[1])
    assert waiting(room, 1) == [7, 8, *range(100, 150), *range(200, 208)]
    assert (waiting(room, 0), waiting(room, 2)) == ([], list(range(208, 220)))


def test_no_more_wait_than_the_door_has_places_for() -> None:
    room = Room()
    wait(room, 0, *range(100, 112))
    wait(room, 2, *range(200, 212))
    for h in (0, 2):
        room.groups[h].places_to_wait = 12
        call_over(room.state, h, 1, room.groups[h], room.groups[1])
    assert [len(waiting(room, g)) for g in (0, 1, 2)] == [0, 12, 12]


def test_who_waits_at_both_doors_waits_once() -> None:
    room = Room()
    wait(room, 0, 5, 6)
    wait(room, 1, 6, 7)
    wait(room, 2, 5, 8)
    for h in (0, 2):
        call_over(room.state, h, 1, room.groups[h], room.groups[1])
    assert (waiting(room, 0), waiting(room, 1), waiting(room, 2)) == ([], [6, 7, 5, 8], [])


def town(**doses: Any) -> Tables:
    scenario = lively([strategy("cohorts", **(MONTHLY | doses))], purpose={"search_rate": 4.0}, days=24,
                      replicates=4, cast={"connectors": 0.0}, market={"carry_rate": 0.0})  # fmt: skip
    return play(scenario)


def test_people_come_in_only_in_the_first_days_of_their_group() -> None:
    tables = town()
    spells, daily = tables["spells"], tables["daily"]
    born = {key: daily["day"][(daily["replicate"] == key[0]) & (daily["group"] == key[1])].min()
            for key in {(int(r), int(g)) for r, g in zip(daily["replicate"], daily["group"], strict=True)}}  # fmt: skip
    assert set(born.values()) == {0, 7, 14, 21}
    age = [s["day_joined"] - born[int(s["replicate"]), int(s["group"])] for s in spells]
    assert set(age) == {0, 1}
    late = np.array([born[int(s["replicate"]), int(s["group"])] for s in spells]) > 0
    assert (np.array(age)[late] == 0).sum() > 50  # they had waited
    assert daily["n_members"].max() <= 16
    assert tables["mechanism.cohorts"]["n_cohorts"].sum() == len(born) - 12 == 4 * 3 * 3
    assert tables["mechanism.queue"]["n_given_up"].sum() > 10


def test_minutes_of_opening_are_the_hosts() -> None:
    tables = town()
    assert (tables["mechanism.cohorts"]["minutes_cohorts"] == 30.0 * tables["mechanism.cohorts"]["n_cohorts"]).all()
    assert tables["ledger"]["host_minutes"].sum() >= 30.0 * 36


def test_whoever_was_turned_away_is_known_again_as_long_as_doors_are_counted_at() -> None:
    """Nobody may wait, so that many are turned away; what it does to them is told by the term alone."""
    def came(weight: float) -> int:
        scenario = lively([strategy("cohorts", **(MONTHLY | {"queue": 0, "seats": 24}))], replicates=10, days=22,
                          purpose={"search_rate": 8.0}, market={"people_per_seat": 1.0},
                          tuned=(Cohorts(enter_refused=weight),))  # fmt: skip
        return int((play(scenario)["spells"]["channel"] != FOUNDER).sum())

    assert came(5.0) > came(0.0)


def test_a_door_that_never_shuts_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"cohorts: open_days=30 leaves nothing of period=30"):
        check_contradictions((strategy("cohorts", open_days=30),), 100)


def test_cohorts_and_groups_opened_by_a_full_queue_are_refused() -> None:
    plan = (strategy("cohorts"), strategy("group_cap", when_full="new_group"))
    with pytest.raises(ConfigError, match="cohorts and group_cap both open groups for those who wait"):
        check_contradictions(plan, 100)
    check_contradictions((strategy("cohorts"), strategy("group_cap")), 100)


def test_lanes_agree() -> None:
    scenario = lively([strategy("cohorts", **MONTHLY)], purpose={"search_rate": 4.0})
    assert differing(play(scenario, "mesa"), play(scenario)) == []


@pytest.mark.parametrize(("name", "doses"), [
    ("cohorts", MONTHLY),
    ("project_group", {"seats": 16, "price": 1.0, "days": 7, "promise": 100.0, "queue": 20, "further": 3}),
])  # fmt: skip
def test_a_smaller_cap_is_held_on_the_first_morning_of_the_next_group(name: str, doses: dict[str, Any]) -> None:
    arms = [strategy(name, **doses), strategy("group_cap", limit=14, queue=5)]
    scenario = lively(arms, purpose={"search_rate": 6.0}, days=12, replicates=2, cast={"connectors": 0.0},
                      market={"carry_rate": 0.0}, population={"seats": 20, "founders": 5})  # fmt: skip
    tables = play(scenario)
    assert tables["mechanism.cohorts"]["n_cohorts"].sum() > 0
    assert tables["daily"]["n_members"].max() == 14
    assert differing(play(scenario, "mesa"), tables) == []
