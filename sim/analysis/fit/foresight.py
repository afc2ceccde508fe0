"""The last third of each room, predicted from the first two: by the fitted world, and by *the last month goes on*.

The world's word on a room are the simulated rooms most like it so far (messages in all, in the last 28 and 7 days, days
with talk, days since the last word), weighted by likeness: what became of them is the forecast, a whole distribution.
The other forecast says that days go on like those of the last 28. It has no uncertainty of its own, so it is given that
of its errors in the other rooms. Both are scored by the continuous ranked probability score (Gneiting & Raftery 2007)
of ln(1 + x): the smaller the better, and for a single number just how far off it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.statistics.bootstrap import Boot

__all__ = ["FEW", "MEASURES", "Foresight", "crps", "foresee"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MEASURES = ("messages", "days")
MONTH = 28
LEAST_DAYS = 21  # of watch, for a room to be predicted
_LIKE, _LEAST_LIKE = 0.03, 40
FEW = 5
"""Rooms, below which no interval is told, and what goes on has no spread."""
_DRAWS = 2_000


@dataclass(frozen=True, eq=False)
class Foresight:
    """``rooms``: a row a room and measure, with what came and both forecasts (median, 5 % and 95 %, score).
    ``scores``: a row a measure: mean scores, their difference with its 95 % interval over rooms, how often the 90 %
    intervals held, how many rooms."""

    rooms: pd.DataFrame
    scores: pd.DataFrame


def crps(x: Floats, weights: Floats, came: float) -> float:
    """Σ w |x − y| − ½ ΣΣ w w' |x − x'|, by sorted values."""
    order = np.argsort(x, kind="stable")
    x, w = x[order], weights[order] / weights.sum()
    below = np.cumsum(w) - w
    spread = float((w * x * (2 * below + w - 1)).sum())  # ½ ΣΣ w w' |x − x'|
    return float((w * np.abs(x - came)).sum()) - spread


def foresee(own: Ints, simulated: Ints, watch: tuple[float, ...], early: float = 2 / 3) -> Foresight:
    """``own`` has messages by room and day, ``simulated`` by draw, room and day; days that were not seen are −1."""
    crowd = simulated.reshape(-1, simulated.shape[-1])
    rows = []
    for room, days in enumerate(watch):
        whole, cut = int(days), int(days * early)
        mine = own[room]
        if days < LEAST_DAYS or mine[:cut].sum() == 0:
            continue
        like, weights = _most_like(mine, crowd[crowd[:, whole - 1] >= 0], cut)
        if not len(like):
            continue
        for measure in MEASURES:
            rows.append({"room": room, "measure": measure, "days": whole - cut, "came": _outcome(mine, cut, whole, measure),
                         "month": _goes_on(mine, cut, whole, measure),
                         **_world(_outcome(like, cut, whole, measure), weights)})  # fmt: skip
    table = pd.DataFrame(rows)
    if not len(table):
        return Foresight(table, pd.DataFrame())
    table = _scored(table)
    return Foresight(table.drop(columns=["_x", "_w"]), _scores(table))


def _most_like(mine: Ints, crowd: Ints, cut: int) -> tuple[Ints, Floats]:
    """The simulated rooms most like one so far, and their weights."""
    if not len(crowd):
        return crowd, np.zeros(0)
    theirs, own = _looks(crowd, cut), _looks(mine[None, :], cut)
    scale = np.maximum(theirs.std(axis=0), 1e-9)
    distance = np.sqrt((((theirs - own) / scale) ** 2).sum(axis=1))
    n = min(max(round(_LIKE * len(crowd)), _LEAST_LIKE), len(crowd))
    near = np.argsort(distance, kind="stable")[:n]
    return crowd[near], 1 - (distance[near] / (distance[near].max() * (1 + 1e-9) + 1e-12)) ** 2 + 1e-6


def _looks(days: Ints, cut: int) -> Floats:
    """What is looked at of rooms so far."""
    before = np.maximum(days[:, :cut], 0)
    silent = np.argmax(before[:, ::-1] > 0, axis=1) + np.where(before.any(axis=1), 0, cut)
    columns = (np.log1p(before.sum(axis=1)), np.log1p(before[:, -MONTH:].sum(axis=1)), np.log1p(before[:, -7:].sum(axis=1)),
               np.sqrt((before[:, -MONTH:] > 0).mean(axis=1)), np.log1p(silent))  # fmt: skip
    return np.column_stack(columns).astype(np.float64)


def _outcome(days: Ints, cut: int, whole: int, measure: str):  # type: ignore[no-untyped-def]
    """Messages, or days with talk, from the cut to the end."""
    rest = np.maximum(days[..., cut:whole], 0)
    return (rest if measure == "messages" else rest > 0).sum(axis=-1)


def _goes_on(mine: Ints, cut: int, whole: int, measure: str) -> float:
    """The last month's days, as many as are to come."""
    month = min(MONTH, cut)
    return float(_outcome(mine, cut - month, cut, measure)) * (whole - cut) / month


def _world(x: Ints, weights: Floats) -> dict[str, object]:
    order = np.argsort(x, kind="stable")
    heap = np.cumsum(weights[order]) / weights.sum()
    at = np.minimum(np.searchsorted(heap, [0.05, 0.5, 0.95]), len(x) - 1)
    low, middle, high = (float(x[order][k]) for k in at)
    return {"low": low, "median": middle, "high": high, "_x": x, "_w": weights}


def _scored(table: pd.DataFrame) -> pd.DataFrame:
    """Both forecasts' scores; the month's also as a distribution, by its errors in the other rooms."""
    table = table.assign(score=np.nan, month_off=np.nan, month_score=np.nan, month_low=np.nan, month_high=np.nan)
    for _, part in table.groupby("measure"):
        came, month = np.log1p(part["came"].to_numpy(np.float64)), np.log1p(part["month"].to_numpy(np.float64))
        for place, row in enumerate(part.index):
            score = crps(np.log1p(table.at[row, "_x"].astype(np.float64)), table.at[row, "_w"], came[place])
            table.loc[row, ["score", "month_off"]] = score, abs(came[place] - month[place])
            others = np.delete(came - month, place)
            if len(others) >= FEW - 1:
                guess = np.maximum(month[place] + others, 0.0)
                low, high = np.expm1(np.quantile(guess, [0.05, 0.95]))
                found = crps(guess, np.ones(len(guess)), came[place]), low, high
                table.loc[row, ["month_score", "month_low", "month_high"]] = found
    return table


def _scores(table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for measure, part in table.groupby("measure", sort=False):
        n, came = len(part), part["came"]
        rival = part["month_score"] if part["month_score"].notna().all() else part["month_off"]
        gain = (rival - part["score"]).to_numpy(np.float64)
        low, high = np.nan, np.nan
        if n >= FEW:
            found = Boot(n, _DRAWS).mean(gain, np.arange(n))
            low, high = found.low, found.high
        rows.append({
            "measure": measure, "rooms": n, "score": part["score"].mean(), "month_score": part["month_score"].mean(),
            "month_off": part["month_off"].mean(), "gain": gain.mean(), "low": low, "high": high,
            "held": ((part["low"] <= came) & (came <= part["high"])).mean(),
            "month_held": ((part["month_low"] <= came) & (came <= part["month_high"])).mean()
            if part["month_low"].notna().all() else np.nan,
        })  # fmt: skip
    return pd.DataFrame(rows)
