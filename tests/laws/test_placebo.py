"""What changes nothing but luck is not called an effect, and intervals cover zero as often as they say."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from scenarios.config.catalog import strategies
from sim import simulate
from sim.analysis.experiment.effects import smallest_relevant
from sim.analysis.experiment.trials import Trial, judged
from sim.analysis.outcomes import OUTCOMES, outcomes
from sim.analysis.statistics.skewed import mean_interval
from tests.plays import lively

N = 100  # communities an arm
SEEDS = (1, 2, 3, 4)


@cache
def measured(seed: int) -> pd.DataFrame:
    """All outcomes of communities in which nothing is done."""
    return outcomes(simulate(lively((), seed=seed, replicates=2 * N, days=40, record="spells")))


def differences(seed: int) -> dict[str, np.ndarray]:
    """By outcome: a hundred communities less a hundred others, which differ in nothing but luck."""
    table = measured(seed)
    known = {name: table[name].to_numpy(dtype=float) for name in OUTCOMES if name in table}
    return {name: values[:N] - values[N:] for name, values in known.items() if np.isfinite(values).sum() > N}


def test_of_intervals_between_like_arms_as_many_exclude_zero_as_should() -> None:
    """99 % intervals of all outcomes in four worlds of luck: at most 2 % exclude zero (outcomes go together, so a few
    more or fewer than 1 % are luck); of 95 % intervals at most 8 %.
    """
    found = [mean_interval(values) for seed in SEEDS for values in differences(seed).values() if np.ptp(values) > 0]
    p = np.array([one.p for one in found])
    assert len(p) > 100
    assert np.mean(p < 0.01) <= 0.02
    assert np.mean(p < 0.05) <= 0.08


@cache
def verdicts(seed: int) -> pd.Series:
    """Of every expectation of every strategy, of communities that differ in luck alone; Holm at 1 % over all."""
    found, level = differences(seed), measured(seed)
    trials = [Trial(name, one.world, one.against, one.outcome, "", one.sign,
                    one.least or smallest_relevant(one.outcome, float(level[one.outcome].mean())), found[one.outcome])
              for name, made in strategies().items() for one in made.expected
              if one.sign and one.outcome in found]  # fmt: skip
    assert len(trials) > 60
    return judged(trials)["verdict"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_placebo_passes_no_trial(seed: int) -> None:
    assert set(verdicts(seed)) <= {"not_shown", "opposite"}


def test_of_a_placebo_as_few_are_opposite_as_should() -> None:
    """*Opposite* is each by itself, two-sided at 1 % and only where the sign is wrong: half a per cent; outcomes go
    together, so up to 2 % over four worlds of luck."""
    assert np.mean(np.concatenate([verdicts(seed) for seed in SEEDS]) == "opposite") <= 0.02
