"""The desk on which one thread lays out the day of one group: today's messages, and the calendar of looks.

A desk is a bundle of arrays that are reused by every group. They are made far larger than a day needs (memory that is
never touched costs nothing) instead of growing, so that compiled code neither allocates nor counts references. A day
that does not fit is reported (``OVERFLOW``) and ends the run; nothing is ever dropped in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import numpy as np

from sim.engine.bits import lowest_bit
from sim.engine.calls import MOST_CALLS, WORDS, Calls
from sim.engine.declarations import INSIDE
from sim.engine.distributions import wide
from sim.engine.rows import Long, Rows, blank, record_type
from sim.engine.rule import inlined, rule
from sim.model.hands import HIDDEN
from sim.model.kinds import KindRow, kind_table

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, World

__all__ = [
    "Desk", "Line", "Look", "Note", "Planned", "Today", "add_look", "clear", "come", "copy_line", "done", "has_room",
    "new_desk", "next_busy", "open_group", "wipe_calendar",
]  # fmt: skip

# Places in Desk.n
LOG, LOOKS, MUSTER, OPEN0, OUT, OVERFLOW, SAID, BUSY = range(8)
"""From ``BUSY`` on one word for each hour of the day, with one bit for each minute in which anybody looks."""
MOST_MESSAGES, MOST_LOOKS, MOST_NOTES, MOST_SAID = 1 << 16, 1 << 18, 1 << 20, 1 << 16
SCREEN = 8
"""Messages on a screen: readers answer only what they still have before their eyes."""
PLAIN, MORE, GLANCE, MORE_ON_TOPIC = -1, -2, -3, -4
"""Kinds of looks: the day's look at which one may open a topic of one's own; one at which the author adds a line (to
chat, or to what was on topic); any other. The rest are kinds of scheduled posts."""
HOURS, MINUTES = 24, 1440
"""Of a day: words of the calendar, and its compartments."""
BACKLOG_AGE = 1440.0
"""Minutes for which a message lies open for an answer."""


class Line:
    """A line of the log: one message."""

    t: float  # minutes since midnight; yesterday's open messages have negative times
    person: int
    slot: int
    kind: int  # place k in the table of kinds, −1 − k once deleted
    reply_to: int  # line of the message answered, -1 if none
    n_answers: int
    is_topic: int
    is_opener: int
    # sums over the lines before, so that reading a stretch costs the same whatever its length
    ads_before: int
    host_before: int
    quality: float
    quality_before: float


class Planned:
    """A look at the group, or a line that somebody will say: a link in the chain of its minute, or of its group."""

    t: float
    next: int
    slot: int
    kind: int


class Note:
    """A message to be recorded."""

    t: float
    group: int
    id: int
    author: int
    kind: int
    reply_to: int
    on_topic: int


class Today:
    """What mechanisms add to the decisions of one member today, zero each morning.

    Pulls add up, so their order does not matter to the rule (to the last digits it does: hooks act in the order of
    their mechanisms' names).
    """

    visit: float  # logit of opening the group today
    open: float  # relative change of the rate of opening a topic
    ask: float  # chance that an opener is a question, added
    answer: float  # relative change of the wish to answer
    buy: float  # logit of taking an offer
    invite: float  # chance a day of asking a friend
    more_friends: float  # friends that may be asked on one day, besides ``mind.invite_at_once``
    acquaintances: float  # people of one's circle that may be asked when all friends have been
    leave: float  # log of the hazard of leaving
    gain: float  # feeling
    cost: float  # feeling
    look_at: float  # minute of the first look, where a mechanism moves it (0: as the daily profile has it)
    is_woken: Long  # a lurker who is woken today speaks as readily as others
    is_silenced: Long  # they read, and write nothing
    n_caught: Long  # offences of theirs that staff have dealt with today
    offered: Long  # 1: the offer of today reaches them, whatever they read; −1: it is not for them
    numb: float  # relative change of how much an offer numbs
    n_selling: Long  # lines of the host's they have read that sell and tell nothing: no reason to trust the host more


MOST_WRITTEN = 4
"""Lines that rules can have somebody write at one look."""


class Look:
    """The look that is going on, for rules of mechanisms."""

    t: float  # minutes since midnight
    row: Long  # who looks
    first: int  # the first line just read
    second: int  # of the day
    kind: int  # of the look, or of the planned line
    staff_at: float  # minute at which staff look because whoever looks has told them (0: nobody has)
    n_says: int  # lines that rules want to write besides …
    says: Annotated[list[int], MOST_WRITTEN]  # … of these kinds …
    to: Annotated[list[int], MOST_WRITTEN]  # … in answer to these lines, −1: to none


LINE, PLANNED, NOTE, TODAY, NOW = map(record_type, (Line, Planned, Note, Today, Look))
"""The row types of the desk's tables."""


class Desk(NamedTuple):
    """Arrays of one thread. Few, because each one passed to a compiled function costs time to compile."""

    n: Rows[int]  # counts, see the places above
    log: Rows[Line]  # one more than there are messages
    head: Rows[int]  # of each busy minute the first look still of interest, -1 if none
    looks: Rows[Planned]
    muster: Rows[int]  # seats of today's visitors
    out: Rows[Note]
    today: Rows[Today]  # of each seat, and a blank row
    said: Rows[Planned]
    now: Rows[Look]  # one row
    calls: Calls  # what rules of mechanisms act today at each place of sim.engine.declarations.INSIDE
    kinds: Rows[KindRow]  # the table of kinds of message


def new_desk(seats: int, recording: bool) -> Desk:
    """A desk for groups of at most ``seats`` seats; with an outbox if messages are recorded."""
    head = blank(MINUTES, np.int32)
    head[:] = -1
    return Desk(
        blank(BUSY + HOURS, np.int64),
        blank(MOST_MESSAGES + 1, LINE),
        head,
        blank(MOST_LOOKS, PLANNED),
        blank(seats, np.int32),
        blank(MOST_NOTES if recording else 1, NOTE),
        blank(seats + 1, TODAY),
        blank(MOST_SAID, PLANNED),
        blank(1, NOW),
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
def come(desk: Desk, me: Member, group: Group, world: World) -> None:
    """Someone comes who had not planned to: they join the muster, and the day is no day of rest.

    The day on which somebody takes their seat is accounted for already.
    """
    me.n_looks = 1
    if me.day_rested < world.day:
        me.day_rested += 1
    desk.muster[desk.n[MUSTER]] = me.slot
    desk.n[MUSTER] += 1
    open_group(desk, me, group)


@inlined
def open_group(desk: Desk, me: Member, group: Group) -> None:
    """Someone opens the group for the first time today: what is new to them begins at their cursor.

    Of what they missed only yesterday's open messages can still be read; the rest counts as unread.
    """
    group.n_visitors += 1 if me.is_staff != HIDDEN else 0
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
def copy_line(old: Line, new: Line) -> None:
    """Copy what a message is, without the sums before it."""
    new.t = old.t
    new.person = old.person
    new.slot = old.slot
    new.kind = old.kind
    new.n_answers = old.n_answers
    new.is_topic = old.is_topic
    new.is_opener = old.is_opener
    new.quality = old.quality


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
