"""Seats and queue (限员与排队): who is let in, who may wait, when the next group is opened. Source: S1, C10.

A limit has no effect of its own: what it changes follows from attention, acquaintance and the host's hours. Seats are
given away at the door, one after the other (:mod:`sim.model.submodels.door`); here it is said how many there are.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, at_most, plus
from sim.engine.luck import purpose, uniform
from sim.mechanisms import Mechanism
from sim.model.entities import OPENING, QUEUE
from sim.model.hands import OPERATORS
from sim.model.rows import Group, Own, State, World
from sim.model.submodels.door import copy_place

__all__ = ["Queue"]

WAIT = purpose("queue: go on waiting")


class Queue(Mechanism):
    """Each morning a group offers as many seats as its limit leaves of the room, and places to wait before the door.

    Who waits is let in first, in order of arrival. Where a new group is wanted it is opened as soon as the queue is
    full, for those who wait. A limit turned down sends nobody away. Before a door that is shut people lose patience.
    """

    title = ("Seats and queue", "限员与排队")
    patience = Knob(21.0, 1.0, 365.0, "days", "mean time for which people wait before a door that is shut",
                    "assumption")

    class group:
        door_shut: float = lever(any_of, "yes/no", "nobody is let in today; whoever wants in may wait")
        seat_limit: float = lever(at_most, "members", "no more than this many members are let in")
        queue_length: float = lever(plus, "people", "people who may wait when the group is full")
        open_new_group: float = lever(any_of, "yes/no", "when the queue is full, a new group is opened for it")
        n_given_up: int = daily("people who gave up waiting", "放弃排队人数", better=False)


if TYPE_CHECKING:
    Kept = Own[object, Queue.group, object, object]


@Queue.at_plan()
def offer_seats(group: Group, ours: Queue.group, knobs: Queue, world: World) -> None:
    """seats ← min(room, limit), none where the door is shut, under ``same_members`` the room; places to wait ← min(60,
    queue).
    """
    if world.is_same_members == 0:
        group.seats_offered = min(group.room, int(ours.seat_limit)) if ours.door_shut == 0.0 else 0
    group.places_to_wait = min(QUEUE, int(ours.queue_length))
    group.is_relieved = 1 if ours.open_new_group > 0.0 else 0


@Queue.between_days()
def keep_to_it(state: State, own: Kept, c: int, knobs: Queue, world: World) -> None:
    """A group that is ordered tonight offers no more seats on its first morning than today's limit, whoever ordered it:
    seats ← min(seats, limit), under ``same_members`` as they are.
    """
    if world.n_moving == 0 or world.is_same_members > 0:
        return
    for g in range(world.first_group, world.first_group + world.n_groups):
        if state.groups[g].fate == OPENING and state.groups[g].owner == OPERATORS:
            state.groups[g].seats_offered = min(state.groups[g].seats_offered, int(own.groups[g].seat_limit))


@Queue.each_evening(when="door_shut")
def lose_patience(
    state: State, own: Kept, g: int, group: Group, ours: Queue.group, knobs: Queue, world: World
) -> None:
    """Each of those who wait gives up with probability 1 − e^(−1 / patience)."""
    kept = 0
    for i in range(group.n_queue):
        waiting = state.queues[g, i]
        if uniform(world, waiting.person, WAIT, group.index) < 1.0 - math.exp(-1.0 / knobs.patience):
            ours.n_given_up += 1
        else:
            copy_place(waiting, state.queues[g, kept])
            kept += 1
    group.n_queue = kept
