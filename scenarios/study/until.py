"""``until=±x``: how many seeds to play next. What a precision needs is told by :mod:`sim.analysis.study.precision`.

The guess of few seeds is poor, so the number at most doubles in one step; and it grows by some, since every step has a
price of its own.
"""

from __future__ import annotations

import pandas as pd

from scenarios.errors import ConfigError
from scenarios.study.study import Study
from sim.analysis.study.precision import more_seeds

__all__ = ["MOST_SEEDS", "seeds_until"]

MOST_SEEDS = 10_000
_STEP = 5
_ENOUGH = 20
"""Where an outcome is not defined in so many communities, further ones will not help."""


def seeds_until(outcomes: pd.DataFrame, study: Study, target: float) -> int:
    """Seeds to play next; not more than the study has, if ``target`` is reached or cannot be.

    Raises
    ------
    ConfigError
        If there is no second arm to compare with.
    """
    if len(study.arms) < 2:
        raise ConfigError("until= compares arms with the reference; this study has one arm")
    more = more_seeds(study, outcomes, target) if len(outcomes) else None
    if more is None and study.seeds < _ENOUGH:
        more = study.seeds
    if not more:
        return study.seeds
    step = min(max(more, _STEP), max(study.seeds, _STEP))
    return max(study.seeds, min(MOST_SEEDS, study.seeds + step))
