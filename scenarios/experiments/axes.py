"""What a design, a search or a sensitivity analysis varies: knobs with a range or with words to choose from.

    over:
      strategies.red_packet.amount: {low: 0.5, high: 50, scale: log}  # log: true is the same
      strategies.red_packet.shares: declared                          # the whole declared range, or all its words
      strategies.red_packet.occasion: {choices: [daily, weekly]}      # or simply [daily, weekly]

A point u of the unit cube becomes low + u (high − low), or on a logarithmic scale low (high / low)^u. Whole numbers
take ⌊low + u (high − low + 1)⌋ so that both ends are as likely as the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.config.overrides import written
from scenarios.config.sections import all_knobs
from scenarios.errors import ConfigError, shown
from sim.engine.knobs import Knob, KnobError, did_you_mean

__all__ = ["CHOICES", "Axis", "Span", "axes_of", "over_of", "settings_of"]

CHOICES = ("scenario", "strategy", "population", "roles")
"""What a design may vary besides knobs: which file of a config group."""
MOST_AXES = 40
_KEYS = ("low", "high", "scale")
_SCALES = ("linear", "log")
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
        return self.tidy(value)

    def tidy(self, value: float) -> float:
        """To six digits, so that labels, files and runs hold the same value."""
        return min(self.high, max(self.low, float(f"{value:.{_DIGITS}g}")))


@dataclass(frozen=True)
class Axis:
    """One knob: a ``span`` of numbers, or ``choices``."""

    key: str
    span: Span | None = None
    choices: tuple[Any, ...] = ()
    knob: Knob | None = None

    @property
    def name(self) -> str:
        """The knob's own name."""
        return self.key.rsplit(".", 1)[-1]

    @property
    def unit(self) -> str:
        """The declared unit; nothing for choices and for a key that is no knob."""
        knob = self.knob or all_knobs().get(self.key)
        return knob.unit if knob is not None and self.span is not None else ""

    def at(self, u: float) -> Any:
        """The value at ``u`` of [0, 1]; choices share the interval evenly."""
        if self.span is not None:
            return self.span.at(u)
        return self.choices[min(len(self.choices) - 1, math.floor(u * len(self.choices)))]

    def tidy(self, value: Any) -> Any:
        """A number of the span to six digits, so that labels, files and runs hold the same value."""
        return value if self.span is None or self.span.whole else self.span.tidy(value)


def axes_of(value: object, place: str, known: Mapping[str, Knob]) -> tuple[Axis, ...]:
    """The knobs below ``over:``, each with its range or words; ``known`` are all there are.

    Raises
    ------
    ConfigError
        Naming knob and cure.
    """
    over = over_of(value, place, known)
    if len(over) > MOST_AXES:
        raise ConfigError(f"{place}: over: {len(over)} knobs; the most is {MOST_AXES}")
    return tuple(_axis(key, given, place, known) for key, given in over.items())


def settings_of(keys: Sequence[str], values: Sequence[Any]) -> tuple[str, ...]:
    """The overrides that set some knobs to some values."""
    return tuple(f"{key}={written(value)}" for key, value in zip(keys, values, strict=True))


def _axis(key: str, given: object, place: str, known: Mapping[str, Knob]) -> Axis:
    knob = known.get(key)
    if knob is None:
        raise ConfigError(f"{place}: over: {key} is no knob but a choice of files; put it in base, and vary its knobs")
    if isinstance(given, list) or (isinstance(given, Mapping) and "choices" in given):
        return Axis(key, choices=_choices(key, given, knob, place))
    if knob.kind in ("choice", "yes/no") and (given is None or given in ("declared", {})):
        return Axis(key, choices=knob.choices or (False, True))
    if isinstance(given, Mapping) and "log" in given:
        given = _with_scale(key, given, place)
    return Axis(key, span=_span(key, given, place, known), knob=knob)


def _choices(key: str, given: Any, knob: Knob, place: str) -> tuple[Any, ...]:
    listed = given if isinstance(given, list) else given["choices"]
    where = f"{place}: over: {key}"
    if isinstance(given, Mapping) and len(given) > 1:
        raise ConfigError(f"{where}: choices stand alone; a range is written {{low: 1, high: 20}}")
    if not isinstance(listed, list) or len(listed) < 2:
        raise ConfigError(f"{where}: choices: {shown(listed)} is no list of two values or more, like [daily, weekly]")
    try:
        found = tuple(knob.check(one) for one in listed)
    except KnobError as error:
        raise ConfigError(f"{where}: {error}") from error
    if len(set(found)) < len(found):
        raise ConfigError(f"{where}: a choice is named twice; name every value once")
    return found


def _with_scale(key: str, given: Mapping[str, Any], place: str) -> dict[str, Any]:
    """``log: true`` is short for ``scale: log``."""
    if not isinstance(given["log"], bool) or "scale" in given:
        raise ConfigError(f"{place}: over: {key}: log={shown(given['log'])}: write log: true, or scale: log")
    rest = {word: value for word, value in given.items() if word != "log"}
    return {**rest, "scale": "log" if given["log"] else "linear"}


def over_of(value: object, place: str, knobs: Mapping[str, Knob]) -> dict[str, Any]:
    """The mapping of knobs (or config groups) to what is tried of them, every name known."""
    if not isinstance(value, Mapping) or not value:
        raise ConfigError(f"{place}: over: {shown(value)} is no mapping of keys to values")
    known = {*knobs, *CHOICES}
    for key in value:
        if key not in known:
            last = {full.rsplit(".", 1)[-1]: full for full in known}
            hint = f"; did you mean '{last[key]}'?" if key in last else did_you_mean(str(key), known)
            hint = hint if "did you" in hint else "; `shequn list knobs` shows what there is"
            raise ConfigError(f"{place}: over: there is no knob '{shown(key)}'{hint}")
    return dict(value)


def _span(key: str, given: object, place: str, known: Mapping[str, Knob]) -> Span:
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
