"""Points that fill the ranges of some knobs evenly: Latin hypercubes and Sobol sequences, by scipy.stats.qmc.

A point u of the unit cube becomes low + u (high − low), or on a logarithmic scale low (high / low)^u. Whole numbers
take ⌊low + u (high − low + 1)⌋ so that both ends are as likely as the rest. Same seed, same points.

McKay, Beckman & Conover (1979), Technometrics 21, 239–245; Sobol' (1967), scrambled after Owen (1998).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scipy.stats import qmc

from scenarios.errors import ConfigError, shown
from sim.engine.knobs import Knob, did_you_mean

__all__ = ["SAMPLERS", "Span", "sampled", "span_of"]

SAMPLERS = ("latin_hypercube", "sobol")
_KEYS = ("low", "high", "scale")
_SCALES = ("linear", "log")
_MOST = 10_000
_DIGITS = 6


@dataclass(frozen=True)
class Span:
    """The range of one knob."""

    low: float
    high: float
    log: bool
    whole: bool

    def at(self, u: float) -> float | int:
        """The value at ``u`` of [0, 1)."""
        top = self.high + 1 if self.whole else self.high
        value = self.low * (top / self.low) ** u if self.log else self.low + u * (top - self.low)
        if self.whole:
            return int(min(self.high, math.floor(value)))
        return min(self.high, max(self.low, float(f"{value:.{_DIGITS}g}")))


def sampled(
    name: str, over: Mapping[str, Any], value: Mapping[str, Any], place: str, known: Mapping[str, Knob]
) -> list[tuple[Any, ...]]:
    """``n`` points over the ranges in ``over``; ``known`` are all knobs there are."""
    n, seed = _count(value.get("n"), "n", 1, place), _count(value.get("seed", 1), "seed", 0, place)
    spans = [span_of(key, given, place, known) for key, given in over.items()]
    if name == "sobol" and n & (n - 1):
        raise ConfigError(f"{place}: n={n}: a Sobol sequence is even for powers of two only; take n: {_near(n)}")
    maker = qmc.LatinHypercube if name == "latin_hypercube" else qmc.Sobol
    cube = maker(d=len(spans), rng=seed).random(n)
    return [tuple(span.at(float(u)) for span, u in zip(spans, row, strict=True)) for row in cube]


def _near(n: int) -> int:
    return 1 << max(0, round(math.log2(n)))


def _count(value: object, key: str, least: int, place: str) -> int:
    most = _MOST if key == "n" else 10**9
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ConfigError(f"{place}: {key}={shown(value)} is no whole number from {least} to {most:,}")
    return value


def span_of(key: str, given: object, place: str, known: Mapping[str, Knob]) -> Span:
    """The range given for a knob, or the declared one; within the declared one in any case."""
    knob = known.get(key)
    if knob is None or knob.low is None or knob.high is None:
        raise ConfigError(f"{place}: over: {key} has no range to draw from; list its values in a grid")
    if given is None or given in ("declared", {}):
        given = {}
    if not isinstance(given, Mapping):
        raise ConfigError(f"{place}: over: {key}: {shown(given)} is no range; write {{low: 1, high: 20, scale: log}}")
    for word in given:
        if word not in _KEYS:
            raise ConfigError(f"{place}: over: {key}: there is no '{shown(word)}'{did_you_mean(str(word), _KEYS)}")
    low, high = (_edge(knob, given.get(end, default), f"{place}: over: {key}: {end}")
                 for end, default in (("low", knob.low), ("high", knob.high)))  # fmt: skip
    scale = given.get("scale", "linear")
    if scale not in _SCALES:
        raise ConfigError(f"{place}: over: {key}: scale={shown(scale)}; there is linear and log")
    if not low < high:
        raise ConfigError(f"{place}: over: {key}: low={low:g} is not below high={high:g}")
    if scale == "log" and low <= 0:
        raise ConfigError(f"{place}: over: {key}: a logarithmic scale needs low above 0")
    return Span(low, high, scale == "log", knob.kind == "whole number")


def _edge(knob: Knob, value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ConfigError(f"{place}: {shown(value)} is no number")
    if not (knob.low or 0) <= value <= (knob.high or 0):
        raise ConfigError(f"{place}={value:g} is out of range: it goes from {knob.low:g} to {knob.high:g} {knob.unit}")
    return float(value)
