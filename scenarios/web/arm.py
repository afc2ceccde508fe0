"""An arm while it is being put together: strategies, each with the doses that are not as declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from scenarios.config import catalog
from scenarios.config.arms import arms_of
from scenarios.errors import UserError
from sim.engine.knobs import Knob, KnobError, Value

__all__ = ["Arm", "reach"]


@dataclass
class Arm:
    """Strategies by name with their doses, in the order in which they were chosen."""

    chosen: dict[str, dict[str, Value]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Self:
        """The arm that a text names, as ``arms=`` writes it.

        Raises
        ------
        UserError
            Naming what is wrong in it, and the cure.
        """
        (_, (_, *doses)), *others = arms_of(text)
        if others:
            raise UserError("an arm of the page has no ';': its strategies stand side by side with '+'")
        names = [part.split(".")[0].split("=")[0].strip() for part in text.split("+")]
        arm = cls({name: {} for name in names if name != "nothing"})
        for dose in doses:
            place, _, value = dose.partition("=")
            _, name, knob = place.split(".")
            arm.set(name, knob, value)
        return arm

    def set(self, name: str, knob: str, value: Value) -> None:
        """Give a dose; one that is as the strategy's file says is not written.

        Raises
        ------
        UserError
            It is out of range, or of the wrong kind.
        """
        declared = catalog.strategies()[name].knobs()[knob]
        try:
            given = declared.check(_typed(value, declared))
        except KnobError as error:
            raise UserError(f"{name}: {error}") from error
        if given == usual(name).get(knob, declared.default):
            self.chosen[name].pop(knob, None)
        else:
            self.chosen[name][knob] = given

    def put(self, name: str, doses: Mapping[str, Value]) -> None:
        """Add a strategy with these doses, or give them to the one that is there.

        Raises
        ------
        UserError
            A dose is out of range, or of the wrong kind.
        """
        self.chosen[name] = {}
        for knob, value in doses.items():
            self.set(name, knob, value)

    def value(self, name: str, knob: str) -> Value:
        """The dose as it will be played."""
        declared: Value = catalog.strategies()[name].knobs()[knob].default
        return self.chosen[name].get(knob, usual(name).get(knob, declared))

    @property
    def text(self) -> str:
        """As ``arms=`` takes it."""
        return "+".join(_written(name, doses) for name, doses in self.chosen.items()) or "nothing"


def usual(name: str) -> dict[str, Value]:
    """The doses that a strategy's file gives."""
    return {} if catalog.is_plan(name) else dict(catalog.doses_of(name))


def _written(name: str, doses: dict[str, Value]) -> str:
    said = ",".join(f"{knob}={written(value)}" for knob, value in doses.items())
    return f"{name}.{said}" if said else name


def written(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _typed(value: Value, knob: Knob[Value]) -> Value:
    """A text from a link or a field as the knob's kind of value; what is none is left to the check."""
    if not isinstance(value, str) or knob.kind == "choice":
        return value
    if knob.kind == "yes/no":
        return {"true": True, "false": False}.get(value.lower(), value)
    try:
        return float(value)
    except ValueError:
        return value


def reach(knob: Knob[Value]) -> tuple[float, float, float]:
    """Where a slider begins and ends, and its step: the range, where it is wide up to ten times the default."""
    low, high, default = float(knob.low or 0.0), float(knob.high or 1.0), float(knob.default)
    top = min(high, max(10.0 * default, low + 10.0 if knob.kind == "whole number" else default + 1.0))
    return low, top, 1.0 if knob.kind == "whole number" else (top - low) / 100.0
