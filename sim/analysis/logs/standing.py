"""What is high and what is low in a log, against real rooms of about its size, and where its rooms stand in their life.

Size is the number of members who post a week, over weeks with talk (:data:`SIZES`), since lurkers are in no log. In
``reference/rooms.json`` stand the quartiles of each measure among the real rooms of each size, and whose rooms they are.
A room is *high* above the upper quartile of its size and *low* below the lower one; a log is if most of its rooms are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.lifecycle import STAGES, stages
from sim.analysis.logs.kinds import LEAST
from sim.analysis.logs.traits import from_odds
from sim.analysis.statistics.intervals import t_interval

__all__ = ["MEASURES", "SIZES", "Life", "Standing", "known_rooms", "life", "quartiles", "standing"]

SIZES = (0.0, 3.0, 6.0)  # members who post a week: where the sizes of rooms begin
QUARTERS = (0.25, 0.5, 0.75)

#: Traits told to an operator, and whether each is a share (taken as log-odds) or an amount (as logarithm).
MEASURES = {
    "rate": "amount", "words": "amount", "arrivals": "amount", "again": "share", "stay_7": "share", "top": "plain",
    "days": "share", "unanswered": "share",
}  # fmt: skip
WEEKS = 4  # looked back on, and as many before them


@dataclass(frozen=True, eq=False)
class Standing:
    """A log beside rooms of its size: ``n_like`` of them, with at most ``largest`` posters a week among all.

    ``table`` has measure, kind, value (of the median room), low, middle, high (quartiles among the real rooms of its
    size), up and down (rooms above the upper and below the lower quartile of their own size), word (``high``, ``low`` or
    ``usual``) and far: how far the value is from the middle, in widths from quartile to quartile (of a single room), or
    the share of rooms on that side.
    """

    table: pd.DataFrame
    posters: float
    size: tuple[float, float]
    n_rooms: int
    n_like: int
    largest: float
    n_real: int


@dataclass(frozen=True, eq=False)
class Life:
    """How many rooms are in each stage; of a single room the stage, how long it has been there, and its age, in days.

    ``now`` and ``before``: people who post a day and room, mean, low, high and n over the last four weeks and the four
    before; NaN where they were not watched.
    """

    rooms: Counter[str]
    stage: str
    since: int
    age: int
    now: tuple[float, float, float, int]
    before: tuple[float, float, float, int]


def natural(name: str, value: Any) -> Any:
    """A trait in the unit people speak of: a share, an amount a day or a week."""
    if MEASURES[name] == "share":
        return from_odds(value)
    return np.exp(value) * (7 if name == "arrivals" else 1) if MEASURES[name] == "amount" else value


def standing(table: pd.DataFrame, known: Mapping[str, Any] | None = None) -> Standing | None:
    """The rooms of ``table`` (of :func:`~sim.analysis.logs.traits.traits`) beside real ones; None if all are too short."""
    known = known or known_rooms()
    table = table[table["n"] >= LEAST]
    if table.empty:
        return None
    posters = np.exp(table["posters"].to_numpy(np.float64))
    size = np.searchsorted(SIZES, posters, side="right") - 1
    middle = int(np.searchsorted(SIZES, np.median(posters), side="right")) - 1
    rows = []
    for name in MEASURES:
        limits = np.array(known["quartiles"][name])
        value = natural(name, table[name].to_numpy(np.float64))
        told = np.isfinite(value)
        side = np.sign((value > limits[size, 2]).astype(int) - (value < limits[size, 0]))[told]
        up, down = int((side > 0).sum()), int((side < 0).sum())
        word = "high" if 2 * up > len(side) else "low" if 2 * down > len(side) else "usual"
        typical = float(np.median(value[told])) if told.any() else float("nan")
        low, half, high = limits[middle]
        far = max(up, down) / len(side) if len(table) > 1 and len(side) else abs(typical - half) / max(high - low, 1e-9)
        rows.append((name, MEASURES[name], typical, low, half, high, up, down, word, far))
    columns = ["measure", "kind", "value", "low", "middle", "high", "up", "down", "word", "far"]
    found = pd.DataFrame(rows, columns=columns)
    edges = (*SIZES, float("inf"))
    return Standing(found, float(np.median(posters)), (edges[middle], edges[middle + 1]), len(table),
                    int(known["rooms"][middle]), float(known["largest"]), int(sum(known["rooms"])))  # fmt: skip


def quartiles(table: pd.DataFrame) -> dict[str, Any]:
    """What ``reference/rooms.json`` holds, from the traits of real rooms: rooms of each size, quartiles by measure."""
    table = table[table["n"] >= LEAST]
    posters = np.exp(table["posters"].to_numpy(np.float64))
    size = np.searchsorted(SIZES, posters, side="right") - 1
    found = {}
    for name in MEASURES:
        value = natural(name, table[name].to_numpy(np.float64))
        found[name] = [[float(f"{x:.3g}") for x in np.nanquantile(value[size == s], QUARTERS)] for s in range(len(SIZES))]
    rooms = np.bincount(size, minlength=len(SIZES)).tolist()
    return {"rooms": rooms, "largest": float(f"{posters.max():.3g}"), "quartiles": found}


@cache
def known_rooms() -> dict[str, Any]:
    """The real rooms in ``reference/rooms.json``, which docs/rooms_reference.py writes."""
    place = resources.files("sim.analysis.logs") / "reference" / "rooms.json"
    found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return found


def life(daily: pd.DataFrame) -> Life:
    """Where the rooms of a log stand on their last day, by the stages of :mod:`sim.analysis.stages`."""
    table = stages(daily)
    starts = np.stack([table["day_born"].to_numpy(np.int64)]
                      + [table[f"day_{name}"].to_numpy(np.int64, na_value=-1) for name in STAGES[1:]])  # fmt: skip
    now = len(STAGES) - 1 - np.argmax(starts[::-1] >= 0, axis=0)
    last = table["day_last"].to_numpy(np.int64)
    since = last + 1 - starts[now, np.arange(len(table))]
    weeks = _by_week(daily)
    return Life(Counter(STAGES[code] for code in now.tolist()), STAGES[int(now[0])], int(since[0]),
                int(last[0] - starts[0, 0] + 1), weeks[0], weeks[1])  # fmt: skip


def _by_week(daily: pd.DataFrame) -> list[tuple[float, float, float, int]]:
    """People who post a day and room: over the last four weeks, and the four before; weeks are what the interval rests on."""
    last = int(daily["day"].max())
    back = (last - daily["day"].to_numpy()) // 7
    rooms_days, posts = np.bincount(back), np.bincount(back, daily["n_posters"].to_numpy(np.float64))
    found = []
    for first in (0, WEEKS):
        part = slice(first, first + WEEKS)
        if len(posts) < first + WEEKS or not rooms_days[part].all():
            found.append((float("nan"), float("nan"), float("nan"), 0))
            continue
        mean, low, high, n = t_interval((posts[part] / rooms_days[part])[:, None])
        found.append((float(mean[0]), max(float(low[0]), 0.0), float(high[0]), int(n[0])))
    return found
