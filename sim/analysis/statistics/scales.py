"""Scales on which effects can add up.

Days and shares end: where doing nothing has 125 of 151 days, two strategies that add 20 days each cannot add 40. What they do
each on its own is put together on a scale without ends. Of a mean m:

    lives          −log λ, λ the constant hazard of death that gives this restricted mean,  m = (1 − exp(−λH)) / λ
    groups alive   −log(−log m): minus the logarithm of the cumulated hazard
    other shares   log(m / (1 − m)); members of a group likewise, as a share of its seats; scores, of their range
    counts, money  log m; profit, which may be negative, as it is

Each rises with m, so that more stays more. At an end of its range a mean has no place on its scale: NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.analysis.ceilings import LIVES, SEATED, Ends, bounds
from sim.analysis.registry import OUTCOMES, SCORE

__all__ = ["Scale", "scale_of"]

Floats = NDArray[np.float64]
_LOG = np.linspace(-18.0, 12.0, 60_001)
_SHARE = -np.expm1(-np.exp(_LOG)) / np.exp(_LOG)  # of the watch that is lived under hazard exp(_LOG) / H; falls


@dataclass(frozen=True)
class Scale:
    """``to`` brings a mean onto the scale, ``back`` from it; ``name`` says which it is."""

    name: str
    to: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]


def scale_of(outcome: str, ends: Ends) -> Scale:
    """The scale of an outcome, by where it ends."""
    unit, horizon, seats = OUTCOMES[outcome].unit if outcome in OUTCOMES else "", ends.days, ends.seats
    if outcome in LIVES and np.isfinite(horizon):
        return Scale("hazard", lambda m: -_log_hazard(m / horizon), lambda g: horizon * np.interp(-g, _LOG, _SHARE))
    if outcome == "alive":
        return Scale("hazard", lambda m: -np.log(-np.log(_inside(m))), lambda g: np.exp(-np.exp(-g)))
    if unit in ("share", "0 to 1"):
        return Scale("odds", lambda m: special.logit(_inside(m)), special.expit)
    if outcome in SEATED and np.isfinite(seats):
        return Scale("odds", lambda m: special.logit(_inside(m / seats)), lambda g: seats * special.expit(g))
    if unit == SCORE:
        low, high = bounds(outcome, ends)
        return Scale("odds", lambda m: special.logit(_inside((m - low) / (high - low))),
                     lambda g: low + (high - low) * special.expit(g))  # fmt: skip
    if not unit or outcome.startswith("profit"):
        return Scale("plain", lambda m: m, lambda g: g)
    return Scale("log", lambda m: np.log(np.where(m > 0, m, np.nan)), np.exp)


def _inside(share: Floats) -> Floats:
    return np.where((share > 0) & (share < 1), share, np.nan)


def _log_hazard(share: Floats) -> Floats:
    """log(λH) at which this share of the watch is lived."""
    return np.interp(_inside(share), _SHARE[::-1], _LOG[::-1], left=np.nan, right=np.nan)
