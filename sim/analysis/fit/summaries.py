"""What is looked at of a log: some hundred and forty numbers, by the same code for real and simulated logs.

Counts and times stand as logarithms, shares as square roots, so that no single one outshouts the others. Where a log
has nothing to measure a number of, it is NaN.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.facts.lives import SILENCE, life_rows, lives
from sim.analysis.facts.published import burstiness
from sim.analysis.fit import stays as comings
from sim.analysis.fit import talks as conversations
from sim.analysis.fit.ages import STILL, still_writing
from sim.analysis.fit.scales import quantiles, share
from sim.analysis.logs.talk import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    Floats,
    Ints,
    Talk,
    answered,
    first_posts,
    openers,
    own_gaps,
    room_gaps,
)  # fmt: skip

__all__ = ["LABELS", "as_read", "label_of", "left_untold", "summaries"]


#: What each summary is called, in its own units.
LABELS: dict[str, tuple[str, str]] = {
    "messages": ("messages a room", "每群消息数"),
    "posters": ("posters a room", "每群发言人数"),
    "a_day": ("messages a day with talk", "有人说话日的消息数"),
    "days_with_talk": ("share of days with talk", "有人说话的天数比例"),
    "biggest_share": ("biggest day's share", "最热闹一天的占比"),
    "silent_month": ("rooms with a silent month", "曾静默一个月的群"),
    "lasted": ("part of the watch until the last word", "末次发言所在的时间比例"),
    "first_third": ("share of messages in the first third", "前三分之一时段的消息占比"),
    "last_third": ("share of messages in the last third", "后三分之一时段的消息占比"),
    "new_first_tenth": ("first posts in the first tenth", "前十分之一时段的首次发言"),
    "new_last_third": ("first posts in the last third", "后三分之一时段的首次发言"),
    "first_week": ("people who first wrote in a room's first week", "建群首周首次发言的人数"),
    "each": ("messages a poster", "每位发言者的消息数"),
    "one_timers": ("posters of a single message", "只发过一条消息的人"),
    "top_tenth": ("share of the top tenth of posters", "最活跃十分之一的人所占消息"),
    "back_day": ("posters seen after a day", "一天后仍发言的人"),
    "back_week": ("posters seen after a week", "一周后仍发言的人"),
    "back_month": ("posters seen after a month", "一个月后仍发言的人"),
    "opens": ("first posts that open a topic", "以开启话题为首次发言的人"),
    "back_asker": ("posters whose first post opened a topic, seen after a week", "首次发言开启话题、一周后仍发言的人"),
    "back_joiner": ("other posters seen after a week", "其他人中一周后仍发言的人"),
    "between": ("days between a poster's visits", "同一人两次来说话相隔的天数"),
    "tenure": ("days from first to last post", "首末发言相隔天数"),
    "next_week": ("active again next week", "次周再次活跃的人"),
    "active_week": ("active members a week", "每周活跃成员"),
    "gap": ("minutes between messages", "消息间隔（分钟）"),
    "within_minute": ("gaps within a minute", "一分钟内的间隔"),
    "within_hour": ("gaps within an hour", "一小时内的间隔"),
    "burstiness": ("burstiness", "突发性"),
    "answer_gain": ("return of those answered at once, less that of others", "首次发言有人回应者与无人回应者的回访差"),
    "same_author": ("further lines of the same author", "同一人接着说"),
    "openers": ("messages that open a topic", "开启话题的消息"),
    "answered": ("openers answered within an hour", "一小时内有人回应的话题"),
    "weekend": ("weekend day / working day", "周末每天与工作日每天之比"),
    **STILL,
    **conversations.LABELS,
    **comings.LABELS,
}

_LOGS = ("a_day", "each", "between", "active_week", "gap", "weekend", *conversations.LOGS, *comings.LOGS)
_LOGS_OF_ONE_MORE = ("messages", "posters", "tenure", "first_week", *comings.COUNTS)
_OF_ROOMS = ("messages", "posters", "a_day", "days_with_talk", "biggest_share", "lasted", "first_week", *comings.OF_ROOMS)
_AS_THEY_ARE = ("burstiness", "answer_gain")


def as_read(name: str, value: float) -> float:
    """A summary in the units of its label: a count, a ratio, a share."""
    root = name.partition(".")[0]
    if root in _AS_THEY_ARE:
        return value
    if root in _LOGS:
        return float(np.exp(value))
    return float(np.expm1(value)) if root in _LOGS_OF_ONE_MORE else float(value**2)


def label_of(name: str) -> tuple[tuple[str, str], str]:
    """What a summary is called, and which quantile of it this is, in per cent; nothing where it is no quantile."""
    root, _, quantile = name.partition(".")
    return LABELS[root], quantile


def left_untold(replies: bool, joins: bool, leaves: bool) -> frozenset[str]:
    """Summaries (without their quantiles) that a log cannot tell which does not mark replies, nor has lines of joining
    or of leaving.
    """
    told = {*(conversations.OF_REPLIES if replies else ()), *(comings.OF_JOINS if joins else ()),
            *(comings.OF_LEAVES if joins and leaves else ())}  # fmt: skip
    return frozenset({*conversations.OF_REPLIES, *comings.LABELS} - told)


def summaries(talk: Talk) -> dict[str, float]:
    """Every summary by name; quantiles as ``name.50``."""
    found: dict[str, float] = {}
    for part in (_rooms, _time, _people, _weeks, _gaps, still_writing, conversations.talks, comings.stays):
        found |= part(talk)
    return found if talk.n_rooms > 1 else {name: value for name, value in found.items() if not _is_again(name)}


def _is_again(name: str) -> bool:
    """Quantiles over a single room are all that room: one of them says it, five would count five times."""
    root, _, quantile = name.partition(".")
    return root in _OF_ROOMS and quantile not in ("", "50")


def _rooms(talk: Talk) -> dict[str, float]:
    """How much is said where, by how many, on how many days."""
    table = lives(talk)
    spoke = table[table["messages"] > 0]
    known = talk.known_rooms
    rows = life_rows(spoke)
    posters = np.bincount(talk.room[first_posts(talk)], minlength=talk.n_rooms) if talk.n else np.zeros(talk.n_rooms)
    return {
        **quantiles("messages", np.log1p(table.loc[known, "messages"].to_numpy(np.float64))),
        **quantiles("posters", np.log1p(posters.astype(np.float64)[known])),
        **quantiles("a_day", np.log(spoke["middle"].to_numpy(np.float64)), (0.5, 0.9)),
        **quantiles("days_with_talk", np.sqrt(rows["days_with_talk"].to_numpy(np.float64)), (0.25, 0.5, 0.75)),
        **quantiles("biggest_share", np.sqrt(rows["biggest_share"].to_numpy(np.float64)), (0.5,)),
        "silent_month": share(spoke["silence"].to_numpy() > SILENCE),
        "weekend": _weekend(talk, spoke),
    }


def _weekend(talk: Talk, spoke: pd.DataFrame) -> float:
    """Messages on a day of the weekend against a working day, of those that the rooms with talk were watched."""
    if not talk.n:
        return float("nan")
    said = spoke[[f"weekday_{k}" for k in range(7)]].to_numpy(np.float64).sum(axis=0)
    rooms = spoke.index.to_numpy(np.int64)
    start = np.floor((np.fmin(talk.born, talk.first_words)[rooms] + talk.shift) / DAY)
    days = np.ceil((talk.end[rooms] + talk.shift) / DAY) - start
    at = (start[:, None] + 3 + np.arange(7)) % 7  # weekday of the k-th day; 1970-01-01 was a Thursday
    times = np.ceil((days[:, None] - np.arange(7)) / 7).clip(0)
    watched = np.bincount(at.astype(np.int64).ravel(), times.ravel(), minlength=7)
    ends, others = ((said[part].sum() + 1) / (watched[part].sum() + 1) for part in (slice(5, 7), slice(5)))
    return float(np.log(ends / others))


def _elapsed(talk: Talk) -> tuple[Floats, Floats]:
    """Which part of its room's watch is over at each message, and the watch (seconds) of each room."""
    start = np.fmin(talk.born, talk.first_words)
    watch = np.maximum(talk.end - start, DAY)
    return (talk.t - start[talk.room]) / watch[talk.room], watch


def _time(talk: Talk) -> dict[str, float]:
    """When in the life of its room is spoken, and when new people do."""
    part, watch = _elapsed(talk)
    first = first_posts(talk) if talk.n else np.zeros(0, np.int64)
    new, rooms = part[first], talk.room[first]
    early = np.bincount(rooms[new * watch[rooms] < WEEK], minlength=talk.n_rooms)[talk.known_rooms]
    last = np.full(talk.n_rooms, -np.inf)
    np.maximum.at(last, talk.room, part)
    return {
        **quantiles("lasted", np.sqrt(np.clip(last[np.isfinite(last)], 0, 1)), (0.25, 0.5, 0.75)),
        "first_third": share(part < 1 / 3),
        "last_third": share(part >= 2 / 3),
        "new_first_tenth": share(new < 0.1),
        "new_last_third": share(new >= 2 / 3),
        **quantiles("first_week", np.log1p(early.astype(np.float64))),
    }


def _people(talk: Talk) -> dict[str, float]:
    """How much the posters of a room say, and how long they are seen."""
    first = first_posts(talk) if talk.n else np.zeros(0, np.int64)
    each = np.bincount(talk.author, minlength=len(first)).astype(np.float64)
    last = np.full(len(first), -np.inf)
    np.maximum.at(last, talk.author, talk.t)
    span = last - talk.t[first]
    left = talk.end[talk.room[first]] - talk.t[first]
    ordered = np.sort(each)[::-1]
    top = ordered[: max(1, round(len(ordered) / 10))].sum() / max(each.sum(), 1.0) if len(each) else np.nan
    return {
        **quantiles("each", np.log(each), (0.5, 0.75, 0.9, 0.99)),
        "one_timers": share(each == 1),
        "top_tenth": float(np.sqrt(top)),
        "answer_gain": _answer_gain(talk, first, span, left),
        **{f"back_{name}": share(span[left > days * DAY] > days * DAY)
           for name, days in (("day", 1), ("week", 7), ("month", 30))},
        **_askers(talk, first, span, left),
        **quantiles("tenure", np.log1p(span[each > 1] / DAY), (0.25, 0.5, 0.75, 0.9)),
    }  # fmt: skip


def _askers(talk: Talk, first: Ints, span: Floats, left: Floats) -> dict[str, float]:
    """Who comes with a matter of their own, who of them is seen again, and how often people come back to speak."""
    asks, watched = openers(talk)[first], left > 7 * DAY
    gap, _ = own_gaps(talk)
    return {
        "opens": share(asks),
        "back_asker": share(span[watched & asks] > 7 * DAY),
        "back_joiner": share(span[watched & ~asks] > 7 * DAY),
        **quantiles("between", np.log(gap[gap > 8 * HOUR] / DAY), (0.25, 0.5, 0.75, 0.9)),
    }


def _answer_gain(talk: Talk, first: Ints, span: Floats, left: Floats) -> float:
    """How many more are seen after a day of those whose first post is followed by somebody within an hour."""
    got, watched = answered(talk, "hour")[first], left > DAY
    sides = [span[watched & side] > DAY for side in (got, ~got)]
    return float(sides[0].mean() - sides[1].mean()) if min(map(len, sides)) else float("nan")


def _weeks(talk: Talk) -> dict[str, float]:
    """Members active in a week, and again in the next."""
    first, span = (int(talk.week.min()), int(np.ptp(talk.week)) + 1) if talk.n else (0, 1)
    key, at = np.unique(talk.author * span + talk.week - first, return_index=True)
    author, week, room = key // span, key % span + first, talk.room[at]  # an author is of one room
    again = np.zeros(len(key), bool)
    again[:-1] = (np.diff(author) == 0) & (np.diff(week) == 1)
    end_week = np.floor((talk.end + talk.shift - 4 * DAY) / WEEK)  # of the watch, which may be shorter than the log's
    seen = week + 1 < end_week[room] if len(key) else np.zeros(0, bool)
    active = np.unique(room * span + week - first, return_counts=True)[1]
    return {
        "next_week": share(again[seen]),
        **quantiles("active_week", np.log(active.astype(np.float64)), (0.5, 0.9)),
    }


def _gaps(talk: Talk) -> dict[str, float]:
    """Time between the messages of a room, and who goes on."""
    gap, later = room_gaps(talk)
    uneven, n = burstiness(gap, talk.room[later])
    many = uneven[n >= 19]
    is_open = openers(talk)
    got = answered(talk, "hour")
    return {
        **quantiles("gap", np.log((gap + 1) / MINUTE), (0.25, 0.5, 0.75, 0.9)),
        "within_minute": share(gap <= MINUTE),
        "within_hour": share(gap <= HOUR),
        "burstiness": float(np.median(many)) if len(many) else float("nan"),
        "same_author": share(talk.author[later] == talk.author[later - 1]),
        "openers": share(is_open),
        "answered": share(got[is_open]),
    }
