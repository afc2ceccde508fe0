"""The unbeaten points twice: on the seeds that chose them, and on fresh ones.

Points are chosen because they did well on the seeds of the search, and part of that is luck; so their numbers there
flatter them (the winner's curse). The fresh seeds know nothing of the choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scenarios.study.search.file import Search
from scenarios.study.search.points import arm_of
from sim.analysis.skewed import mean_interval

__all__ = ["Front", "is_unbeaten", "looked_at", "means_of"]


@dataclass(frozen=True)
class Front:
    """``before`` and ``after`` hold one row a point and outcome: ``trial, outcome, mean, low, high, n``.

    ``kept`` are the trials that keep every constraint on fresh seeds, ``unbeaten`` those of them that no other beats.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    kept: tuple[int, ...]
    unbeaten: tuple[int, ...]

    def flattery(self, outcome: str) -> tuple[float, float, float, int]:
        """Mean over the points of (search − fresh), with its 95 % limits and the number of points.

        The points share their communities, so the limits tell how points differ, not how seeds do.
        """
        pair = [frame[frame["outcome"] == outcome].set_index("trial")["mean"] for frame in (self.before, self.after)]
        found = mean_interval((pair[0] - pair[1]).to_numpy(dtype=np.float64))
        return float(found.mean), float(found.low), float(found.high), int(found.n)


def means_of(outcomes: pd.DataFrame, names: Sequence[str], trials: Sequence[int]) -> pd.DataFrame:
    """``trial, outcome, mean, low, high, n`` from a table with one row a run; 95 % limits over communities."""
    rows = []
    for trial in trials:
        mine = outcomes[outcomes["arm"] == arm_of(trial)]
        found = mean_interval(mine[list(names)].to_numpy(dtype=np.float64))
        columns = {"mean": found.mean, "low": found.low, "high": found.high, "n": found.n}
        rows.append(pd.DataFrame({"trial": trial, "outcome": list(names), **columns}))
    return pd.concat(rows, ignore_index=True)


def looked_at(search: Search, before: pd.DataFrame, after: pd.DataFrame) -> Front:
    """The front with what became of it."""
    by_trial = after.groupby("trial")
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
