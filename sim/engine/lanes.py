"""What a lane is: it plays the loops that a schedule describes, calling "this person's way of" doing something.

``act(name)`` is that call: in the Mesa lane the method of the person's role looked up at the call, in the compiled lane
a chain of compiled methods, chosen by the code of the role. The lanes are handed the schedule and know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

__all__ = ["Act", "Lane", "Loop", "Made", "Schedule"]

Act = Callable[[str], Any]
Loop = Callable[..., None]
Made = Callable[[Callable[..., Any]], Any]
"""What a lane does to a function before a loop may call it: it compiles it, or nothing."""


class Schedule(NamedTuple):
    """The loops of a model, as functions that build them."""

    acts: tuple[str, ...]
    """Names of the methods of a role that the loops call."""
    build: Callable[[Act, Callable[[Any], Any], bool], dict[str, Loop]]
    """Loops by name, from ``act``, from what is done to an inner function (compile it, or nothing), and from whether
    rows are to be asked for early (:mod:`sim.engine.prefetch`). Rules of mechanisms inside the talk are those of
    :func:`sim.engine.mechanism.lookers`."""
    between: tuple[str, ...]
    """Names of the loops that take ``(state, lo, hi)``; the others take a thread's workplace besides."""
    day: str
    """Name of the loop that takes longest to compile."""
    workplace: Callable[[], tuple[Any, ...]]
    """Examples of what the longest loop takes besides ``(state, lo, hi)``, for their types."""
    module: str
    """Where another process finds this schedule, under the name ``SCHEDULE``."""


class Lane(Protocol):
    """What the simulation needs: loops by name."""

    name: str

    def loop(self, name: str) -> Loop:
        """A loop of the schedule over the communities or groups ``lo … hi − 1``."""
        ...

    def hook(self, name: str, rule: Callable[..., Any], build: Callable[[Callable[[Any], Any]], Loop]) -> Loop:
        """A loop of a mechanism, made by ``build``; kept under ``name`` and the text of its ``rule``."""
        ...
