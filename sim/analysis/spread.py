"""How sure a number is: bootstrap over whole rooms or whole replicates.

Messages of one room are not independent, so the unit drawn again and again is the room (or the replicate, or, where a
log has one room only, a block of twelve weeks), never the message. Draw number ``b`` takes unit ``u`` ``w[b, u]``
times, ``w`` multinomial with equal chances; the interval is the 2.5 and 97.5 per cent points of the draws. The draws
are a hash of draw and place, so the same log always gives the same interval.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Boot", "Measure", "gather", "hashed"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BINS = 2000


def hashed(n: int) -> NDArray[np.uint64]:
    """Splitmix64 of the numbers 0 … n − 1: bits without a pattern, the same everywhere."""
    z = np.arange(n, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _weights(draws: int, n_units: int) -> Floats:
    """How often each draw takes each unit: ``n_units`` times a hash of (draw, place), modulo the units."""
    taken = (hashed(draws * n_units) % np.uint64(n_units)).astype(np.int64)
    cell = taken + np.repeat(np.arange(draws), n_units) * n_units
    return np.bincount(cell, minlength=draws * n_units).reshape(draws, n_units).astype(np.float64)


@dataclass(frozen=True)
class Measure:
    """A value, its 95 % interval (NaN where it cannot be told) and the number of cases it rests on."""

    value: float
    low: float
    high: float
    n: int


def gather(value: float, draws: Floats, n: int) -> Measure:
    """The measure made of a value and its bootstrap draws; no interval from fewer than two draws."""
    good = draws[np.isfinite(draws)]
    if not np.isfinite(value) or len(good) < 2:
        return Measure(float(value), np.nan, np.nan, n)
    low, high = np.percentile(good, [2.5, 97.5])
    return Measure(float(value), float(low), float(high), n)


class Boot:
    """Bootstrap weights of ``n_units`` units, ``draws`` times; with fewer than two units there are no draws."""

    def __init__(self, n_units: int, draws: int = 300) -> None:
        self.n_units = n_units
        self.weights = _weights(draws, n_units) if n_units > 1 else np.zeros((0, n_units))

    def ratio(self, above: Floats, below: Floats, unit: Ints) -> tuple[float, Floats]:
        """Σ above / Σ below over all cases: the value and its draws."""
        top = np.bincount(unit, above, self.n_units)
        bottom = np.bincount(unit, below, self.n_units)
        with np.errstate(divide="ignore", invalid="ignore"):
            draws = (self.weights @ top) / (self.weights @ bottom)
            return float(np.divide(top.sum(), bottom.sum())), draws if _several(unit) else draws[:0]

    def mean(self, x: Floats | NDArray[np.bool_], unit: Ints) -> Measure:
        """Mean of ``x`` over the cases (a share, where ``x`` is yes or no)."""
        value, draws = self.ratio(x.astype(np.float64), np.ones(len(x)), unit)
        return gather(value, draws, len(x))

    def quantiles(
        self, x: Floats, q: tuple[float, ...], unit: Ints, of: Callable[..., Floats] | None = None
    ) -> Measure:
        """Quantile ``q`` of the pooled cases, or the function ``of`` of several quantiles.

        The value is exact; the draws read it from a histogram over (at most) 2,000 quantiles of the pooled cases.
        """
        if not len(x):
            return Measure(np.nan, np.nan, np.nan, 0)
        of = of or (lambda first: first)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = float(of(*np.quantile(x, q)))
            grid = np.unique(np.quantile(x, np.linspace(0, 1, _BINS + 1)))
            place = np.searchsorted(grid, x)
            table = np.bincount(unit * len(grid) + place, minlength=self.n_units * len(grid))
            heaps = np.cumsum(self.weights @ table.reshape(self.n_units, len(grid)), axis=1)
            drawn = [grid[_first_at_least(heaps, share)] for share in q]
            draws = np.asarray(of(*drawn), np.float64)
            return gather(value, draws if _several(unit) else draws[:0], len(x))


def _several(unit: Ints) -> bool:
    """Whether the cases come from more than one unit: one unit tells nothing of the spread."""
    return len(unit) > 0 and bool(unit.min() != unit.max())


def _first_at_least(heaps: Floats, share: float) -> Ints:
    """Column of each row where the growing heap first reaches ``share`` of the whole."""
    goal = share * heaps[:, -1:]
    return np.argmax(heaps >= np.maximum(goal, 1e-12), axis=1).astype(np.int64)
