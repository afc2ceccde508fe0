"""How sure a number is: bootstrap over whole rooms or whole replicates.

Messages of one room are not independent, so the unit drawn again and again is the room (or the replicate, or, where a
log has one room only, a block of twelve weeks), never the message. Draw number ``b`` takes unit ``u`` ``w[b, u]``
times, ``w`` multinomial with equal chances. Draws of n units vary by (n − 1)/n of what fresh units would, and their
percentiles know nothing of Student's t; so draws are moved away from the value by

    k = t(0.975, n − 1) / 1.96 · √(n / (n − 1)),   n the units that have any case,

by factor for quantiles that are above 0, else by distance, and no further than a share or a count can go. The interval is
the 2.5 and 97.5 per cent points of these. Covered with 5, 10, 20 units of 15 cases (without k): a share of 0.4 in 92, 94,
96 % (83, 90, 94); one of 0.1 that differs much between units 85, 91, 92 % (76, 84, 90); medians of lognormal values 95, 96, 93 %
(85, 92, 92). The draws are a hash of draw and place, so the same log always gives the same interval. ``weights``
are the plain draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.statistics.intervals import t_value

__all__ = ["Boot", "Measure", "by_lot", "gather", "hashed"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BINS = 2000


def hashed(n: int) -> NDArray[np.uint64]:
    """Splitmix64 of the numbers 0 … n − 1: bits without a pattern, the same everywhere."""
    z = np.arange(n, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def by_lot(n: int, which: int = 0) -> Ints:
    """The numbers 0 … n − 1 in an order drawn by lot, the same on every call; ``which`` draws another."""
    return np.argsort(hashed((which + 1) * n)[which * n :]).astype(np.int64)


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
        """Σ above / Σ below over all cases: the value and its draws, moved away by k."""
        top = np.bincount(unit, above, self.n_units)
        bottom = np.bincount(unit, below, self.n_units)
        with np.errstate(divide="ignore", invalid="ignore"):
            draws = (self.weights @ top) / (self.weights @ bottom)
            value = float(np.divide(top.sum(), bottom.sum()))
        k = _reach(unit)
        if np.isnan(k):
            return value, draws[:0]
        positive = bool((above >= 0).all() and (below >= 0).all())
        return value, np.clip(value + k * (draws - value), 0.0 if positive else None,
                              1.0 if positive and bool((above <= below).all()) else np.inf)  # fmt: skip

    def mean(self, x: Floats | NDArray[np.bool_], unit: Ints) -> Measure:
        """Mean of ``x`` over the cases (a share, where ``x`` is yes or no)."""
        value, draws = self.ratio(x.astype(np.float64), np.ones(len(x)), unit)
        return gather(value, draws, len(x))

    def quantiles(
        self, x: Floats, q: tuple[float, ...], unit: Ints, of: Callable[..., Floats] | None = None
    ) -> Measure:
        """Quantile ``q`` of the pooled cases, or the function ``of`` of several quantiles.

        The value is exact; the draws read it from a histogram over (at most) 2,000 quantiles of the pooled cases (half-way
        between two where the share lies between them), and are moved away from what that says of all cases: with few
        units, so a large k, the slightest difference of the two would be a bias of the whole interval.
        """
        if not len(x):
            return Measure(np.nan, np.nan, np.nan, 0)
        of = of or (lambda first: first)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = float(of(*np.quantile(x, q)))
            grid = np.unique(np.quantile(x, np.linspace(0, 1, _BINS + 1)))
            place = np.searchsorted(grid, x)
            table = np.bincount(unit * len(grid) + place, minlength=self.n_units * len(grid))
            taken = np.vstack([self.weights, np.ones((1, self.n_units))])
            heaps = np.asarray(np.cumsum(taken @ table.reshape(self.n_units, len(grid)), axis=1), np.float64)
            drawn = np.asarray(of(*(_quantile(heaps, grid, share) for share in q)), np.float64)
            draws, whole, k = drawn[:-1], drawn[-1], _reach(unit)
            above = value > 0 and bool((drawn > 0).all())
            draws = value * (draws / whole) ** k if above else value + k * (draws - whole)
            return gather(value, draws[:0] if np.isnan(k) else draws, len(x))


def _reach(unit: Ints) -> float:
    """k of the units of the cases; NaN with one unit, which tells nothing of the spread."""
    n = int(np.count_nonzero(np.bincount(unit)))
    return float(t_value(n)) / 1.96 * np.sqrt(n / (n - 1)) if n > 1 else np.nan


def _quantile(heaps: Floats, grid: Floats, share: float) -> Floats:
    """Where the growing heap of each row reaches ``share`` of the whole, and where it passes it: half-way between."""
    goal = np.maximum(share * heaps[:, -1:], 1e-12)
    return np.asarray((grid[np.argmax(heaps >= goal, axis=1)] + grid[np.argmax(heaps > goal, axis=1)]) / 2)
