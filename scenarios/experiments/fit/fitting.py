"""``shequn fit``: simulated logs by the thousand, the posterior from them, and communities played with draws of it.

Half of the simulations lie evenly over the prior, the others in generations around those most like the log
(:mod:`sim.analysis.fit.posterior`). Everything that is simulated is journalled; a proposal is a function of seed,
generation and what was simulated before, so a fit that was stopped and one that was not give the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import UserError
from scenarios.experiments.fit.journal import Journal
from scenarios.experiments.fit.play import EARLY, Play, Task, seen_of
from scenarios.experiments.fit.pool import Workers
from scenarios.experiments.fit.watch import Seen
from sim.analysis.fit.learned import Learned, learn, matrix_of
from sim.analysis.fit.posterior import (
    Cloud,
    Posterior,
    adjusted,
    distances,
    mixture_weights,
    nearest,
    proposals,
)  # fmt: skip
from sim.analysis.fit.prior import Prior

__all__ = ["Drawn", "Fitted", "Table", "early_draws", "fit", "posterior_of", "replayed", "simulated"]

Floats = NDArray[np.float64]
Tell = Callable[[int], None]

GENERATIONS = 4
_KEPT, _LEAST_KEPT = 0.1, 40  # of all logs, those around which the next generation is drawn
_FINAL, _LEAST_FINAL = 0.3, 100  # those that the posterior rests on
_LEAST = 60  # logs that can be played, below which nothing is learnt
_FIRST_DRAW = 1_000_000  # number of the first community that is played with a draw of the posterior
_FIRST_EARLY = 2_000_000


@dataclass(frozen=True, eq=False)
class Table:
    """What was simulated and can be played: points and summaries by name; how many points were drawn from the prior and
    from each of the ``clouds``, how many of all cannot be played, and how many rows (the first) are of the design."""

    u: Floats
    summaries: Floats
    names: tuple[str, ...]
    counts: tuple[int, ...]
    clouds: tuple[Cloud, ...]
    unplayable: int
    n_even: int

    def weights(self, near: NDArray[np.int64]) -> Floats:
        """Prior over what was drawn from, at some of the points."""
        return mixture_weights(self.u[near], list(self.clouds), list(self.counts))

    def even(self) -> Table:
        """The logs of the design alone: they were drawn before the log was looked at."""
        n = self.n_even
        return replace(self, u=self.u[:n], summaries=self.summaries[:n], counts=self.counts[:1], clouds=())


@dataclass(frozen=True, eq=False)
class Drawn:
    """Communities played with draws of a posterior: points, summaries, and messages by room and day."""

    u: Floats
    summaries: tuple[dict[str, float], ...]
    days: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Fitted:
    """A log, what is learnt of it, and what was simulated for that."""

    seen: Seen
    play: Play
    prior: Prior
    own: dict[str, float]
    table: Table
    learned: Learned
    posterior: Posterior
    drawn: Drawn
    nearness: float
    seconds: float


def fit(seen: Seen, play: Play, prior: Prior, journal: Journal, work: Workers, simulations: int, draws: int,
        tell: Tell = lambda done: None) -> Fitted:  # fmt: skip
    """The posterior of the parameters of ``prior``; ``tell`` hears how many more communities are there."""
    began = time.perf_counter()
    own = seen_of(seen.talk, play)
    table = simulated(own, play, prior, journal, work, simulations, tell)
    posterior, learned, nearness = posterior_of(table, own)
    drawn = replayed(posterior, play, prior, work, draws, _FIRST_DRAW, tell)
    return Fitted(seen, play, prior, own, table, learned, posterior, drawn, nearness, time.perf_counter() - began)


def early_draws(found: Fitted, work: Workers, draws: int, tell: Tell = lambda done: None) -> Drawn:
    """Communities played with draws of what the early part of the log alone tells: no more is known when predicting.
    So only logs of the design are looked at; where the others were drawn, the whole log has said."""
    posterior, _, _ = posterior_of(found.table.even(), found.own, early=True)
    return replayed(posterior, found.play, found.prior, work, draws, _FIRST_EARLY, tell)


def _sizes(simulations: int) -> list[int]:
    """Communities of the design, then of each generation."""
    first = (simulations + 1) // 2
    edges = [round(first + (simulations - first) * k / GENERATIONS) for k in range(GENERATIONS + 1)]
    return [first, *(b - a for a, b in pairwise(edges))]


def simulated(own: dict[str, float], play: Play, prior: Prior, journal: Journal, work: Workers, simulations: int,
              tell: Tell) -> Table:  # fmt: skip
    """Logs from the prior, then in generations around those most like the one with the ``own`` summaries."""
    sizes, clouds = _sizes(simulations), list[Cloud]()
    u = prior.design(sizes[0], play.seed)
    rows = _rows(u, 0, play, prior, journal, work, tell)
    for generation, size in enumerate(sizes[1:], 1):
        table = _table(u, sizes[:generation], clouds, rows)
        clouds.append(_next(table, own))
        more = clouds[-1].draw(size, play.seed + 1_000 * generation)
        rows += _rows(more, len(u), play, prior, journal, work, tell)
        u = np.vstack([u, more])
    return _table(u, sizes, clouds, rows)


def _table(u: Floats, counts: Sequence[int], clouds: Sequence[Cloud], rows: Sequence[dict[str, float] | None]) -> Table:
    kept = [k for k, row in enumerate(rows) if row is not None]
    if len(kept) < _LEAST:
        raise UserError(f"only {len(kept)} of {len(u)} communities can be played; a fit takes {_LEAST}: ask for more "
                        "simulations=, or see to the numbers that are fixed")  # fmt: skip
    names = tuple(sorted({name for row in rows if row for name in row}))
    summaries = matrix_of([rows[k] or {} for k in kept], names)
    return Table(u[kept], summaries, names, tuple(counts), tuple(clouds), len(u) - len(kept),
                 sum(k < counts[0] for k in kept))  # fmt: skip


def _next(table: Table, own: dict[str, float]) -> Cloud:
    """Where the next generation is drawn: around the logs nearest to the own one."""
    _, _, distance = _learned(table, own, False)
    near = nearest(distance, _KEPT, _LEAST_KEPT)
    return proposals(table.u[near], table.weights(near))


def _learned(table: Table, own: dict[str, float], early: bool) -> tuple[Learned, Floats, Floats]:
    """The regression from summaries (those that the own log has) to parameters; the own summaries; and how unlike each
    simulated log is."""
    kept = [k for k, name in enumerate(table.names)
            if name.startswith(EARLY) == early and np.isfinite(own.get(name, np.nan))]  # fmt: skip
    names = [table.names[k] for k in kept]
    learned, seen = learn(table.u, table.summaries[:, kept], names), matrix_of([own], names)[0]
    return learned, seen, distances(learned, seen)


def posterior_of(table: Table, own: dict[str, float], early: bool = False) -> tuple[Posterior, Learned, float]:
    """The posterior given a log's own summaries, the regression, and how far the logs it rests on are at most (in
    standard deviations of what the regression misses)."""
    learned, seen, distance = _learned(table, own, early)
    near = nearest(distance, _FINAL, _LEAST_FINAL)
    found = adjusted(table.u, learned, seen, near, distance, table.weights(near))
    return found, learned, float(distance[near].max())


def _rows(u: Floats, first: int, play: Play, prior: Prior, journal: Journal, work: Workers, tell: Tell) -> list[Any]:
    """Summaries of the communities of some points, those of the journal not played again."""
    numbers = range(first, first + len(u))
    done = [n for n in numbers if n in journal.entries]
    for n in done:
        if not np.allclose(journal.entries[n][0], u[n - first], atol=1e-9):
            raise UserError(f"{journal.path.parent} holds another fit: give another out=, or remove it")
    tell(len(done))
    left = [Task(n, prior.set_of(u[n - first])) for n in numbers if n not in journal.entries]
    for block in work(play, left):
        journal.add((n, u[n - first], found) for n, found, _ in block)
        tell(len(block))
    return [journal.entries[n][1] for n in numbers]


def replayed(posterior: Posterior, play: Play, prior: Prior, work: Workers, draws: int, first: int,
             tell: Tell) -> Drawn:  # fmt: skip
    """Communities played with draws of a posterior; those that cannot be played are left out."""
    u = posterior.draws(draws)
    tasks = [Task(first + k, prior.set_of(u[k]), days=True) for k in range(draws)]
    found: dict[int, tuple[dict[str, float], Any]] = {}
    for block in work(play, tasks):
        found |= {n - first: (row, days) for n, row, days in block if row is not None}
        tell(len(block))
    kept = sorted(found)
    if not kept:
        raise UserError("no community can be played with what the log tells; see to the numbers that are fixed")
    return Drawn(u[kept], tuple(found[k][0] for k in kept), np.array([found[k][1] for k in kept]))
