"""Facts as pages and files write them: numbers, intervals, verdicts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["finite", "interval", "number", "valued", "verdict"]


def number(value: float) -> str:
    """Three figures; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}".replace("-", "−")


def interval(low: float, high: float) -> str:
    """Its ends; nothing where there are none."""
    return f"{number(low)} … {number(high)}" if math.isfinite(low) or math.isfinite(high) else ""


def valued(value: float, low: float, high: float) -> str:
    """A value with its interval behind it, if there is one."""
    ends = interval(low, high)
    return f"{number(value)} ({ends})" if ends else number(value)


def verdict(row: Mapping[Any, Any]) -> str:
    """``yes``, ``no``, or nothing where it is not measured."""
    return "" if pd.isna(row["passes"]) else "yes" if row["passes"] else "no"


def finite(thing: Any) -> Any:
    """The same with null for what is no number, so that it is JSON."""
    if isinstance(thing, Mapping):
        return {key: finite(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [finite(value) for value in thing]
    if hasattr(thing, "item"):
        thing = thing.item()
    return None if thing is pd.NA or (isinstance(thing, float) and not math.isfinite(thing)) else thing
