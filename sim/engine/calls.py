"""Rules that are called from inside a loop but compiled apart from it: by place, in order, in one group.

The loop of the day does not know which mechanisms there are. It is handed ``calls``, what acts today at each place, and
asks for them to act (:func:`call_all`) while the group's rows are at hand. In plain Python ``calls`` holds functions;
for compiled code their addresses (:mod:`sim.engine.compiled.calls`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.engine.rule import HAS_NUMBA

__all__ = ["Call", "call_all"]

Call = Callable[[int], None]
"""A rule's loop over one group, tied to the tables it works on: it is called with the number of the group."""


def call_all(calls: Sequence[Sequence[Call]], place: int, g: int) -> None:
    """Let everything that acts at a place act in group ``g``."""
    for call in calls[place]:
        call(g)


if HAS_NUMBA:  # the same by address, for compiled code
    import sim.engine.compiled.calls  # noqa: F401
