"""Which set is tried next. A pure function of the seed, the start and the trials so far, so a calibration goes on after
a kill as if nothing had been.

Each start has a place of its own: the first is what the rules say today, the others are points of a scrambled Sobol
sequence over all ranges. Nine points around it follow, within a quarter of each range; then Optuna's TPE, which models
the numbers together, proposes from what this start has tried (Bergstra et al. 2011, Adv. Neural Inf. Process. Syst. 24;
Falkner et al. 2018, Proc. Mach. Learn. Res. 80, for several numbers together).
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from scenarios.experiments.calibration.tuned import Point, Tuning
from scenarios.experiments.search.explore import optuna

__all__ = ["AROUND", "cube_points", "proposed"]

AROUND = 10
"""Trials before the sampler proposes: the start itself, and points around it."""
_REACH = 0.25


def proposed(tuning: Tuning, seed: int, start: int, before: Sequence[tuple[Point, float]]) -> Point:
    """The next point of a start, after the points ``before`` with their losses."""
    number = len(before)
    if number == 0 and start == 0:
        return tuning.now()
    if number == 0:
        return _from_cube(tuning, cube_points(len(tuning.tuned), start, seed)[-1])
    if number < AROUND:
        home = np.array(tuning.places(before[0][0]))
        step = cube_points(len(tuning.tuned), number, seed + 1 + start)[-1]
        return _from_cube(tuning, home + _REACH * (2 * step - 1))
    return _sampled(tuning, _number_for(seed, start, number), before)


def _from_cube(tuning: Tuning, places: Any) -> Point:
    return tuple(one.at(float(place)) for one, place in zip(tuning.tuned, places, strict=True))


@cache
def cube_points(dimensions: int, n: int, seed: int) -> np.ndarray:
    """The first ``n`` points of a scrambled Sobol sequence in the unit cube."""
    from scipy.stats import qmc

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a number that is no power of two
        return np.asarray(qmc.Sobol(dimensions, scramble=True, seed=seed).random(n))


def _number_for(seed: int, start: int, number: int) -> int:
    key = hashlib.sha256(f"calibrate/{seed}/{start}/{number}".encode()).digest()
    return int.from_bytes(key[:4], "big")


def _sampled(tuning: Tuning, seed: int, before: Sequence[tuple[Point, float]]) -> Point:
    """What TPE proposes, from a study made anew: what it says hangs on nothing else."""
    package = optuna()
    spans = {one.key: package.distributions.FloatDistribution(one.low, one.high, log=one.is_log)
             for one in tuning.tuned}  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what Optuna calls experimental
        sampler = package.samplers.TPESampler(multivariate=True, n_startup_trials=AROUND, seed=seed)
        memory = package.create_study(sampler=sampler)
        for point, loss in before:
            params = {one.key: float(value) for one, value in zip(tuning.tuned, point, strict=True)}
            memory.add_trial(package.trial.create_trial(params=params, distributions=spans, value=loss))
        found = memory.ask(fixed_distributions=spans).params
    return tuple(one.tidy(found[one.key]) for one in tuning.tuned)
