"""The engine: any number of communities of one arm, side by side, day by day, in either lane."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

import numpy as np

from sim.data.recorder import Recorder
from sim.engine import luck
from sim.engine.knobs import KnobSet
from sim.engine.lanes import Lane
from sim.engine.levers import Levers
from sim.engine.mesa_lane import MesaLane
from sim.engine.objects import Objects, laid_out
from sim.engine.rows import row_type
from sim.model.entities import State, new_state
from sim.model.group_levers import LEVERS
from sim.model.membership import Resident, seat_for, snake_case
from sim.model.schedule import SCHEDULE
from sim.model.submodels.conversation_log import MOST_MESSAGES, OUT, OVERFLOW, new_desk

__all__ = ["Engine", "ScenarioLike", "make_lane", "objects_of"]


_BUILDING = threading.Lock()  # engines side by side share one lane; its loops are built once
_USED_UP = {"advert_yuan"}  # levers that the plan of the day changes
_CURE = "lower scenario.talk, mind.reply, talk.more or talk.buzz"


class Overflow(RuntimeError):
    """A day's talk does not fit on the desk."""


class StrategyLike(Protocol):
    """What the engine asks of a strategy."""

    @property
    def name(self) -> str:
        """Its name in config."""
        ...

    def push(self, levers: Levers, groups: Any, day: int) -> None:
        """Turn today's levers."""
        ...


class ScenarioLike(Protocol):
    """What the engine reads from a scenario."""

    @property
    def seed(self) -> int:
        """With the rest it determines everything."""
        ...

    @property
    def days(self) -> int:
        """Days to play."""
        ...

    @property
    def replicates(self) -> int:
        """Communities to play."""
        ...

    @property
    def lane(self) -> str:
        """compiled or mesa."""
        ...

    @property
    def arm(self) -> str:
        """Label of the set of strategies."""
        ...

    @property
    def world(self) -> str:
        """Label of the scenario."""
        ...

    @property
    def record(self) -> str:
        """counts, spells or messages."""
        ...

    @property
    def luck(self) -> str:
        """keyed or philox."""
        ...

    @property
    def same_members(self) -> bool:
        """Are the same people let in regardless of the door?"""
        ...

    @property
    def threads(self) -> int:
        """Threads of the compiled lane."""
        ...

    def as_dict(self) -> dict[str, Any]:
        """The resolved configuration."""
        ...

    @property
    def sections(self) -> dict[str, KnobSet]:
        """The knobs, by section."""
        ...

    @property
    def strategies(self) -> Sequence[StrategyLike]:
        """What the hosts play."""
        ...

    @property
    def roles(self) -> tuple[type[Resident], ...]:
        """Classes of the roles; a role's code is its place."""
        ...

    @property
    def role_shares(self) -> dict[str, float]:
        """Shares of the market by name of the role."""
        ...


class GroupsInView:
    """What strategies see of the groups in the morning: yesterday's columns, and a lasting source of luck."""

    def __init__(self, state: State, philox: bool) -> None:
        self._groups, self._worlds, self._philox = state.groups, state.worlds, philox
        self.replicate = state.groups["community"]

    def __getattr__(self, name: str) -> np.ndarray:
        return self._groups[name]  # type: ignore[no-any-return]

    def luck(self, purpose: str) -> np.ndarray:
        """A uniform number per group, today's."""
        keys = self._worlds["day_key"][self._groups["community"]]
        number = luck.PURPOSES.index(purpose) + 1
        return luck.uniforms(keys, self._groups["index"].astype(np.int64), number, philox=self._philox)


def make_lane(name: str, roles: tuple[type[Resident], ...], member_type: np.dtype) -> Lane:
    """The lane of that name."""
    if name == "mesa":
        return MesaLane(SCHEDULE, roles)
    from sim.engine.compiled.lane import compiled_lane

    return compiled_lane(SCHEDULE, roles, member_type)


class Engine:
    """Communities ``first … first + n − 1`` of one arm. :meth:`step` is one day."""

    def __init__(
        self,
        scenario: ScenarioLike,
        lane: str,
        n: int,
        first: int = 0,
        seed: int | None = None,
        model: Any = None,
        threads: int | None = None,
    ) -> None:
        self.scenario, self.n, self.first, self.day = scenario, n, first, 0
        knobs: dict[str, float] = {}
        for section in scenario.sections.values():
            knobs.update({k: float(v) for k, v in section if not isinstance(v, str)})
        names = [snake_case(role.__name__) for role in scenario.roles]
        member_type = row_type(*scenario.roles)
        self.state = new_state(member_type, knobs, n, scenario.role_shares, names)
        with _BUILDING:
            self.lane = make_lane(lane, scenario.roles, member_type)
        worlds = self.state.worlds
        seed = scenario.seed if seed is None else seed
        worlds["seed_key"] = [luck.seed_key(seed, first + i) for i in range(n)]
        worlds["is_philox"] = scenario.luck == "philox"
        worlds["is_same_members"], worlds["is_recording"] = scenario.same_members, scenario.record == "messages"
        worlds["heart"], worlds["purse_left"] = 1.0, worlds["purse"]
        self.levers = Levers(self.state.groups.size, LEVERS)
        self.view = GroupsInView(self.state, scenario.luck == "philox")
        self.strategies = sorted(scenario.strategies, key=lambda s: s.name)
        self.recorder = Recorder(self.state, scenario.days, scenario.record, first, [s.name for s in self.strategies])
        self._threads = 1 if lane == "mesa" else max(1, scenario.threads if threads is None else threads)
        self._pool = ThreadPoolExecutor(self._threads) if self._threads > 1 else None
        self._desks = deque(self.new_desk() for _ in range(self._threads))
        self._set_day()
        self.objects = objects_of(self.state, model) if lane == "mesa" else None
        self.in_lane = self.objects.state if self.objects else self.state
        if self.objects:
            self.objects.close()
        self._communities("found")
        self._store()

    def new_desk(self) -> Any:
        """A desk for the talk of one group, as the lane wants it."""
        desk = new_desk(int(self.state.groups["seats"][0]), self.scenario.record == "messages")
        return laid_out(desk) if self.lane.name == "mesa" else desk

    def _set_day(self) -> None:
        worlds = self.state.worlds
        worlds["day"] = self.day
        worlds["day_key"] = luck.day_keys(worlds["seed_key"], self.day)

    def step(self) -> None:
        """One day of every community."""
        with self._opened():
            self._set_day()
            self._turn_levers()
        self._communities("plan")
        self._communities("arrive")
        self.on_arrivals()
        self._groups()
        self._communities("part")
        self._store()
        self.recorder.record_day(self.day, self.levers.holders)
        self._communities("account")
        self._store("members")
        self.day += 1

    def _opened(self) -> AbstractContextManager[None]:
        """Here the rows of groups and worlds may be read and written as tables, in the Mesa lane too."""
        return self.objects.open("groups", "worlds") if self.objects is not None else nullcontext()

    def _store(self, *but: str) -> None:
        """Bring what the Mesa lane holds in objects into the tables."""
        if self.objects is not None:
            self.objects.store(*but)

    def on_arrivals(self) -> None:
        """Hook: members have arrived; a Mesa model makes their agents here."""

    def _turn_levers(self) -> None:
        before = set(self.levers.touched)
        self.levers.reset()
        for strategy in self.strategies:
            self.levers.holder = strategy.name
            strategy.push(self.levers, self.view, self.day)
        for name in before | self.levers.touched | _USED_UP if self.day else self.levers.settings:
            self.state.groups[name] = self.levers.settings[name]

    def _spread(self, n: int, task: Callable[[int, int], Any], least: int) -> list[Any]:
        """Run ``task(lo, hi)`` over 0 … n − 1, in chunks over the threads where that pays."""
        if self._pool is None or n < 2 * least:
            return [task(0, n)]
        chunks = min(n // least, 4 * self._threads)
        edges = [n * i // chunks for i in range(chunks + 1)]
        return list(self._pool.map(task, edges[:-1], edges[1:]))

    def _communities(self, phase: str) -> None:
        with _BUILDING:
            loop = self.lane.loop(phase)
        self._spread(self.n, lambda lo, hi: loop(self.in_lane, lo, hi), 8)

    def _groups(self) -> None:
        with _BUILDING:
            loop = self.lane.loop(SCHEDULE.day)
        recording = self.scenario.record == "messages"

        def task(lo: int, hi: int) -> np.ndarray | None:
            desk = self._desks.pop()
            desk.n[OUT] = 0
            loop(self.in_lane, lo, hi, desk)
            if desk.n[OVERFLOW]:
                raise Overflow(f"more messages or looks than {MOST_MESSAGES} in a group on day {self.day}: {_CURE}")
            out = self.recorder.take_messages(desk) if recording else None
            self._desks.append(desk)
            return out

        outs = self._spread(self.state.groups.size, task, 16)
        if recording:
            self.recorder.add_messages(outs)

    def close(self) -> None:
        """Let the threads go."""
        if self._pool is not None:
            self._pool.shutdown()


def objects_of(state: State, model: Any = None) -> Objects:
    """The same state as plain objects, for plain Python; ``model`` is what they are agents of."""
    return Objects(state, {"members": seat_for(model)})
