"""The six facts read from room logs, K13 to K18: the shape of conversation and of the lives of rooms.

The same code reads simulated and real logs. Weeks are calendar weeks; a member is active in a week with at least one
message in it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.facts.published import Measures, burstiness
from sim.analysis.logs.talk import DAY, HOUR, MINUTE, Talk, first_posts, room_gaps
from sim.analysis.statistics.bootstrap import Boot, Floats, gather

__all__ = ["SHAPES", "k13", "k14", "k15", "k16", "k17", "k18", "shape_of", "weeks"]

SHAPES = ("early_peak", "late_growth", "hump", "plateau", "too_short")


def k13(talk: Talk, boot: Boot) -> Measures:
    """Gap between consecutive messages of different people, pooled over rooms: median (minutes), share within 1 h."""
    gap, later = room_gaps(talk)
    other = talk.author[later] != talk.author[later - 1]
    gap, unit = gap[other], talk.unit[later[other]]
    return {
        "median_minutes": boot.quantiles(gap / MINUTE, (0.5,), unit),
        "within_hour": boot.mean(gap <= HOUR, unit),
    }


def k14(talk: Talk, boot: Boot) -> Measures:
    """Burstiness (sd − mean) / (sd + mean) of all gaps of a room, median over rooms with at least 50 messages."""
    gap, later = room_gaps(talk)
    burst, n = burstiness(gap, talk.room[later])
    rooms = np.flatnonzero(n >= 49)
    return {"burstiness": boot.quantiles(burst[rooms], (0.5,), talk.room_unit[rooms])}


def weeks(talk: Talk) -> pd.DataFrame:
    """One row per room and week with talk: room, week, messages, active (members who spoke), unit."""
    return (
        _member_weeks(talk)
        .groupby(["room", "week"], sort=True)
        .agg(messages=("messages", "sum"), active=("messages", "size"), unit=("unit", "min"))
        .reset_index()
    )


def _member_weeks(talk: Talk) -> pd.DataFrame:
    """One row per member and week with talk: room, week, author, messages, unit."""
    table = pd.DataFrame({"room": talk.room, "week": talk.week, "author": talk.author, "unit": talk.unit})
    grouped = table.groupby(["room", "week", "author"], sort=True)
    return grouped.agg(messages=("unit", "size"), unit=("unit", "min")).reset_index()


def k15(talk: Talk, boot: Boot) -> Measures:
    """Exponent b of weekly messages ∝ (weekly active members)ᵇ: least squares on logs within rooms.

    b = Σ (x − x̄)(y − ȳ) / Σ (x − x̄)² with x = ln active, y = ln messages, means over the weeks of the room.
    """
    table = weeks(talk)
    x, y = np.log(table["active"].to_numpy(np.float64)), np.log(table["messages"].to_numpy(np.float64))
    room = table["room"].to_numpy()
    n = np.maximum(np.bincount(room, minlength=talk.n_rooms), 1)
    x -= (np.bincount(room, x, talk.n_rooms) / n)[room]
    y -= (np.bincount(room, y, talk.n_rooms) / n)[room]
    slope, draws = boot.ratio(x * y, x * x, table["unit"].to_numpy(np.int64))
    return {"exponent": gather(slope, draws, len(table))}


def k16(talk: Talk, boot: Boot) -> Measures:
    """Share of a week's active members who are active the next week, pooled; the next week must be seen whole."""
    table = _member_weeks(talk)
    author, week = table["author"].to_numpy(np.int64), table["week"].to_numpy(np.int64)
    order = np.lexsort((week, author))
    again = np.zeros(len(week), bool)
    again[order[:-1]] = (np.diff(author[order]) == 0) & (np.diff(week[order]) == 1)
    seen = week + 1 < talk.end_week[table["room"].to_numpy()]
    return {"active_again": boot.mean(again[seen], table["unit"].to_numpy(np.int64)[seen])}


def k17(talk: Talk, boot: Boot) -> Measures:
    """Return of newcomers who were answered minus that of the others.

    Newcomers: members other than the room's first poster who came at least 30 days before the end. Answered: somebody
    else's ``reply_to`` to any message of theirs within a day of their first. Return: a post more than 1 and at most 30
    days after the first.
    """
    first = first_posts(talk)
    start = talk.t[first]
    age = talk.t - start[talk.author]
    back = np.zeros(len(first), bool)
    back[talk.author[(age > DAY) & (age <= 30 * DAY)]] = True
    replies = np.flatnonzero(talk.reply >= 0)
    asker = talk.author[talk.reply[replies]]
    soon = (talk.t[replies] - start[asker] <= DAY) & (talk.author[replies] != asker)
    got = np.zeros(len(first), bool)
    got[asker[soon]] = True
    room_first = np.unique(talk.room, return_index=True)[1]
    new = start <= talk.end[talk.room[first]] - 30 * DAY
    new[talk.author[room_first]] = False
    unit = talk.unit[first]
    with_reply, draws = boot.ratio((back & got & new).astype(float), (got & new).astype(float), unit)
    without, draws_without = boot.ratio((back & ~got & new).astype(float), (~got & new).astype(float), unit)
    return {
        "return_gain": gather(with_reply - without, draws - draws_without, int(new.sum())),
        "return_answered": gather(with_reply, draws, int((got & new).sum())),
        "return_unanswered": gather(without, draws_without, int((~got & new).sum())),
    }


def k18(talk: Talk, boot: Boot) -> Measures:
    """Shares of the shapes (:func:`shape_of`) among rooms with at least 3 posters and 10 messages."""
    posters = np.bincount(talk.room[first_posts(talk)], minlength=talk.n_rooms)
    messages = np.bincount(talk.room, minlength=talk.n_rooms)
    rooms = np.flatnonzero((posters >= 3) & (messages >= 10))
    table = weeks(talk)
    room, week, active = (table[name].to_numpy() for name in ("room", "week", "active"))
    shapes = []
    for number in rooms:
        low, high = np.searchsorted(room, [number, number + 1])
        curve = np.zeros(week[high - 1] - week[low] + 1)
        curve[week[low:high] - week[low]] = active[low:high]
        shapes.append(shape_of(curve))
    found = np.array(shapes, dtype=object)
    return {shape: boot.mean(found == shape, talk.room_unit[rooms]) for shape in SHAPES}


def shape_of(curve: Floats) -> str:
    """Shape of the weekly active members from the first week with a message to the last, by means over thirds.

    ``early_peak``: first third highest, last below half of it; ``late_growth``: the mirror; ``hump``: middle highest,
    both ends below 0.7 of it; else ``plateau``. ``too_short``: under 6 weeks or 6 member-weeks. A week that lies across
    a border between thirds counts in both by its parts.
    """
    n = len(curve)
    if n < 6 or curve.sum() < 6:
        return "too_short"
    heap = np.interp(np.array([0, n / 3, 2 * n / 3, n]), np.arange(n + 1), np.append(0, np.cumsum(curve)))
    first, middle, last = np.diff(heap)
    if first > max(middle, last) and last < 0.5 * first:
        return "early_peak"
    if last > max(middle, first) and first < 0.5 * last:
        return "late_growth"
    if middle > max(first, last) and max(first, last) < 0.7 * middle:
        return "hump"
    return "plateau"
