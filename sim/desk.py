"""The desk on which one thread lays out the day of one group: today's messages, and the calendar of looks.

A desk is a bundle of arrays that are reused by every group. Buffers grow; they never drop. Counts stand in ``n``, so
that the bundle itself stays the same.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.rule import rule

__all__ = ["Desk", "add_look", "clear", "grow_log", "grow_looks", "new_desk"]

# Places in Desk.n
LOG, LOOKS, MUSTER, PACKETS, OPEN0, OUT, SENT = 0, 1, 2, 3, 4, 5, 6
SCREEN = 8
"""Messages on a screen: a reader answers only what he still has before his eyes."""
PLAIN, MORE = -1, -2
"""Kinds of looks: an ordinary one, and one at which the author adds a line. Others are kinds of scheduled posts."""
BUCKETS = 96
"""Quarters of an hour in a day: the calendar's compartments."""
BACKLOG_AGE = 1440.0
"""Minutes for which a message lies open for an answer."""
MAX_PACKETS = 8
"""Packets that may lie open in a group on one day; while all are open nobody sends another."""


class Desk(NamedTuple):
    """Arrays of one thread. ``t`` is in minutes since midnight (yesterday's open messages have negative times)."""

    n: NDArray[np.int64]
    # the log, one entry per message
    t: NDArray[np.float64]
    person: NDArray[np.int32]
    slot: NDArray[np.int32]
    kind: NDArray[np.int32]
    reply_to: NDArray[np.int32]
    n_answers: NDArray[np.int32]
    quality: NDArray[np.float64]
    is_topic: NDArray[np.int32]
    is_opener: NDArray[np.int32]
    # sums over the messages before each, so that reading a stretch costs the same whatever its length
    cum_quality: NDArray[np.float64]
    cum_ads: NDArray[np.int32]
    cum_host: NDArray[np.int32]
    # the calendar: chains of looks in order of time, one chain per quarter of an hour
    head: NDArray[np.int32]
    look_t: NDArray[np.float64]
    look_next: NDArray[np.int32]
    look_slot: NDArray[np.int32]
    look_kind: NDArray[np.int32]
    muster: NDArray[np.int32]  # seats of today's visitors
    # packets lying open
    packet_fen: NDArray[np.int64]
    packet_shares: NDArray[np.int64]
    packet_lucky: NDArray[np.float64]
    packet_person: NDArray[np.int64]
    # messages to be recorded: group, id, author, kind, reply_to, topic; and the minute
    out: NDArray[np.int32]
    out_t: NDArray[np.float64]


def new_desk(seats: int) -> Desk:
    """A desk for groups of at most ``seats`` seats; its log and calendar begin small and grow."""

    def ints(n: int) -> NDArray[np.int32]:
        return np.zeros(n, dtype=np.int32)

    def longs(n: int) -> NDArray[np.int64]:
        return np.zeros(n, dtype=np.int64)

    log, looks = 256, 256 + 2 * seats
    return Desk(
        longs(8), np.zeros(log), ints(log), ints(log), ints(log), ints(log), ints(log), np.zeros(log), ints(log),
        ints(log), np.zeros(log + 1), ints(log + 1), ints(log + 1), ints(BUCKETS), np.zeros(looks), ints(looks),
        ints(looks), ints(looks), ints(seats), longs(MAX_PACKETS), longs(MAX_PACKETS), np.zeros(MAX_PACKETS),
        longs(MAX_PACKETS), np.zeros((64, 6), dtype=np.int32), np.zeros(64),
    )  # fmt: skip


@rule
def clear(desk: Desk) -> None:
    """Wipe the desk for the next group."""
    for place in (LOG, LOOKS, MUSTER, PACKETS, OPEN0, SENT):
        desk.n[place] = 0
    for bucket in range(BUCKETS):
        desk.head[bucket] = -1
    desk.cum_quality[0] = 0.0
    desk.cum_ads[0] = 0
    desk.cum_host[0] = 0


@rule
def add_look(desk: Desk, t: float, slot: int, kind: int) -> None:
    """Write a look into the calendar, behind all that are not later."""
    look = desk.n[LOOKS]
    desk.n[LOOKS] = look + 1
    desk.look_t[look], desk.look_slot[look], desk.look_kind[look] = t, slot, kind
    bucket = int(t / 15.0)
    at = desk.head[bucket]
    if at < 0 or desk.look_t[at] > t:
        desk.look_next[look] = at
        desk.head[bucket] = look
        return
    after = desk.look_next[at]
    while after >= 0 and desk.look_t[after] <= t:
        at = after
        after = desk.look_next[at]
    desk.look_next[look] = after
    desk.look_next[at] = look


@rule
def longer(old, size):  # type: ignore[no-untyped-def]
    """A longer array that begins with the old one."""
    new = np.zeros(size, dtype=old.dtype)
    new[: old.size] = old
    return new


@rule
def grow_log(desk: Desk) -> Desk:
    """The same desk with room for twice as many messages."""
    size = 2 * desk.t.size
    return Desk(
        desk.n, longer(desk.t, size), longer(desk.person, size), longer(desk.slot, size), longer(desk.kind, size),
        longer(desk.reply_to, size), longer(desk.n_answers, size), longer(desk.quality, size),
        longer(desk.is_topic, size), longer(desk.is_opener, size), longer(desk.cum_quality, size + 1),
        longer(desk.cum_ads, size + 1), longer(desk.cum_host, size + 1), desk.head, desk.look_t, desk.look_next,
        desk.look_slot, desk.look_kind, desk.muster, desk.packet_fen, desk.packet_shares, desk.packet_lucky,
        desk.packet_person, desk.out, desk.out_t,
    )  # fmt: skip


@rule
def grow_looks(desk: Desk) -> Desk:
    """The same desk with room for twice as many looks."""
    size = 2 * desk.look_t.size
    return Desk(
        desk.n, desk.t, desk.person, desk.slot, desk.kind, desk.reply_to, desk.n_answers, desk.quality, desk.is_topic,
        desk.is_opener, desk.cum_quality, desk.cum_ads, desk.cum_host, desk.head, longer(desk.look_t, size),
        longer(desk.look_next, size), longer(desk.look_slot, size), longer(desk.look_kind, size), desk.muster,
        desk.packet_fen, desk.packet_shares, desk.packet_lucky, desk.packet_person, desk.out, desk.out_t,
    )  # fmt: skip


@rule
def grow_out(desk: Desk, size: int) -> Desk:
    """The same desk with room for ``size`` recorded messages."""
    out = np.zeros((size, 6), dtype=np.int32)
    out[: desk.out.shape[0]] = desk.out
    return Desk(
        desk.n, desk.t, desk.person, desk.slot, desk.kind, desk.reply_to, desk.n_answers, desk.quality, desk.is_topic,
        desk.is_opener, desk.cum_quality, desk.cum_ads, desk.cum_host, desk.head, desk.look_t, desk.look_next,
        desk.look_slot, desk.look_kind, desk.muster, desk.packet_fen, desk.packet_shares, desk.packet_lucky,
        desk.packet_person, out, longer(desk.out_t, size),
    )  # fmt: skip
