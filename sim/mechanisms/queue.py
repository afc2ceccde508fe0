"""Seats and queue (限员与排队): who is let in, who may wait, when the next group is opened. Source: S1, C10.

A limit has no effect of its own: what it changes follows from attention, acquaintance and the host's hours. Seats are
given away at the door, one after the other (:mod:`sim.model.submodels.door`); here it is said how many there are.
"""

from __future__ import annotations

from sim.engine.declarations import lever
from sim.engine.levers import any_of, at_most, plus
from sim.mechanisms import Mechanism
from sim.model.entities import QUEUE
from sim.model.rows import Group, World

__all__ = ["Queue"]


class Queue(Mechanism):
    """Each morning a group offers as many seats as its limit leaves of the room, and places to wait before the door.

    Who waits is let in first, in order of arrival. Where a new group is wanted it is opened as soon as the queue is
    full, for those who wait. A limit turned down sends nobody away.
    """

    title = ("Seats and queue", "限员与排队")

    class group:
        seat_limit: float = lever(at_most, "members", "no more than this many members are let in")
        queue_length: float = lever(plus, "people", "people who may wait when the group is full")
        open_new_group: float = lever(any_of, "yes/no", "when the queue is full, a new group is opened for it")


@Queue.at_plan()
def offer_seats(group: Group, ours: Queue.group, knobs: Queue, world: World) -> None:
    """seats ← min(room, limit), under ``same_members`` the room; places to wait ← min(60, queue)."""
    if world.is_same_members == 0:
        group.seats_offered = min(group.room, int(ours.seat_limit))
    group.places_to_wait = min(QUEUE, int(ours.queue_length))
    group.is_relieved = 1 if ours.open_new_group > 0.0 else 0
