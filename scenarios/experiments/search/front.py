"""The unbeaten points twice: on the seeds that chose them, and on fresh ones.

Points are chosen because they did well on the seeds of the search, and part of that is luck; so their numbers there
flatter them (the winner's curse). The fresh seeds know nothing of the choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from scenarios.experiments.search.file import Search
from sim.analysis.experiment.searched import Front
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["Front", "arm_of", "is_unbeaten", "looked_at", "means_of", "runs_of"]

_COLUMNS = ("mean", "low", "high", "n", "rough")


def arm_of(number: int) -> str:
    """What the arm of a trial is called."""
    return f"trial {number}"


def means_of(outcomes: pd.DataFrame, names: Sequence[str], trials: Sequence[int]) -> pd.DataFrame:
    """``trial, outcome, mean, low, high, n, rough`` from a table with one row a run; 95 % limits over communities."""
    rows = []
    for trial in trials:
        mine = outcomes[outcomes["arm"] == arm_of(trial)]
        found = mean_interval(mine[list(names)].to_numpy(dtype=np.float64))
        columns = {name: getattr(found, name) for name in _COLUMNS}
        rows.append(pd.DataFrame({"trial": trial, "outcome": list(names), **columns}))
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["trial", "outcome", *_COLUMNS])


def runs_of(outcomes: pd.DataFrame, names: Sequence[str], trials: Sequence[int]) -> pd.DataFrame:
    """``trial, replicate`` and the outcomes, one row a run."""
    number = {arm_of(trial): trial for trial in trials}
    mine = outcomes[outcomes["arm"].isin(list(number))]
    return mine.assign(trial=mine["arm"].astype(str).map(number).astype(int))[["trial", "replicate", *names]]


def looked_at(search: Search, before: pd.DataFrame, after: pd.DataFrame) -> Front:
    """The front with what became of it; a point with an undefined outcome cannot be said to keep or beat anything."""
    by_trial = after.groupby("trial").filter(lambda rows: rows["mean"].notna().all()).groupby("trial")
    means = {int(trial): dict(zip(rows["outcome"], rows["mean"], strict=True)) for trial, rows in by_trial}
    kept = [trial for trial, found in means.items() if all(c.excess(found[c.outcome]) <= 0 for c in search.constraints)]
    unbeaten = [trial for trial in kept if is_unbeaten(trial, kept, means, search.objectives)]
    return Front(before, after, tuple(kept), tuple(unbeaten))


def is_unbeaten(
    trial: int, others: Sequence[int], means: Mapping[int, Mapping[str, float]], objectives: Mapping[str, str]
) -> bool:
    """Is there no other trial that is at least as good in all objectives and better in one?"""

    def gains(one: int) -> np.ndarray:
        ways = [1.0 if way == "maximize" else -1.0 for way in objectives.values()]
        return np.array([means[one][name] for name in objectives]) * ways

    mine = gains(trial)
    return not any((gains(one) >= mine).all() and (gains(one) > mine).any() for one in others if one != trial)
