"""The rows of a mechanism as its rules meet them in plain Python: its knobs, and its own columns of one group."""

from __future__ import annotations

from typing import Any

from sim.engine.mechanism import Mechanism
from sim.engine.objects import Sheet
from sim.engine.rows import new_rows

__all__ = ["knobs_of", "ours_of"]


def knobs_of(one: type[Mechanism], **values: float) -> Any:
    """The knobs of a mechanism, at their defaults but for the values given."""
    return Sheet("knobs", one(**values).knob_row())[0]


def ours_of(one: type[Mechanism], **values: float) -> Any:
    """A group's row of a mechanism on a morning without levers; then the values given."""
    ours = Sheet("groups", new_rows(1, one.declared.types["group"]))[0]
    for name, lever in one.levers().items():
        setattr(ours, name, lever.neutral)
    for name, value in values.items():
        assert hasattr(ours, name), name
        setattr(ours, name, value)
    return ours
