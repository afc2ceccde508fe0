"""What came of a case: does the model say what was reported?

The report is a number or a range [a, b] (one side may be open); the simulation is one number a community, over all
worlds of the ensemble. With the bands that hold the middle 80 % and 95 % of the communities:

    agrees        the 80 % band meets the report, and leaves out what it would be had nothing happened
    disagrees     the 95 % band does not meet the report
    cannot_tell   else

What a report does not tell is played at three values. Where one of them agrees and another disagrees the verdict is
``depends``: on what the report leaves out. What holds by the way the model is made is ``by_construction``.
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
    """What was reported, ``low`` to ``high``; and ``nothing``: what it would be had nothing happened (NaN: no such
    number, so nothing need be ruled out)."""

    low: float
    high: float
    nothing: float = np.nan


def bands(values: Floats) -> tuple[float, float, float, float, float]:
    """Quantiles 2.5, 10, 50, 90 and 97.5 % of communities; infinity is *never*, NaN are left out."""
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return (np.nan,) * 5
    at = [known[min(len(known) - 1, int(share * len(known)))] for share in (0.025, 0.1, 0.5, 0.9, 0.975)]
    return tuple(map(float, at))  # type: ignore[return-value]


def of_measure(values: Floats, reported: Reported) -> str:
    """``agrees``, ``disagrees`` or ``cannot_tell``."""
    lowest, low, _, high, highest = bands(values)
    if np.isnan(low):
        return "cannot_tell"
    if highest < reported.low or lowest > reported.high:
        return "disagrees"
    meets = low <= reported.high and high >= reported.low
    is_told = np.isnan(reported.nothing) or not low <= reported.nothing <= high
    return "agrees" if meets and is_told else "cannot_tell"


def of_case(whole: str, otherwise: Mapping[str, str], by_construction: bool = False) -> str:
    """The verdict on a measure, from that under the values assumed and those under other values of what is not told."""
    if {whole, *otherwise.values()} >= {"agrees", "disagrees"}:
        return "depends"
    return "by_construction" if by_construction and whole == "agrees" else whole
