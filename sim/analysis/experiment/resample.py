"""Means of all arms drawn together, again and again: the arms of a replicate stay together, so common luck is kept.

With n replicates x_r (a row of numbers each), mean x̄ and covariance S, a draw is

    x̄ + Σ_r g_r (x_r − x̄) / √(n (n − 1)) / √(χ² / (n − 1)),   g_r ~ N(0, 1),  χ² ~ χ²(n − 1)

which is multivariate t with n − 1 degrees of freedom about x̄ with scale S/n: what is known of the true means after n
normal replicates (Jeffreys' prior), so 95 % of the draws of a mean lie in Student's interval. Numbers come from a hash of
draw and place: the same table, the same draws.

For what is no mean (ratios of variances), ``weights`` draws whole replicates: draw b takes replicate r w(b, r) times,
Σ w(b, r) = n.
"""

from __future__ import annotations

import functools

import numpy as np
from scipy import special

from sim.analysis.experiment.asked import Floats
from sim.analysis.statistics.bootstrap import Boot, hashed

__all__ = ["DRAWS", "drawn_means", "limits", "weights"]

#: Draws; a share estimated from them has a Monte Carlo error of at most √(0.25 / DRAWS) = 1.1 points.
DRAWS = 2000
_SCALE = 2.0**-52


@functools.lru_cache(maxsize=4)
def weights(n: int) -> Floats:
    """How often each draw takes each of n replicates, (DRAWS, n)."""
    found = Boot(n, DRAWS).weights
    found.setflags(write=False)
    return found


@functools.lru_cache(maxsize=4)
def _steps(n: int) -> Floats:
    """g_r / √χ² of every draw, (DRAWS, n)."""
    u = ((hashed(DRAWS * (n + 1)) >> np.uint64(12)).astype(np.float64) + 0.5) * _SCALE
    normal, square = u[DRAWS:].reshape(DRAWS, n), u[:DRAWS, None]
    found: Floats = special.ndtri(normal) / np.sqrt(special.chdtri(n - 1, square))
    found.setflags(write=False)
    return found


def drawn_means(values: Floats) -> Floats:
    """Draws of the means of ``values`` (replicates, …), (DRAWS, …); a single row, the mean itself, below n = 2."""
    n = len(values)
    mean = values.mean(axis=0, keepdims=True)
    if n < 2:
        return mean
    still = (values == values[:1]).all(axis=0)
    centred = np.where(still, 0.0, values - mean).reshape(n, -1)
    found: Floats = mean + (_steps(n) @ centred / np.sqrt(n)).reshape(-1, *values.shape[1:])
    return found


def limits(draws: Floats) -> tuple[Floats, Floats]:
    """The 2.5 and 97.5 per cent points down the first axis; NaN without draws."""
    if len(draws) < 2:
        nothing = np.full(draws.shape[1:], np.nan)
        return nothing, nothing
    low, high = np.nanpercentile(draws, [2.5, 97.5], axis=0)
    return low, high
