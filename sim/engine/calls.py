"""Rules that are called from inside a loop but compiled apart from it: by place, in order, in one group.

The loop of the day does not know which mechanisms there are. It finds on its workplace what acts today at each place,
and asks for it to act (:func:`call_all`) while the group's rows are at hand. In plain Python ``calls`` holds functions;
for compiled code their addresses (:mod:`sim.engine.compiled.calls`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sim.engine.rule import HAS_NUMBA

__all__ = ["MOST_CALLS", "WORDS", "Call", "Calls", "call_all", "is_any_due"]

MOST_CALLS = 64
"""Rules that can act at one place."""
WORDS = 4
"""Numbers that tell compiled code of each where it is and where its gate is: it is called where that is not 0."""

Call = Callable[[int], None]
"""A rule's loop over one group, tied to the tables it works on: it is called with the number of the group."""


class Calls(Protocol):
    """What acts at each place; for compiled code a table of numbers that only it can read."""

    def __getitem__(self, place: int, /) -> Sequence[Call]: ...
    def __setitem__(self, places: slice, laid_out: Any, /) -> None: ...


def is_any_due(calls: Calls, place: int, g: int) -> bool:
    """Could anything act at a place in group ``g``? If not, preparations are spared.

    In plain Python this is always so where there is anything: rules see for themselves.
    """
    return bool(calls[place])


def call_all(calls: Calls, place: int, g: int) -> None:
    """Let everything that acts at a place act in group ``g``."""
    for call in calls[place]:
        call(g)


if HAS_NUMBA:  # the same by address, for compiled code
    import sim.engine.compiled.calls  # noqa: F401
