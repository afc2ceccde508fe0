"""How what people do changes with the time they have been there: who still writes, how much, and who leaves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.analysis.fit.scales import share
from sim.analysis.logs.talk import DAY, Floats, Ints, Talk, first_posts

__all__ = ["SPANS", "STILL", "labels", "rates", "still_writing"]

#: Spans of an age in days: name, first day, day after the last, what it is called.
SPANS: tuple[tuple[str, float, float, tuple[str, str]], ...] = (
    ("day", 0, 1, ("day 1", "第1天")),
    ("week", 1, 7, ("days 2 to 7", "第2–7天")),
    ("month", 7, 28, ("days 8 to 28", "第8–28天")),
    ("quarter", 28, 91, ("days 29 to 91", "第29–91天")),
    ("half", 91, 182, ("days 92 to 182", "第92–182天")),
    ("later", 182, np.inf, ("day 183 and later", "第183天起")),
)
_BEGUN = 30.0  # days that the open span must be watched for


def labels(root: str, en: str, zh: str) -> dict[str, tuple[str, str]]:
    """What a summary of every span is called; ``{span}`` stands for it.

    >>> labels("lines", "messages on {span}", "{span}的消息")["lines_week"]
    ('messages on days 2 to 7', '第2–7天的消息')
    """
    return {f"{root}_{name}": (en.format(span=span[0]), zh.format(span=span[1])) for name, _, _, span in SPANS}


STILL = {name: label for name, label in
         labels("still", "who write on {span} after their first post", "首次发言后{span}仍发言的人").items()
         if name != "still_day"}  # fmt: skip


def _edges() -> Iterator[tuple[str, float, float]]:
    for name, low, high, _ in SPANS:
        yield name, low * DAY, high * DAY


def still_writing(talk: Talk) -> dict[str, float]:
    """Of the posters who are watched through a span after their first post, how many write in it."""
    first = first_posts(talk) if talk.n else np.zeros(0, np.int64)
    age = talk.t - talk.t[first][talk.author]
    watched = talk.end[talk.room[first]] - talk.t[first]
    found = {}
    for name, low, high in list(_edges())[1:]:
        active = np.zeros(len(first), bool)
        active[talk.author[(age >= low) & (age < high)]] = True
        until = high if np.isfinite(high) else low + _BEGUN * DAY
        found[f"still_{name}"] = share(active[watched >= until])
    return found


def rates(root: str, ages: Floats, there: Floats, spare: float) -> dict[str, float]:
    """How often a member does something on a day of each span, as logarithms: ``ages`` (seconds) at which it was done,
    by whomever, and how long each member was there. Half a time in ``spare`` days is added, so that nothing is
    infinite; where nobody was there for a day there is nothing to tell.
    """
    counts: Ints = np.histogram(ages, [low for _, low, _ in _edges()] + [np.inf])[0]
    days = [(np.clip(there, low, high) - low).sum() / DAY for _, low, high in _edges()]
    return {f"{root}_{name}": float(np.log((n + 0.5) / (d + spare))) if d >= 1 else float("nan")
            for (name, _, _), n, d in zip(_edges(), counts, days, strict=True)}  # fmt: skip
