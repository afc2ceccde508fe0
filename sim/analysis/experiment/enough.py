"""Until a difference is known well enough: how many communities to run next, and when to stop.

Who adds communities until an interval is short stops, more often than not, where the spread happens to look small, and
then the interval covers too little. So the half width h is reached only where, for every arm,

- there are :data:`LEAST` communities or more and the interval shown (:mod:`sim.analysis.statistics.paired`) is not rough,
- it is within ± h, and that of the first four fifths of the communities was so too.

In other words, once h is reached a quarter more communities must confirm it. Measured, with 5 or 20 communities to begin
with and h such that 15, 40 or 150 would do (400 to 2,500 studies each, Monte Carlo error 0.5 to 1 point): intervals at the
end cover 94 to 95 % for normal, 93 to 96 % for exponential, 94 to 98 % for zero-inflated differences and for yes or no, and
90 to 94 % for lognormal ones; stopping at once, without a least number, gave 92–95, 89–97, 37–99 and 79–93 %. It costs 25
to 50 % more communities.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from sim.analysis.experiment.asked import Asked, Floats, by_arm, checked
from sim.analysis.experiment.precision import seeds_needed, spread_limits, stretch
from sim.analysis.statistics.ratios import same
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["LEAST", "Outlook", "known", "outlook"]

#: No fewer communities are enough.
LEAST = 20
_CONFIRM = 0.8


@dataclass(frozen=True)
class Outlook:
    """What is known, and what is still needed.

    ``n`` fewest communities of a comparison; ``half`` the widest half width shown, NaN where none
    has one; ``more`` further communities for the comparisons that are not rough, ``more_rough`` for those that are, 0
    where everything is known; ``low, high`` 80 % limits of the communities needed by the comparison that needs most
    (NaN where none varies); ``rough`` how many of ``comparisons`` are rough or have no interval.
    """

    n: int
    half: float
    more: int
    more_rough: int
    low: float
    high: float
    rough: int
    comparisons: int


def outlook(study: Asked, outcomes: pd.DataFrame, target: float, outcome: str | None = None) -> Outlook | None:
    """Where the differences of ``outcome`` (the primary one) from the reference stand on the way to ± ``target``.

    Arms in which the outcome is defined in fewer than two communities are passed over; where that is all of them
    nothing can be told: None.
    """
    table, name = checked(study, outcomes), outcome or study.outcomes[0]
    found = [known(d, target) for d in _differences(study, table, name) if len(d) > 1]
    if not found:
        return None
    most = max(found, key=lambda one: 0.0 if math.isnan(one.high) else one.high)
    widest = max((one.half for one in found if one.half == one.half), default=math.nan)
    return Outlook(
        min(one.n for one in found), widest, max(one.more for one in found), max(one.more_rough for one in found),
        most.low, most.high, sum(one.rough for one in found), len(found),
    )  # fmt: skip


def _differences(study: Asked, table: pd.DataFrame, name: str) -> list[Floats]:
    """Paired differences of every world and arm, in the order of replicates."""
    found = []
    for world in table["world"].unique():
        wide = by_arm(table, world, name)
        arms = [arm for arm in wide.columns if arm != study.reference] if study.reference in wide.columns else []
        found += [same(*wide[[arm, study.reference]].dropna().to_numpy().T) for arm in arms]
    return found


def _half(d: Floats) -> tuple[float, bool]:
    """Half width of the interval shown, and whether it is rough (or there is none)."""
    found = mean_interval(d)
    return float(found.high - found.low) / 2, bool(found.rough) or math.isnan(float(found.low))


def known(d: Floats, target: float) -> Outlook:
    """The outlook of a single comparison, from its paired differences (two or more) in the order of replicates."""
    n = len(d)
    half, rough = _half(d)
    short = half <= target and not rough and n >= LEAST
    first = int(_CONFIRM * n)
    before, was_rough = _half(d[:first]) if first >= LEAST else (math.nan, True)
    sure = short and before <= target and not was_rough
    low, high = (0.0, math.nan) if math.isnan(half) else spread_limits(d)
    low, high = (math.nan if math.isnan(high) else float(seeds_needed(s, target)) for s in (low, high * stretch(d, half)))
    goal = max(LEAST, n if short or math.isnan(high) else high) / _CONFIRM
    more = 0 if sure else max(math.ceil(goal - 1e-9) - n, 1)
    return Outlook(n, half, 0 if rough else more, max(more, n // 4) if rough else 0, low, high, int(rough), 1)
