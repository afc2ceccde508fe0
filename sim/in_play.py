"""The mechanisms in play in a run: their tables, their levers each morning, their hooks at their places in the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sim.engine.declarations import HOOKS, INSIDE, ORDERING, Hook, Rule
from sim.engine.lanes import Lane, Tables
from sim.engine.levers import Lever, Levers
from sim.engine.mechanism import Mechanism
from sim.engine.objects import Objects
from sim.engine.rows import blank, blank_at, new_rows
from sim.engine.shipped import is_shipped
from sim.model.entities import State
from sim.model.hooks import Own, loop_of
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import Desk

__all__ = ["InPlay"]


class InPlay:
    """The mechanisms of one run, sorted by name; their hooks act in that order at every place."""

    def __init__(self, mechanisms: Iterable[Mechanism], state: State, lane: Lane) -> None:
        self._state, self._lane = state, lane
        self.mechanisms = {one.name(): one for one in sorted(mechanisms, key=lambda one: one.name())}
        self.own = {name: _tables(one, state) for name, one in self.mechanisms.items()}
        self._objects = {name: Objects(own, {}) for name, own in self.own.items()} if lane.name == "mesa" else {}
        self._in_lane = {name: objects.state for name, objects in self._objects.items()} or self.own
        self.awake: set[str] = set()  # mechanisms of which, or of whose users, a rule acts today
        self._keeping: set[str] = set()  # mechanisms of which a rule has acted that can keep anything of a member
        self._turned: set[str] = set()  # levers turned yesterday
        self._acting: dict[str, list[tuple[int, Hook]]] = {}  # by mechanism
        self._active: dict[str, list[tuple[str, int, Hook]]] = {}  # by place
        self._entries: dict[tuple[str, int], Callable[[Tables], Any]] = {}
        self._tied: dict[tuple[str, int, int], Any] = {}
        self._tied_state: Any = None  # that of whose tables the places are known
        self._tied_to: Any = None  # … and for which what acts stands on the desks

    @property
    def levers(self) -> tuple[Lever, ...]:
        """The levers that the mechanisms in play add to the model's own."""
        return tuple(lever for one in self.mechanisms.values() for lever in one.levers().values())

    def new_day(self, levers: Levers) -> None:
        """Counts of the day begin at zero and levers are set; where one has changed, hooks act in other groups."""
        self.store()  # once: a second time, what the objects still hold of yesterday would undo what is written here
        is_changed = False
        for name, one in self.mechanisms.items():
            groups = self.own[name].groups
            for column in one.columns("group", "daily") if name in self.awake else ():
                groups[column] = 0
            if self._set_levers(one, groups, levers) or name not in self._acting:
                self._acting[name] = _acting(one, groups)
                is_changed = True
        self._turned = set(levers.turns)
        if is_changed:
            self._list_active()
            self._watch()
            self._tied_to = None
        self._reload()

    def set_knobs(self, communities: Sequence[int] | slice, mechanisms: Iterable[Mechanism]) -> None:
        """The mechanisms' numbers as some communities have them."""
        for one in mechanisms:
            self.own[one.name()].knobs[communities] = one.knob_row(codes())[0]

    def set_knob(self, name: str, knob: str, value: float, communities: Sequence[int] | slice) -> None:
        """Another value for a knob of a mechanism, from now on, in some communities."""
        self.store()
        self.own[name].knobs[knob][communities] = value
        self._reload()

    def _set_levers(self, one: Mechanism, groups: np.ndarray, levers: Levers) -> bool:
        """Today's levers of a mechanism; is any another than yesterday?"""
        is_first = one.name() not in self._acting
        turned = [lever for lever in one.levers() if is_first or lever in levers.turns or lever in self._turned]
        changed = [lever for lever in turned if not np.array_equal(groups[lever], levers.settings[lever])]
        for lever in changed:
            groups[lever] = levers.settings[lever]
            if one.levers()[lever].is_felt:
                self._state.groups[lever] = groups[lever]
        return bool(changed)

    def _list_active(self) -> None:
        """What acts at each place today, and who is awake: others have nothing to reset, to blank or to record."""
        self._active = {}
        self.awake.clear()
        for name, acting in self._acting.items():
            for k, hook in acting:
                self._active.setdefault(hook.place, []).append((name, k, hook))
            family = {name, *(used.name() for used in self.mechanisms[name].uses)}
            self.awake |= family if acting else set()
            self._keeping |= family if any(hook.keeps_of_members for _, hook in acting) else set()

    def _watch(self) -> None:
        """In which groups rules act inside the day, and at which places: one bit each."""
        watched = self._state.groups["is_watched"]
        watched[:] = 0
        for name, one in self.mechanisms.items():
            for k, hook in enumerate(one.hooks):
                if hook.place in INSIDE:
                    acts = self.own[name].groups["runs"] >> k & 1
                    watched |= (acts << INSIDE.index(hook.place)).astype(watched.dtype)

    def store(self) -> None:
        """Bring what the Mesa lane holds in objects into the tables."""
        for objects in self._objects.values():
            objects.store()

    def _reload(self) -> None:
        for objects in self._objects.values():
            objects.forget()

    def _keepers(self) -> list[str]:
        """The mechanisms that keep anything of members, as soon as their rules have acted: till then all is blank."""
        return [name for name in self.own if name in self._keeping and self.mechanisms[name].columns("member")]

    @property
    def needs_seats(self) -> bool:
        """Does any mechanism keep anything of members?"""
        return bool(self._keepers())

    def seat(self, is_anybody_moved: bool) -> None:
        """Seats taken since the last time have blank columns; who was moved keeps those that are carried along."""
        rows = self._state.seated_today()
        before = self._state.members["moving"][rows] - 1 if is_anybody_moved else np.full(rows.size, -1)
        came, left = rows[before >= 0], before[before >= 0]
        self.store()
        for name in self._keepers():
            members = self.own[name].members
            old = members[left]  # a copy: the old seat may be somebody else's by now, or one of those blanked
            blank_at(members, rows)
            for column in self.mechanisms[name].columns("member", "carried") if came.size else ():
                members[column][came] = old[column]
        self._reload()

    def lay_out(self, state: Any, desks: Iterable[Desk]) -> None:
        """What acts today at each place inside the day of a group stands on every desk, tied to it; what acts at the
        doors, which needs no desk, stands in the state.
        """
        if state is self._tied_to:
            return  # as yesterday
        self._tied_to = state
        for desk in desks:
            desk.calls[:] = self._calls(INSIDE, state, desk)
            state.calls[:] = self._calls(HOOKS["each_knock"], state, desk)

    def _calls(self, places: Sequence[str], state: Any, desk: Desk) -> Any:
        if state is not self._tied_state:
            self._tied.clear()
            self._tied_state = state
        return self._lane.calls(
            [[self._tied_hook(name, k, hook, state, desk) for name, k, hook in self._active.get(place, ())]
             for place in places]
        )  # fmt: skip

    def _tied_hook(self, name: str, k: int, hook: Hook, state: Any, desk: Desk) -> Any:
        key = (name, k, id(desk))  # desks live as long as the run
        if key not in self._tied:
            tables = (self._known_to(name, state), self._in_lane[name], self._others(name), desk)
            if (name, k) not in self._entries:
                uses, called = len(self.mechanisms[name].uses), f"{name}-{k}-{hook.name}"
                gate = "" if hook.kind in ORDERING else hook.gate or "runs"
                self._entries[name, k] = self._lane.entry(
                    called, hook.rule, lambda made: loop_of(hook, k, uses, made), tables, gate
                )
            self._tied[key] = self._entries[name, k](tables)
        return self._tied[key]

    def _known_to(self, name: str, state: Any) -> Any:
        """The model's tables for a mechanism: one of somebody's own knows the columns of roles of their own, too."""
        if self._lane.name == "mesa" or is_shipped(type(self.mechanisms[name])):
            return state
        return state._replace(members=self._state.members, worlds=self._state.worlds)

    def tie_all(self, name: str, state: Any, desk: Desk) -> Iterator[Hook]:
        """Have every rule of a mechanism compiled, where there is compiling, one after the other; which one is next."""
        for k, hook in enumerate(self.mechanisms[name].hooks):
            yield hook
            self._tied_hook(name, k, hook, state, desk)

    def acts(self, place: str) -> bool:
        """Is there anything to do at this place today?"""
        return bool(self._active.get(place))

    def run(self, place: str, state: Any, lo: int, hi: int, desk: Desk) -> None:
        """Let the hooks of a place between the phases act, in the groups (or communities) ``lo … hi − 1``."""
        self._lane.run(self._calls((place,), state, desk), lo, hi)

    def _others(self, name: str) -> tuple[Own, ...]:
        return tuple(self._in_lane[used.name()] for used in self.mechanisms[name].uses)

    def copied(self, state: State, lane: Lane) -> InPlay:
        """The same mechanisms, acting where they act now, with copies of their tables, beside another state."""
        other = InPlay(self.mechanisms.values(), state, lane)
        for name, own in self.own.items():
            for theirs, ours in zip(other.own[name], own, strict=True):
                theirs[:] = ours
        other._acting = dict(self._acting)
        other._list_active()
        return other

    def rules(self) -> dict[str, Rule]:
        """The rules that act today, by mechanism and name."""
        acting = ((name, hook) for name, hooks in self._acting.items() for _, hook in hooks)
        return {f"{name}.{hook.name}": hook.rule for name, hook in acting}

    def counts(self) -> Mapping[str, np.ndarray]:
        """The groups' tables by mechanism, for the recorder."""
        return {name: own.groups for name, own in self.own.items()}


def _acting(one: Mechanism, groups: np.ndarray) -> list[tuple[int, Hook]]:
    """The hooks that act anywhere today; ``runs`` tells in which groups."""
    found = []
    before, groups["runs"] = groups["runs"].copy(), 0
    for k, hook in enumerate(one.hooks):
        bit = np.int32(1 << k)
        levers = hook.when + hook.since
        turned = np.full(groups.size, not levers)
        for lever in levers:
            turned |= groups[lever] != one.levers()[lever].neutral
        if hook.since:
            turned |= before & bit != 0
        groups["runs"] |= np.where(turned, bit, np.int32(0))
        if turned.any():
            found.append((k, hook))
    return found


def _tables(one: Mechanism, state: State) -> Own:
    """Tables of zeros beside the model's own.

    A table without columns has its rows (of a byte) all the same: rules are handed one, whoever they are about.
    """
    types = one.declared.types
    sizes = {"member": len(state.members), "group": len(state.groups), "world": len(state.worlds)}
    made = {table: new_rows(n, types[table]) for table, n in sizes.items()}
    people = blank(state.people.shape if one.columns("person") else (1, 1), types["person"])
    knobs = np.tile(one.knob_row(codes()), len(state.worlds))
    return Own(made["member"], made["group"], made["world"], knobs, people)
