"""Where a number cannot show more: lives end with the watch, shares with nothing and all, groups with their seats.

Groups are watched for so many days, so no mean life exceeds them; if doing nothing has 125 of 151, nothing can add more
than 26. An arm that has come to such a bound is no weaker than what would lie beyond it: it cannot be told.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.analysis.registry import OUTCOMES, SCORE

__all__ = ["LIVES", "NEAR", "SEATED", "Ends", "at_bound", "bounds", "possible", "seats_of"]

NEAR = 0.02
"""A mean within this share of the range from a bound is at the bound."""

LIVES = ("lifetime", "lifetime_any")
"""Means of lives, which are watched for so long and no longer."""
SEATED = ("members", "members_peak", "members_end")
"""Means over groups of how many sit in one."""


@dataclass(frozen=True)
class Ends:
    """Where a world's numbers end: after how many ``days`` lives are no longer watched, how many ``seats`` a group has."""

    days: float = math.inf
    seats: float = math.inf


def seats_of(configs: Iterable[Mapping[str, Any]]) -> float:
    """The most seats a group has in any of these resolved configs; without end where none of them says."""
    said = [config["population"].get("seats") for config in configs if isinstance(config.get("population"), Mapping)]
    return max((float(seats) for seats in said if seats), default=math.inf)


def bounds(outcome: str, ends: Ends) -> tuple[float, float]:
    """The least and the largest mean there can be."""
    if outcome in LIVES:
        return 0.0, ends.days
    if outcome in SEATED:
        return 0.0, ends.seats
    if OUTCOMES[outcome].unit in ("share", "0 to 1"):
        return 0.0, 1.0
    if OUTCOMES[outcome].unit == SCORE:
        return -100.0, 100.0
    return -math.inf if outcome.startswith("profit") else 0.0, math.inf


def at_bound(outcome: str, mean: float, ends: Ends) -> bool:
    """Has a mean come to an end of its range? (Nothing of what has no upper end is no bound but a number.)"""
    low, high = bounds(outcome, ends)
    return math.isfinite(high) and not low + NEAR * (high - low) < mean < high - NEAR * (high - low)


def possible(outcome: str, low: float, high: float, ends: Ends) -> tuple[float, float]:
    """Limits of a mean, cut where the outcome ends."""
    least, most = bounds(outcome, ends)
    return float(np.clip(low, least, most)), float(np.clip(high, least, most))
