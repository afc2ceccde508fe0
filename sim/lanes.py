"""The two lanes: one text of rules, run by Mesa agents one at a time or compiled over rows.

``act(name)`` is what a phase calls for "this person's way of …": in the Mesa lane the method of the person's role
looked up at the call, in the compiled lane a chain of compiled methods, chosen by the code of the role.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import numpy as np

from sim.day import build_community_phases, build_group_day, build_group_phases
from sim.desk import Desk
from sim.resident import Resident

__all__ = ["Lane", "MesaLane", "loop_communities", "loop_groups"]

Roles = tuple[type[Resident], ...]


class Lane(Protocol):
    """What the engine needs: the phases as loops over a range of communities or groups."""

    name: str

    def communities(self, phase: str) -> Callable[[Any, int, int], None]:
        """A loop of one phase over communities ``lo … hi − 1``."""
        ...

    def groups(self, phase: str | None = None) -> Callable[[Any, int, int, Desk], None]:
        """A loop of the whole inner day (or of one phase) over groups ``lo … hi − 1``."""
        ...


def loop_communities(phase: Any) -> Callable[[Any, int, int], None]:
    """Run a phase of the community for each community of a range."""

    def communities(state: Any, lo: int, hi: int) -> None:
        for c in range(lo, hi):
            phase(state, c)

    return communities


def _nothing(*args: Any) -> None:
    """The Mesa lane has no use for a processor's cache."""


def loop_groups(
    steps: list[Any], ahead: Any = _nothing, visitors: Any = _nothing
) -> Callable[[Any, int, int, Desk], None]:
    """Run a phase, or the six parts of the inner day in turn, for each opened group of a range.

    ``ahead`` and ``visitors`` are called before the morning and before the talk, to fetch rows (:mod:`sim.fetch`).
    """
    if len(steps) == 1:
        one = steps[0]

        def single(state: Any, lo: int, hi: int, desk: Desk) -> None:
            for g in range(lo, hi):
                group = state.groups[g]
                if group.day_born >= 0:
                    one(state, g, group, state.worlds[group.community], desk)

        return single
    begin, rise, talk, night, enlist, govern = steps

    def groups(state: Any, lo: int, hi: int, desk: Desk) -> None:
        for g in range(lo, hi):
            group = state.groups[g]
            if group.day_born >= 0:
                world = state.worlds[group.community]
                ahead(state, g)
                begin(state, g, group, world, desk)
                rise(state, g, group, world, desk)
                visitors(state, group, desk)
                talk(state, g, group, world, desk)
                night(state, g, group, world, desk)
                enlist(state, g, group, world, desk)
                govern(state, g, group, world, desk)

    return groups


class MesaLane:
    """Every agent a ``mesa.Agent``, every rule plain Python: to be read, stepped through, and trusted."""

    name = "mesa"

    def __init__(self, roles: Roles, member_type: np.dtype, model: Any = None) -> None:
        self._roles, self._model = roles, model
        self._group_phases = build_group_phases(self._act)
        self._group_day = build_group_day(self._act)
        self._community_phases = build_community_phases(self._act)

    def _act(self, name: str) -> Callable[..., Any]:
        methods = [getattr(role, name) for role in self._roles]

        def act(me: Any, *args: Any) -> Any:
            code = me.role
            if not isinstance(me, self._roles[code]):
                me = self._visitor(self._roles[code], me)
            return methods[code](me, *args)

        return act

    def _visitor(self, role: type[Resident], seat: Any) -> Resident:
        """Who has no agent yet (at the door), or changed his role today, acts as one of his role for the moment."""
        agent = role.__new__(role)
        agent._row, agent.model, agent.unique_id, agent.pos = seat._row, self._model, -1, None
        return agent

    @cache  # noqa: B019
    def communities(self, phase: str) -> Callable[[Any, int, int], None]:
        """See :class:`Lane`."""
        return loop_communities(self._community_phases[phase])

    @cache  # noqa: B019
    def groups(self, phase: str | None = None) -> Callable[[Any, int, int, Desk], None]:
        """See :class:`Lane`."""
        return loop_groups(self._group_day if phase is None else [self._group_phases[phase]])
