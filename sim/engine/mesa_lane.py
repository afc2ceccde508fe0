"""The Mesa lane: every agent a ``mesa.Agent``, every rule plain Python, one agent at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from sim.engine.lanes import Loop, Made, Rule, Schedule, Tables

__all__ = ["MesaLane"]


class MesaLane:
    """Every agent a ``mesa.Agent``, every rule plain Python: to be read, stepped through, and trusted."""

    name = "mesa"

    def __init__(self, schedule: Schedule, roles: tuple[type, ...]) -> None:
        self._roles = roles
        self._loops = schedule.build(self._act, lambda function: function, False)

    def loop(self, name: str) -> Loop:
        """See :class:`sim.engine.lanes.Lane`."""
        return self._loops[name]

    def own_rules(self, roles: tuple[type, ...], rows: Mapping[str, np.dtype]) -> int:
        """See :class:`sim.engine.lanes.Lane`."""
        return 0

    def entry(
        self, name: str, rule: Rule, build: Callable[[Made], Loop], tables: Tables, gate: str
    ) -> Callable[[Tables], Any]:
        """See :class:`sim.engine.lanes.Lane`."""
        loop = build(lambda function: function)
        return lambda tables: lambda g: loop(*tables, g)

    def calls(self, tied: Sequence[Sequence[Any]]) -> Any:
        """See :class:`sim.engine.lanes.Lane`."""
        return tied

    def run(self, calls: Any, lo: int, hi: int) -> None:
        """See :class:`sim.engine.lanes.Lane`."""
        for call in calls[0]:
            for place in range(lo, hi):
                call(place)

    def _act(self, name: str) -> Callable[..., Any]:
        """Who has no role yet (at the door), or changed it today, acts as one of the new role from now on."""
        roles = self._roles
        methods = [getattr(role, name) for role in roles]

        def act(me: Any, *args: Any) -> Any:
            code = me.role
            if me.__class__ is not roles[code]:
                me.__class__ = roles[code]
            return methods[code](me, *args)

        return act
