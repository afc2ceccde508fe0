"""How far a table of facts is from its bands: one number for each fact.

Of a statistic with a band: how far the value lies outside, in half-widths of the band, squared; inside, a small pull to
the target (to the middle where there is none). Ratios and times are taken in logarithms. A fact's loss is the mean over
its statistics, so that facts of many parts do not outweigh the others. Only the search adds the facts up; people are
shown each of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

__all__ = ["Rule", "losses", "statistic_loss", "total"]

_OPEN = math.log(2)  # half-width, in logarithms, of a band that has one end only


@dataclass(frozen=True)
class Rule:
    """``logs``: statistics (``K7.median_minutes``) taken in logarithms; ``pull``: loss at the edge of the band;
    ``most``: loss of a statistic that is out of all measure; ``missing``: of one that has no value. That is no less,
    or the search would rather have a world in which nothing can be measured than one that is far off. ``aside``:
    statistics that count as facts and are not weighed, since what is tuned could bring them near their bands only at
    the cost of all others: one such loss outweighs them together, and the search would pay for it with every fact.
    """

    logs: frozenset[str] = frozenset()
    pull: float = 0.05
    missing: float = 100.0
    most: float = 100.0
    aside: frozenset[str] = frozenset()


def losses(values: Mapping[str, float], targets: pd.DataFrame, rule: Rule) -> pd.Series:
    """The loss of every counted fact that has a band, by its id, in the order of the targets.

    ``values`` are by statistic (``K4.gini``); ``targets`` is :func:`sim.analysis.facts.targets.targets`, or part of it.
    """
    banded = targets[targets["counted"] & (targets["low"].notna() | targets["high"].notna())]
    rows = [(row["id"], statistic_loss(values.get(key, math.nan), row["low"], row["high"], row["target"],
                                       key in rule.logs, rule))
            for row in banded.to_dict("records")
            if (key := f"{row['id']}.{row['statistic']}") not in rule.aside]  # fmt: skip
    table = pd.DataFrame(rows, columns=["id", "loss"])
    return table.groupby("id", sort=False)["loss"].mean()


def total(values: Mapping[str, float], targets: pd.DataFrame, rule: Rule) -> float:
    """The sum over the facts: what the search makes small."""
    return float(losses(values, targets, rule).sum())


def statistic_loss(value: float, low: float, high: float, target: float, is_log: bool, rule: Rule) -> float:
    """The loss of one value; a missing end or target is NaN."""
    if not math.isfinite(value) or (is_log and value <= 0):
        return rule.missing
    value, low, high, target = (math.log(one) if is_log else one for one in (value, low, high, target))
    if math.isnan(low) or math.isnan(high):
        edge = high if math.isnan(low) else low
        outside = value - edge if math.isnan(low) else edge - value
        return min(rule.most, (max(0.0, outside) / (_OPEN if is_log else abs(edge) / 2 or 1.0)) ** 2)
    half, middle = (high - low) / 2, (low + high) / 2
    outside = max(low - value, value - high, 0.0) / half
    away = abs(value - (middle if math.isnan(target) else target)) / half
    return min(rule.most, outside**2 + rule.pull * min(1.0, away) ** 2)
