"""The desk on which one thread lays out the day of one group: today's messages, and the calendar of looks.

A desk is a bundle of arrays that are reused by every group. They are made far larger than a day needs (memory that is
never touched costs nothing) instead of growing, so that compiled code neither allocates nor counts references. A day
that does not fit is reported (``OVERFLOW``) and ends the run; nothing is ever dropped in silence.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.bits import lowest_bit
from sim.engine.calls import MOST_CALLS, WORDS
from sim.engine.declarations import INSIDE
from sim.engine.distributions import wide
from sim.engine.rule import inlined, rule
from sim.model.kinds import kind_table

__all__ = [
    "Desk", "add_look", "clear", "come", "copy_line", "done", "has_room", "new_desk", "next_busy", "open_group",
    "wipe_calendar",
]  # fmt: skip

# Places in Desk.n
LOG, LOOKS, MUSTER, OPEN0, OUT, OVERFLOW, SAID, BUSY = range(8)
"""From ``BUSY`` on one word for each hour of the day, with one bit for each minute in which anybody looks."""
MOST_MESSAGES, MOST_LOOKS, MOST_NOTES, MOST_SAID = 1 << 16, 1 << 18, 1 << 20, 1 << 16
SCREEN = 8
"""Messages on a screen: a reader answers only what he still has before his eyes."""
PLAIN, MORE, GLANCE, MORE_ON_TOPIC = -1, -2, -3, -4
"""Kinds of looks: the day's look at which one may open a topic of one's own; one at which the author adds a line (to
chat, or to what was on topic); any other. The rest are kinds of scheduled posts."""
HOURS, MINUTES = 24, 1440
"""Of a day: words of the calendar, and its compartments."""
BACKLOG_AGE = 1440.0
"""Minutes for which a message lies open for an answer."""


LINE = np.dtype(
    [
        ("t", "f8"),  # minutes since midnight; yesterday's open messages have negative times
        ("person", "i4"),
        ("slot", "i4"),
        ("kind", "i4"),  # place k in the table of kinds, −1 − k once deleted
        ("reply_to", "i4"),  # line of the message answered, -1 if none
        ("n_answers", "i4"),
        ("is_topic", "i4"),
        ("is_opener", "i4"),
        # sums over the lines before, so that reading a stretch costs the same whatever its length
        ("ads_before", "i4"),
        ("host_before", "i4"),
        ("quality", "f8"),
        ("quality_before", "f8"),
    ],
    align=True,
)
"""A line of the log: one message."""
LOOK = np.dtype([("t", "f8"), ("next", "i4"), ("slot", "i4"), ("kind", "i4")], align=True)
"""A look at the group: a link in the chain of its minute."""
NOTE = np.dtype(
    [("t", "f8"), *((name, "i4") for name in ("group", "id", "author", "kind", "reply_to", "on_topic"))],
    align=True,
)
"""A message to be recorded."""


TODAY = np.dtype(
    [
        ("visit", "f8"),  # logit of opening the group today
        ("open", "f8"),  # relative change of the rate of opening a topic
        ("answer", "f8"),  # relative change of the wish to answer
        ("buy", "f8"),  # logit of taking an offer
        ("invite", "f8"),  # chance a day of asking a friend
        ("leave", "f8"),  # log of the hazard of leaving
        ("gain", "f8"),  # feeling
        ("cost", "f8"),  # feeling
        ("look_at", "f8"),  # minute of the first look, where a mechanism moves it (0: as the daily profile has it)
        ("is_woken", "i8"),  # a lurker who is woken today speaks as readily as others
    ],
    align=True,
)
"""What mechanisms add to the decisions of one member today, zero each morning. Pulls add up, so their order does not
matter to the rule (to the last digits it does: hooks act in the order of their mechanisms' names)."""
MOST_WRITTEN = 4
"""Lines that rules can have somebody write at one look."""
NOW = np.dtype(
    [
        ("t", "f8"),  # minutes since midnight
        ("row", "i8"),  # who looks
        ("first", "i4"),  # the first line just read
        ("second", "i4"),  # of the day
        ("kind", "i4"),  # of the look, or of the planned line
        ("n_says", "i4"),  # lines that rules want to write besides …
        ("says", "i4", (MOST_WRITTEN,)),  # … of these kinds
    ],
    align=True,
)
"""The look that is going on, for rules of mechanisms."""
SAY = np.dtype([("t", "f8"), ("next", "i4"), ("slot", "i4"), ("kind", "i4")], align=True)
"""A line that somebody will say today: a link in the chain of the group."""


class Desk(NamedTuple):
    """Arrays of one thread. Few, because each one passed to a compiled function costs time to compile."""

    n: NDArray[np.int64]  # counts, see the places above
    log: NDArray[np.void]  # LINE, one more than there are messages
    head: NDArray[np.int32]  # of each busy minute the first look still of interest, -1 if none
    looks: NDArray[np.void]  # LOOK
    muster: NDArray[np.int32]  # seats of today's visitors
    out: NDArray[np.void]  # NOTE
    today: NDArray[np.void]  # TODAY of each seat, and a blank row
    said: NDArray[np.void]  # SAY
    now: NDArray[np.void]  # NOW, one row
    calls: Any  # what rules of mechanisms act today at each place of sim.engine.declarations.INSIDE
    kinds: NDArray[np.void]  # the table of kinds of message (sim.model.kinds.KIND)


def new_desk(seats: int, recording: bool) -> Desk:
    """A desk for groups of at most ``seats`` seats; with an outbox if messages are recorded."""
    return Desk(
        np.zeros(BUSY + HOURS, dtype=np.int64),
        np.zeros(MOST_MESSAGES + 1, dtype=LINE),
        np.full(MINUTES, -1, dtype=np.int32),
        np.zeros(MOST_LOOKS, dtype=LOOK),
        np.zeros(seats, dtype=np.int32),
        np.zeros(MOST_NOTES if recording else 1, dtype=NOTE),
        np.zeros(seats + 1, dtype=TODAY),
        np.zeros(MOST_SAID, dtype=SAY),
        np.zeros(1, dtype=NOW),
        np.zeros((len(INSIDE), MOST_CALLS + 1, WORDS), dtype=np.int64),
        kind_table(),
    )


@rule
def clear(desk: Desk) -> None:
    """Wipe the desk for the next group; of the calendar nothing is left, see :func:`done`."""
    for place in (LOG, LOOKS, OPEN0):
        desk.n[place] = 0
    first = desk.log[0]
    first.quality_before = 0.0
    first.ads_before = 0
    first.host_before = 0


@inlined
def has_room(desk: Desk) -> bool:
    """Is there room for what one more look may bring? If not, the desk reports an overflow."""
    fits = desk.n[LOG] + SCREEN < desk.log.size and desk.n[LOOKS] + desk.muster.size + SCREEN < desk.looks.size
    if not fits:
        desk.n[OVERFLOW] = 1
    return fits


@inlined
def come(desk: Desk, me: Any, group: Any) -> None:
    """Someone comes who had not planned to: he joins the muster, and the day is no day of rest."""
    me.n_looks = 1
    me.day_rested += 1
    desk.muster[desk.n[MUSTER]] = me.slot
    desk.n[MUSTER] += 1
    open_group(desk, me, group)


@inlined
def open_group(desk: Desk, me: Any, group: Any) -> None:
    """Someone opens the group for the first time today: what is new to him begins at his cursor.

    Of what he missed only yesterday's open messages can still be read; the rest counts as unread.
    """
    group.n_visitors += 1
    me.attention_left = me.attention / me.n_homes
    missed = group.n_total - me.read_upto
    me.cursor = max(0, group.n_open - int(min(missed, 9_999)))
    me.n_unread += int(min(max(0, missed - group.n_open), 9_999))


@inlined
def add_look(desk: Desk, t: float, slot: int, kind: int) -> None:
    """Write a look into the calendar, behind all that are not later."""
    place = desk.n[LOOKS]
    desk.n[LOOKS] = place + 1
    look = desk.looks[place]
    look.t = t
    look.slot = slot
    look.kind = kind
    minute = int(t)
    at = desk.head[minute]
    if at < 0:
        hour = minute // 60
        desk.n[BUSY + hour] |= wide(1) << (minute - 60 * hour)
    if at < 0 or desk.looks[at].t > t:
        look.next = at
        desk.head[minute] = place
        return
    after = desk.looks[at].next
    while after >= 0 and desk.looks[after].t <= t:
        at = after
        after = desk.looks[at].next
    look.next = after
    desk.looks[at].next = place


@inlined
def copy_line(old: Any, new: Any) -> None:
    """Copy what a message is, without the sums before it."""
    new["t"] = old["t"]
    new["person"] = old["person"]
    new["slot"] = old["slot"]
    new["kind"] = old["kind"]
    new["n_answers"] = old["n_answers"]
    new["is_topic"] = old["is_topic"]
    new["is_opener"] = old["is_opener"]
    new["quality"] = old["quality"]


@inlined
def next_busy(desk: Desk, hour: int) -> int:
    """The first minute, from an hour of the day on, in which somebody is still to look, or ``MINUTES``."""
    while hour < HOURS and desk.n[BUSY + hour] == 0:
        hour += 1
    return hour * 60 + lowest_bit(desk.n[BUSY + hour]) if hour < HOURS else MINUTES


@inlined
def done(desk: Desk, minute: int) -> None:
    """All looks of a minute have been taken: it is free for the next group."""
    desk.head[minute] = -1
    hour = minute // 60
    desk.n[BUSY + hour] &= ~(wide(1) << (minute - 60 * hour))


@rule
def wipe_calendar(desk: Desk) -> None:
    """Strike out the looks of a day that is broken off."""
    minute = next_busy(desk, 0)
    while minute < MINUTES:
        done(desk, minute)
        minute = next_busy(desk, minute // 60)
