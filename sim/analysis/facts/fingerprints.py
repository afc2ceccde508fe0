"""Rooms one by one, real and simulated alike: what tells them apart, and their days as they are drawn.

A fingerprint is of a long room (:func:`~sim.analysis.facts.lives.long_rooms`) over the same number of days from its
birth on both sides, since a longer watch shows longer silences. Real rooms ship as numbers alone
(``reference/long_rooms.json``): no text, no names, no dates.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.facts.lives import life_rows, lives, long_rooms
from sim.analysis.logs.talk import DAY, HOUR, MINUTE, Floats, Ints, Talk
from sim.analysis.statistics.bootstrap import by_lot
from sim.analysis.statistics.told_apart import Apart, told_apart

__all__ = [
    "FEATURES", "HOURS", "Rooms", "WATCHED", "apart", "first_days", "from_stored", "known_rooms", "matrix", "rooms_of",
    "stored",
]  # fmt: skip

WATCHED = 364  # days from a room's birth that count, 52 weeks
HOURS = 168
SPLIT = 26  # which lot parts the rooms that ship; drawn before anything was tuned to them, so it stays

#: Rows of the lives of one room, what they are called, and the least that is added before the logarithm is taken.
FEATURES: dict[str, tuple[tuple[str, str], float]] = {
    "biggest_share": (("biggest day's share of the messages", "最热闹一天占全部消息之比"), 0.0),
    "biggest_over_median": (("biggest day / median day with talk", "最热闹一天与有人说话日中位数之比"), 0.0),
    "days_with_talk": (("share of days with talk", "有人说话的天数比例"), 0.0),
    "silence_days": (("longest silence, days", "最长静默（天）"), 0.02),
    "weekday_unevenness": (("unevenness of weekdays", "一周各天的不均程度"), 0.02),
    "weekend_over_weekday": (("weekend day / working day", "周末每天与工作日每天的消息数之比"), 0.02),
    "largest_share": (("share of the longest conversation", "最长一场对话所占消息"), 0.0),
    "a_day": (("messages a day", "每天消息数"), 0.0),
    "lasted_days": (("days from first to last word", "首末发言相隔天数"), 0.0),
}


@dataclass(frozen=True, eq=False)
class Rooms:
    """Long rooms: ``table`` has a row for each (messages, unit and the :data:`FEATURES`, in their own units),
    ``hours`` its messages by hour of the week (n, 168; the clock turned as :func:`turned` says), ``days`` its messages a
    day from the first word to the last."""

    table: pd.DataFrame
    hours: Ints
    days: tuple[Ints, ...]

    def __len__(self) -> int:
        return len(self.days)


def first_days(talk: Talk, days: int | Floats = WATCHED) -> Talk:
    """The talk of each room's first ``days`` (one number for all, or one a room) from its birth, or first word, as if
    nobody had watched for longer."""
    until = np.minimum(np.fmin(talk.born, talk.first_words) + days * DAY, talk.end)
    until = np.where(np.isfinite(until), until, talk.end)
    kept = talk.t < until[talk.room]
    place = np.where(kept, np.cumsum(kept) - 1, -1)
    return replace(
        talk, room=talk.room[kept], t=talk.t[kept], who=talk.who[kept], answers=talk.answers[kept],
        author=np.unique(talk.author[kept], return_inverse=True)[1].astype(np.int64), week=talk.week[kept],
        reply=np.where(talk.reply[kept] >= 0, place[talk.reply[kept]], -1), unit=talk.unit[kept], end=until,
    )  # fmt: skip


def rooms_of(talk: Talk, days: int = WATCHED) -> Rooms:
    """The long rooms of a talk, watched for ``days`` from their birth."""
    talk = first_days(talk, days)
    found = long_rooms(lives(talk))
    rows = life_rows(found).assign(
        silence_days=found["silence"] / DAY,
        largest_share=[_longest(talk, room) for room in found.index],
        lasted_days=(found["last"] - found["first"]) / DAY,
    )
    table = pd.concat([found[["messages", "unit"]], rows[list(FEATURES)]], axis=1).reset_index(drop=True)
    hours, said = [], []
    for room in found.index:
        t = talk.t[slice(*np.searchsorted(talk.room, [room, room + 1]))] + talk.shift
        hours.append(turned(t))
        day = np.floor(t / DAY).astype(np.int64)
        said.append(np.bincount(day - day[0]))
    return Rooms(table, np.array(hours, np.int64).reshape(-1, HOURS), tuple(said))


def turned(t: Floats) -> Ints:
    """Messages by hour of the week, Monday first, the clock turned by whole hours until the mean direction of its 24
    hours is noon: where on earth people sit tells nothing of how they talk."""
    mean = np.angle(np.exp(2j * np.pi * (t % DAY) / DAY).mean()) / (2 * np.pi) * 24
    hour = np.floor(t / HOUR).astype(np.int64) + int(np.round(12 - mean % 24))
    return np.bincount((hour + 3 * 24) % HOURS, minlength=HOURS)  # the clock began on a Thursday


def _longest(talk: Talk, room: int) -> float:
    """Share of a room's messages in its longest conversation; 30 minutes of silence end one."""
    t = talk.t[slice(*np.searchsorted(talk.room, [room, room + 1]))]
    begins = np.flatnonzero(np.append(True, np.diff(t) >= 30 * MINUTE))
    return float(np.diff(np.append(begins, len(t))).max() / len(t))


def matrix(rooms: Rooms, part: str = "both") -> Floats:
    """What a classifier sees: the ``lives`` (logarithms), the ``hours`` (square roots of shares), or ``both``."""
    columns = [np.log(np.maximum(rooms.table[name].to_numpy(np.float64) + least, 1e-6))
               for name, (_, least) in FEATURES.items()]  # fmt: skip
    alive = np.column_stack(columns) if len(rooms) else np.zeros((0, len(FEATURES)))
    hours = np.sqrt(rooms.hours / np.maximum(rooms.hours.sum(axis=1, keepdims=True), 1))
    return {"lives": alive, "hours": hours, "both": np.hstack([alive, hours])}[part]


def apart(simulated: Rooms, real: Rooms, part: str = "both") -> Apart:
    """How well real rooms are told from simulated ones; lives and hours of the week have equal say."""
    many = {"lives": (len(FEATURES),), "hours": (HOURS,), "both": (len(FEATURES), HOURS)}[part]
    scale = np.concatenate([np.full(n, n**-0.5) for n in many])
    unit = np.append(simulated.table["unit"], real.table["unit"] + simulated.table["unit"].max() + 1)
    is_real = np.arange(len(unit)) >= len(simulated)
    return told_apart(np.vstack([matrix(simulated, part), matrix(real, part)]), is_real, unit, scale)


@cache
def known_rooms(part: str = "all") -> Rooms:
    """The real rooms that ship with the project, each a unit of its own: ``all``, or a half of them.

    A lot that stays the same parts them: those that are ``tuned`` to (the larger half), and those ``kept`` back, to be
    looked at once when nothing is tuned any more.
    """
    text = resources.files("sim.analysis.facts").joinpath("reference/long_rooms.json").read_text("utf-8")
    rooms = json.loads(text)["rooms"]
    order, half = by_lot(len(rooms), SPLIT), (len(rooms) + 1) // 2
    numbers = {"all": np.arange(len(rooms)), "tuned": np.sort(order[:half]), "kept": np.sort(order[half:])}[part]
    return from_stored([rooms[k] for k in numbers])


def from_stored(stored: list[Mapping[str, Any]]) -> Rooms:
    """Rooms from the rows of the file; day counts are written as pairs (day, messages)."""
    table = pd.DataFrame([{"messages": one["messages"], **one["lives"]} for one in stored])
    said = []
    for one in stored:
        day, n = np.array(one["days"], np.int64).T
        said.append(np.bincount(day, n).astype(np.int64))
    hours = np.array([one["hours"] for one in stored], np.int64).reshape(-1, HOURS)
    return Rooms(table.assign(unit=np.arange(len(stored)))[["messages", "unit", *FEATURES]], hours, tuple(said))


def stored(rooms: Rooms, order: Ints) -> list[dict[str, Any]]:
    """Rooms as rows of the file, in a given order: what :func:`from_stored` reads."""
    rows = []
    for k in order:
        day = np.flatnonzero(rooms.days[k])
        rows.append({
            "messages": int(rooms.table["messages"][k]),
            "lives": {name: round(float(rooms.table[name][k]), 5) for name in FEATURES},
            "hours": rooms.hours[k].tolist(),
            "days": np.column_stack([day, rooms.days[k][day]]).tolist(),
        })  # fmt: skip
    return rows
