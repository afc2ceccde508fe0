"""How many communities are needed, and how many does common luck save?

An interval of half width h for the mean difference needs the smallest n with

    t(0.975, n − 1) · s / √n ≤ h.

Under common luck s is the standard deviation s_d of the paired differences. With luck of its own for every arm it would
be √(s_arm² + s_ref²). The two ns are found for the same h; with many communities their ratio is that of the variances,

    gain = (s_arm² + s_ref²) / s_d²,   95 % interval by drawing whole communities (percentiles).

A gain of 5 means: without common luck five times as many communities for the same interval.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy import special

from sim.analysis.paired import paired
from sim.analysis.study.asked import Asked, Floats, block, by_arm, checked
from sim.analysis.study.effects import smallest_relevant
from sim.analysis.study.resample import limits, weights

__all__ = ["MOST", "gain", "half_width", "more_seeds", "precision", "seeds_needed"]

#: More communities than anyone will run.
MOST = 10_000_000
_SAFETY = 0.8


def seeds_needed(spread: float, half_width: float) -> int:
    """Smallest n ≥ 2 with t(0.975, n − 1) · spread / √n ≤ half_width; :data:`MOST` where that is beyond reach.

    >>> seeds_needed(10.0, 2.0)
    99
    """
    if not half_width > 0:
        raise ValueError(f"a half width of {half_width} cannot be reached: give a number above 0")
    if not spread > 0:
        return 2
    n = max(2, math.ceil((special.ndtri(0.975) * spread / half_width) ** 2)) if spread / half_width < 1e4 else MOST
    while n < MOST and special.stdtrit(n - 1, 0.975) * spread / math.sqrt(n) > half_width:
        n += max(1, n // 1000)
    while 2 < n < MOST and special.stdtrit(n - 2, 0.975) * spread / math.sqrt(n - 1) <= half_width:
        n -= 1
    return min(n, MOST)


def gain(arm: Floats, base: Floats) -> tuple[float, float, float]:
    """(s_arm² + s_ref²) / s_d² with its 95 % limits; infinite where the arms differ by a constant, NaN below n = 3."""
    n = len(arm)
    if n < 3:
        return (math.nan,) * 3
    own, paired = float(arm.var() + base.var()), float((arm - base).var())
    if paired <= 1e-18 * own:
        return (math.inf if own > 0 else math.nan,) * 3
    w = weights(n)
    shares = [_variance(w, x) for x in (arm, base, arm - base)]
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = limits((shares[0] + shares[1]) / shares[2])
    return own / paired, float(low), float(high)


def _variance(w: Floats, x: Floats) -> Floats:
    centred = x - x.mean()
    return w @ centred**2 / len(x) - (w @ centred / len(x)) ** 2


def precision(study: Asked, table: pd.DataFrame, target: dict[str, float] | None = None) -> pd.DataFrame:
    """One row per world, arm but the reference, and outcome: what the intervals cost.

    ``target``: half width wanted, by outcome; by default half of what matters (see
    :mod:`sim.analysis.study.effects`), so that an arm that matters can be told from one that does nothing.
    Columns: ``world, arm, outcome, half_width`` (the target), ``spread, own_spread, n, needed, more, needed_own,
    gain, gain_low, gain_high``; ``needed`` with common luck, ``needed_own`` with luck of its own for every arm.
    """
    rows = []
    for world in table["world"].unique():
        for outcome in study.outcomes:
            wide = by_arm(table, world, outcome)
            for arm in (arm for arm in study.arms if arm != study.reference and {arm, study.reference} <= {*wide}):
                a, b = wide[[arm, study.reference]].dropna().to_numpy().T
                if len(a) < 2:
                    continue
                half = (target or {}).get(outcome, smallest_relevant(outcome, float(b.mean())) / 2)
                rows.append({"world": str(world), "arm": arm, "outcome": outcome, **_costs(a, b, half)})
    return pd.DataFrame(rows)


def _only(table: pd.DataFrame, arms: list[str]) -> pd.DataFrame:
    return table[table["arm"].isin(arms)]


def _costs(a: Floats, b: Floats, half: float) -> dict[str, float]:
    spread, own = float((a - b).std(ddof=1)), math.sqrt(a.var(ddof=1) + b.var(ddof=1))
    ratio, low, high = gain(a, b)
    known = half > 0
    needed, needed_own = ((seeds_needed(s, half) if known else math.nan) for s in (spread, own))
    more = max(0, needed - len(a)) if known else math.nan
    return {
        "half_width": half, "spread": spread, "own_spread": own, "n": len(a), "needed": needed, "more": more,
        "needed_own": needed_own, "gain": ratio, "gain_low": low, "gain_high": high,
    }  # fmt: skip


def half_width(study: Asked, outcomes: pd.DataFrame, outcome: str | None = None) -> pd.DataFrame:
    """``arm, world, half_width, n`` of every paired interval of ``outcome`` (the primary one where none is named)."""
    name = outcome or study.outcomes[0]
    found = paired(outcomes[["arm", "world", "replicate", name]], study.reference)
    return found[["arm", "world", "n"]].assign(half_width=(found["high"] - found["low"]) / 2)


def more_seeds(study: Asked, outcomes: pd.DataFrame, target: float, outcome: str | None = None) -> int | None:
    """How many more communities every arm needs until each paired interval of ``outcome`` is within ± ``target``.

    The primary outcome where none is named. The spread of few differences is itself uncertain, so its upper 80 % limit
    is used, s · √((n − 1) / χ²(0.2, n − 1)): one extension is mostly enough. 0 where every interval is that short
    already (as :func:`sim.analysis.paired.paired` gives it). Arms in which the outcome is defined in fewer than two
    communities are passed over; where that is all of them nothing can be told: None.
    """
    name = outcome or study.outcomes[0]
    table = checked(study, outcomes)
    found = half_width(study, table, name)
    if (found["n"] < 2).all():
        return None
    missing = [0]
    for world, arm in found.loc[found["half_width"] > target, ["world", "arm"]].itertuples(index=False):
        pair = block(_only(table, [arm, study.reference]), world, name)
        d = pair.values[:, 0] - pair.values[:, 1]
        spread = d.std(ddof=1) * math.sqrt((len(d) - 1) / special.chdtri(len(d) - 1, _SAFETY))
        missing.append(max(1, seeds_needed(spread, target) - len(d)))
    return max(missing)
