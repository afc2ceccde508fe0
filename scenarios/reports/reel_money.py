"""Funnel and purse of a reel: how far people got, and what came in and went out, per group from day 0 to each day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.reports.reel import MANY, founded, percentiles, ratio, rounded
from sim.analysis.panel import Panel
from sim.analysis.so_far import cost_so_far, income_so_far, steps_so_far
from sim.analysis.statistics.intervals import t_interval

if TYPE_CHECKING:
    from sim.plots.run.measured import Measured

__all__ = ["PARTS", "account"]

PARTS = ("funnel", "income", "cost", "left")
_FIRST, _LAST = ("purchases", "entries"), ("fees", "hours")
_ALWAYS = ("purchases", "hours")
"""Kinds that are shown where nothing of them has come, too."""
_SIGNED = ("money", "with_hours")

Sums = Mapping[str, np.ndarray]


def account(measured: Measured) -> dict[str, Any]:
    """``names``: of each part the rows that there are; ``arms``: arm → row → mean, low and high by day.

    ``funnel``: people by step. ``income`` and ``cost``: CNY by kind. ``left``: what is left of the income, ``money``
    before and ``with_hours`` after the host's hours at their wage. All are shared out to the groups founded so far. Low
    and high are what they are in a reel's curves.
    """
    panel = Panel.of(measured.results.daily)
    parts = _parts(measured, panel)
    names = {part: list(rows) for part, rows in parts.items()}
    sums = {name: of for rows in parts.values() for name, of in rows.items()}
    there, is_many = founded(panel), min(measured.replicates.values()) >= MANY
    arms = {arm: {name: _banded(panel, of, there, arm, is_many, name in _SIGNED) for name, of in sums.items()}
            for arm in measured.arms}  # fmt: skip
    return {"names": names, "arms": arms}


def _parts(measured: Measured, panel: Panel) -> dict[str, Sums]:
    """Part of the picture → row → (groups, days)."""
    income, cost = income_so_far(panel, measured.results), cost_so_far(panel, measured.results)
    nothing = np.zeros(panel.exists.shape)
    hours = cost.get("hours")
    money = sum(income.values(), nothing) - sum((of for name, of in cost.items() if name != "hours"), nothing)
    left = {"money": money} | ({} if hours is None else {"with_hours": money - hours})
    return dict(zip(PARTS, (steps_so_far(panel, measured.results), _some(income), _some(cost), left), strict=True))


def _some(kinds: Sums) -> Sums:
    """Without what is nothing throughout, in the order in which they are shown."""
    others = (name for name in kinds if name not in (*_FIRST, *_LAST))
    order = [name for name in (*_FIRST, *others, *_LAST) if name in kinds]
    return {name: kinds[name] for name in order if name in _ALWAYS or kinds[name].any()}


def _banded(
    panel: Panel, sums: np.ndarray, there: np.ndarray, arm: str, is_many: bool, may_be_negative: bool
) -> dict[str, list[float | None]]:
    """Mean over communities and its interval; of few communities how far groups lie apart."""
    values = ratio(panel.by_community(sums), panel.by_community(there))
    mean, low, high, _ = t_interval(values[(panel.communities["arm"] == arm).to_numpy()])
    if not is_many:
        mine = (panel.groups["arm"] == arm).to_numpy()
        low, high = percentiles(ratio(sums[mine], there[mine]))
    if not may_be_negative:
        low = np.maximum(low, 0.0)
    return {"mean": rounded(mean), "low": rounded(low), "high": rounded(high)}
