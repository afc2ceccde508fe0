"""Which set is tried next. What a start proposes follows from the seed, its number and its trials so far, so a
calibration goes on after a kill as if nothing had been.

Each start has a place of its own: the first is what the rules say today, the others lie around it, each number by up
to 15 % of its range (a scrambled Sobol sequence). From there a separable CMA-ES walks on: it draws a generation of sets
around a mean, moves the mean to the better half of them, and learns how far to step in each number alone, which is what
some hundred trials of dozens of numbers allow (Ros & Hansen 2008, Parallel Problem Solving from Nature X, 296–305;
package ``cmaes``).
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from scenarios.errors import UserError
from scenarios.experiments.calibration.tuned import Point, Tuning

__all__ = ["REACH", "Walk", "cube_points"]

REACH = 0.15
"""How far from today's place a start may begin, in ranges; at a quarter talk ran away, and a trial took a minute."""
_STEP = 0.05
"""First standard deviation of each number, in ranges."""
_GENERATION = 10
_RESAMPLED = 5
"""So often a set outside the ranges is drawn anew; after that it is put on their edge."""


class Walk:
    """One start, which goes on as its trials become known. ``n_told`` is how many are."""

    def __init__(self, tuning: Tuning, seed: int, start: int) -> None:
        self._tuning = tuning
        self._home = self._where(seed, start)
        ends = np.tile([0.0, 1.0], (len(self._home), 1))
        self._walk = _cmaes().SepCMA(self._home.copy(), _STEP, ends, _RESAMPLED, _number_for(seed, start), _GENERATION)
        self._generation: list[tuple[np.ndarray, float]] = []
        self._next: Point | None = None
        self.n_told = 0

    def _where(self, seed: int, start: int) -> np.ndarray:
        home = np.clip(self._tuning.places(self._tuning.now()), 0.0, 1.0)
        if start:
            home = home + REACH * (2 * cube_points(len(home), start, seed)[-1] - 1)
        return np.asarray(np.clip(home, 0.0, 1.0))

    def after(self, trials: Sequence[tuple[Point, float]]) -> Point:
        """The next point to try, after these further trials with their losses; the place itself comes first."""
        for point, loss in trials:
            self._proposed()  # so that luck goes on as it did when this trial was proposed
            self._tell(point, loss)
        return self._proposed()

    def _proposed(self) -> Point:
        if self._next is None:
            place = self._walk.ask()
            place = place if self.n_told else self._home
            self._next = tuple(one.at(float(at)) for one, at in zip(self._tuning.tuned, place, strict=True))
        return self._next

    def _tell(self, point: Point, loss: float) -> None:
        self._next = None
        self._generation.append((np.array(self._tuning.places(point)), loss))
        self.n_told += 1
        if len(self._generation) == _GENERATION:
            self._walk.tell(self._generation)
            self._generation = []


def _cmaes() -> Any:
    """The package; a message that names the extra where it is missing."""
    try:
        import cmaes
    except ModuleNotFoundError as error:
        raise UserError(f"calibrate needs the package '{error.name}'; install it: "
                        "pip install 'shequn[search]'") from error  # fmt: skip
    return cmaes


@cache
def cube_points(dimensions: int, n: int, seed: int) -> np.ndarray:
    """The first ``n`` points of a scrambled Sobol sequence in the unit cube."""
    from scipy.stats import qmc

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a number that is no power of two
        return np.asarray(qmc.Sobol(dimensions, scramble=True, seed=seed).random(n))


def _number_for(seed: int, start: int) -> int:
    key = hashlib.sha256(f"calibrate/{seed}/{start}".encode()).digest()
    return int.from_bytes(key[:4], "big")
