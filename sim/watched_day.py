"""One day of one group, played once more in plain Python, with every rule watched: what it was given, did, and drew.

The rules are the same text in both lanes, and luck is keyed; so the day that is played again ends as the first one did,
byte for byte. What a rule computed on the way (its local numbers: *x*, *gain*, *load*) is read when it returns. Nothing
in the rules knows that somebody looks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType, FrameType
from typing import Any, NamedTuple

import numpy as np

from sim.engine.luck import PURPOSES, uniform
from sim.engine.mesa_lane import MesaLane
from sim.engine.objects import laid_out
from sim.lane_tables import objects_of
from sim.model.membership import ACTS
from sim.model.schedule import SCHEDULE
from sim.model.submodels.conversation_log import new_desk
from sim.model.submodels.ties import fade
from sim.model.submodels.welcome import greet, tally
from sim.simulation import Engine

__all__ = ["Fired", "WatchedEngine"]

_OF_THE_MODEL = (greet, tally, fade)
_WHO = ("self", "me")
_CHANGED = ("today", "mine")  # what is felt besides: pulls of the day, a mechanism's columns of the member
_LUCK = uniform.__code__


@dataclass
class Fired:
    """One rule for one person.

    ``rule`` is ``Member.leave`` (role and method), ``red_packet.take`` (mechanism and rule) or ``greet`` (of the
    model). ``numbers`` are its local numbers when it was done; ``draws`` the purpose of each draw of luck, and u;
    ``changes`` what it changed, from and to: columns of the person, ``today.…`` pulls of the day, ``mine.…`` columns
    of the mechanism; ``result`` what it returned.
    """

    person: int
    rule: str
    numbers: dict[str, float] = field(default_factory=dict)
    draws: list[tuple[str, float]] = field(default_factory=list)
    changes: dict[str, tuple[float, float]] = field(default_factory=dict)
    result: float | None = None


class WatchedEngine(Engine):
    """An engine that plays one day of one group twice, the second time watched.

    ``watch`` is the day and the row of the group; ``fired`` what was seen on it (nothing if the group is not open),
    ``docs`` what each rule says of itself, ``again`` the rows of the group's members as the second time left them:
    they equal those of the first.
    """

    watch: tuple[int, int] = (-1, 0)
    fired: Sequence[Fired] = ()
    docs: Mapping[str, str]
    again: np.ndarray

    def on_arrivals(self) -> None:
        """The morning is over: everything stands as the group's day finds it."""
        day, g = self.watch
        if self.day == day:
            self._store()
            self._play_again(g)

    def _play_again(self, g: int) -> None:
        lane = MesaLane(SCHEDULE, self.scenario.roles)
        held = self.state._asdict().items()
        tables: dict[str, Any] = {name: table.copy() for name, table in held if isinstance(table, np.ndarray)}
        state = self.state._replace(**tables)
        objects = objects_of(state)
        in_play = self.in_play.copied(state, lane)
        desk = laid_out(new_desk(int(state.groups["seats"][g]), False))
        in_play.lay_out(objects.state, [desk])
        methods = [getattr(role, act) for role in self.scenario.roles for act in ACTS]
        rules = {rule.__qualname__: rule for rule in (*methods, *_OF_THE_MODEL)} | in_play.rules()
        self.docs = {name: rule.__doc__ or "" for name, rule in rules.items()}
        day = lane.loop(SCHEDULE.day)
        with _watching({rule.__code__: name for name, rule in rules.items()}) as self.fired:
            day(objects.state, g, g + 1, desk)
        objects.store()
        first, n = state.groups["first"][g], state.groups["n_slots"][g]
        self.again = state.members[first : first + n]


class _Call(NamedTuple):
    """A rule that is at work."""

    frame: FrameType
    before: dict[str, float]
    told: Fired


@contextmanager
def _watching(rules: Mapping[CodeType, str]) -> Iterator[list[Fired]]:
    """While this lasts, what the named rules do is written down, in the order in which they end."""
    fired: list[Fired] = []
    at_work: list[_Call] = []

    def look(frame: FrameType, event: str, value: Any) -> None:
        code = frame.f_code
        if event == "call" and code in rules:
            me = next((frame.f_locals[name] for name in _WHO if name in frame.f_locals), None)
            if me is not None:
                at_work.append(_Call(frame, _held(frame), Fired(int(me.person), rules[code])))
        elif event == "return" and at_work and code is _LUCK:
            at_work[-1].told.draws.append((_purpose(frame.f_locals["purpose"]), float(value)))
        elif event == "return" and at_work and at_work[-1].frame is frame:
            call = at_work.pop()
            after = _held(frame).items()
            call.told.numbers = _numbers(frame.f_locals)
            call.told.changes = {name: (call.before[name], new) for name, new in after if call.before[name] != new}
            call.told.result = float(value) if isinstance(value, (int, float)) else None
            fired.append(call.told)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield fired
    finally:
        sys.setprofile(before)


def _held(frame: FrameType) -> dict[str, float]:
    """What a rule may change: the person's numbers, and those of the rows it was handed besides."""
    rows = frame.f_locals
    held = next(_columns(rows[name]) for name in _WHO if name in rows)
    for row in _CHANGED:
        if row in rows:
            held |= {f"{row}.{name}": value for name, value in _columns(rows[row]).items()}
    return held


def _columns(row: Any) -> dict[str, float]:
    return _numbers(vars(row) if hasattr(row, "__dict__") else {name: row[name] for name in row.__slots__})


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    """The plain numbers among some values; True and False are none."""
    return {
        name: float(value) for name, value in values.items()
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and not name.startswith("_")
    }  # fmt: skip


def _purpose(number: int) -> str:
    """What a draw of the model is for; a mechanism's own are known by a number alone."""
    return PURPOSES[number - 1].lower() if 0 < number <= len(PURPOSES) else ""
