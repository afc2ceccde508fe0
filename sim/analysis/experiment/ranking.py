"""Which place each arm takes in one outcome, and between which places it may well lie.

The means of all arms are drawn together (:mod:`sim.analysis.experiment.resample`); in every draw the arms are ranked, 1 is
best, arms that are equal share the better place. Limits are the 2.5 and 97.5 per cent points of an arm's places.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from sim.analysis.experiment.asked import Floats, block, sign_of
from sim.analysis.experiment.resample import drawn_means

__all__ = ["ranking"]


def ranking(table: pd.DataFrame, world: str, outcome: str) -> pd.DataFrame:
    """One row per arm, the best first, arms that are equal in the study's order.

    Columns: ``arm, rank, low, high`` (places from 1; limits are missing below two communities) and ``shared``: does
    another arm have the same place? Empty where the outcome knows no better and worse. ``table`` from
    :func:`sim.analysis.experiment.asked.checked`.
    """
    one, sign = block(table, world, outcome), sign_of(outcome)
    if not sign or not one.n:
        return pd.DataFrame(columns=["arm", "rank", "low", "high", "shared"])
    rank = _places(sign * one.values.mean(axis=0, keepdims=True))[0]
    low, high = _limits(sign * drawn_means(one.values)) if one.n > 1 else (np.full(len(rank), np.nan),) * 2
    found = pd.DataFrame({"arm": one.arms, "rank": rank.astype(int), "low": low, "high": high})
    found["shared"] = found["rank"].duplicated(keep=False)
    return found.sort_values("rank", kind="stable", ignore_index=True)


def _places(values: Floats) -> Floats:
    """Places of the columns in each row, the largest first."""
    return np.asarray(rankdata(-np.round(values, 12), method="min", axis=1), dtype=np.float64)


def _limits(draws: Floats) -> tuple[Floats, Floats]:
    places = _places(draws)
    return (np.percentile(places, 2.5, axis=0, method="lower"), np.percentile(places, 97.5, axis=0, method="higher"))
