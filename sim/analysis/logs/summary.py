"""Everything that is printed and drawn of a log of real groups, worked out once.

The lives of the rooms go through the analyses of simulated groups (:mod:`~sim.analysis.lifetimes`,
:mod:`~sim.analysis.lifecycle`, :mod:`~sim.analysis.participation`), the talk through the facts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.facts.targets import facts_table
from sim.analysis.lifecycle import STAGES, stages
from sim.analysis.lifetimes import WINDOWS, Survival, groups_table, survival
from sim.analysis.logs.board import Board, board
from sim.analysis.logs.days import log_daily, log_spells
from sim.analysis.logs.kinds import Likeness, resembled
from sim.analysis.logs.people import labels
from sim.analysis.logs.standing import Life, Standing, life, standing
from sim.analysis.logs.talk import Talk, room_codes, room_table, talk_of
from sim.analysis.logs.traits import traits
from sim.analysis.participation import concentration
from sim.analysis.statistics.intervals import t_interval

__all__ = ["NAMES", "LogSummary", "by_age", "stage_by_age", "summarise"]

_MIN_SHARE = 0.2  # of the rooms still watched, below which a curve by age is not drawn

#: What the plain numbers are called in English and Chinese; ``days`` is a number of days.
NAMES = {
    "rooms": ("rooms", "群"),
    "rooms_spoken": ("rooms where anybody spoke", "有人说话的群"),
    "people": ("members who spoke (person and room)", "发言成员（人次）"),
    "messages": ("human messages", "人发的消息"),
    "watched": ("watched from birth on, median room", "自诞生起被观察的时长（中位数）"),
    "median_life": ("life of a room, median (dead after {days} silent days)", "群寿命中位数（沉默 {days} 天算消亡）"),
    "mean_life": ("… mean over the first {days} days", "……前 {days} 天内的平均"),
    "woken": ("rooms that woke after 28 silent days", "沉默二十八天后又醒来的群"),
    "gini_posters": ("Gini of posting over a room's whole life", "整个寿命内发言的基尼系数"),
    "top_posters": ("share of the top tenth over a room's whole life", "整个寿命内前一成的占比"),
}


@dataclass(frozen=True, eq=False)
class LogSummary:
    """A log measured: its talk, its tables, the facts beside their targets, and the plain numbers.

    ``likeness`` and ``standing`` are None where every room is too short; ``labels`` has the authors' names, if any.
    ``facts`` is the frame of :func:`~sim.analysis.facts.targets.facts_table`; ``numbers`` has measure, en, zh, value, low,
    high, n, unit; ``survival`` is by window of silence in days; ``age`` and ``stages`` are by week of the rooms' age.
    """

    name: str
    talk: Talk
    daily: pd.DataFrame
    spells: pd.DataFrame
    facts: pd.DataFrame
    numbers: pd.DataFrame
    survival: dict[int, Survival]
    age: pd.DataFrame
    stages: pd.DataFrame
    likeness: Likeness | None
    standing: Standing | None
    life: Life
    board: Board
    labels: dict[int, str]


def summarise(
    messages: pd.DataFrame, rooms: pd.DataFrame | None = None, name: str = "log", zone: str = "UTC"
) -> LogSummary:
    """Measure the log ``messages`` (of :func:`~sim.analysis.logs.reading.read_messages`)."""
    talk = talk_of(messages, rooms, zone)
    daily, spells = log_daily(messages, rooms, name, zone), log_spells(messages, rooms, name, zone)
    kinds = traits(messages, talk, room_codes(messages, room_table(messages, rooms)))
    lives = {window: groups_table(daily, window) for window in WINDOWS}
    curves = {window: next(iter(survival(groups).values())) for window, groups in lives.items()}
    return LogSummary(
        name=name,
        talk=talk,
        daily=daily,
        spells=spells,
        facts=facts_table(messages, rooms=rooms, zone=zone),
        numbers=_numbers(talk, spells, lives[28], curves),
        survival=curves,
        age=by_age(daily, "n_posters"),
        stages=stage_by_age(daily),
        likeness=resembled(kinds),
        standing=standing(kinds),
        life=life(daily),
        board=board(messages, talk, rooms),
        labels=labels(messages),
    )


def by_age(daily: pd.DataFrame, column: str) -> pd.DataFrame:
    """Frame [week, mean, low, high, n]: a column of daily, per day, by week of the rooms' age.

    Mean over the rooms that were watched through the whole week, with its 95 % t interval.
    """
    room = daily["replicate"].to_numpy(np.int64)
    born = daily.groupby("replicate")["day"].min()
    week = (daily["day"].to_numpy() - born.loc[room].to_numpy()) // 7
    n_weeks = int(week.max()) + 1
    cell = room * n_weeks + week
    shape = (int(room.max()) + 1, n_weeks)
    seen = np.bincount(cell, minlength=shape[0] * n_weeks).reshape(shape)
    total = np.bincount(cell, daily[column].to_numpy(np.float64), shape[0] * n_weeks).reshape(shape)
    values = np.where(seen == 7, total / 7, np.nan)
    keep = np.isfinite(values).sum(axis=0) >= max(1, _MIN_SHARE * shape[0])
    mean, low, high, n = t_interval(values[:, keep])
    return pd.DataFrame({"week": np.flatnonzero(keep), "mean": mean, "low": low, "high": high, "n": n})


def stage_by_age(daily: pd.DataFrame) -> pd.DataFrame:
    """Frame [week, germination, growth, activity, decline, dead]: shares of the rooms still watched at that age."""
    table = stages(daily)
    never = np.iinfo(np.int32).max
    born = table["day_born"].to_numpy(np.int64)
    age = np.arange(0, int((table["day_last"].to_numpy(np.int64) - born).max()) + 1, 7)
    stage = np.zeros((len(table), len(age)), np.int64)
    for code, name in enumerate(STAGES[1:], start=1):
        start = table[f"day_{name}"].astype("Float64").to_numpy(np.float64, na_value=never)
        stage[(start - born)[:, None] <= age] = code
    watched = (table["day_last"].to_numpy(np.int64) - born)[:, None] >= age
    keep = watched.sum(axis=0) >= max(1, _MIN_SHARE * len(table))
    shares = {name: ((stage == code) & watched).sum(axis=0) / watched.sum(axis=0) for code, name in enumerate(STAGES)}
    return pd.DataFrame({"week": age // 7, **shares})[keep].reset_index(drop=True)


Row = tuple[str, str, str, float, float, float, int, str]
_NONE = float("nan")


def _numbers(talk: Talk, spells: pd.DataFrame, lives: pd.DataFrame, curves: dict[int, Survival]) -> pd.DataFrame:
    """The plain numbers: how much there is, how long rooms live, how unequal they are over their whole life."""
    n = talk.n_rooms
    counts = [
        ("rooms", n, ""),
        ("rooms_spoken", len(np.unique(talk.room)), ""),
        ("people", len(spells), ""),
        ("messages", talk.n, ""),
        ("watched", _watched(lives), "days"),
    ]
    rows: list[Row] = [(name, *NAMES[name], float(x), _NONE, _NONE, n, unit) for name, x, unit in counts]
    for window, one in curves.items():
        rows += _life(window, one)
    rows += [_woken(lives), *_inequality(concentration(spells))]
    return pd.DataFrame(rows, columns=["measure", "en", "zh", "value", "low", "high", "n", "unit"])


def _watched(lives: pd.DataFrame) -> float:
    return float(np.median(lives["day_last"] - lives["day_born"] + 1))


def _life(window: int, one: Survival) -> list[Row]:
    """Median and restricted mean life; the interval of one room alone would say nothing."""
    known = one.n_communities > 1
    middle = (one.median_low, one.median_high) if known else (_NONE, _NONE)
    mean = (one.restricted_mean_low, one.restricted_mean_high) if known else (_NONE, _NONE)
    en, zh = (text.format(days=window) for text in NAMES["median_life"])
    more, more_zh = (text.format(days=f"{one.horizon:.0f}") for text in NAMES["mean_life"])
    return [
        (f"median_life_{window}", en, zh, one.median, *middle, one.n, "days"),
        (f"mean_life_{window}", more, more_zh, one.restricted_mean, *mean, one.n, "days"),
    ]


def _woken(lives: pd.DataFrame) -> Row:
    """Share of the rooms once silent for 28 days that spoke again."""
    silent = lives["day_first_silent"].notna()
    woken = silent & (lives["day_first_silent"] != lives["day_died"].fillna(-1))
    share = float(woken.sum() / silent.sum()) if silent.any() else _NONE
    return ("woken", *NAMES["woken"], share, _NONE, _NONE, int(silent.sum()), "")


def _inequality(table: pd.DataFrame) -> list[Row]:
    names = ("gini_posters", "top_posters")
    found = t_interval(table[list(names)].to_numpy(np.float64))
    rows: list[Row] = []
    for k, name in enumerate(names):
        mean, low, high, n = (part[k] for part in found)
        rows.append((name, *NAMES[name], float(mean), float(low), float(high), int(n), ""))
    return rows
