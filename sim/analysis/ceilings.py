"""Where a number cannot show more: lives end with the watch, shares with nothing and all.

Groups are watched for so many days, so no mean life exceeds them; if doing nothing has 125 of 151, nothing can add more
than 26. An arm that has come to such a bound is no weaker than what would lie beyond it: it cannot be told.
"""

from __future__ import annotations

import math

from sim.analysis.outcomes import OUTCOMES

__all__ = ["NEAR", "at_bound", "bounds"]

NEAR = 0.02
"""A mean within this share of the range from a bound is at the bound."""


def bounds(outcome: str, horizon: float) -> tuple[float, float]:
    """The least and the largest mean there can be; ``horizon`` is for how many days lives are watched."""
    if outcome == "lifetime":
        return 0.0, horizon
    if OUTCOMES[outcome].unit in ("share", "0 to 1"):
        return 0.0, 1.0
    return -math.inf if outcome.startswith("profit") else 0.0, math.inf


def at_bound(outcome: str, mean: float, horizon: float) -> bool:
    """Has a mean come to an end of its range? (Nothing of what has no upper end is no bound but a number.)"""
    low, high = bounds(outcome, horizon)
    return math.isfinite(high) and not low + NEAR * (high - low) < mean < high - NEAR * (high - low)
