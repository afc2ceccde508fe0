"""The Mesa lane: every agent a ``mesa.Agent``, every rule plain Python, one agent at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.engine.lanes import Loop, Schedule
from sim.engine.rows import view_class

__all__ = ["MesaLane"]


class MesaLane:
    """Every agent a ``mesa.Agent``, every rule plain Python: to be read, stepped through, and trusted."""

    name = "mesa"

    def __init__(self, schedule: Schedule, roles: tuple[type, ...], model: Any = None) -> None:
        self._roles, self._model = roles, model
        self._loops = schedule.build(self._act, lambda function: function, False)

    def loop(self, name: str) -> Loop:
        """See :class:`sim.engine.lanes.Lane`."""
        return self._loops[name]

    def hook(self, name: str, rule: Callable[..., Any], build: Callable[[Callable[[Any], Any]], Loop]) -> Loop:
        """See :class:`sim.engine.lanes.Lane`."""
        return build(lambda function: function)

    def tables(self, own: Any) -> Any:
        """See :class:`sim.engine.lanes.Lane`: one small object per row."""
        return own._make(_views(table) for table in own)

    def _act(self, name: str) -> Callable[..., Any]:
        methods = [getattr(role, name) for role in self._roles]

        def act(me: Any, *args: Any) -> Any:
            code = me.role
            if not isinstance(me, self._roles[code]):
                me = self._visitor(self._roles[code], me)
            return methods[code](me, *args)

        return act

    def _visitor(self, role: Any, seat: Any) -> Any:
        """Who has no agent yet (at the door), or changed his role today, acts as one of his role for the moment."""
        agent = role.__new__(role)
        agent._row, agent.model, agent.unique_id, agent.pos = seat._row, self._model, -1, None
        return agent


def _views(table: np.ndarray) -> list[Any]:
    view = view_class("Row", table.dtype)
    return [view(table, i) for i in range(table.size)]
