"""The eight facts of the lives of rooms, K19 to K26: how unlike their days are, how silences end, how long they last.

The same code reads simulated and real logs. Days are calendar days in the zone of the log. K19 to K23 are of the *long
rooms*: at least 100 human messages, the last at least 30 days after the first. K24 to K26 are of all rooms, since a room
that soon falls silent has a rate and a last word too.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sim.analysis.facts.published import Measures
from sim.analysis.logs.talk import DAY, MINUTE, Bools, Floats, Ints, Talk, room_gaps
from sim.analysis.statistics.bootstrap import Boot, gather

__all__ = ["HORIZONS", "k19", "k20", "k21", "k22", "k23", "k24", "k25", "k26", "life_rows", "lives", "long_rooms"]

LEAST_MESSAGES, LEAST_DAYS = 100, 30
SILENCE = 28 * DAY
CONVERSATION_ENDS = 30 * MINUTE
MANY_MESSAGES = 300  # a room with fewer tells little of single weekdays
HORIZONS = (30, 90, 180)
_MONDAY = 3  # the first day of the clock, 1970-01-01, was a Thursday


def lives(talk: Talk) -> pd.DataFrame:
    """One row a room, silent ones among them: messages, first and last word (seconds), days from one to the other, and
    of its days with talk: how many, the biggest, the median; the longest silence (seconds); messages by weekday (0 to 6,
    Monday first); born, the end of observation, the unit of the bootstrap."""
    n = talk.n_rooms
    first, last, silence = np.full(n, np.nan), np.full(n, np.nan), np.zeros(n)
    low = np.searchsorted(talk.room, np.arange(n))
    count = np.bincount(talk.room, minlength=n)
    spoke = np.flatnonzero(count)
    first[spoke], last[spoke] = talk.t[low[spoke]], talk.t[low[spoke] + count[spoke] - 1]
    gap, later = room_gaps(talk)
    np.maximum.at(silence, talk.room[later], gap)
    day = np.floor((talk.t + talk.shift) / DAY).astype(np.int64)
    said = pd.DataFrame({"room": talk.room, "day": day}).groupby(["room", "day"], sort=True).size()
    by_room = said.groupby(level="room").agg(active="size", biggest="max", middle="median").reindex(range(n))
    weekday = np.bincount(talk.room * 7 + (day + _MONDAY) % 7, minlength=7 * n).reshape(n, 7)
    span = np.floor((last + talk.shift) / DAY) - np.floor((first + talk.shift) / DAY) + 1
    frame = pd.DataFrame({"messages": count, "first": first, "last": last, "days": span, "silence": silence})
    frame = frame.assign(**{name: by_room[name].to_numpy(np.float64) for name in by_room})
    frame = frame.assign(**{f"weekday_{k}": weekday[:, k] for k in range(7)})
    return frame.assign(born=talk.born, end=talk.end, unit=talk.room_unit)


def long_rooms(rooms: pd.DataFrame) -> pd.DataFrame:
    """The rooms with enough talk over enough time."""
    return rooms[(rooms["messages"] >= LEAST_MESSAGES) & (rooms["last"] - rooms["first"] >= LEAST_DAYS * DAY)]


def life_rows(rooms: pd.DataFrame) -> pd.DataFrame:
    """What K19 to K23 and K25 are the medians, shares and deciles of: a row for each of the ``rooms``, same index."""
    weekday = rooms[[f"weekday_{k}" for k in range(7)]].to_numpy(np.float64)
    start = np.fmin(rooms["born"], rooms["first"])
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame(
            {
                "biggest_share": rooms["biggest"] / rooms["messages"],
                "biggest_over_median": rooms["biggest"] / rooms["middle"],
                "days_with_talk": rooms["active"] / rooms["days"],
                "wakes_again": rooms["silence"] > SILENCE,
                "weekday_unevenness": weekday.std(axis=1) / weekday.mean(axis=1),
                "weekend_over_weekday": weekday[:, 5:].mean(axis=1) / weekday[:, :5].mean(axis=1),
                "a_day": rooms["messages"] / np.maximum((rooms["end"] - start) / DAY, 1.0),
            },
            index=rooms.index,
        )


def _middle(talk: Talk, boot: Boot, name: str, least: int = LEAST_MESSAGES, most: float = np.inf) -> Measures:
    """Median over the long rooms of one of the :func:`life_rows`; no limit of it is above ``most``."""
    rooms = long_rooms(lives(talk))
    rooms = rooms[rooms["messages"] >= least]
    x, unit = life_rows(rooms)[name].to_numpy(np.float64), rooms["unit"].to_numpy(np.int64)
    known = np.isfinite(x)
    found = boot.quantiles(x[known], (0.5,), unit[known])
    return {name: replace(found, high=min(found.high, most)) if np.isfinite(found.high) else found}


def k19(talk: Talk, boot: Boot) -> Measures:
    """Share of a room's messages that fall on its biggest day, median over long rooms."""
    return _middle(talk, boot, "biggest_share", most=1.0)


def k20(talk: Talk, boot: Boot) -> Measures:
    """Messages on the biggest day over those on the median day with talk, median over long rooms."""
    return _middle(talk, boot, "biggest_over_median")


def k21(talk: Talk, boot: Boot) -> Measures:
    """Share of days with talk among all days from the first word to the last, both counted; median over long rooms."""
    return _middle(talk, boot, "days_with_talk", most=1.0)


def k22(talk: Talk, boot: Boot) -> Measures:
    """Share of the long rooms that were silent for more than 28 days and then talked again."""
    rooms = long_rooms(lives(talk))
    return {"wakes_again": boot.mean(rooms["silence"].to_numpy() > SILENCE, rooms["unit"].to_numpy(np.int64))}


def k23(talk: Talk, boot: Boot) -> Measures:
    """Unevenness of weekdays: sd / mean of the messages on the seven weekdays (sd with denominator 7); and messages on a
    weekend day over those on a working day. Medians over long rooms with more than 300 messages."""
    names = ("weekday_unevenness", "weekend_over_weekday")
    return {name: _middle(talk, boot, name, MANY_MESSAGES + 1)[name] for name in names}


def k24(talk: Talk, boot: Boot) -> Measures:
    """Share of all messages in the largest 1 % of conversations, and the lines of the longest one.

    A conversation ends with 30 minutes of silence in its room. Conversations of all rooms are pooled; the last of the
    largest hundredth counts in part.
    """
    if not talk.n:
        return {"largest_share": gather(np.nan, np.zeros(0), 0), "longest": gather(np.nan, np.zeros(0), 0)}
    begins = np.ones(talk.n, bool)
    gap, later = room_gaps(talk)
    begins[later] = gap >= CONVERSATION_ENDS
    at = np.flatnonzero(begins)
    size, unit = np.diff(np.append(at, talk.n)), talk.unit[at]
    value, draws = _largest(size, unit, boot)
    return {
        "largest_share": gather(value, draws, len(size)),
        "longest": gather(float(size.max()), np.zeros(0), len(size)),
    }


def _largest(size: Ints, unit: Ints, boot: Boot, part: float = 0.01) -> tuple[float, Floats]:
    """Share of the messages in the largest ``part`` of the conversations: the value and its draws."""
    sizes, place = np.unique(-size, return_inverse=True)
    lines = -sizes.astype(np.float64)
    table = np.bincount(unit * len(lines) + place, minlength=boot.n_units * len(lines)).reshape(-1, len(lines))
    many = np.vstack([table.sum(axis=0, keepdims=True), boot.weights @ table])
    quota = part * many.sum(axis=1, keepdims=True)
    before = np.cumsum(many, axis=1) - many
    taken = np.clip(quota - before, 0.0, many)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (taken @ lines) / (many @ lines)
    return float(share[0]), share[1:]


def k25(talk: Talk, boot: Boot) -> Measures:
    """Messages a room and day of observation, ninth decile over all rooms, silent ones among them."""
    rooms = lives(talk)
    a_day = life_rows(rooms)["a_day"].to_numpy(np.float64)
    known = np.isfinite(a_day) | (rooms["messages"].to_numpy() == 0)
    return {
        "a_day_decile": boot.quantiles(np.nan_to_num(a_day[known]), (0.9,), rooms["unit"].to_numpy(np.int64)[known])
    }


def k26(talk: Talk, boot: Boot) -> Measures:
    """Rooms whose last word comes after day 30, 90, 180 from their first (Kaplan–Meier), of all rooms with a word.

    A last word within the final 28 days of observation may not be the last: it is censored there.
    """
    rooms = lives(talk)
    rooms = rooms[rooms["messages"] > 0]
    days = ((rooms["last"] - rooms["first"]) / DAY).to_numpy(np.float64)
    over = (rooms["end"] - rooms["last"]).to_numpy(np.float64) > SILENCE
    curve = _survival(days, over, rooms["unit"].to_numpy(np.int64), boot)
    return {f"after_{day}": gather(float(curve[0, k]), curve[1:, k], len(days)) for k, day in enumerate(HORIZONS)}


def _survival(days: Floats, over: Bools, unit: Ints, boot: Boot) -> Floats:
    """S(30), S(90), S(180) by the product-limit rule: first row the value, then the draws of the bootstrap.

    S(t) = Π over last words s ≤ t of (1 − d(s) / r(s)), d the last words on s and r the rooms whose last is not before.
    """
    order = np.lexsort((~over, days))
    when, dies = days[order], over[order]
    weight = np.vstack([np.ones((1, len(days))), boot.weights[:, unit[order]]])
    at_risk = np.cumsum(weight[:, ::-1], axis=1)[:, ::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        stays = np.where(dies & (at_risk > 0), 1.0 - weight / at_risk, 1.0)
    curve = np.cumprod(np.clip(stays, 0.0, 1.0), axis=1)
    curve = np.hstack([np.ones((len(curve), 1)), curve])
    return curve[:, np.searchsorted(when, HORIZONS, side="right")] if len(days) else np.full((1, len(HORIZONS)), np.nan)
