"""Does a combined arm do what its parts do put together?

With m the mean of an outcome over communities and g the scale on which effects can add up (:mod:`.scales`),

    gap = [g(m_combined) − g(m_reference)] − Σ over parts of [g(m_part) − g(m_reference)]

Leaving out community r with its twins in all arms gives the pseudo-value n·gap − (n − 1)·gap(without r), and these get the
interval of :mod:`sim.analysis.statistics.skewed`. On the plain scale they are the community's own gaps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.ceilings import Ends
from sim.analysis.statistics.paired import CLEAR, aligned, by_world, demanded, with_luck
from sim.analysis.statistics.scales import Scale, scale_of
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["NO_ENDS", "Gap", "combination", "gap_of"]

Floats = NDArray[np.float64]
NO_ENDS = Ends()
_NOT_OUTCOMES = ("arm", "world", "replicate")


def combination(
    outcomes: pd.DataFrame,
    combinations: Mapping[str, Sequence[str]],
    reference: str = "nothing",
    ends: Ends = NO_ENDS,
) -> pd.DataFrame:
    """One row per combined arm, world and outcome; see the head of this file.

    ``combinations``: combined arm → the arms of its parts; ``ends``: where the numbers end.

    Columns: ``arm, world, outcome, reference, scale``; ``together`` and ``sum_of_parts``, what the combined arm adds to the
    reference's mean and what its parts put together on the scale would add, in the outcome's unit; ``difference, low,
    high``: the gap on the scale, with ``n, p, rough, p_holm, luck``; ``verdict``: "more than the sum", "less than the sum" (only where
    clear; more and less are of the number itself, whether or not it is good to have), else "could be the sum". NaN where a
    mean has come to an end of its range.
    """
    names = [name for name in outcomes.columns if name not in _NOT_OUTCOMES]
    rows: list[dict[str, Any]] = []
    for world, arms in by_world(outcomes, names).items():
        for combined, parts in combinations.items():
            demanded([combined, *parts, reference], arms, world)
            values = np.stack(aligned(arms, [combined, *parts, reference]))
            where = {"arm": combined, "world": world, "reference": reference}
            rows += [{**where, "outcome": name, **_row(values[:, :, k], scale_of(name, ends))}
                     for k, name in enumerate(names)]  # fmt: skip
    if not rows:
        raise ValueError("no combination was named: give {combined arm: [arms of its parts]}")
    table = with_luck(pd.DataFrame(rows))
    verdict = np.where(table["difference"] > 0, "more than the sum", "less than the sum")
    table["verdict"] = np.where(table["luck"] == CLEAR, verdict, "could be the sum")
    return table


class Gap(NamedTuple):
    """A gap on its scale, the mean of each arm, the mean that the parts put together would have, and the pseudo-values."""

    value: float
    means: Floats
    sum: float
    pseudo: Floats


def gap_of(values: Floats, scale: Scale) -> Gap:
    """The gap of (arms, replicates), the combined arm first and the reference last.

    Replicates in which an arm is undefined are left out. Pseudo-values are NaN where one of them has no place on the scale,
    or fewer than two replicates are left.
    """
    values = values[:, ~np.isnan(values).any(axis=0)]
    n = values.shape[1]
    if not n:
        nothing = np.full(len(values), np.nan)
        return Gap(np.nan, nothing, np.nan, nothing[:0])
    mean = values.mean(axis=1, keepdims=True)
    _, *parts, base = scale.to(mean)[:, 0]
    added = base + sum(part - base for part in parts)
    without = (values.sum(axis=1, keepdims=True) - values) / max(1, n - 1)
    pseudo = n * _gap(scale.to(mean)) - (n - 1) * _gap(scale.to(without)) if n > 1 else np.full(1, np.nan)
    pseudo = pseudo if np.isfinite(pseudo).all() else np.full(n, np.nan)
    return Gap(float(_gap(scale.to(mean))[0]), mean[:, 0], float(scale.back(np.array(added))), pseudo)


def _row(values: Floats, scale: Scale) -> dict[str, Any]:
    """``values``: (arms, replicates), the combined arm first and the reference last."""
    found = gap_of(values, scale)
    n, base = int((~np.isnan(values).any(axis=0)).sum()), found.means[-1]
    sides = {"together": float(found.means[0] - base), "sum_of_parts": float(found.sum - base)}
    limits = mean_interval(found.pseudo if np.isfinite(found.pseudo).all() and n else np.full(1, np.nan))
    gap = {"difference": found.value, "low": float(limits.low), "high": float(limits.high)}
    return {"scale": scale.name, **sides, **gap, "n": n, "p": float(limits.p), "rough": bool(limits.rough)}


def _gap(on_scale: Floats) -> Floats:
    """(columns,) of (arms, columns): the combined arm less the reference and all parts' effects."""
    whole, parts, base = on_scale[0], on_scale[1:-1], on_scale[-1]
    gap: Floats = whole - base - (parts - base).sum(axis=0)
    return gap
