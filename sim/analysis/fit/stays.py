"""What lines of joining and leaving tell of a log: how many come and when, who of them ever speaks, how long they stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.fit.ages import labels, rates
from sim.analysis.fit.scales import quantiles, share
from sim.analysis.logs.talk import DAY, WEEK, Bools, Floats, Ints, Talk, openers

__all__ = ["COUNTS", "LABELS", "LOGS", "OF_JOINS", "OF_LEAVES", "OF_ROOMS", "stays"]

OF_JOINS: dict[str, tuple[str, str]] = {
    "joined": ("people who joined a room", "每群加入人数"),
    "at_first": ("people who joined on a room's first day", "建群首日加入人数"),
    "joined_first_third": ("share of later joins in the first third", "首日之后的加入中前三分之一时段的占比"),
    "joined_last_third": ("share of later joins in the last third", "首日之后的加入中后三分之一时段的占比"),
    "never_spoke": ("who never spoke, of those who joined a week before the end", "加入距期末满一周者中从未发言的人"),
    "spoke_at_once": ("who spoke within a day of joining", "入群一天内发言的人"),
    "until_post": ("days from joining to the first post", "从入群到首次发言的天数"),
    "said_by_first": ("share of messages by those who joined on the first day", "首日入群者的消息占比"),
    "first_spoke": ("who spoke, of those who joined on the first day", "首日入群者中发过言的人"),
    "later_spoke": ("who spoke, of those who joined later", "后来入群者中发过言的人"),
    "until_last": ("days from joining to the last post", "从入群到末次发言的天数"),
    "joins_silent": ("joins a week after a week without talk", "无人说话的一周之后每周的加入人数"),
    "joins_quiet": ("joins a week after a week with 1 to 9 messages", "有1–9条消息的一周之后每周的加入人数"),
    "joins_lively": ("joins a week after a week with 10 messages or more", "有10条及以上消息的一周之后每周的加入人数"),
    **labels("said", "messages a day and member on {span} after joining", "入群后{span}每人每天的消息数"),
}
"""Of whom a log tells when they came."""
OF_LEAVES: dict[str, tuple[str, str]] = {
    "at_end": ("people in a room at the end", "期末每群人数"),
    "gone_week": ("gone within a week", "一周内退群的人"),
    "gone_month": ("gone within a month", "一个月内退群的人"),
    "gone_quarter": ("gone within three months", "三个月内退群的人"),
    "first_gone": ("of those of the first day, gone within a month", "首日入群者中一个月内退群的人"),
    "posters_gone": ("of those who spoke in their first week, gone within a month", "首周发言者中一个月内退群的人"),
    "askers_gone": ("of those who opened a topic first, gone within a month", "首次发言即开启话题者中一个月内退群的人"),
    "gone_unheard": ("who left without a word", "未发一言而退群的人"),
    "stay": ("days from joining to leaving", "从入群到退群的天数"),
    "quiet_before": ("days from the last post to leaving", "从末次发言到退群的天数"),
    "left_last_third": ("share of leaving in the last third", "退群中后三分之一时段的占比"),
    **labels("leaving", "chance of leaving on one day, on {span} after joining", "入群后{span}每天退群的概率"),
}
"""Of whom it also tells when they left."""
LABELS = {**OF_JOINS, **OF_LEAVES}
OF_ROOMS = ("joined", "at_first", "at_end")
COUNTS = (*OF_ROOMS, "until_post", "stay", "quiet_before")
"""Stand as the logarithm of one more."""
_JOINS = {"joins_silent": (0, 0), "joins_quiet": (1, 9), "joins_lively": (10, np.inf)}
LOGS = ("until_last", *_JOINS, *labels("said", "", ""), *labels("leaving", "", ""))
"""Stand as logarithms."""


_SOON = 0.01  # days, added so that who wrote at once has a logarithm
_SPARE, _SPARE_OF_LEAVING = 5.0, 200.0  # days of a member in which half a message is written, half a member leaves


@dataclass(frozen=True, eq=False)
class _Seen:
    """Memberships within the watch: room, came and left (seconds, infinite if still there), how long they are watched
    and which part of the room's watch was over when they came and left; their first and last post (NaN without one),
    number of posts, whether the first opened a topic, and whether they came on the room's first day. ``ages`` are those
    of all posts of members: seconds since they joined.
    """

    room: Ints
    came: Floats
    left: Floats
    watched: Floats
    part: Floats
    part_left: Floats
    first: Floats
    last: Floats
    posts: Ints
    asks: Bools
    founder: Bools
    ages: Floats

    @property
    def there(self) -> Floats:
        """Seconds that each was a member within the watch."""
        return np.minimum(self.left - self.came, self.watched)


def stays(talk: Talk) -> dict[str, float]:
    """Every summary of :data:`LABELS`, as far as there is anybody to tell it of."""
    seen = _seen(talk)
    return {**_joins(seen, talk), **_leaves(seen, talk)}


def _seen(talk: Talk) -> _Seen:
    start = _starts(talk)
    known = talk.members
    room, end = known.room, talk.end[known.room]
    kept = (known.came < end) & talk.known_rooms[room]
    room, came, end = room[kept], known.came[kept], end[kept]
    left = np.where(known.left[kept] < end, known.left[kept], np.inf)
    posts = _posts(talk, room, known.who[kept], came, left)
    said = posts.groupby("member").agg(first=("t", "first"), last=("t", "last"), posts=("t", "size"),
                                       asks=("asks", "first")).reindex(np.arange(len(room)))  # fmt: skip
    span = np.maximum(talk.end - start, DAY)[room]
    return _Seen(room, came, left, end - came, (came - start[room]) / span, (left - start[room]) / span,
                 said["first"].to_numpy(np.float64), said["last"].to_numpy(np.float64),
                 said["posts"].fillna(0).to_numpy(np.int64), said["asks"].eq(True).to_numpy(bool),
                 came < start[room] + DAY, (posts["t"] - posts["came"]).to_numpy(np.float64))  # fmt: skip


def _next_day(start: Floats, shift: float) -> Floats:
    """Midnight after a moment, by the clock of the log."""
    return (np.floor((start + shift) / DAY) + 1) * DAY - shift


def _starts(talk: Talk) -> Floats:
    """Midnight before each room began: born, or its first line, or the first who came; people come by the day, too."""
    first = talk.first_words
    np.minimum.at(first, talk.members.room, talk.members.came)
    start = np.where(np.isfinite(talk.born), talk.born, np.minimum(first, talk.end))
    return _next_day(start, talk.shift) - DAY


def _posts(talk: Talk, room: Ints, who: Ints, came: Floats, left: Floats) -> pd.DataFrame:
    """Posts of members while they are members, in time: number of the membership, whether it opened a topic."""
    there = pd.DataFrame({"room": room, "who": who, "came": came, "left": left, "member": np.arange(len(room))})
    said = pd.DataFrame({"room": talk.room, "who": talk.who, "t": talk.t, "asks": openers(talk)})
    said = pd.merge_asof(said.sort_values("t", kind="stable"), there.sort_values("came", kind="stable"), left_on="t",
                         right_on="came", by=["room", "who"])  # fmt: skip
    return said[said["t"] <= said["left"]]


def _joins(seen: _Seen, talk: Talk) -> dict[str, float]:
    later = seen.part[~seen.founder]
    settled = seen.watched > 7 * DAY
    wait = seen.first - seen.came
    return {
        **quantiles("joined", _by_room(seen.room, talk)),
        **quantiles("at_first", _by_room(seen.room[seen.founder], talk)),
        "joined_first_third": share(later < 1 / 3),
        "joined_last_third": share(later >= 2 / 3),
        "never_spoke": share(seen.posts[settled] == 0),
        "spoke_at_once": share(wait[seen.watched > DAY] <= DAY),
        **quantiles("until_post", np.log1p(wait / DAY), (0.25, 0.5, 0.75, 0.9)),
        "said_by_first": share(np.repeat(seen.founder, seen.posts)),
        "first_spoke": share(seen.posts[seen.founder] > 0),
        "later_spoke": share(seen.posts[~seen.founder] > 0),
        **quantiles("until_last", np.log((seen.last - seen.came) / DAY + _SOON)),
        **rates("said", seen.ages, seen.there, _SPARE),
        **_joins_by_talk(seen, talk),
    }  # fmt: skip


def _joins_by_talk(seen: _Seen, talk: Talk) -> dict[str, float]:
    """Joins a room and week by how much was said there in the week before; not of the first week of a room."""
    start = _starts(talk)
    weeks = np.maximum(np.floor((talk.end - start) / WEEK).astype(np.int64), 0)
    shape = (talk.n_rooms, int(weeks.max(initial=0)) + 1)
    said, came = (_by_week(room, t - start[room], shape) for room, t in ((talk.room, talk.t), (seen.room, seen.came)))
    whole = (np.arange(1, shape[1]) < weeks[:, None]) & talk.known_rooms[:, None]
    before, after = said[:, :-1], came[:, 1:]
    found = {}
    for name, (low, high) in _JOINS.items():
        some = whole & (before >= low) & (before <= high)
        found[name] = float(np.log((after[some].sum() + 0.5) / (some.sum() + 2))) if some.any() else float("nan")
    return found


def _by_week(room: Ints, since: Floats, shape: tuple[int, int]) -> Floats:
    week = np.floor(since / WEEK).astype(np.int64)
    kept = (week >= 0) & (week < shape[1])
    flat = np.bincount(room[kept] * shape[1] + week[kept], minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype(np.float64)


def _leaves(seen: _Seen, talk: Talk) -> dict[str, float]:
    stay, gone = seen.left - seen.came, np.isfinite(seen.left)
    quiet = np.where(gone, seen.left, np.nan) - seen.last
    is_watched, in_a_month = seen.watched > 30 * DAY, stay <= 30 * DAY
    spoke = seen.first - seen.came <= 7 * DAY
    return {
        **quantiles("at_end", _by_room(seen.room[~gone], talk)),
        **{f"gone_{name}": share(stay[seen.watched > days * DAY] <= days * DAY)
           for name, days in (("week", 7), ("month", 30), ("quarter", 91))},
        **{f"{name}_gone": share(in_a_month[is_watched & which])
           for name, which in (("first", seen.founder), ("posters", spoke), ("askers", seen.asks))},
        "gone_unheard": share(seen.posts[gone] == 0),
        **quantiles("stay", np.log1p(stay[gone] / DAY)),
        **quantiles("quiet_before", np.log1p(quiet / DAY), (0.25, 0.5, 0.75)),
        "left_last_third": share(seen.part_left[gone] >= 2 / 3),
        **rates("leaving", stay[gone], seen.there, _SPARE_OF_LEAVING),
    }  # fmt: skip


def _by_room(room: Ints, talk: Talk) -> Floats:
    return np.log1p(np.bincount(room, minlength=talk.n_rooms).astype(np.float64))[talk.known_rooms]
