"""Who spoke when, and who answered whom: the arrays every fact about talk is computed from.

Simulated and real logs go through the same door: a table with the columns group, id, t, author, kind, reply_to, and in
simulated logs replicate (and arm, world) before them. A *room* is one group of one replicate. Only talk between people
is kept (:data:`HUMAN`); adverts, offers, red packets, bots and notices are left out on both sides. Times are in
seconds, weeks are calendar weeks beginning on Monday in the zone of the log.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.logs.comings import COMINGS, Members, members_of
from sim.analysis.logs.marking import as_people_mark, room_keys

__all__ = [
    "DAY",
    "HOUR",
    "HUMAN",
    "MINUTE",
    "OTHER",
    "WEEK",
    "Talk",
    "answered",
    "first_posts",
    "first_reply_delay",
    "openers",
    "own_gaps",
    "room_codes",
    "room_gaps",
    "room_keys",
    "room_table",
    "talk_of",
    "until_other",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MINUTE, HOUR, DAY, WEEK = 60.0, 3600.0, 86400.0, 604800.0
_MONDAY = 4 * DAY  # 1970-01-05, the first Monday of the clock

# Kinds of message that are talk between people: real kinds, then the simulated ones.
HUMAN = frozenset(
    {"text", "link", "image", "code", "crosspost", "action", "voice", "video", "sticker", "file"}
    | {"chat", "question", "answer", "content", "preview", "news"}
)
# Kinds that are no talk: machines, notices, comings and goings, selling, packets.
OTHER = frozenset(
    {"bot", "system", "notice", "admin_redirect_notice", "admin_closure_notice", *COMINGS}
    | {"advert", "offer", "red_packet"}
)


@dataclass(frozen=True)
class Talk:
    """The human messages of a log, sorted by room and time, and what is known of the rooms.

    ``author`` is a code of (room, author), so the same person in two rooms is two members (``who`` is the
    author's own number); ``reply`` is the position
    of the message answered or -1; ``answers`` says that a message answers something, kept or not; ``unit`` is what the
    bootstrap resamples: the replicate, else the room, else (one room only) blocks of twelve weeks. ``born`` is NaN
    where the creation is not known, ``end`` is the end of observation, ``end_week`` the first week not fully seen.
    ``shift`` is how far (seconds) the clock of the log's zone is ahead of UTC. ``members`` are the memberships that
    lines of joining and leaving tell of, to the end of the log.
    """

    room: Ints
    t: Floats
    author: Ints
    who: Ints
    reply: Ints
    answers: Bools
    week: Ints
    unit: Ints
    born: Floats
    end: Floats
    end_week: Ints
    room_unit: Ints
    shift: float
    members: Members

    @property
    def n(self) -> int:
        """Number of human messages."""
        return len(self.t)

    @property
    def n_rooms(self) -> int:
        """Number of rooms, those without a human message among them."""
        return len(self.end)

    @property
    def first_words(self) -> Floats:
        """When somebody first spoke in each room; infinite where nobody did."""
        first = np.full(self.n_rooms, np.inf)
        np.minimum.at(first, self.room, self.t)
        return first

    @property
    def known_rooms(self) -> Bools:
        """Rooms of which the log knows: a silent one whose birth it does not tell is in none."""
        known = np.isfinite(self.born)
        known[self.room] = True
        return known

    @property
    def n_units(self) -> int:
        """Number of units of the bootstrap."""
        return int(max(self.unit.max(initial=-1), self.room_unit.max(initial=-1))) + 1


def talk_of(
    messages: pd.DataFrame,
    rooms: pd.DataFrame | None = None,
    zone: str = "UTC",
) -> Talk:
    """Arrays of the human talk in ``messages``; talk after the end of observation is dropped.

    ``rooms`` has the keys of the rooms and the columns ``created`` and ``observed_until`` (UTC timestamps, either may
    be null). Without it creation is unknown and every room is watched until the last line of the whole log.
    Of simulated logs, those with replicates, only the replies that people would mark are kept as such
    (:func:`~sim.analysis.logs.marking.as_people_mark`), so that nothing is measured of them that a real log hides.
    """
    messages = as_people_mark(messages) if "replicate" in messages else messages
    table = room_table(messages, rooms)
    room = room_codes(messages, table)
    seconds = _seconds(messages["t"])
    end = _seconds(table["observed_until"])
    end = np.where(np.isnan(end), seconds.max(initial=-np.inf), end)
    comings = messages["kind"].isin(COMINGS).to_numpy(bool)
    shift = _zone_shift(messages["t"], zone)
    members = members_of(messages[comings], room[comings], seconds[comings], shift)
    keep = np.isin(messages["kind"].astype(str).to_numpy(), list(HUMAN)) & (seconds <= end[room])
    ids = messages["id"].to_numpy(np.int64)
    kept = np.flatnonzero(keep)
    kept = kept[np.lexsort((ids[kept], seconds[kept], room[kept]))]
    answered_id = pd.to_numeric(messages["reply_to"]).astype("Float64").to_numpy(np.float64, na_value=-1.0)[kept]
    room, seconds, ids, who = room[kept], seconds[kept], ids[kept], messages["author"].to_numpy(np.int64)[kept]
    unit, room_unit = _units(room, seconds, table)
    return Talk(
        room=room,
        t=seconds,
        author=_codes(room, who),
        who=who,
        reply=_positions(room, ids, answered_id.astype(np.int64)),
        answers=answered_id >= 0,
        week=np.floor((seconds + shift - _MONDAY) / WEEK).astype(np.int64),
        unit=unit,
        born=_seconds(table["created"]),
        end=end,
        end_week=np.floor((end + shift - _MONDAY) / WEEK).astype(np.int64),
        room_unit=room_unit,
        shift=shift,
        members=members,
    )


def room_table(messages: pd.DataFrame, rooms: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rooms in the order of their numbers: keys, ``created``, ``observed_until``; silent rooms among them."""
    keys = room_keys(messages)
    found = messages[keys].drop_duplicates()
    if rooms is None:
        table = found.assign(created=None, observed_until=None)
    else:
        table = rooms.drop_duplicates(keys).merge(found, on=keys, how="outer")
    return table.sort_values(keys).reset_index(drop=True)


def room_codes(frame: pd.DataFrame, table: pd.DataFrame) -> Ints:
    """Number of the room of every row of ``frame``; -1 where the room is not in ``table``."""
    keys = room_keys(table)
    numbers = table[keys].assign(_room=np.arange(len(table)))
    return frame[keys].merge(numbers, on=keys, how="left")["_room"].fillna(-1).to_numpy(np.int64)


def _seconds(times: pd.Series) -> Floats:
    """Seconds since 1970 of a column of UTC timestamps; NaN for null."""
    stamps = pd.to_datetime(times, utc=True).dt.tz_localize(None).to_numpy("datetime64[ns]")
    seconds = stamps.astype(np.int64) / 1e9
    return np.where(np.isnat(stamps), np.nan, seconds)


def _zone_shift(times: pd.Series, zone: str) -> float:
    """Seconds by which the clock of ``zone`` is ahead of UTC at the start of the log (one offset for the whole)."""
    first = pd.to_datetime(times, utc=True).min()
    offset = None if pd.isna(first) else first.tz_convert(zone).utcoffset()
    return 0.0 if offset is None else float(offset.total_seconds())


def _codes(*columns: Ints) -> Ints:
    """One code from 0 for each distinct row of ``columns``."""
    code = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        low = column.min(initial=0)
        span = int(column.max(initial=0) - low) + 1
        code = np.unique(code * span + (column - low), return_inverse=True)[1].astype(np.int64)
    return code


def _positions(room: Ints, ids: Ints, wanted: Ints) -> Ints:
    """Position of the message ``wanted`` of the same room, or -1 where it is not kept."""
    if not len(ids):
        return np.zeros(0, np.int64)
    span = int(max(ids.max(), wanted.max())) + 1
    keys = room * span + ids
    order = np.argsort(keys)
    look = room * span + np.maximum(wanted, 0)
    near = order[np.minimum(np.searchsorted(keys, look, sorter=order), len(keys) - 1)]
    return np.where((wanted >= 0) & (keys[near] == look), near, -1)


def _units(room: Ints, t: Floats, table: pd.DataFrame) -> tuple[Ints, Ints]:
    """What the bootstrap draws: replicates if several, else rooms, else blocks of twelve weeks of the only room."""
    if "replicate" in table and table["replicate"].nunique() > 1:
        by_room = np.unique(table["replicate"].to_numpy(), return_inverse=True)[1].astype(np.int64)
        return by_room[room], by_room
    if len(table) > 1:
        return room, np.arange(len(table))
    block = np.floor((t - t.min(initial=np.inf)) / (12 * WEEK)).astype(np.int64) if len(t) else room
    return block, np.zeros(len(table), np.int64)


def room_gaps(talk: Talk) -> tuple[Floats, Ints]:
    """Seconds between consecutive messages of a room, and the position of the later message."""
    later = np.flatnonzero(talk.room[1:] == talk.room[:-1]) + 1
    return talk.t[later] - talk.t[later - 1], later


def own_gaps(talk: Talk) -> tuple[Floats, Ints]:
    """Seconds between consecutive messages of one author within a room, and the position of the later message."""
    order = np.argsort(talk.author, kind="stable")  # positions run in time within a room
    same = talk.author[order[1:]] == talk.author[order[:-1]]
    later = order[1:][same]
    return talk.t[later] - talk.t[order[:-1][same]], later


def first_posts(talk: Talk) -> Ints:
    """Position of every member's first message in the room, in the order of the members' codes."""
    first = np.zeros(int(talk.author.max(initial=-1)) + 1, np.int64)
    first[talk.author[::-1]] = np.arange(talk.n - 1, -1, -1)  # of several writes to one place the last one stays
    return first


def openers(talk: Talk) -> Bools:
    """Messages that answer nothing and follow at least 30 minutes of silence, or are the first of their room.

    A message that "starts a new matter" sooner cannot be told from a log without text and is not counted.
    """
    quiet = np.ones(talk.n, bool)
    gap, later = room_gaps(talk)
    quiet[later] = gap >= 30 * MINUTE
    return quiet & ~talk.answers


def first_reply_delay(talk: Talk) -> Floats:
    """Seconds until somebody else's first reply to each message; infinite where there is none."""
    first = np.full(talk.n, np.inf)
    replies = np.flatnonzero(talk.reply >= 0)
    replies = replies[talk.author[replies] != talk.author[talk.reply[replies]]]
    np.minimum.at(first, talk.reply[replies], talk.t[replies])
    return first - talk.t


def answered(talk: Talk, how: str = "definition") -> Bools:
    """Whether somebody else answers each message.

    ``"reply"``: a marked reply to it; ``"hour"``: somebody else speaks in the room within 60 minutes;
    ``"definition"``: either, since people mark some of their replies only.
    """
    replied = np.isfinite(first_reply_delay(talk))
    if how == "reply":
        return replied
    spoken = until_other(talk) <= HOUR
    return spoken if how == "hour" else replied | spoken


def until_other(talk: Talk) -> Floats:
    """Seconds from each message to the next of somebody else in the room; infinite where there is none."""
    other = np.full(talk.n, np.inf)
    if talk.n:
        ends = np.append(np.flatnonzero(talk.author[1:] != talk.author[:-1]), talk.n - 1)  # ends of one's own runs
        after = ends[np.searchsorted(ends, np.arange(talk.n))] + 1
        inside = after < talk.n
        inside[inside] = talk.room[after[inside]] == talk.room[inside]
        other[inside] = talk.t[after[inside]]
    return other - talk.t
