"""An effect over several worlds: how large on average, how much it differs between them, in how many it has its sign.

Worlds are sets of constants that fit the facts as well; which of them is true is not known. With x̄_w the mean of m_w
communities in world w, W worlds and s² the variance of communities within their worlds (pooled):

    mean       m = Σ x̄_w / W, each world alike; its 95 % interval is that of a mean of W values
               (:mod:`sim.analysis.statistics.skewed`), so it carries luck and worlds
    spread     τ² = max(0, var(x̄_w) − Σ s²/m_w / W)     (variance between worlds, moments; Higgins, Thompson &
               Spiegelhalter 2009, J. R. Stat. Soc. A 172, 137–159)
    noise off  θ_w = m + (x̄_w − m) · √(τ² / (τ² + s²/m_w))    (shrunk so that the θ_w spread as the worlds do; Louis
               1984, J. Am. Stat. Assoc. 79, 393–398)

:attr:`OverWorlds.above` is the share of worlds with θ_w > 0. Where no world has two communities s² is not known, and
the worlds are taken as they came, unless it is known from elsewhere (``within``). That worlds differ at all
(:attr:`OverWorlds.differ`) is sure where the F test of their means has p < 0.05,

    F = Σ m_w (x̄_w − x̄)² / (W − 1) / s²,     x̄ = mean of all communities

A τ above 0 is no such proof: under luck alone about every second one is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.analysis.statistics.skewed import mean_interval

__all__ = ["OverWorlds", "over_worlds"]

Floats = NDArray[np.float64]
_ALIKE, _LEVEL = 20, 0.05


@dataclass(frozen=True)
class OverWorlds:
    """``mean``, ``low`` and ``high`` (95 %), ``spread`` (τ), ``worlds`` with the noise off (θ_w), ``n`` communities,
    ``within``, the variance of communities within their worlds (s²), and whether the worlds surely ``differ``."""

    mean: float
    low: float
    high: float
    spread: float
    worlds: tuple[float, ...]
    n: int
    within: float = np.nan
    differ: bool = False

    @property
    def above(self) -> float:
        """Share of the worlds in which the effect is above 0; NaN without any."""
        return self.beyond(0.0)

    def beyond(self, least: float) -> float:
        """Share of the worlds in which it is above ``least``."""
        return float(np.mean(np.array(self.worlds) > least)) if self.worlds else np.nan

    def turned(self) -> OverWorlds:
        """The same with the other sign."""
        worlds = tuple(-one for one in self.worlds)
        return OverWorlds(-self.mean, -self.high, -self.low, self.spread, worlds, self.n, self.within, self.differ)


def over_worlds(values: Floats, world: NDArray[np.int64], within: float | None = None) -> OverWorlds:
    """From the effect in each community and the number of its world; NaN are left out. ``within`` is s² where it is
    known from a larger study of the same effect.

    Where all worlds have the same mean the limits are NaN, as they are with fewer than two worlds; but where all of twenty
    communities or more, of two worlds or more, come to the very same value, the limits are that value: under the same
    luck no difference at all is none.
    """
    known = np.isfinite(values)
    values, world = np.asarray(values, dtype=np.float64)[known], np.asarray(world)[known]
    names, place = np.unique(world, return_inverse=True)
    if not len(names):
        return OverWorlds(np.nan, np.nan, np.nan, np.nan, (), 0)
    if len(names) > 1 and len(values) >= _ALIKE and np.ptp(values) == 0:
        same = float(values[0])
        return OverWorlds(same, same, same, 0.0, (same,) * len(names), len(values), 0.0)
    m = np.bincount(place)
    means = np.bincount(place, values) / m
    found = mean_interval(means)
    free = int((m - 1).sum())
    if within is None or not np.isfinite(within):
        within = float(((values - means[place]) ** 2).sum() / free) if free else np.nan
    noise = np.nan_to_num(within) / m
    between = max(0.0, float(np.var(means, ddof=1) - noise.mean())) if len(names) > 1 else 0.0
    tiny = np.finfo(float).tiny
    shown = np.sqrt(between / np.maximum(between + noise, tiny)) if np.isfinite(within) else np.ones(len(names))
    worlds = found.mean + (means - found.mean) * shown
    return OverWorlds(float(found.mean), float(found.low), float(found.high), float(np.sqrt(between)),
                      tuple(map(float, worlds)), len(values), within, _differ(means, m, within, free))  # fmt: skip


def _differ(means: Floats, m: NDArray[np.int64], within: float, free: int) -> bool:
    """Do the means of worlds surely differ by more than the luck of their communities?"""
    if len(means) < 2 or not free or not within > 0:
        return bool(len(means) > 1 and free and within == 0 and np.ptp(means) > 0)
    between = float(m @ (means - np.average(means, weights=m)) ** 2) / (len(means) - 1)
    return bool(stats.f.sf(between / within, len(means) - 1, free) < _LEVEL)
