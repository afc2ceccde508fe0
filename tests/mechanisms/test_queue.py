"""Seats and queue: what a group offers this morning, and that it is forgotten when it is no longer said."""

from __future__ import annotations

import pytest

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.levers import Levers
from sim.mechanisms.queue import Queue, offer_seats
from sim.model.submodels.operator import begin_counts
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import daily_grid, differing, lively, play
from tests.unit.rules.people import Room


class ForAWhile(Strategy):
    """Twelve members and a queue of four, on the first eight days."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        if day < 8:
            levers.seat_limit.at_most(12)
            levers.queue_length.plus(4)


@pytest.mark.parametrize(
    ("levers", "same", "offered"),
    [
        ({}, 0, (20, 0, 0)),
        ({"seat_limit": 12.0, "queue_length": 4.0}, 0, (12, 4, 0)),
        ({"seat_limit": 500.0, "queue_length": 90.0, "open_new_group": 1.0}, 0, (20, 60, 1)),
        ({"seat_limit": 12.0, "queue_length": 4.0}, 1, (20, 4, 0)),
    ],
)
def test_seats_are_offered_up_to_the_limit_and_the_room(
    levers: dict[str, float], same: int, offered: tuple[int, int, int]
) -> None:
    room = Room()
    room.world.is_same_members = same
    begin_counts(room.group)
    offer_seats(room.group, ours_of(Queue, **levers), knobs_of(Queue), room.world)
    assert (room.group.seats_offered, room.group.places_to_wait, room.group.is_relieved) == offered


def test_what_is_no_longer_said_no_longer_holds() -> None:
    scenario = lively([ForAWhile()], purpose={"search_rate": 4.0})
    tables = play(scenario)
    size, waiting = (daily_grid(tables, name, scenario) for name in ("n_members", "n_waiting"))
    assert size[..., :8].max() <= 13 < size[..., 8:].max()  # the founders may be one more
    assert waiting[..., :8].max() == 4
    assert waiting[..., 8:].max() == 0
    assert differing(play(scenario, "mesa"), tables) == []
