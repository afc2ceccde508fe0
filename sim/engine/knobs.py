"""Knobs: every number of the model is declared once, with default, unit, range and source.

A :class:`Knob` is declared as a class attribute of a :class:`KnobSet`. On the class it is the declaration; on an
instance it is the value. Validation, the parameter page of the docs, sliders and the bounds of a sensitivity analysis
all read the same declaration.

>>> class Door(KnobSet):
...     price = Knob(0.0, 0.0, 500.0, "CNY", "price at the door", "assumption")
>>> Door().price, Door(price=9.9).price, Door.price.high
(0.0, 9.9, 500.0)
>>> Door(price=-5)
Traceback (most recent call last):
    ...
sim.engine.knobs.KnobError: price=-5 is out of range: it goes from 0 to 500 CNY
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, overload

__all__ = ["Knob", "KnobError", "KnobSet", "did_you_mean", "snake_case"]

Value = float | int | bool | str


class KnobError(ValueError):
    """A knob that does not exist, or a value it cannot take. The message names the offender and the cure."""


def snake_case(name: str) -> str:
    """The name of a class in config and tables: ``LurkerWho`` → ``lurker_who``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the nearest known word, or what there is to choose from."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f"; there is {', '.join(words)}" if words else "; it takes none"


class Knob[V: Value]:
    """One declared number (or yes/no, or choice) of the model.

    Parameters
    ----------
    default
        Value when nothing is said. Its type (bool, int, float, str) is the type of the knob.
    low, high
        Inclusive range; ``None`` for yes/no knobs and choices.
    unit
        Unit of the value: ``"CNY"``, ``"members"``, ``"1/day"``, ``"share"``, ``"logit"`` …
    doc
        What it means, in a sentence.
    source
        Where the default comes from. ``"assumption"`` is a source; silence is not.
    choices
        The words a choice knob may take.
    is_founding
        Is it read once, when a community is founded? Then it cannot change in the course of a run.
    """

    def __init__(
        self,
        default: V,
        low: float | None,
        high: float | None,
        unit: str,
        doc: str,
        source: str,
        choices: tuple[str, ...] = (),
        is_founding: bool = False,
    ) -> None:
        self.default, self.low, self.high = default, low, high
        self.unit, self.doc, self.source, self.choices = unit, doc, source, choices
        self.is_founding = is_founding
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Knob[V]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> V: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        return self if instance is None else instance.__dict__[self.name]

    def __set__(self, instance: object, value: Value) -> None:
        raise AttributeError(f"{self.name} is fixed once the {type(instance).__name__} is made")

    @property
    def kind(self) -> str:
        """``"yes/no"``, ``"choice"``, ``"whole number"`` or ``"number"``."""
        if isinstance(self.default, bool):
            return "yes/no"
        if isinstance(self.default, str):
            return "choice"
        return "whole number" if isinstance(self.default, int) else "number"

    def check(self, value: object) -> Value:
        """Return ``value`` in the knob's own type, or raise :class:`KnobError` naming knob and range."""
        if isinstance(self.default, bool):
            if isinstance(value, bool):
                return value
            raise KnobError(f"{self.name}={value!r} is not true or false")
        if isinstance(self.default, str):
            if isinstance(value, str) and value in self.choices:
                return value
            raise KnobError(f"{self.name}={value!r} is not one of {', '.join(self.choices)}")
        return self._check_number(value)

    def _check_number(self, value: object) -> Value:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
            raise KnobError(f"{self.name}={value!r} is not a {self.kind}")
        if isinstance(self.default, int) and value != int(value):
            raise KnobError(f"{self.name}={value!r} is not a whole number")
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            span = f"from {self.low:g} to {self.high:g} {self.unit}".rstrip()
            raise KnobError(f"{self.name}={value:g} is out of range: it goes {span}")
        return int(value) if isinstance(self.default, int) else float(value)


class KnobSet:
    """A bundle of knobs with values: immutable, validated on construction, comparable, printable."""

    _declared: ClassVar[dict[str, Knob[Any]]]

    def __init__(self, **values: object) -> None:
        declared = self.knobs()
        for name in values:
            if name not in declared:
                raise KnobError(f"'{name}' is no knob of {type(self).__name__}{did_you_mean(name, declared)}")
        for name, knob in declared.items():
            self.__dict__[name] = knob.check(values[name]) if name in values else knob.default

    @classmethod
    def knobs(cls) -> dict[str, Knob[Any]]:
        """Every knob declared on the class and its parents, in order of declaration; none set on a class later."""
        if "_declared" not in cls.__dict__:  # a search makes thousands of each
            found: dict[str, Knob[Any]] = {}
            for klass in reversed(cls.__mro__):
                found.update({name: k for name, k in vars(klass).items() if isinstance(k, Knob)})
            cls._declared = found
        return dict(cls._declared)

    @property
    def values(self) -> dict[str, Value]:
        """The values by name."""
        return {name: self.__dict__[name] for name in self.knobs()}

    def replace(self, changes: Mapping[str, object]) -> KnobSet:
        """A copy with some values changed."""
        return type(self)(**{**self.values, **changes})

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return iter(self.values.items())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.values == other.values  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self).__name__, tuple(self.values.items())))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self)
        return f"{type(self).__name__}({inside})"
