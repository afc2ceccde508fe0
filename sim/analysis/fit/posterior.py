"""The posterior of a world's numbers from simulated logs: population Monte Carlo with regression adjustment.

1. The first simulated logs come from the prior (a scrambled Sobol design); a regression learns from them what the
   summaries say of the parameters (:mod:`sim.analysis.fit.learned`).
2. Distance of a simulated log from the real one: differences of these expectations, each over the standard deviation of
   what its regression misses, so that a parameter of which logs tell nothing counts for little.
3. Each further generation is drawn around the nearest logs so far, by a normal kernel with twice their weighted
   covariance (Beaumont et al. 2009, Biometrika 96, 983–990), on the logit scale of the unit cube. The nearest are a fixed
   share of all, so the threshold falls by itself (Del Moral et al. 2012; Lenormand et al. 2013).
4. A log weighs prior over the mixture of all that was drawn from, the prior among them (Owen & Zhou 2000; Cornuet et al.
   2012): weights stay bounded, and no simulation is thrown away.
5. The nearest logs are moved to where they would lie if their summaries were those of the real log: a local-linear
   regression with Epanechnikov weights (Beaumont, Zhang & Balding 2002, Genetics 162, 2025–2035), the spread adjusted as
   well (Blum & François 2010, Stat. Comput. 20, 63–73).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, logsumexp, ndtri

from sim.analysis.fit.learned import Learned
from sim.analysis.fit.prior import sobol
from sim.analysis.statistics.bootstrap import by_lot

__all__ = ["Cloud", "Posterior", "adjusted", "distances", "mixture_weights", "nearest", "proposals"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_EDGE = 1e-6
_RIDGE = 1e-3
_HELD_BACK = 10.0


@dataclass(frozen=True, eq=False)
class Cloud:
    """A normal mixture on the logit scale that one generation was drawn from."""

    centres: Floats
    weights: Floats
    factor: Floats  # Cholesky factor of the kernel's covariance

    def draw(self, n: int, seed: int) -> Floats:
        """Points of the unit cube, spread evenly over the mixture (scrambled Sobol)."""
        even = sobol(n, self.centres.shape[1] + 1, seed)
        which = np.minimum(np.searchsorted(np.cumsum(self.weights), even[:, 0]), len(self.centres) - 1)
        z = self.centres[which] + ndtri(even[:, 1:]) @ self.factor.T
        return np.clip(expit(z), _EDGE, 1 - _EDGE)

    def log_density(self, z: Floats) -> Floats:
        """At points of the logit scale."""
        inverse = np.linalg.inv(self.factor)
        a, b = z @ inverse.T, self.centres @ inverse.T
        squared = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
        norm = -0.5 * z.shape[1] * np.log(2 * np.pi) - np.log(np.abs(np.diag(self.factor))).sum()
        return np.asarray(logsumexp(-0.5 * squared + np.log(self.weights), axis=1) + norm)


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted points of the unit cube; ``size`` is how many independent ones they are worth (Kish)."""

    u: Floats
    weights: Floats

    @property
    def size(self) -> float:
        """Effective sample size."""
        return float(self.weights.sum() ** 2 / (self.weights**2).sum())

    def quantiles(self, at: tuple[float, ...]) -> Floats:
        """One row a parameter."""
        found = []
        for column in self.u.T:
            order = np.argsort(column, kind="stable")
            heap = np.cumsum(self.weights[order])
            found.append(np.interp(at, (heap - self.weights[order] / 2) / heap[-1], column[order]))
        return np.array(found)

    def draws(self, n: int) -> Floats:
        """``n`` points by systematic resampling, in an order by lot: any first few are a fair sample, too."""
        heap = np.cumsum(self.weights) / self.weights.sum()
        at = np.searchsorted(heap, (0.5 + np.arange(n)) / n)
        return np.asarray(self.u[np.minimum(at, len(self.u) - 1)[by_lot(n)]])


def distances(learned: Learned, seen: Floats) -> Floats:
    """How unlike each simulated log is to the one seen."""
    return np.asarray(np.sqrt((((learned.own - learned.expected(seen)) / learned.residual) ** 2).sum(axis=1)))


def nearest(distance: Floats, share: float, least: int) -> Ints:
    """Numbers of the nearest logs: a share of all, at least ``least`` where there are as many."""
    n = min(max(round(share * len(distance)), least), len(distance))
    return np.argsort(distance, kind="stable")[:n]


def proposals(u: Floats, weights: Floats) -> Cloud:
    """Where the next generation is drawn: around the nearest logs."""
    z, w = logit(u), weights / weights.sum()
    centred = z - w @ z
    covariance = 2 * (centred * w[:, None]).T @ centred
    covariance += _RIDGE * np.eye(z.shape[1])
    return Cloud(z, w, np.linalg.cholesky(covariance))


def mixture_weights(u: Floats, clouds: list[Cloud], counts: list[int]) -> Floats:
    """Prior over the mixture of all that was drawn from; ``counts`` are the points from the prior, then from each of the
    ``clouds``."""
    if not clouds:
        return np.ones(len(u))
    z = logit(u)
    prior = (np.log(u) + np.log1p(-u)).sum(axis=1)  # of the logit of a uniform
    parts = [prior, *(cloud.log_density(z) for cloud in clouds)]
    total = np.log(np.array(counts) / sum(counts))[:, None]
    return np.exp(prior - np.asarray(logsumexp(np.array(parts) + total, axis=0)))


def adjusted(u: Floats, learned: Learned, seen: Floats, near: Ints, distance: Floats, weights: Floats) -> Posterior:
    """The posterior from the logs ``near``, moved to the log that was seen.

    ``u`` and ``distance`` are of all logs, ``weights`` (of importance) of those near; to them come Epanechnikov's,
    1 − (d / d_most)².
    """
    close = distance[near]
    w = weights * (1 - (close / (float(close.max()) * (1 + 1e-9) + 1e-12)) ** 2)
    w = w / w.sum()
    x = (learned.own[near] - learned.expected(seen)) / learned.residual
    z = logit(u[near])
    fitted, at = _local(x, z, w)
    missed = z - fitted
    size, size_at = _local(x, np.log(missed**2 + 1e-4), w)
    moved = at + missed * np.exp(np.clip((size_at - size) / 2, -1.0, 1.0))
    return Posterior(np.clip(expit(moved), _EDGE, 1 - _EDGE), w)


def _local(x: Floats, y: Floats, w: Floats) -> tuple[Floats, Floats]:
    """A weighted linear regression, slightly held back: its values at the points, and where ``x`` is nought."""
    mean_x, mean_y = w @ x, w @ y
    a, b = x - mean_x, y - mean_y
    gram = (a * w[:, None]).T @ a
    penalty = _HELD_BACK * np.mean(np.diag(gram)) / (w.sum() ** 2 / (w**2).sum())
    beta = np.linalg.solve(gram + (penalty + 1e-12) * np.eye(len(gram)), (a * w[:, None]).T @ b)
    return mean_y + a @ beta, mean_y - mean_x @ beta
