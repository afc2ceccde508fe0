"""What one room is like, in numbers that do not depend on its size, its clock's zone or how replies are marked.

Every trait is computed between the room's first and last human message, by the definitions of the facts. Shares are
taken as log-odds with half a case added to either side, ln((k + ½) / (n − k + ½)), so that none is infinite and a
share of few cases is drawn to one half; times (minutes) and amounts (a day, a week, a conversation) as natural
logarithms; Gini and the top tenth as they are. A trait that the log cannot tell is NaN. Weeks are weeks with talk,
conversations end with 30 minutes of silence; their length and people, and ``big_day``, are means over messages.
``steady`` is of the days from the first message to the last, ``hour`` the length of the mean direction on the clock of
24 hours, ``weekday`` sd over mean. ``alone`` are conversations of one message.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sim.analysis.facts.published import gini, top_share
from sim.analysis.logs.talk import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    Bools,
    Floats,
    Ints,
    Talk,
    answered,
    first_posts,
    openers,
    own_gaps,
    room_gaps,
)

__all__ = ["TRAITS", "from_odds", "one_room", "room_traits", "traits"]

#: Every trait in the order of vectors and matrices of them: how it is called in English and Chinese.
TRAITS = {
    "rate": ("messages a day", "每天消息数"),
    "posters": ("members who write in a week", "每周发言人数"),
    "words": ("messages a week of one who writes", "发言者每周人均消息数"),
    "arrivals": ("new writers a week", "每周新发言者"),
    "again": ("writers who write again the next week", "下周继续发言的比例"),
    "stay_1": ("new writers still writing after a day", "新发言者一天后还在发言的比例"),
    "stay_7": ("new writers still writing after a week", "新发言者一周后还在发言的比例"),
    "once": ("writers with a single message", "只发过一条的比例"),
    "gini": ("inequality of writing", "发言不均程度"),
    "top": ("share of the talk by the top tenth", "发言最多的一成人所占消息"),
    "steady": ("days on which the steadiest member writes", "最勤快成员的发言天数比例"),
    "days": ("days with talk", "有人说话的天数比例"),
    "big_day": ("how far big days stand out", "热闹日子的突出程度"),
    "weekday": ("unevenness of weekdays", "一周各天的不均程度"),
    "hour": ("how far talk keeps to one time of the day", "发言时段的集中程度"),
    "gap": ("pause between people in talk", "对话中两人发言的间隔"),
    "within_hour": ("pauses of less than an hour", "间隔不到一小时的比例"),
    "own_gap": ("pause between one writer's messages", "同一人两条消息的间隔"),
    "run": ("several messages in a row by one writer", "同一人连发的比例"),
    "back": ("back and forth of two", "两人一来一回的比例"),
    "talk_length": ("messages in a conversation", "一场对话的消息数"),
    "speakers": ("people in a conversation", "一场对话的人数"),
    "alone": ("messages nobody follows up", "没人接话的消息比例"),
    "unanswered": ("first messages and openers without an answer in an hour", "开场或首次发言一小时内没人接的比例"),
    "adverts": ("adverts", "广告占比"),
    "offers": ("offers by the host", "群主推销占比"),
}

_SOLD = {"adverts": "advert", "offers": "offer"}  # traits read from lines that are no human talk, and their kinds
_QUIET = 30 * MINUTE  # of silence end a conversation, as they do before an opener
_SMALL = 0.02  # added to what may be 0 before its logarithm is taken


def traits(messages: pd.DataFrame, talk: Talk, rooms: Ints) -> pd.DataFrame:
    """One row a room of ``talk`` in which anybody spoke: room, n (human messages), and the :data:`TRAITS`.

    ``rooms`` is the number of the room of every row of ``messages`` (:func:`~sim.analysis.logs.talk.room_codes`).
    """
    rows = []
    for room in np.unique(talk.room).tolist():
        one = one_room(talk, room)
        rows.append({"room": room, "n": one.n, **room_traits(one)})
    frame = pd.DataFrame(rows, columns=["room", "n", *[name for name in TRAITS if name not in _SOLD]])
    sold = _selling(messages, frame["room"].to_numpy(np.int64), frame["n"].to_numpy(np.int64), rooms)
    return frame.assign(**sold)[["room", "n", *TRAITS]]


def one_room(talk: Talk, room: int) -> Talk:
    """The talk of one room as a talk of its own, watched until its last message."""
    low, high = np.searchsorted(talk.room, [room, room + 1])
    part = slice(low, high)
    reply = talk.reply[part]
    t = talk.t[part]
    return replace(
        talk,
        room=np.zeros(high - low, np.int64),
        t=t,
        author=np.unique(talk.author[part], return_inverse=True)[1].astype(np.int64),
        who=talk.who[part],
        reply=np.where(reply >= 0, reply - low, -1),
        answers=talk.answers[part],
        week=talk.week[part],
        unit=np.zeros(high - low, np.int64),
        born=talk.born[room : room + 1],
        end=t[-1:],
        end_week=talk.week[part][-1:],
        room_unit=np.zeros(1, np.int64),
    )


def room_traits(one: Talk) -> dict[str, float]:
    """The traits of a room's human talk; adverts and offers, which are none, come from :func:`traits`."""
    days = max((one.t[-1] - one.t[0]) / DAY, 1.0)
    return {
        **_people(one, days),
        **_posting(one),
        **_calendar(one),
        **_conversation(one),
        "unanswered": _unanswered(one),
    }


def _odds(some: Bools | Ints) -> float:
    """Log-odds of the share of cases that are true, half a case added to either side; NaN without a case."""
    hits, n = float(np.sum(some)), len(some)
    return float(np.log((hits + 0.5) / (n - hits + 0.5))) if n else float("nan")


def from_odds(odds: Floats) -> Floats:
    """The share whose log-odds are given."""
    return 1 / (1 + np.exp(-odds))


def _log(value: float, least: float = 0.0) -> float:
    return float(np.log(value + least)) if value + least > 0 else float("nan")


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _people(one: Talk, days: float) -> dict[str, float]:
    """How many talk, how much, who comes back."""
    week = one.week - one.week[0]
    weeks = int(week[-1]) + 1
    cell, words = np.unique(one.author * weeks + week, return_counts=True)
    who, when = np.divmod(cell, weeks)
    again = np.zeros(len(cell), bool)
    again[:-1] = (np.diff(who) == 0) & (np.diff(when) == 1)
    first = one.t[first_posts(one)]
    last = np.full(len(first), -np.inf)
    np.maximum.at(last, one.author, one.t)
    followed = first <= one.t[-1] - WEEK
    stayed = (last - first)[followed]
    return {
        "rate": _log(one.n / days),
        "posters": _log(len(cell) / len(np.unique(when))),
        "words": _log(float(words.mean())),
        "arrivals": _log(len(first) / days),
        "again": _odds(again[when < weeks - 1]),
        "stay_1": _odds(stayed > DAY),
        "stay_7": _odds(stayed > WEEK),
    }


def _posting(one: Talk) -> dict[str, float]:
    """How unequally."""
    said = np.bincount(one.author).astype(np.float64)
    whole, nobody = np.zeros(len(said), np.int64), np.zeros(1)
    enough = len(said) >= 5
    return {
        "once": _odds(said == 1),
        "gini": float(gini(said, whole, nobody)[0]) if enough else float("nan"),
        "top": float(top_share(said, whole, nobody)[0]) if enough else float("nan"),
    }


def _calendar(one: Talk) -> dict[str, float]:
    """On which days and at which times."""
    day = np.floor((one.t + one.shift) / DAY).astype(np.int64)
    number = day - day[0]
    span = int(number[-1]) + 1
    said = np.bincount(number)
    busy = said[said > 0].astype(np.float64)
    present = np.unique(one.author * span + number) // span
    weekday = np.bincount(day % 7, minlength=7)
    turn = np.exp(2j * np.pi * (one.t % DAY) / DAY)
    steady = np.bincount(present).max()
    return {
        "steady": _odds(np.arange(span) < steady),
        "days": _odds(said > 0),
        "big_day": _log(float((busy**2).sum() / busy.sum() / busy.mean())),
        "weekday": _log(float(weekday.std() / weekday.mean()), _SMALL),
        "hour": _log(float(np.abs(turn.mean())), _SMALL),
    }


def _conversation(one: Talk) -> dict[str, float]:
    """How talk follows talk."""
    gap, later = room_gaps(one)
    other = one.author[later] != one.author[later - 1]
    near = gap <= HOUR
    own = own_gaps(one)[0] / MINUTE
    talk = np.cumsum(np.append(True, gap >= _QUIET)) - 1
    size = np.bincount(talk).astype(np.float64)
    pairs = np.unique(talk * (int(one.author.max()) + 1) + one.author) // (int(one.author.max()) + 1)
    speakers = np.bincount(pairs)
    third = np.arange(2, one.n)
    changed = (talk[third] == talk[third - 2]) & (one.author[third] != one.author[third - 1])
    back = one.author[third] == one.author[third - 2]
    return {
        "gap": _mean(np.log(np.maximum(gap[other & near], 1.0) / MINUTE)),
        "within_hour": _odds(near[other]),
        "own_gap": _mean(np.log(own[(own >= 1) & (own <= 1440)])),
        "run": _odds(~other[near]),
        "back": _odds(back[changed]),
        "talk_length": _log(float((size**2).sum() / size.sum())),
        "speakers": _log(float((speakers * size).sum() / size.sum())),
        "alone": _odds(size == 1),
    }


def _unanswered(one: Talk) -> float:
    asked = openers(replace(one, answers=np.zeros(one.n, bool)))
    asked[first_posts(one)] = True
    return _odds(~answered(one, "hour")[asked])


def _selling(messages: pd.DataFrame, talk_rooms: Ints, talk_n: Ints, rooms: Ints) -> dict[str, Floats]:
    """Log-odds of adverts and offers by room; NaN throughout where the log marks neither."""
    kind = messages["kind"].astype(str).to_numpy()
    found = {}
    for name, word in _SOLD.items():
        some = np.bincount(rooms[(kind == word) & (rooms >= 0)], minlength=int(talk_rooms.max(initial=0)) + 1)[talk_rooms]
        found[name] = np.log((some + 0.5) / (talk_n + 0.5))
    marks = np.isin(kind, ("advert", "offer")).any()
    return found if marks else {name: np.full(len(talk_rooms), np.nan) for name in found}
