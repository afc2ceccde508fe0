"""The board of a group as its operator knows it: who spoke, who came, who went, when there is talk, who talks most.

*Today* is the last day of the log, a *week* the last seven days with it; of several rooms each is counted to the end of
its own watch. Who only reads is in no log: people are those who posted, and those of whom a line says that they joined.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.analysis.logs.days import Calendar
from sim.analysis.logs.talk import DAY, HOUR, HUMAN, Talk, room_codes, room_table

__all__ = ["Board", "Share", "board"]

WEEK, MONTH = 7, 28  # days
SETTLED = 14  # days of log, after which a first message is taken for an arrival
TOP = 10


@dataclass(frozen=True)
class Share:
    """``hits`` of ``n`` cases, with Wilson's 95 % interval; NaN without a case."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        if not self.n:
            return float("nan"), float("nan")
        found = stats.binomtest(self.hits, self.n).proportion_ci(0.95, method="wilson")
        return float(found.low), float(found.high)


@dataclass(frozen=True, eq=False)
class Board:
    """What an operator looks at.

    ``spans`` has a row each for today, week and the week before: people, messages. ``known`` is everybody ever seen.
    ``newcomers``: who came in the four weeks that ended a week ago and was active in the first week; where
    ``joins_told`` they came by a join line and any message counts, else by their first message and one on a later day
    counts. ``left``: of those there a week ago, who left since (``leaves_told``), else of those who spoke the week
    before who has been silent since. ``routes``: join lines by channel, route, month and all. ``hours``: messages by
    weekday (Monday first) and hour. ``top``: the members with most messages in four weeks: room, group, author, messages, share,
    days, last (days ago). ``rooms``: people and messages of the week and days since the last word by room.
    """

    today: pd.Timestamp
    days: int
    known: int
    spans: pd.DataFrame
    newcomers: Share
    joins_told: bool
    left: Share
    leaves_told: bool
    routes: pd.DataFrame
    hours: NDArray[np.int64]
    top: pd.DataFrame
    rooms: pd.DataFrame


def board(messages: pd.DataFrame, talk: Talk, rooms: pd.DataFrame | None = None) -> Board:
    """The board of the log ``messages``, whose human talk is ``talk``."""
    days = Calendar(talk)
    lines = _lines(messages, days, room_table(messages, rooms))
    said = lines[lines["human"]]
    month = said[said["ago"] < MONTH]
    joins, leaves = lines[lines["kind"] == "join"], lines[lines["kind"] == "leave"]
    end = float(messages["t"].max().timestamp())
    return Board(
        today=pd.Timestamp(end + talk.shift, unit="s"),
        days=int(lines["ago"].max()) + 1,
        known=len(lines.drop_duplicates(["room", "author"])),
        spans=_spans(said),
        newcomers=_newcomers(said, joins),
        joins_told=len(joins) > 0,
        left=_left(lines, leaves) if len(leaves) else _silent(said),
        leaves_told=len(leaves) > 0,
        routes=_routes(joins),
        hours=_hours(talk),
        top=_top(month),
        rooms=_rooms(said),
    )


def _lines(messages: pd.DataFrame, days: Calendar, table: pd.DataFrame) -> pd.DataFrame:
    """Lines by people: room, author, kind, channel, human, t (seconds) and ago (days before the last)."""
    kind = messages["kind"].astype(str)
    keep = (kind.isin(list(HUMAN)) | kind.isin(["join", "leave"])).to_numpy(bool)
    some = messages[keep]
    room = room_codes(some, table)
    seconds = some["t"].dt.tz_localize(None).to_numpy("datetime64[us]").astype(np.int64) / 1e6
    found = pd.DataFrame({"room": room, "author": some["author"].to_numpy(np.int64), "kind": kind[keep].to_numpy(),
                          "human": kind[keep].isin(list(HUMAN)).to_numpy(bool), "t": seconds,
                          "group": some["group"].to_numpy()})  # fmt: skip
    found["ago"] = days.last - days.of(room, seconds)
    found["channel"] = some["channel"].astype(object).to_numpy() if "channel" in some else None
    return found[found["ago"] >= 0]


def _spans(said: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for name, first, stop in (("today", 0, 1), ("week", 0, WEEK), ("week_before", WEEK, 2 * WEEK)):
        part = said[(said["ago"] >= first) & (said["ago"] < stop)]
        rows.append((name, len(part.drop_duplicates(["room", "author"])), len(part)))
    return pd.DataFrame(rows, columns=["span", "people", "messages"])


def _newcomers(said: pd.DataFrame, joins: pd.DataFrame) -> Share:
    """Who came from 34 to 7 days before the last day, and was active in the six days after (or on the day of joining)."""
    told = len(joins) > 0
    came = (joins if told else said).groupby(["room", "author"])["ago"].max().rename("came")
    known_from = int(said["ago"].max()) - (0 if told else SETTLED) if len(said) else -1
    cohort = came[(came >= WEEK) & (came < WEEK + MONTH) & (came <= known_from)].reset_index()
    later = cohort.merge(said[["room", "author", "ago"]], on=["room", "author"], how="left")
    age = later["came"] - later["ago"]
    active = later[(age >= (0 if told else 1)) & (age < WEEK)].drop_duplicates(["room", "author"])
    return Share(len(active), len(cohort))


def _left(lines: pd.DataFrame, leaves: pd.DataFrame) -> Share:
    """Of those seen before the last week and not gone by then, who left in it and did not come back."""
    order = lines.sort_values("t", kind="stable")
    before = order[order["ago"] >= WEEK].drop_duplicates(["room", "author"], keep="last")
    there = before.loc[before["kind"] != "leave", ["room", "author"]]
    now = order.drop_duplicates(["room", "author"], keep="last")
    gone = there.merge(now[(now["kind"] == "leave") & (now["ago"] < WEEK)], on=["room", "author"])
    return Share(len(gone), len(there))


def _silent(said: pd.DataFrame) -> Share:
    """Of those who spoke in the week before the last, who has been silent in it."""
    before = said[(said["ago"] >= WEEK) & (said["ago"] < 2 * WEEK)].drop_duplicates(["room", "author"])
    now = said[said["ago"] < WEEK].drop_duplicates(["room", "author"])
    back = before.merge(now[["room", "author"]], on=["room", "author"])
    return Share(len(before) - len(back), len(before))


def _routes(joins: pd.DataFrame) -> pd.DataFrame:
    """Frame [channel, week, month, all]: join lines by route, the commonest first; an untold route is ''."""
    channel = joins["channel"].fillna("").astype(str)
    table = pd.DataFrame({"channel": channel, "week": joins["ago"] < WEEK, "month": joins["ago"] < MONTH, "all": True})
    found = table.groupby("channel")[["week", "month", "all"]].sum().astype(int).reset_index()
    return found.sort_values(["all", "channel"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _hours(talk: Talk) -> NDArray[np.int64]:
    local = talk.t + talk.shift
    day = (np.floor(local / DAY).astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    hour = np.floor(local % DAY / HOUR).astype(np.int64)
    return np.bincount(day * 24 + hour, minlength=7 * 24).reshape(7, 24)


def _top(month: pd.DataFrame) -> pd.DataFrame:
    """Of two rooms members are two, though they bear the same number."""
    by_author = month.groupby(["room", "group", "author"])
    counts = by_author.agg(messages=("ago", "size"), days=("ago", "nunique"), last=("ago", "min")).reset_index()
    table = counts.sort_values(["messages", "room", "author"], ascending=[False, True, True], kind="stable")[:TOP]
    return table.assign(share=table["messages"] / max(len(month), 1)).reset_index(drop=True)


def _rooms(said: pd.DataFrame) -> pd.DataFrame:
    """Frame [room, group, people, messages, last] of the rooms, those with most messages in the week first."""
    week = said[said["ago"] < WEEK]
    table = said.groupby("room").agg(group=("group", "first"), last=("ago", "min"), ever=("ago", "size"))
    table["messages"] = week.groupby("room").size().reindex(table.index, fill_value=0)
    table["people"] = week.groupby("room")["author"].nunique().reindex(table.index, fill_value=0)
    order = ["messages", "last", "ever"]
    return table.reset_index().sort_values(order, ascending=[False, True, False], kind="stable").reset_index(drop=True)
