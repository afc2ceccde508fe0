"""What came of a case: does the model say what was reported?

The report is a number or a range [a, b] (one side may be open); the simulation is one number a community, over all
worlds of the ensemble. With the bands that hold the middle 80 % and 95 % of the communities:

    agrees        the report lies inside the 80 % band, or is a range that holds the median; and the band leaves out what it
                  would be had nothing happened
    disagrees     the 95 % band does not meet the report
    cannot_tell   else; and where fewer than half of the communities have such a number

What a report does not tell is played at three values. Where the verdict turns with them it is ``depends``: on what the
report leaves out. What holds by the way the model is made is ``by_construction``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["VERDICTS", "Reported", "bands", "of_case", "of_measure"]

VERDICTS = ("agrees", "disagrees", "cannot_tell", "depends", "by_construction")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reported:
    """What was reported, ``low`` to ``high``; and ``nothing``: what it would be had nothing happened."""

    low: float
    high: float
    nothing: float


def bands(values: Floats) -> tuple[float, float, float, float, float]:
    """Quantiles 2.5, 10, 50, 90 and 97.5 % of communities; infinity is *never*, NaN are left out."""
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return (np.nan,) * 5
    n = len(known)
    low, lower = int(0.025 * n), int(0.1 * n)  # as many lie below a band as above
    at = [low, lower, n // 2, n - 1 - lower, n - 1 - low]
    return tuple(float(known[k]) for k in at)  # type: ignore[return-value]


def of_measure(values: Floats, reported: Reported) -> str:
    """``agrees``, ``disagrees`` or ``cannot_tell``."""
    lowest, low, middle, high, highest = bands(values)
    if 2 * int((~np.isnan(values)).sum()) < max(len(values), 1):
        return "cannot_tell"
    if highest < reported.low or lowest > reported.high:
        return "disagrees"
    is_inside = low <= reported.low and reported.high <= high
    is_usual = reported.low <= middle <= reported.high
    return "agrees" if (is_inside or is_usual) and not low <= reported.nothing <= high else "cannot_tell"


def of_case(whole: str, otherwise: Mapping[str, str], by_construction: bool = False, here: str = "") -> str:
    """The verdict on a measure, from that under the values assumed and those under other values of what is not told;
    ``here`` is that under the values assumed in as many communities as those.
    """
    if {*otherwise.values()} - {here or whole}:
        return "depends"
    return "by_construction" if by_construction and whole == "agrees" else whole
