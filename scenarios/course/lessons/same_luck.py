"""07 The same luck: what is gained by letting the same people knock on the same doors in every arm?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from scenarios.course.intervals import interval
from scenarios.course.lesson import Exercise, Facts, Lesson, play_arms
from sim.analysis.outcomes import outcomes
from sim.data.results import Results

__all__ = ["LESSON"]


def facts(played: Results) -> Facts:
    """What a size cap changes in what members write: by pairs, and as if the arms had nothing in common."""
    talk = outcomes(played).pivot(index="replicate", columns="arm", values="member_messages")
    free, capped = talk["nothing"], talk["group_cap"]
    paired, one, other = interval(capped - free), interval(free), interval(capped)
    together = float(np.var(capped - free, ddof=1))
    times = _saving(free, capped)
    low, high = _limits(free, capped)
    is_sure = paired.low > 0 or paired.high < 0
    return {
        "difference": paired.mean, "low": paired.low, "high": paired.high, "n": paired.n,
        "free": one.mean, "free_low": one.low, "free_high": one.high,
        "capped": other.mean, "capped_low": other.low, "capped_high": other.high,
        "sure": "b" if is_sure else "e",
        "times": times, "times_low": low, "times_high": high,
        "widths": times**0.5,
        "correlation": float(np.corrcoef(free, capped)[0, 1]),
        "inverse": 1 / times,
        "one_arm": float(np.var(free, ddof=1)) / together,
    }  # fmt: skip


def _saving(free: pd.Series, capped: pd.Series) -> float:
    """Variance of the difference of unrelated communities over that of pairs."""
    return float((np.var(free, ddof=1) + np.var(capped, ddof=1)) / np.var(capped - free, ddof=1))


def _limits(free: pd.Series, capped: pd.Series) -> tuple[float, float]:
    """Rough 95 % limits of the saving: leaving out one pair after another (jackknife), on the logarithm."""
    n = len(free)
    left_out = np.log([_saving(free.drop(one), capped.drop(one)) for one in free.index])
    half = special.stdtrit(n - 1, 0.975) * np.sqrt((n - 1) / n * np.sum((left_out - left_out.mean()) ** 2))
    middle = _saving(free, capped)
    return middle * float(np.exp(-half)), middle * float(np.exp(half))


LESSON = Lesson(
    number="07",
    minutes=45,
    shared=["scenario=pet_owners", "population=small", "replicates=20", "days=120"],
    arms={"nothing": ["strategy=[nothing]"], "group_cap": ["strategy=[group_cap]"]},
    facts=facts,
    exercises=(
        Exercise("07.1", "sure", {"overlap": "a", "no_interval": "c", "one_run": "d"}, choices="abcde"),
        Exercise("07.2", "times", {"unsquared": "widths", "correlation": "correlation", "inverse": "inverse",
                                   "one_arm": "one_arm"}, within=0.15),
    ),
    played=play_arms,
)
