"""Cells of the pages' tables, as ``templates/grid.html`` draws them."""

from __future__ import annotations

import math

from sim.locale.words import number, signed

__all__ = ["cell", "span"]


def cell(value: str, interval: str = "", mark: str = "") -> dict[str, str]:
    """A value, its interval in small print beneath, and the class that colours it (``up``, ``down``, ``moved``)."""
    return {"value": value, "interval": interval, "mark": mark}


def span(low: float, high: float, unit: str, sign: bool = False) -> str:
    """Both limits of an interval; nothing where one is undefined."""
    if math.isnan(low) or math.isnan(high):
        return ""
    write = signed if sign else number
    return " … ".join(write(side, unit).removesuffix(" %") for side in (low, high))
