"""Seats and queue: what a group offers this morning, and that it is forgotten when it is no longer said."""

from __future__ import annotations

import pytest

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.levers import Levers
from sim.mechanisms.queue import Queue, keep_to_it, offer_seats
from sim.model.entities import OPENING
from sim.model.hands import OPERATORS, PROMOTERS, RIVALS
from sim.model.submodels.operator import begin_counts
from tests.mechanisms.own_rows import OwnRows
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


@pytest.mark.parametrize(("owner", "offered"), [(OPERATORS, 5), (RIVALS, 20), (PROMOTERS + 7, 20)])
def test_a_group_ordered_tonight_keeps_to_the_limit_if_it_is_the_operators(owner: int, offered: int) -> None:
    room = Room()
    own, new = OwnRows(room, Queue()), room.groups[1]
    room.world.n_moving, new.fate, new.owner, new.seats_offered = 1, OPENING, owner, 20
    own.tables.groups[1].seat_limit = 5.0
    keep_to_it(room.state, own.tables, 0, own.knobs, room.world)
    assert new.seats_offered == offered


def test_what_is_no_longer_said_no_longer_holds() -> None:
    scenario = lively([ForAWhile()], purpose={"search_rate": 4.0})
    tables = play(scenario)
    size, waiting = (daily_grid(tables, name, scenario) for name in ("n_members", "n_waiting"))
    assert size[..., :8].max() <= 13 < size[..., 8:].max()  # the founders may be one more
    assert waiting[..., :8].max() == 4
    assert waiting[..., 8:].max() == 0
    assert differing(play(scenario, "mesa"), tables) == []
