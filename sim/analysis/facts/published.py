"""Published facts about groups, computed from a log: K1 and K4 to K9, for simulated and real groups alike.

Every function takes the :class:`~sim.analysis.logs.talk.Talk` of a log and the bootstrap, and returns statistics by name.
The targets stand in ``facts.toml``; nothing here knows them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.logs.talk import (
    DAY,
    MINUTE,
    WEEK,
    Bools,
    Talk,
    answered,
    first_posts,
    first_reply_delay,
    openers,
    own_gaps,
)
from sim.analysis.statistics.bootstrap import Boot, Floats, Ints, Measure, gather

__all__ = [
    "births", "burstiness", "gini", "k1", "k4", "k5", "k6", "k7", "k8", "k9", "member_windows", "power_exponent",
    "top_share", "window_starts", "windows_of",
]  # fmt: skip

Measures = dict[str, Measure]
WINDOW = 12 * WEEK
_MIN_POSTERS = 10  # below ten posters a window has no top tenth (assumption)
_MIN_GAPS = 49  # an author's burstiness is read from at least 50 messages, as a room's is in K14 (assumption)


def births(talk: Talk) -> Floats:
    """Birth of each room: creation where known, else the start of the first 20 minutes with ≥ 3 members and ≥ 4
    messages; NaN where there were none."""
    born = talk.born.copy()
    for room in np.flatnonzero(np.isnan(born)):
        low, high = np.searchsorted(talk.room, [room, room + 1])
        t, author = talk.t[low:high], talk.author[low:high]
        until = np.searchsorted(t, t + 20 * MINUTE, side="right")
        for i in np.flatnonzero(until - np.arange(len(t)) >= 4):
            if len(set(author[i : until[i]].tolist())) >= 3:
                born[room] = t[i]
                break
    return born


def k1(talk: Talk, boot: Boot) -> Measures:
    """New groups silent within seven days: share of rooms, watched for 34 days from their birth, with no human message
    in the days 7 to 34. ``silent_after_talk`` leaves out rooms where nobody ever spoke in those 34 days."""
    born = births(talk)
    age = talk.t - born[talk.room]
    spoke, late = np.zeros(talk.n_rooms, bool), np.zeros(talk.n_rooms, bool)
    spoke[talk.room[age <= 34 * DAY]] = True
    late[talk.room[(age > 7 * DAY) & (age <= 34 * DAY)]] = True
    with np.errstate(invalid="ignore"):
        watched = np.flatnonzero(talk.end >= born + 34 * DAY)
    used = watched[spoke[watched]]
    return {
        "silent_within_7_days": boot.mean(~late[watched], talk.room_unit[watched]),
        "silent_after_talk": boot.mean(~late[used], talk.room_unit[used]),
    }


def k4(talk: Talk, boot: Boot, members: pd.DataFrame | None = None) -> Measures:
    """How unequal posting is: Gini and the share of the top tenth, mean over the rooms' windows of twelve weeks.

    Posters are members with at least one message in the window; windows run from the room's birth (or first message),
    must be seen whole and hold at least ten posters. With ``members`` (rows of room, person, joined, left, times in
    seconds) also over all members, where those silent throughout the window count as zeros.
    """
    start = window_starts(talk)
    window, whole = windows_of(talk.room, talk.t, start, talk.end)
    table = pd.DataFrame({"room": talk.room, "window": window, "author": talk.author, "unit": talk.unit})
    table = table.assign(who=talk.who)[whole]
    counts = table.groupby(["room", "window", "author"], sort=True).agg(n=("unit", "size"), unit=("unit", "min"))
    sizes = counts.groupby(["room", "window"], sort=True).agg(posters=("n", "size"), unit=("unit", "min"))
    enough = np.flatnonzero(sizes["posters"].to_numpy() >= _MIN_POSTERS)
    segment = np.repeat(np.arange(len(sizes)), sizes["posters"])
    x, unit = counts["n"].to_numpy(np.float64), sizes["unit"].to_numpy(np.int64)[enough]
    out: Measures = {}
    for suffix, zeros in (("", np.zeros(len(sizes))), ("_all", _silent(talk, table, start, members, sizes.index))):
        if zeros is not None:
            out["gini" + suffix] = boot.mean(gini(x, segment, zeros)[enough], unit)
            out["top10" + suffix] = boot.mean(top_share(x, segment, zeros)[enough], unit)
    return out


def window_starts(talk: Talk) -> Floats:
    """When the windows of each room begin: its birth, or its first message if that is earlier or all that is known."""
    start = np.full(talk.n_rooms, np.inf)
    np.minimum.at(start, talk.room, talk.t)
    return np.fmin(talk.born, start)


def windows_of(room: Ints, t: Floats, start: Floats, end: Floats) -> tuple[Ints, Bools]:
    """The window in which each moment of a room lies, and whether that window is seen whole."""
    window = np.floor((t - start[room]) / WINDOW).astype(np.int64)
    return window, start[room] + (window + 1) * WINDOW <= end[room]


def member_windows(members: pd.DataFrame, start: Floats, end: Floats) -> pd.DataFrame:
    """Who (``who``) was a member of which ``room`` through which whole ``window``."""
    room = members["room"].to_numpy(np.int64)
    origin, left = start[room], np.fmin(members["left"].to_numpy(np.float64), end[room])
    with np.errstate(invalid="ignore"):
        low = np.maximum(np.nan_to_num(np.ceil((members["joined"].to_numpy(np.float64) - origin) / WINDOW)), 0)
        high = np.nan_to_num(np.floor((left - origin) / WINDOW), neginf=0.0)
    many = np.maximum(high - low, 0).astype(np.int64)
    nth = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return pd.DataFrame(
        {
            "room": np.repeat(room, many),
            "window": np.repeat(low.astype(np.int64), many) + nth,
            "who": np.repeat(members["person"].to_numpy(np.int64), many),
        }
    ).drop_duplicates()


def _silent(
    talk: Talk, posted: pd.DataFrame, start: Floats, members: pd.DataFrame | None, windows: pd.Index
) -> Floats | None:
    """How many people were members through each whole window and posted nothing in it; None without ``members``."""
    if members is None:
        return None
    there = member_windows(members, start, talk.end)
    spoke = posted[["room", "window", "who"]].drop_duplicates().assign(spoke=True)
    there = there.merge(spoke, on=["room", "window", "who"], how="left")
    silent = there[there["spoke"].isna()].groupby(["room", "window"]).size()
    return np.asarray(silent.reindex(windows, fill_value=0), np.float64)


def gini(x: Floats, segment: Ints, zeros: Floats) -> Floats:
    """Gini of the positive counts ``x`` of each segment, ``zeros`` more members having none.

    G = 2 Σ i·x₍ᵢ₎ / (n Σ x) − (n + 1) / n, with x sorted upwards and n members, zeros included.
    """
    order = np.lexsort((x, segment))
    size = np.bincount(segment, minlength=len(zeros))
    rank = np.arange(len(x)) - np.repeat(np.cumsum(size) - size, size) + 1
    total = np.bincount(segment, x, len(zeros))
    n = size + zeros
    ranked = np.bincount(segment, (rank + np.repeat(zeros, size)) * x[order], len(zeros))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * ranked / (n * total) - (n + 1) / n


def top_share(x: Floats, segment: Ints, zeros: Floats, tenth: float = 0.1) -> Floats:
    """Share of the top ``tenth`` of the members of each segment; the last of them counts in part only."""
    order = np.lexsort((-x, segment))
    size = np.bincount(segment, minlength=len(zeros))
    place = np.arange(len(x)) - np.repeat(np.cumsum(size) - size, size)
    part = np.clip(np.repeat(tenth * (size + zeros), size) - place, 0.0, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.bincount(segment, part * x[order], len(zeros)) / np.bincount(segment, x, len(zeros))


def k5(talk: Talk, boot: Boot) -> Measures:
    """Openers and first posts that nobody answers; beside it by replies alone and by an hour of silence alone."""
    asked = openers(talk)
    asked[first_posts(talk)] = True
    unit = talk.unit[asked]
    ways = {"unanswered": "definition", "unanswered_by_reply": "reply", "unanswered_within_hour": "hour"}
    return {name: boot.mean(~answered(talk, how)[asked], unit) for name, how in ways.items()}


def k6(talk: Talk, boot: Boot) -> Measures:
    """Return of newcomers whose first post was answered minus that of the others.

    Return: a post more than 24 hours and at most 60 days after the first. Newcomers are all but the room's first
    poster, whose first post lies at least 60 days before the end of observation. Answered is :func:`answered`.
    """
    first = first_posts(talk)
    age = talk.t - talk.t[first][talk.author]
    back = np.zeros(len(first), bool)
    back[talk.author[(age > DAY) & (age <= 60 * DAY)]] = True
    new = _followed(talk, first, 60)
    new[talk.author[np.unique(talk.room, return_index=True)[1]]] = False
    met, unit = answered(talk)[first], talk.unit[first]
    with_answer, draws = boot.ratio((back & met & new).astype(float), (met & new).astype(float), unit)
    without, draws_without = boot.ratio((back & ~met & new).astype(float), (~met & new).astype(float), unit)
    return {"return_gain": gather(with_answer - without, draws - draws_without, int(new.sum()))}


def k7(talk: Talk, boot: Boot) -> Measures:
    """Delay of the first reply by somebody else, in minutes: median over all messages replied to, and p90 / median.
    Beside it the median over openers and first posts."""
    delay = first_reply_delay(talk) / MINUTE
    replied = np.isfinite(delay)
    asked = openers(talk)
    asked[first_posts(talk)] = True
    return {
        "median_minutes": boot.quantiles(delay[replied], (0.5,), talk.unit[replied]),
        "p90_over_median": boot.quantiles(
            delay[replied], (0.9, 0.5), talk.unit[replied], lambda high, middle: high / middle
        ),
        "median_minutes_openers": boot.quantiles(delay[replied & asked], (0.5,), talk.unit[replied & asked]),
    }


def k8(talk: Talk, boot: Boot) -> Measures:
    """One author's gaps within a room: exponent of the power law on [1 minute, 1 day], and burstiness.

    Burstiness is the median over authors with at least 50 messages in the room, of all their gaps.
    """
    gap, later = own_gaps(talk)
    minutes = gap / MINUTE
    inside = (minutes >= 1) & (minutes <= 1440)
    whole = bool(len(gap)) and bool(np.all(gap % MINUTE == 0))
    logs = np.log(minutes[inside])
    mean, draws = boot.ratio(logs, np.ones(len(logs)), talk.unit[later[inside]])
    exponent = power_exponent(np.append(draws, mean), 1440.0, whole)
    burst, n = burstiness(gap, talk.author[later])
    many = np.flatnonzero(n >= _MIN_GAPS)
    where = np.zeros(len(n), np.int64)
    where[talk.author[later]] = talk.unit[later]
    return {
        "exponent": gather(exponent[-1], exponent[:-1], len(logs)),
        "burstiness": boot.quantiles(burst[many], (0.5,), where[many]),
    }


def power_exponent(mean_log: Floats, high: float, whole: bool = False) -> Floats:
    """Maximum-likelihood exponent a of p(x) ∝ x⁻ᵃ on [1, high] from the mean of ln x.

    The likelihood is greatest where the mean of ln x under the law equals the observed one. With b = a − 1 and
    L = ln high that mean is 1/b − L / (exp(bL) − 1). Logs kept in whole minutes (``whole``) take the law over 1, 2, …
    """
    a = np.linspace(-1.0, 6.0, 3502)  # an even number of points: none at a = 1, where the formula is 0/0
    if whole:
        x = np.arange(1.0, high + 1)
        weight = np.exp(-np.outer(a, np.log(x)))
        mean = weight @ np.log(x) / weight.sum(axis=1)
    else:
        b, length = a - 1, np.log(high)
        mean = 1 / b - length / np.expm1(b * length)
    return np.interp(mean_log, mean[::-1], a[::-1])


def burstiness(gap: Floats, owner: Ints) -> tuple[Floats, Ints]:
    """(sd − mean) / (sd + mean) of the gaps of each owner, sd with denominator n; and the number of gaps."""
    n = np.bincount(owner)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(owner, gap) / n
        sd = np.sqrt(np.bincount(owner, (gap - mean[owner]) ** 2) / n)
        return (sd - mean) / (sd + mean), n


def k9(talk: Talk, boot: Boot) -> Measures:
    """New posters who still post more than 1 day, and more than 7 days, after their first post.

    Only those who came at least 30 days before the end of observation, so that all had time to return.
    """
    first = first_posts(talk)
    last = np.full(len(first), -np.inf)
    np.maximum.at(last, talk.author, talk.t)
    stayed, seen = last - talk.t[first], _followed(talk, first)
    unit = talk.unit[first][seen]
    return {
        "after_1_day": boot.mean(stayed[seen] > DAY, unit),
        "after_7_days": boot.mean(stayed[seen] > 7 * DAY, unit),
    }


def _followed(talk: Talk, posts: Ints, days: int = 30) -> Bools:
    """Which of the ``posts`` were written at least ``days`` before the end of observation."""
    return talk.t[posts] <= talk.end[talk.room[posts]] - days * DAY
