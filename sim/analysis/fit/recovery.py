"""Are numbers found again? Logs simulated with known parameters, each fitted through one table of other such logs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.fit.learned import Learned, learn
from sim.analysis.fit.posterior import Posterior, adjusted, distances, nearest

__all__ = ["ENDS", "HALF", "Recovery", "recover"]

Floats = NDArray[np.float64]

ENDS = (0.05, 0.25, 0.5, 0.75, 0.95)
HALF = 0.5
"""A parameter is told where the 90 % interval is at most this share of its range."""
_SHARE, _LEAST = 0.3, 150


@dataclass(frozen=True, eq=False)
class Recovery:
    """``quantiles`` (log, parameter, end) of the posteriors, ``truth`` (log, parameter), both as shares of the ranges."""

    keys: tuple[str, ...]
    truth: Floats
    quantiles: Floats

    def table(self) -> pd.DataFrame:
        """One row a parameter: share of the 90 % and 50 % intervals that cover the truth, with Wilson's 95 % limits of the
        first; median width of the 90 % interval; share of logs in which it is at most half the range; correlation of
        median and truth; whether the median width is at most half."""
        rows = []
        for k, key in enumerate(self.keys):
            q, truth = self.quantiles[:, k], self.truth[:, k]
            inside = (q[:, 0] <= truth) & (truth <= q[:, 4])
            width = q[:, 4] - q[:, 0]
            low, high = _wilson(int(inside.sum()), len(truth))
            rows.append({
                "key": key, "coverage_90": inside.mean(), "low": low, "high": high,
                "coverage_50": ((q[:, 1] <= truth) & (truth <= q[:, 3])).mean(), "width": np.median(width),
                "narrow": (width <= HALF).mean(), "correlation": np.corrcoef(q[:, 2], truth)[0, 1],
                "told": np.median(width) <= HALF, "logs": len(truth),
            })  # fmt: skip
        return pd.DataFrame(rows)


def recover(
    keys: Sequence[str], u: Floats, summaries: Floats, names: Sequence[str], truth: Floats, seen: Floats
) -> Recovery:
    """The posterior of each of the logs ``seen`` (rows of summaries) from the one table of ``u`` and ``summaries``."""
    learned = learn(u, summaries, names)
    found = [posterior_from(u, learned, one).quantiles(ENDS) for one in seen]
    return Recovery(tuple(keys), truth, np.array(found))


def posterior_from(u: Floats, learned: Learned, seen: Floats) -> Posterior:
    """By rejection and regression adjustment alone."""
    distance = distances(learned, seen)
    near = nearest(distance, _SHARE, _LEAST)
    return adjusted(u, learned, seen, near, distance, np.ones(len(near)))


def _wilson(hits: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    middle = (hits + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(hits * (n - hits) / n + z**2 / 4)
    return float(middle - half), float(middle + half)
