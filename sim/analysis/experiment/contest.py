"""Which team takes which place, between which places it may well lie, and who beats whom.

All teams play the same communities, so two teams are compared community by community. With d = values of one − values of
the other, the one is *surely better* where the mean of d is above 0 beyond luck: a one-sided p value for either direction
of every pair (:mod:`sim.analysis.statistics.skewed`), corrected by Holm over all of them. A board that calls any team
surely better than one that is not worse does so with a chance of at most 5 %, however many teams there are.

From that follow the places, 95 % for all teams of a board at once (Mogstad, Romano, Shaikh & Wilhelm 2024, Review of
Economic Studies 91, 476–518):

    1 + teams that are surely better   to   teams − teams that are surely worse

A *tie* is a run of teams, in the order of their means, no two of which are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from sim.analysis.panel import codes
from sim.analysis.statistics.intervals import holm
from sim.analysis.statistics.kaplan_meier import counts, survival_matrix
from sim.analysis.statistics.ratios import same
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["ALPHA", "Contest", "Duel", "contest", "lives_to_the_end"]

Floats = NDArray[np.float64]
ALPHA = 0.05
"""Chance that a board calls any team surely better which is not."""


@dataclass(frozen=True)
class Duel:
    """Two teams, the first as it does against the second: shares of communities won, tied and lost, the mean difference
    with its own 95 % interval, p after correction, and whether it is surely better (1), surely worse (−1) or neither.
    """

    won: float
    tied: float
    lost: float
    difference: float
    low: float
    high: float
    p: float
    sure: int


@dataclass(frozen=True)
class Contest:
    """Of ``n`` communities: means with limits, places by mean (1 is best, equal means share one), the lowest and highest
    place that each team may well have, ``order`` from the best mean to the worst, and ``duels`` by (team, other).
    """

    teams: tuple[str, ...]
    n: int
    mean: Floats
    low: Floats
    high: Floats
    place: NDArray[np.int64]
    place_low: NDArray[np.int64]
    place_high: NDArray[np.int64]
    order: tuple[int, ...]
    duels: dict[tuple[int, int], Duel]

    @property
    def first(self) -> tuple[int, ...]:
        """Teams that may be first, in the order of their means."""
        return tuple(k for k in self.order if self.place_low[k] == 1)

    @property
    def ties(self) -> tuple[tuple[int, int], ...]:
        """First and last place in ``order`` of each run of teams no two of which are told apart; longest runs only."""
        found: list[tuple[int, int]] = []
        for start in range(len(self.order)):
            end = start
            while end + 1 < len(self.order) and not any(self._apart(k, end + 1) for k in range(start, end + 1)):
                end += 1
            if end > start and not any(end <= last for _, last in found):
                found.append((start, end))
        return tuple(found)

    def _apart(self, one: int, other: int) -> bool:
        return self.duels[self.order[one], self.order[other]].sure != 0


def contest(teams: Sequence[str], values: Floats, ends: tuple[float, float] = (-np.inf, np.inf)) -> Contest:
    """The places of ``teams`` by ``values`` (communities, teams), of which more is better; limits of means are cut at
    ``ends``, beyond which there are no values.

    Only communities in which every team has a value count. With fewer than two nobody is told apart.
    """
    values = values[np.isfinite(values).all(axis=1)]
    n, size = values.shape
    level = mean_interval(values) if n else mean_interval(np.full((1, size), np.nan))
    duels = _duels(values)
    sure = np.array([[duels[j, k].sure if j != k else 0 for k in range(size)] for j in range(size)])
    place = rankdata(-np.round(level.mean, 12), method="min").astype(np.int64) if n else np.ones(size, dtype=np.int64)
    order = tuple(int(k) for k in np.argsort(place, kind="stable"))
    low, high = np.clip(level.low, *ends), np.clip(level.high, *ends)
    return Contest(tuple(teams), n, level.mean, low, high, place, 1 + (sure < 0).sum(axis=1),
                   size - (sure > 0).sum(axis=1), order, duels)  # fmt: skip


def _duels(values: Floats) -> dict[tuple[int, int], Duel]:
    """Every pair, in both directions."""
    pairs = list(combinations(range(values.shape[1]), 2))
    if not pairs or not len(values):
        nothing = Duel(np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, 0)
        return {pair: nothing for j, k in pairs for pair in ((j, k), (k, j))}
    difference = np.column_stack([same(values[:, j], values[:, k]) for j, k in pairs])
    found = mean_interval(difference)
    p_up = np.where(found.mean > 0, found.p / 2, 1 - found.p / 2)
    corrected = holm(np.concatenate([p_up, 1 - p_up]))
    won, lost = (difference > 0).mean(axis=0), (difference < 0).mean(axis=0)
    duels = {}
    for i, (j, k) in enumerate(pairs):
        up, down = corrected[i], corrected[len(pairs) + i]
        sure = int(up < ALPHA) - int(down < ALPHA)
        mean, low, high, p = found.mean[i], found.low[i], found.high[i], float(np.fmin(up, down))
        tied = 1 - won[i] - lost[i]
        duels[j, k] = Duel(float(won[i]), float(tied), float(lost[i]), float(mean), float(low), float(high), p, sure)
        duels[k, j] = Duel(float(lost[i]), float(tied), float(won[i]), float(-mean), float(-high), float(-low), p, -sure)
    return duels


def lives_to_the_end(lifetimes: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """Mean life of the groups of each community up to ``horizon`` days: ``arm, replicate, lifetime``.

    The area under the community's own survival curve, in which a group that was closed has ended, as one has that fell
    silent: else whoever closes their groups on the first day would have them live for ever. Groups that are alive at the
    end are censored there. ``lifetimes`` from :meth:`scenarios.experiments.tables.Shelf.lifetimes`.
    """
    unit, communities = codes(lifetimes, ("arm", "replicate"))
    lived = lifetimes["lifetime"].to_numpy()
    ended = lifetimes["cause"].notna().to_numpy() & (lived <= horizon)
    deaths, exits = counts(np.minimum(lived, horizon), ended, unit, len(communities), horizon + 1)
    return communities.assign(lifetime=survival_matrix(deaths, exits)[:, :-1].sum(axis=1))
