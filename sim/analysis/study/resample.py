"""Whole communities drawn again and again: the arms of a replicate stay together, so common luck is kept.

Draw b takes replicate r w(b, r) times, Σ w(b, r) = n. The mean of a draw varies by (n − 1)/n of what the mean of fresh
communities would; draws are therefore stretched about the observed mean by √(n / (n − 1)), which makes their spread the
usual standard error. The draws are a hash of draw and place: the same table, the same numbers.
"""

from __future__ import annotations

import functools

import numpy as np

from sim.analysis.spread import Boot
from sim.analysis.study.asked import Floats

__all__ = ["DRAWS", "drawn_means", "limits", "weights"]

#: Resamples; a share estimated from them has a Monte Carlo error of at most √(0.25 / DRAWS) = 1.1 points.
DRAWS = 2000


@functools.lru_cache(maxsize=4)
def weights(n: int) -> Floats:
    """How often each draw takes each of n replicates, (DRAWS, n)."""
    found = Boot(n, DRAWS).weights
    found.setflags(write=False)
    return found


def drawn_means(values: Floats) -> Floats:
    """Means of ``values`` (replicates, …) in every draw, (DRAWS, …); a single row without spread below n = 2."""
    n = len(values)
    mean = values.mean(axis=0, keepdims=True)
    if n < 2:
        return mean
    flat = values.reshape(n, -1)
    drawn = (weights(n) @ (flat - flat[:1]) / n + flat[:1]).reshape(-1, *values.shape[1:])
    return mean + np.sqrt(n / (n - 1)) * (drawn - mean)


def limits(draws: Floats) -> tuple[Floats, Floats]:
    """The 2.5 and 97.5 per cent points down the first axis; NaN without draws."""
    if len(draws) < 2:
        nothing = np.full(draws.shape[1:], np.nan)
        return nothing, nothing
    low, high = np.nanpercentile(draws, [2.5, 97.5], axis=0)
    return low, high
