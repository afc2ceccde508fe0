"""The mechanisms in play in a run: their tables, their levers each morning, their hooks at their places in the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from sim.engine.declarations import Hook
from sim.engine.lanes import Lane, Loop
from sim.engine.levers import Lever, Levers
from sim.engine.mechanism import Mechanism, lookers
from sim.engine.objects import Objects
from sim.engine.rows import new_rows
from sim.model.cuts import MORNING, NIGHT, TALK, WHOLE
from sim.model.entities import State
from sim.model.hooks import WATCHED, Own, loop_of
from sim.model.submodels.conversation_log import FIRST, KEPT, SAID, Desk

__all__ = ["InPlay"]

CUTS = ("before visit", "before talk", "after talk")
"""Places inside the day of a group at which hooks act."""
CHUNK_ROWS = 8192
"""Rows of members that are played side by side where the day is cut: few enough to stay in the processor's cache."""


class InPlay:
    """The mechanisms of one run, sorted by name; their hooks act in that order at every place."""

    def __init__(self, mechanisms: Iterable[Mechanism], state: State, lane: Lane) -> None:
        self._state, self._lane = state, lane
        self.mechanisms = {one.name(): one for one in sorted(mechanisms, key=lambda one: one.name())}
        self.own = {name: _tables(one, state) for name, one in self.mechanisms.items()}
        self._objects = {name: Objects(own, {}) for name, own in self.own.items()} if lane.name == "mesa" else {}
        self._in_lane = {name: objects.state for name, objects in self._objects.items()} or self.own
        self.inside = tuple(self._in_lane.get(one.name()) or self._idle(one, lane) for one in lookers())
        self._active: dict[str, list[tuple[str, int, Hook]]] = {}
        self._loops: dict[tuple[str, int], Loop] = {}

    def _idle(self, one: type[Mechanism], lane: Lane) -> Own:
        """Tables of a mechanism that is not in play, but has rules inside the talk."""
        own = _tables(one(), self._state, is_idle=True)
        return Objects(own, {}).state if lane.name == "mesa" else own

    @property
    def levers(self) -> tuple[Lever, ...]:
        """The levers that the mechanisms in play add to the model's own."""
        return tuple(lever for one in self.mechanisms.values() for lever in one.levers().values())

    def new_day(self, levers: Levers) -> None:
        """Counts of the day begin at zero, levers are set, and it is found out which hooks act in which groups."""
        self._active = {}
        self.store()  # once: a second time, what the objects still hold of yesterday would undo what is written here
        for name, one in self.mechanisms.items():
            groups = self.own[name].groups
            for column in one.columns("group", "daily"):
                groups[column] = 0
            for lever, declared in one.levers().items():
                groups[lever] = levers.settings[lever]
                if declared.is_felt:
                    self._state.groups[lever] = groups[lever]
            self._find_active(name, one, groups)
        self._watch()
        self._reload()

    def _watch(self) -> None:
        """In which groups rules act at looks today, and at which places: one bit each."""
        watched = self._state.groups["is_watched"]
        watched[:] = 0
        for name, one in self.mechanisms.items():
            for k, hook in enumerate(one.hooks):
                if hook.kind == "at_look":
                    acts = self.own[name].groups["runs"] >> k & 1
                    watched |= (acts * WATCHED[hook.place]).astype(watched.dtype)

    def store(self) -> None:
        """Bring what the Mesa lane holds in objects into the tables."""
        for objects in self._objects.values():
            objects.store()

    def _reload(self) -> None:
        for objects in self._objects.values():
            objects.forget()

    def _find_active(self, name: str, one: Mechanism, groups: np.ndarray) -> None:
        before, groups["runs"] = groups["runs"].copy(), 0
        for k, hook in enumerate(one.hooks):
            bit = np.int64(1 << k)
            turned = np.ones(groups.size, dtype=bool)
            for lever in filter(None, (hook.when, hook.since)):
                turned = groups[lever] != one.levers()[lever].neutral
            if hook.since:
                turned |= before & bit != 0
            groups["runs"] |= np.where(turned, bit, 0)
            if turned.any():
                self._active.setdefault(hook.place, []).append((name, k, hook))

    @property
    def is_cutting(self) -> bool:
        """Does anything act inside the day of a group today?"""
        return any(self._active.get(place) for place in CUTS)

    def needs(self, seats: int) -> tuple[int, bool]:
        """Rows of a chunk that a desk must hold, and whether it keeps the lines of the talk."""
        hooks = [hook for one in self.mechanisms.values() for hook in one.hooks]
        if not any(hook.place in CUTS for hook in hooks):
            return 0, False
        keeping = any(hook.kind == "each_line" for hook in hooks)
        return max(CHUNK_ROWS, seats + 1), keeping

    @property
    def needs_seats(self) -> bool:
        """Does any mechanism keep anything of members?"""
        return any(one.columns("member") for one in self.mechanisms.values())

    def seat(self) -> None:
        """Seats taken since the last time have blank columns; who was moved keeps those that are carried along."""
        rows = self._state.seated_today()
        before = self._state.members["moving"][rows] - 1
        came, left = rows[before >= 0], before[before >= 0]
        self.store()
        for name, one in self.mechanisms.items():
            if one.columns("member"):
                members = self.own[name].members
                old = members[left]  # a copy: the old seat may be somebody else's by now, or one of those blanked
                members[rows] = np.zeros((), members.dtype)
                for column in one.columns("member", "carried"):
                    members[column][came] = old[column]
        self._reload()

    def play(self, day: Loop, state: Any, lo: int, hi: int, desk: Desk) -> None:
        """The inner day of the groups ``lo … hi − 1``: whole, or cut where hooks act inside it, chunk by chunk."""
        if not self.is_cutting:
            day(state, lo, hi, desk, WHOLE)
            return
        rows, cuts = int(self._state.groups["seats"][0]) + 1, self._cuts()
        step = max(1, (desk.today.size - 1) // rows)
        for first in range(lo, hi, step):
            last = min(hi, first + step)
            desk.n[FIRST], desk.n[KEPT], desk.n[SAID] = self._state.groups["first"][first], 0, 0
            for place, parts in cuts:
                self.run(place, state, first, last, desk)
                day(state, first, last, desk, parts)

    def _cuts(self) -> list[tuple[str, int]]:
        """The places at which something acts today, each with the parts of the day up to the next one."""
        found: list[tuple[str, int]] = []
        for place, part in zip(CUTS, (MORNING, TALK, NIGHT), strict=True):
            if found and not self._active.get(place):
                found[-1] = (found[-1][0], found[-1][1] | part)
            else:
                found.append((place, part))
        return found

    def acts(self, place: str) -> bool:
        """Is there anything to do at this place today?"""
        return bool(self._active.get(place))

    def run(self, place: str, state: Any, lo: int, hi: int, desk: Desk) -> None:
        """Let the hooks of one place act in the groups ``lo … hi − 1``."""
        for name, k, hook in self._active.get(place, ()):
            self._loop(name, k, hook)(state, self._in_lane[name], self._others(name), lo, hi, desk)

    def _others(self, name: str) -> tuple[Own, ...]:
        return tuple(self._in_lane[used.name()] for used in self.mechanisms[name].uses)

    def _loop(self, name: str, k: int, hook: Hook) -> Loop:
        """The loop of a hook, made when it first acts."""
        if (name, k) not in self._loops:
            uses = len(self.mechanisms[name].uses)
            self._loops[name, k] = self._lane.hook(
                f"{name}-{k}-{hook.name}", hook.rule, lambda made: loop_of(hook, k, uses, made)
            )
        return self._loops[name, k]

    def counts(self) -> Mapping[str, np.ndarray]:
        """The groups' tables by mechanism, for the recorder."""
        return {name: own.groups for name, own in self.own.items()}


def _tables(one: Mechanism, state: State, is_idle: bool = False) -> Own:
    """Tables of zeros beside the model's own; a table without columns, or that nobody uses, has one row only."""
    types = one.declared.types
    sizes = {"member": len(state.members), "group": len(state.groups), "world": len(state.worlds)}
    sizes = {t: n if t == "group" or (one.columns(t) and not is_idle) else 1 for t, n in sizes.items()}
    made = {table: new_rows(n, types[table]) for table, n in sizes.items()}
    return Own(made["member"], made["group"], made["world"], one.knob_row())
