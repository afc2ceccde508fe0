"""What a search found: every point on the seeds of the search, the unbeaten ones on fresh seeds as well.

Tables of means hold one row a point and outcome: ``trial, outcome, mean, low, high, n, rough``, with 95 % limits over
communities (:func:`sim.analysis.statistics.skewed.mean_interval`). A point is named by the number of its trial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import pandas as pd
from scipy import stats

from sim.analysis.experiment.asked import Titled
from sim.analysis.statistics.skewed import Mean, mean_interval

__all__ = ["FATES", "Dial", "Front", "Limit", "Searched", "Sought", "Span"]

#: What may become of an unbeaten point on fresh seeds, the best first; unknown: an outcome is undefined there.
FATES = ("unbeaten", "beaten", "breaks", "unknown")


class Span(Protocol):
    """The range of a knob."""

    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def log(self) -> bool: ...


class Dial(Protocol):
    """A knob that was turned: over a ``span`` of numbers, or through ``choices``."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def span(self) -> Span | None: ...
    @property
    def choices(self) -> tuple[Any, ...]: ...


class Limit(Protocol):
    """``outcome`` ≤ ``limit`` (``side`` at_most) or ≥ (at_least); ``excess`` is how far a value is beyond it."""

    @property
    def outcome(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def limit(self) -> float: ...
    def excess(self, value: float) -> float: ...


class Sought(Titled, Protocol):
    """What the page and its pictures need of a search; ``objectives`` maps an outcome to maximize or minimize."""

    @property
    def world(self) -> Sequence[str]: ...
    @property
    def base(self) -> Sequence[str]: ...
    @property
    def extra(self) -> Sequence[str]: ...
    @property
    def axes(self) -> Sequence[Dial]: ...
    @property
    def objectives(self) -> Mapping[str, str]: ...
    @property
    def constraints(self) -> Sequence[Limit]: ...
    @property
    def outcomes(self) -> Sequence[str]: ...
    @property
    def trials(self) -> int: ...
    @property
    def seeds(self) -> int: ...
    @property
    def fresh_seeds(self) -> int: ...
    @property
    def days(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def fresh_seed(self) -> int: ...
    @property
    def sampler(self) -> str: ...


@dataclass(frozen=True)
class Front:
    """The unbeaten points: means on the seeds that chose them (``before``) and on fresh ones (``after``).

    ``kept`` are the trials that keep every constraint on fresh seeds, ``unbeaten`` those of them that no other beats.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    kept: tuple[int, ...]
    unbeaten: tuple[int, ...]

    @property
    def trials(self) -> list[int]:
        """All of them."""
        return [int(trial) for trial in self.before["trial"].unique()]

    def fate(self, trial: int) -> str:
        """One of :data:`FATES`."""
        if trial in self.kept:
            return "unbeaten" if trial in self.unbeaten else "beaten"
        return "unknown" if self.after.loc[self.after["trial"] == trial, "mean"].isna().any() else "breaks"

    def flattery(self, outcome: str) -> tuple[float, float, float, int]:
        """Mean over the points of (search − fresh), with its 95 % limits and the number of points.

        The points share their communities, so the limits tell how points differ, not how seeds do.
        """
        pair = [frame[frame["outcome"] == outcome].set_index("trial")["mean"] for frame in (self.before, self.after)]
        found = mean_interval((pair[0] - pair[1]).to_numpy(dtype=np.float64))
        return float(found.mean), float(found.low), float(found.high), int(found.n)


@dataclass(frozen=True)
class Searched:
    """A search with all it found.

    ``points`` are the knobs' values by trial, in the order of the axes; ``every`` their means on the seeds of the
    search; ``runs`` the runs of the unbeaten points, one row each: ``trial, replicate`` and a column for each outcome, in
    the search and on fresh seeds.
    """

    search: Sought
    points: Mapping[int, Sequence[Any]]
    every: pd.DataFrame
    front: Front
    runs: tuple[pd.DataFrame, pd.DataFrame]

    @cached_property
    def _means(self) -> dict[bool, pd.DataFrame]:
        frames = {False: self.every, True: self.front.after}
        return {fresh: frame.set_index(["trial", "outcome"]).sort_index() for fresh, frame in frames.items()}

    def at(self, trial: int, outcome: str, fresh: bool) -> pd.Series:
        """Mean, limits and n of a point, on fresh seeds or on those of the search."""
        return self._means[fresh].loc[(trial, outcome)]

    def holds(self, trial: int, fresh: bool = False) -> bool:
        """Does the point keep every constraint, by its means?"""
        return all(one.excess(self.at(trial, one.outcome, fresh)["mean"]) <= 0 for one in self.search.constraints)

    def sign(self, objective: str) -> float:
        """1 where more is sought, −1 where less is."""
        return 1.0 if self.search.objectives[objective] == "maximize" else -1.0

    def worth(self, trial: int, objective: str) -> float:
        """The mean on fresh seeds, signed so that more is better; −∞ where it is undefined."""
        return float(np.nan_to_num(self.sign(objective) * self.at(trial, objective, True)["mean"], nan=-np.inf))

    def ranked(self) -> list[int]:
        """The points of the front by what became of them, then by the first objective on fresh seeds, best first."""
        first = next(iter(self.search.objectives))
        return sorted(self.front.trials, key=lambda t: (FATES.index(self.front.fate(t)), -self.worth(t, first), t))

    def best_for(self, objective: str) -> int:
        """Of the points that are still unbeaten, the one that is best in one objective on fresh seeds."""
        return max(sorted(self.front.unbeaten), key=lambda trial: self.worth(trial, objective))

    def gain(self, one: int, other: int, outcome: str) -> Mean:
        """Mean of (one − other) over the communities of the second look, the same for both; with 95 % limits."""
        wide = self.runs[1].pivot(index="replicate", columns="trial", values=outcome)
        return mean_interval((wide[one] - wide[other]).to_numpy(dtype=np.float64))

    def flattery(self, outcome: str) -> tuple[float, float, float, int]:
        """How much better or worse the unbeaten points looked in the search: mean of (search − fresh), 95 % limits, points.

        The points share their communities, so communities are the units: each gives its mean over the points, and the
        limits are Welch's for the difference between those of the search and the fresh ones; NaN with fewer than two.
        """
        both = set.intersection(*(set(runs.loc[runs[outcome].notna(), "trial"]) for runs in self.runs))
        kept = [runs[runs["trial"].isin(both)] for runs in self.runs]
        means = [runs.groupby("replicate")[outcome].mean().dropna().to_numpy(np.float64) for runs in kept]
        size, _, _, n = self.front.flattery(outcome)
        if min(map(len, means)) < 2:
            return size, np.nan, np.nan, n
        if all(np.ptp(mean) == 0 for mean in means):  # that nothing varied is no certainty
            return size, np.nan, np.nan, n
        found = stats.ttest_ind(*means, equal_var=False).confidence_interval(0.95)
        return size, float(found.low), float(found.high), n
