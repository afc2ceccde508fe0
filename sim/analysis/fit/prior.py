"""What is believed before a log is looked at: each parameter anywhere in its range, all independent of each other.

Inference works in the unit cube: ``u`` says which share of a parameter's range lies below the value, on the scale of the
range. Ranges stand in ``prior.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

__all__ = ["Parameter", "Prior", "known_prior", "sobol"]

Floats = NDArray[np.float64]
_DIGITS = 6  # a scenario file says no more of a number


@dataclass(frozen=True)
class Parameter:
    """A number of the world, its range, and what it is called in English and Chinese."""

    key: str
    low: float
    high: float
    log: bool
    label: tuple[str, str]

    def value(self, u: Floats) -> Floats:
        """From shares of the range to values."""
        if self.log:
            return np.exp(np.log(self.low) + u * np.log(self.high / self.low))
        return self.low + u * (self.high - self.low)


@dataclass(frozen=True)
class Prior:
    """Parameters that are learnt together."""

    parameters: tuple[Parameter, ...]

    def __len__(self) -> int:
        return len(self.parameters)

    @property
    def keys(self) -> list[str]:
        """Names of the knobs."""
        return [one.key for one in self.parameters]

    def without(self, keys: Collection[str]) -> Prior:
        """Some of them are known."""
        return Prior(tuple(one for one in self.parameters if one.key not in keys))

    def values(self, u: Floats) -> Floats:
        """Rows of shares as rows of values."""
        return np.column_stack([one.value(u[:, k]) for k, one in enumerate(self.parameters)])

    def set_of(self, u: Floats) -> dict[str, float]:
        """One row of shares as knobs with values, rounded as a file says them."""
        values = self.values(np.atleast_2d(u))[0]
        return {key: float(f"{value:.{_DIGITS}g}") for key, value in zip(self.keys, values, strict=True)}

    def design(self, n: int, seed: int) -> Floats:
        """``n`` points of the open unit cube, spread evenly."""
        return sobol(n, len(self), seed)


def sobol(n: int, dimensions: int, seed: int) -> Floats:
    """The first ``n`` points of a Sobol sequence in the open unit cube, scrambled by ``seed``."""
    whole = max(0, int(np.ceil(np.log2(max(n, 1)))))
    points = qmc.Sobol(dimensions, scramble=True, rng=seed).random_base2(whole)
    return np.clip(points[:n], 1e-6, 1 - 1e-6)


@cache
def known_prior() -> Prior:
    """The prior of ``prior.toml``."""
    data = tomllib.loads(resources.files("sim.analysis.fit").joinpath("prior.toml").read_text("utf-8"))
    made = []
    for one in data["parameter"]:
        en, zh = one["label"]
        made.append(Parameter(one["key"], float(one["low"]), float(one["high"]), one["scale"] == "log", (en, zh)))
    return Prior(tuple(made))
