"""What a search or a sensitivity analysis varies: knobs with a range or with words to choose from.

    over:
      strategies.red_packet.amount: {low: 0.5, high: 50, scale: log}  # log: true is the same
      strategies.red_packet.shares: declared                          # the whole declared range, or all its words
      strategies.red_packet.occasion: {choices: [daily, weekly]}      # or simply [daily, weekly]
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.config.sections import all_knobs
from scenarios.errors import ConfigError, shown
from scenarios.experiments.designs import over_of, settings_of
from scenarios.experiments.sampling import Span, span_of
from sim.engine.knobs import Knob, KnobError

__all__ = ["Axis", "axes_of", "overrides_at"]

_FIRST_DIGITS = 6
MOST_AXES = 40


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
        if self.span is None or self.span.whole:
            return value
        return min(self.span.high, max(self.span.low, float(f"{value:.{_FIRST_DIGITS}g}")))


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


def overrides_at(axes: Sequence[Axis], values: Sequence[Any]) -> tuple[str, ...]:
    """The overrides that set the knobs to some values."""
    return settings_of([axis.key for axis in axes], values)


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
    return Axis(key, span=span_of(key, given, place, known), knob=knob)


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
