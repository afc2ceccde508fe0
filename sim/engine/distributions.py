"""A few laws of chance and shape that rules share, by inversion: one uniform in, one number out, monotone.

Inversion keeps common luck: a higher rate never turns another person's coin.
"""

from __future__ import annotations

import math

from sim.engine.rule import inlined, rule

__all__ = ["clip", "count", "lognormal", "logistic", "normal", "pareto", "wide"]


@inlined
def wide(n: int) -> int:
    """``n`` as a 64-bit number, so that one compiled rule serves callers whose columns differ in width."""
    return n + 0


@inlined
def logistic(x: float) -> float:
    """σ(x) = 1 / (1 + exp(−x)), a probability."""
    return 1.0 / (1.0 + math.exp(-x))


@inlined
def clip(x: float, low: float, high: float) -> float:
    """``x`` held between ``low`` and ``high``."""
    return low if x < low else (high if x > high else x)


@rule
def normal(u: float) -> float:
    """Quantile of the standard normal distribution, absolute error below 4.5e-4.

    Abramowitz & Stegun 1964, 26.2.23. Traits need no more digits, and plain arithmetic is the same in both lanes.
    """
    p = u if u < 0.5 else 1.0 - u
    t = math.sqrt(-2.0 * math.log(p))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    x = t - top / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    return -x if u < 0.5 else x


@rule
def lognormal(u: float, median: float, sigma: float) -> float:
    """Quantile of a lognormal law with the given median and standard deviation of its logarithm."""
    return median * math.exp(sigma * normal(u))


@rule
def count(u: float, mean: float) -> int:
    """Quantile of the Poisson law: how many events when ``mean`` are expected (``mean`` below some 600)."""
    term = math.exp(-mean)
    total = term
    n = 0
    while u > total and n < 10_000:
        n += 1
        term *= mean / n
        total += term
    return n


@inlined
def pareto(u: float, scale: float, longest: float) -> float:
    """Quantile of a heavy-tailed wait with survival 1 / (1 + t / scale), cut at ``longest`` (same unit as scale)."""
    top = longest / (scale + longest)
    share = u * top
    return scale * share / (1.0 - share)
