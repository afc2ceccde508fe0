"""What a lane is: it plays the loops that a schedule describes, calling "this person's way of" doing something.

``act(name)`` is that call: in the Mesa lane the method of the person's role looked up at the call, in the compiled lane
a chain of compiled methods, chosen by the code of the role, or one called by its address. The lanes are handed the
schedule and know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

__all__ = ["Act", "Lane", "Loop", "Made", "Schedule", "Tables"]

Act = Callable[[str], Any]
Rule = Callable[..., Any]
Loop = Callable[..., None]
Made = Callable[[Callable[..., Any]], Any]
"""What a lane does to a function before a loop may call it: it compiles it, or nothing."""
Tables = tuple[Any, Any, Any, Any]


class Schedule(NamedTuple):
    """The loops of a model, as functions that build them."""

    acts: tuple[str, ...]
    """Names of the methods of a role that the loops call."""
    build: Callable[[Act, Callable[[Any], Any], bool], dict[str, Loop]]
    """Loops by name, from ``act``, from what is done to an inner function (compile it, or nothing), and from whether
    rows are to be asked for early (:mod:`sim.engine.prefetch`)."""
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

    def own_rules(self, roles: tuple[type, ...], rows: Mapping[str, np.dtype]) -> int:
        """Where the loops find the rules of roles that are not built in; 0 if there are none, or no need of it.

        ``rows`` are the types of rows by the names that rules give them.
        """
        ...

    def entry(
        self, name: str, rule: Rule, build: Callable[[Made], Loop], tables: Tables, gate: str
    ) -> Callable[[Tables], Any]:
        """The loop of a rule of a mechanism over one group, made by ``build``; kept under ``name`` and the rule's text.

        ``gate`` names a column of the mechanism's table of groups, of 32 bits: where it is 0 nothing is called. Without
        it the loop is over one community, and always called.

        ``tables`` are examples of what it works on: the tables of the model, of the mechanism, of those it uses, and
        the workplace. What is returned ties it to such tables, for :meth:`calls`.
        """
        ...

    def calls(self, tied: Sequence[Sequence[Any]]) -> Any:
        """What acts at each place of the day, in order, as it stands on the workplace."""
        ...

    def run(self, calls: Any, lo: int, hi: int) -> None:
        """Let everything act that acts at the first place of ``calls``, one by one, each in ``lo … hi − 1``."""
        ...
