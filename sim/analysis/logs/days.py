"""From a log of real groups to the tables of a run, so that lifecycle, lifetimes and participation read both alike.

Each room is its own community (one replicate a room), since real rooms share no market that we know of. Days are
calendar days of the log's zone, counted so that all rooms are watched until the same last day: rooms whose clocks were
shifted, or whose watching ended at different dates, are then neither dissolved nor alive longer than they were seen.
Whoever looked in without a word is not in a log: members, visitors and readers are the people who post.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.facts.published import births
from sim.analysis.logs.columns import LogError
from sim.analysis.logs.talk import (
    DAY,
    HUMAN,
    Floats,
    Ints,
    Talk,
    answered,
    first_posts,
    openers,
    room_codes,
    room_table,
    talk_of,
)
from sim.data.tables import DAILY, SPELLS

__all__ = ["MOST_ROOM_DAYS", "Calendar", "log_daily", "log_spells"]

MOST_ROOM_DAYS = 5_000_000
"""Rooms times the days of the longest watched: so many take about a gigabyte. A few lines may claim any number."""
_GONE = 28  # days after the last message from which a poster counts as having left
_ADVERTS = ("advert", "offer")


class Calendar:
    """Which day is which: the day each room was ``born``, the ``last`` day of all, and the ``size`` rows in between."""

    def __init__(self, talk: Talk) -> None:
        first = np.full(talk.n_rooms, np.inf)
        np.minimum.at(first, talk.room, talk.t)
        start = births(talk)
        start = np.where(np.isnan(start), np.where(np.isfinite(first), first, talk.end), start)
        self.shift = talk.shift
        self._end = np.maximum(self._date(np.nextafter(talk.end, 0)), self._date(start))
        life = self._end - self._date(start)
        self.last = int(life.max(initial=0))
        if talk.n_rooms * (self.last + 1) > MOST_ROOM_DAYS:
            raise LogError(f"the log has {talk.n_rooms:,} groups, watched for up to {self.last + 1:,} days; groups times days "
                           f"up to {MOST_ROOM_DAYS:,} are read\nsee whether a date is wrong, or read it in parts")  # fmt: skip
        self.born: Ints = self.last - life
        self.rows: Ints = life + 1
        self.offset: Ints = np.cumsum(self.rows) - self.rows
        self.size = int(self.rows.sum())

    def _date(self, seconds: Floats) -> Ints:
        return np.floor((seconds + self.shift) / DAY).astype(np.int64)

    def of(self, room: Ints, seconds: Floats) -> Ints:
        """Day of each time, on the common count; before the room's birth it is less than ``born``."""
        return self.last - (self._end[room] - self._date(seconds))

    def count(self, room: Ints, day: Ints, clip: bool = False) -> Ints:
        """Number of cases by row (room and day); those before the birth are dropped, or put on it with ``clip``."""
        day = np.maximum(day, self.born[room]) if clip else day
        seen = (day >= self.born[room]) & (day <= self.last)
        return np.bincount((self.offset[room] + day - self.born[room])[seen], minlength=self.size)


def log_daily(
    messages: pd.DataFrame, rooms: pd.DataFrame | None = None, label: str = "log", zone: str = "UTC"
) -> pd.DataFrame:
    """One row per room and day from its birth to the end of observation, with the columns of a run's ``daily``.

    ``n_messages`` counts human messages and adverts, ``n_member_messages`` human messages: in real logs every human
    kind keeps a group alive. People are members from their first message to their last, or to the end if that was
    within 28 days of it. What a log cannot tell (trust, money, hours) is 0. Messages before the birth are left out.
    """
    talk = talk_of(messages, rooms, zone)
    days, table = Calendar(talk), room_table(messages, rooms)
    frame = _empty(DAILY, days.size, label, np.repeat(np.arange(talk.n_rooms), days.rows), table)
    frame["day"] = (np.arange(days.size) - np.repeat(days.offset - days.born, days.rows)).astype(np.int32)
    for name, values in _counts(talk, days).items():
        frame[name] = values.astype(np.int32)
    adverts = messages[messages["kind"].isin(_ADVERTS)]
    frame["n_ads"] = _tally(adverts, table, days)
    frame["n_messages"] += frame["n_ads"]
    if "on_topic" in messages:
        on_topic = messages["on_topic"].fillna(False).astype(bool) & messages["kind"].isin(list(HUMAN))
        frame["n_on_topic"] = _tally(messages[on_topic], table, days)
    return frame


def _counts(talk: Talk, days: Calendar) -> dict[str, Ints]:
    """What the human talk tells of every room and day."""
    when = days.of(talk.room, talk.t)
    asked, reply = openers(talk), talk.answers
    met = asked & answered(talk)
    joined, left, room = _stays(talk, days)
    new = days.count(room, joined, clip=True)
    gone = days.count(room[left >= 0], left[left >= 0], clip=True)
    said = days.count(talk.room, when)
    once = np.unique(np.stack([talk.author, when]), axis=1, return_index=True)[1]
    posters, replies = days.count(talk.room[once], when[once]), days.count(talk.room[reply], when[reply])
    return {
        "n_members": np.cumsum(new - gone) - np.repeat(_before(new - gone, days.offset), days.rows),
        **dict.fromkeys(("n_visitors", "n_readers", "n_posters"), posters),
        **dict.fromkeys(("n_messages", "n_member_messages"), said),
        "n_openers": days.count(talk.room[asked], when[asked]),
        "n_answered": days.count(talk.room[met], when[met]),
        **dict.fromkeys(("n_replies", "n_replies_off_host"), replies),
        "new_joined": new,
        "new_left": gone,
    }


def _before(flow: Ints, offset: Ints) -> Ints:
    """Sum of the flow over all rows before each room's first."""
    return np.append(0, np.cumsum(flow))[offset]


def _stays(talk: Talk, days: Calendar) -> tuple[Ints, Ints, Ints]:
    """Each member's day of the first message, day after the last (-1 if still there at the end), and room."""
    first = first_posts(talk)
    room = talk.room[first]
    last = np.full(len(first), -np.inf)
    np.maximum.at(last, talk.author, talk.t)
    left = days.of(room, last) + 1
    return days.of(room, talk.t[first]), np.where(left + _GONE > days.last, -1, left), room


def _tally(some: pd.DataFrame, table: pd.DataFrame, days: Calendar) -> NDArray[np.int32]:
    """Number of the messages ``some`` by room and day."""
    room = room_codes(some, table)
    stamps = some["t"].dt.tz_localize(None).to_numpy("datetime64[us]").astype(np.int64) / 1e6
    return days.count(room, days.of(room, stamps)).astype(np.int32)


def log_spells(
    messages: pd.DataFrame, rooms: pd.DataFrame | None = None, label: str = "log", zone: str = "UTC"
) -> pd.DataFrame:
    """One row per poster and room, with the columns of a run's ``spells``: role member, joined by the first message,
    gone the day after the last if 28 silent days follow. Days are those of :func:`log_daily`."""
    talk = talk_of(messages, rooms, zone)
    days = Calendar(talk)
    joined, left, room = _stays(talk, days)
    frame = _empty(SPELLS, len(room), label, room, room_table(messages, rooms))
    when = days.of(talk.room, talk.t)
    active = np.unique(np.stack([talk.author, when]), axis=1)[0]
    joined, left = np.maximum(joined, days.born[room]), np.where(left < 0, -1, np.maximum(left, days.born[room]))
    frame["person"] = talk.who[first_posts(talk)].astype(np.int32)
    frame["role"] = pd.Categorical(["member"] * len(frame))
    frame["channel"] = pd.Categorical(["search"] * len(frame))
    frame["reason"] = pd.Categorical.from_codes(np.where(left >= 0, 0, -1), categories=pd.Index(["left"]))
    frame["day_joined"] = frame["day_first_post"] = joined.astype(np.int32)
    frame["day_left"] = pd.arrays.IntegerArray(np.maximum(left, 0).astype(np.int32), left < 0)
    frame["n_messages"] = np.bincount(talk.author, minlength=len(frame)).astype(np.int32)
    frame["n_active_days"] = np.bincount(active, minlength=len(frame)).astype(np.int32)
    for name in ("inviter", "day_trusting", "day_first_invitation"):
        frame[name] = pd.array([pd.NA] * len(frame), dtype="Int32")
    frame["muted"] = False
    return frame


def _empty(dtype: np.dtype, size: int, label: str, room: Ints, table: pd.DataFrame) -> pd.DataFrame:
    """A frame of zeros with arm, world, replicate (the room's number) and the group of the log."""
    frame = pd.DataFrame({name: np.zeros(size, dtype[name]) for name in dtype.names or ()})
    frame["replicate"] = room.astype(np.int32)
    frame["group"] = table["group"].to_numpy(np.int32)[room]
    for name, word in (("world", "log"), ("arm", label)):
        frame.insert(
            0, name, pd.Series(pd.Categorical.from_codes(np.zeros(size, np.int8), categories=pd.Index([word])))
        )
    return frame
