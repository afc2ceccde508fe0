"""The calendar: weekends and seasons, which differ from world to world."""

from __future__ import annotations

import math
from datetime import date, timedelta

__all__ = ["calendar_of"]

SATURDAY, YEAR = 5, 365.25


def calendar_of(start: str, day: int, weekend: float, season: float, peak: float) -> float:
    """Logit that the calendar adds to members' readiness to look in on a ``day`` counted from ``start``.

    ln ``weekend`` on Saturday and Sunday, and ``season`` · cos(2π (day of the year − ``peak``) / 365.25).

    >>> calendar_of("2025-03-03", 4, 0.5, 0.0, 60.0), round(calendar_of("2025-03-03", 5, 0.5, 0.0, 60.0), 3)
    (0.0, -0.693)
    """
    when = date.fromisoformat(start) + timedelta(days=day)
    rest = math.log(weekend) if when.weekday() >= SATURDAY else 0.0
    wave = math.cos(2.0 * math.pi * (when.timetuple().tm_yday - peak) / YEAR) if season else 0.0
    return rest + season * wave
