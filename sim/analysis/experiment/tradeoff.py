"""Lifetime, conversion, cost: which arms cannot be beaten in one without losing in another?

Arm a beats arm b where it is at least as good in every objective and better in one. The arms nobody beats are the front
(Pareto's). With uncertainty: the share of bootstrap draws (whole communities, all arms and objectives together) in which
an arm is on the front. Values closer than a billionth of the largest are taken as equal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.experiment.asked import Asked, Floats, block, sign_of
from sim.analysis.experiment.resample import drawn_means, limits

__all__ = ["OBJECTIVES", "front", "objectives", "tradeoff"]

#: One of each kind, the first that the study has.
OBJECTIVES = (("lifetime", "alive"), ("buyers", "revenue_per_member", "revenue"),
              ("cost_with_hours", "cost", "host_hours"))  # fmt: skip
_EQUAL = 1e-9


def objectives(study: Asked) -> list[str]:
    """What is traded off: lifetime, conversion and cost, as far as the study asks for them."""
    found = [next((name for name in kind if name in study.outcomes), None) for kind in OBJECTIVES]
    return [name for name in found if name]


def tradeoff(study: Asked, table: pd.DataFrame, names: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per world and arm: ``world, arm, n, on_front, p_front`` and for each objective mean, low and high.

    The columns of objective x are ``x, x_low, x_high``. Empty with fewer than two objectives.
    """
    names = list(names or objectives(study))
    if len(names) < 2:
        return pd.DataFrame()
    sign = np.array([sign_of(name) or 1 for name in names], dtype=np.float64)
    parts = []
    for world in table["world"].unique():
        arms, values = _together(table, str(world), names)
        if len(arms) < 2 or not len(values):
            continue
        draws = drawn_means(values)
        low, high = limits(draws)
        mean = values.mean(axis=0)
        columns = {"arm": arms, "n": len(values), "on_front": front(mean * sign), "p_front": _share(draws * sign)}
        for k, name in enumerate(names):
            columns |= {name: mean[:, k], f"{name}_low": low[:, k], f"{name}_high": high[:, k]}
        parts.append(pd.DataFrame({"world": str(world), **columns}))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _together(table: pd.DataFrame, world: str, names: Sequence[str]) -> tuple[list[str], Floats]:
    """Arms with every objective, and values (replicates, arms, objectives) of the replicates that have them all."""
    kept = set.intersection(*(set(block(table, world, name).arms) for name in names))
    rows = table[(table["world"] == world) & table["arm"].isin(kept)]
    order = [str(arm) for arm in table["arm"].cat.categories if arm in kept]
    if len(order) < 2:
        return order, np.zeros((0, len(order), len(names)))
    wide = rows.pivot(index="replicate", columns="arm", values=list(names)).dropna()
    return order, np.stack([wide[name][order].to_numpy(dtype=np.float64) for name in names], axis=-1)


def front(points: Floats) -> NDArray[np.bool_]:
    """Which rows of ``points`` (…, arms, objectives; more is better) are beaten by no other row."""
    near = _EQUAL * np.abs(points).max(axis=-2, keepdims=True)
    a, b = points[..., None, :, :], points[..., :, None, :]
    gap = a - b
    beats = (gap >= -near[..., None, :]).all(axis=-1) & (gap > near[..., None, :]).any(axis=-1)
    return ~beats.any(axis=-1)


def _share(draws: Floats) -> Floats:
    return np.mean([front(part).mean(axis=0) for part in np.array_split(draws, max(1, len(draws) // 200))], axis=0)
