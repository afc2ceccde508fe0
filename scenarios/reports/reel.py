"""A run as a player in a browser needs it: compact numbers by arm, day and group, and no words.

Both who plays a run from a file (`shequn replay`) and who plays it from the web page draw the same reel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.panel import Panel
from sim.analysis.stages import STAGES, stage_codes, stages
from sim.analysis.statistics.intervals import t_interval, t_value

if TYPE_CHECKING:
    from sim.plots.run.measured import Measured

__all__ = ["MANY", "MEASURES", "WALL", "community_curves", "founded", "percentiles", "ratio", "reel", "rounded"]

#: What is drawn, each mean over the groups of a community; adverts are a share of the messages of a week.
MEASURES = ("members", "messages", "adverts", "money")
WALL = 24
"""Groups of an arm that are shown one by one."""
MANY = 8
"""Communities from which on their interval is told; with fewer the spread between groups is."""
_SPREAD, _DAYS = (10.0, 90.0), 7


def reel(measured: Measured) -> dict[str, Any]:
    """Numbers of one world of a run, arms by name.

    ``curves``: measure → mean, low and high by day, and ``ends``, the last value of each community (paired between
    arms). Where there are fewer than :data:`MANY` communities, low and high are the 10th and 90th percentile of the
    groups. ``wall``: of the first groups, members, messages and stage by day (−1: not there), and
    ``of``, the numbers of community and group.
    """
    panel = Panel.of(measured.results.daily)
    n = min(measured.replicates.values())
    return {
        "days": panel.days, "world": measured.world, "reference": measured.reference, "communities": n,
        "band": "interval" if n >= MANY else "spread", "t": _round(float(t_value(n))), "stages": [*STAGES, "dissolved"],
        "arms": {arm: _arm(measured, panel, arm, n >= MANY) for arm in measured.arms},
    }  # fmt: skip


def _arm(measured: Measured, panel: Panel, arm: str, is_many: bool) -> dict[str, Any]:
    mine = (panel.groups["arm"] == arm).to_numpy()
    curves = {name: _curve(panel, name, arm, is_many) for name in MEASURES}
    code = stage_codes(panel, stages(panel, running=measured.running))
    rows = np.flatnonzero(mine)[:WALL]
    there = panel.exists[rows]
    wall = {name: np.where(there, panel.dense(f"n_{name}")[rows], -1).tolist() for name in ("members", "messages")}
    shown = panel.groups.iloc[rows][["replicate", "group"]].to_numpy().tolist()
    return {"groups": int(mine.sum()), "curves": curves, "wall": {**wall, "stage": code[rows].tolist(), "of": shown}}


def _curve(panel: Panel, name: str, arm: str, is_many: bool) -> dict[str, Any]:
    """Mean over communities with the band, and where each community ends."""
    values = community_curves(panel, name)[(panel.communities["arm"] == arm).to_numpy()]
    mean, low, high, _ = t_interval(values)
    if not is_many:
        mine = (panel.groups["arm"] == arm).to_numpy()
        top, bottom = _parts(panel, name)
        low, high = percentiles(ratio(top[mine], bottom[mine]))
    curves = {"mean": mean, "low": low, "high": high, "ends": values[:, -1]}
    return {key: rounded(one) for key, one in curves.items()} | {"share": name == "adverts"}


def community_curves(panel: Panel, name: str) -> np.ndarray:
    """(communities, days) a measure's mean over the groups of each community."""
    top, bottom = _parts(panel, name)
    return ratio(panel.by_community(top), panel.by_community(bottom))


def _parts(panel: Panel, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Numerator and denominator of a measure by group and day."""
    if name == "adverts":
        return _week(panel.dense("n_ads")), _week(panel.dense("n_messages"))
    if name == "money":
        return np.cumsum(panel.dense("revenue") - panel.dense("cost"), axis=1, dtype=np.float64), founded(panel)
    return panel.dense(f"n_{name}").astype(np.float64), panel.exists.astype(np.float64)


def founded(panel: Panel) -> np.ndarray:
    """(groups, days) 1 from the day on which a group was founded, whatever became of it: it shares in all sums."""
    return np.maximum.accumulate(panel.exists, axis=1).astype(np.float64)


def _week(values: np.ndarray) -> np.ndarray:
    """Of each day, the sum over it and the six days before."""
    sums = np.cumsum(values, axis=1, dtype=np.float64)
    sums[:, _DAYS:] -= sums[:, :-_DAYS].copy()
    return sums


def ratio(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """NaN where nothing is known."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(bottom > 0, top / bottom, np.nan)


def percentiles(values: np.ndarray) -> np.ndarray:
    """10th and 90th percentile of the groups by day: (2, days); NaN where there is none.

    As :func:`numpy.nanpercentile` finds them, which takes ten times as long.
    """
    last = np.maximum((~np.isnan(values)).sum(axis=0) - 1, 0)
    ranked, day = np.sort(values, axis=0), np.arange(values.shape[1])  # what is not known stands last
    at = np.array(_SPREAD)[:, None] / 100 * last
    below = at.astype(np.int64)
    low, high = ranked[below, day], ranked[np.minimum(below + 1, last), day]
    return low + (at - below) * (high - low)


def rounded(values: np.ndarray) -> list[float | None]:
    """Four figures; None where nothing is known."""
    return [_round(float(value)) for value in values]


def _round(value: float) -> float | None:
    return float(f"{value:.4g}") if np.isfinite(value) else None
