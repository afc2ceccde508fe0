"""From many summaries to one number a parameter: what a regression expects of it (semi-automatic ABC).

Fearnhead & Prangle (2012, J. R. Stat. Soc. B 74, 419–474): the best summaries of a log are the posterior means of the
parameters, and a regression on simulated logs estimates them. Here it is a ridge regression on the summaries and on how
alike a log is to each simulated one, exp(−d²/2m) with m the median of d², so that bends are found; how strongly it is
held back is chosen by generalised cross-validation, for each parameter by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Learned", "Matrix", "learn", "matrix_of"]

Floats = NDArray[np.float64]
Matrix = Floats

_PENALTIES = np.logspace(-4, 4, 17)
_MOST_CENTRES = 1_500  # simulated logs that others are compared with
_FAR = 4.0  # standard deviations; what lies further out counts as this far


@dataclass(frozen=True, eq=False)
class Learned:
    """``expected(summaries)`` are one row a log, a column a parameter. ``residual`` is the standard deviation of what it
    misses, by leaving one out; ``told`` the share of the parameters' variance that it explains so."""

    names: tuple[str, ...]
    fill: Floats
    centre: Floats
    scale: Floats
    logs: Floats
    width: float
    weights: Floats
    offset: Floats
    residual: Floats
    told: Floats

    def expected(self, summaries: Matrix) -> Floats:
        """What the parameters are expected to be, as shares of their ranges."""
        return self._kernel(self._standard(summaries)) @ self.weights + self.offset

    def _standard(self, summaries: Matrix) -> Floats:
        known = np.where(np.isfinite(summaries), summaries, self.fill)
        return np.clip((known - self.centre) / self.scale, -_FAR, _FAR)

    def _kernel(self, x: Floats) -> Floats:
        return _features(x, self.logs, self.width)


def matrix_of(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Matrix:
    """Summaries of several logs as a matrix."""
    return np.array([[row.get(name, np.nan) for name in names] for row in rows], dtype=np.float64)


def learn(u: Floats, summaries: Matrix, names: Sequence[str], weights: Floats | None = None) -> Learned:
    """The regression of parameters ``u`` on ``summaries`` of simulated logs; ``weights`` of the logs, if not all count
    the same. A summary that is the same in all logs, or is missing in most, is left aside by giving it no weight."""
    w = np.ones(len(u)) if weights is None else weights / weights.mean()
    seen = np.isfinite(summaries)
    fill = np.array([np.median(column[ok]) if ok.any() else 0.0 for column, ok in zip(summaries.T, seen.T, strict=True)])
    known = np.where(seen, summaries, fill)
    centre = np.average(known, axis=0, weights=w)
    spread = np.sqrt(np.average((known - centre) ** 2, axis=0, weights=w))
    usable = (spread > 1e-9) & (seen.mean(axis=0) > 0.5)
    scale = np.where(usable, np.where(spread > 0, spread, 1.0), np.inf)
    x = np.clip((known - centre) / scale, -_FAR, _FAR)
    logs = x[np.linspace(0, len(x) - 1, min(len(x), _MOST_CENTRES)).astype(int)]
    width = _median_distance(logs)
    beta, offset, left_out = _ridge(_features(x, logs, width), u, w)
    residual = np.sqrt(np.average((u - left_out) ** 2, axis=0, weights=w))
    around = np.average((u - np.average(u, axis=0, weights=w)) ** 2, axis=0, weights=w)
    told = np.clip(1 - residual**2 / np.maximum(around, 1e-12), 0, 1)
    return Learned(tuple(names), fill, centre, scale, logs, width, beta, offset, np.maximum(residual, 1e-6), told)


def _squared(x: Floats, others: Floats) -> Floats:
    found = (x**2).sum(axis=1)[:, None] + (others**2).sum(axis=1) - 2 * x @ others.T
    return np.asarray(np.maximum(found, 0.0))


def _median_distance(x: Floats) -> float:
    few = x[:: max(1, len(x) // 400)]
    return float(max(np.median(_squared(few, few)), 1e-9))


def _features(x: Floats, logs: Floats, width: float) -> Floats:
    """The summaries themselves, and the likeness to each of the ``logs``, whose columns together weigh as much."""
    alike = np.exp(-_squared(x, logs) / (2 * width))
    return np.hstack([x, alike * np.sqrt(x.shape[1] / max(len(logs), 1)) * 3.0])


def _ridge(x: Floats, y: Floats, w: Floats) -> tuple[Floats, Floats, Floats]:
    """Coefficients, intercepts, and what each row is expected to be when it is left out; the penalty is that of the
    least generalised cross-validation error, for each column of ``y`` by itself."""
    root = np.sqrt(w)[:, None]
    mean_x, mean_y = np.average(x, axis=0, weights=w), np.average(y, axis=0, weights=w)
    left, size, right = np.linalg.svd((x - mean_x) * root, full_matrices=False)
    target = (y - mean_y) * root
    turned = left.T @ target
    beta, expected = np.zeros((x.shape[1], y.shape[1])), np.zeros(y.shape)
    for k in range(y.shape[1]):
        best = np.inf
        for penalty in _PENALTIES:
            shrink = size**2 / (size**2 + penalty)
            fitted = left @ (shrink * turned[:, k])
            hat = (left**2) @ shrink + w / w.sum()
            error = float(((target[:, k] - fitted) ** 2).sum()) / max(1 - hat.mean(), 1e-6) ** 2
            if error < best:
                best = error
                missed = (target[:, k] - fitted) / np.maximum(1 - hat, 0.05)
                expected[:, k] = y[:, k] - missed / root[:, 0]
                beta[:, k] = right.T @ (size / (size**2 + penalty) * turned[:, k])
    return beta, mean_y - mean_x @ beta, expected
