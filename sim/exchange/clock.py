"""Wall clocks: times without a zone as UTC, of a zone the user names."""

from __future__ import annotations

from calendar import timegm
from datetime import date, datetime
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["day_start", "epoch_seconds", "from_wall"]

Seconds = NDArray[np.float64]


@lru_cache(100_000)
def day_start(year: int, month: int, day: int) -> int | None:
    """Seconds from 1970 to the beginning of a day; None where there is no such day.

    >>> day_start(1970, 1, 2), day_start(2025, 2, 29)
    (86400, None)
    """
    try:
        return (date(year, month, day) - date(1970, 1, 1)).days * 86_400
    except ValueError:
        return None


def epoch_seconds(text: str) -> float | None:
    """Seconds since 1970 of ``2026-03-01 20:15:00`` (perhaps with T, a zone, slashes); None if it is no time.

    >>> epoch_seconds("1970-01-01 00:01:00"), epoch_seconds("1970-01-01T08:00:00+08:00"), epoch_seconds("soon")
    (60.0, 0.0, None)
    """
    try:
        found = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return None
    offset = found.utcoffset()
    shift = offset.total_seconds() if offset else 0.0
    return timegm(found.timetuple()) + found.microsecond / 1e6 - shift


def from_wall(wall: Seconds, zone: str) -> Seconds:
    """UTC of times by the clock of ``zone``, in the order they were written in.

    In the hour that a clock goes through twice, times are of the first round until they go back; a time that the clock
    leaps over is taken an hour later.
    """
    if zone == "UTC" or not len(wall):
        return wall
    local = pd.DatetimeIndex((wall * 1e6).astype("datetime64[us]"))
    first = _utc(local.tz_localize(zone, ambiguous=np.ones(len(wall), bool), nonexistent="shift_forward"))
    second = _utc(local.tz_localize(zone, ambiguous=np.zeros(len(wall), bool), nonexistent="shift_forward"))
    twice = first != second
    went_back = twice & (first < np.maximum.accumulate(first))
    night = np.floor(wall / 86400)
    since = np.maximum.accumulate(np.where(went_back, night, -np.inf))
    return np.where(twice & (since == night), second, first)


def _utc(times: pd.DatetimeIndex) -> Seconds:
    return times.tz_convert("UTC").tz_localize(None).to_numpy("datetime64[us]").astype(np.int64) / 1e6
