"""How many seeds until the primary outcome is known to ± x? The widest of its paired intervals decides.

The half width of an interval falls as t(n) / √n, so n seeds with half width h need about n (h / x)² for x. The guess is
corrected after each step: the number of seeds at most doubles, and ends at the number a study may have.
"""

from __future__ import annotations

import math

import pandas as pd

from scenarios.errors import ConfigError
from scenarios.study.study import Study
from sim.analysis.paired import paired

__all__ = ["MOST_SEEDS", "half_width", "more_seeds"]

MOST_SEEDS = 10_000
_STEP = 5


def half_width(outcomes: pd.DataFrame, study: Study) -> float:
    """The widest half width of the primary outcome's differences to the reference, over arms and worlds."""
    table = paired(outcomes[["arm", "world", "replicate", study.primary]], study.reference)
    return float(((table["high"] - table["low"]) / 2).max(skipna=True))


def more_seeds(outcomes: pd.DataFrame, study: Study, target: float) -> int:
    """Seeds to play next; not more than the study has, if ``target`` is reached or cannot be.

    Raises
    ------
    ConfigError
        If there is no second arm to compare with.
    """
    if len(study.arms) < 2:
        raise ConfigError("until= compares arms with the reference; this study has one arm")
    half = half_width(outcomes, study) if len(outcomes) else math.nan
    if half <= target or study.seeds >= MOST_SEEDS:
        return study.seeds
    if math.isnan(half):
        return max(study.seeds + _STEP, 2 * _STEP)
    guess = math.ceil(study.seeds * (half / target) ** 2)
    return min(MOST_SEEDS, max(study.seeds + _STEP, min(guess, 2 * study.seeds)))
