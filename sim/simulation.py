"""The engine: any number of communities of one arm, side by side, day by day, in either lane."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import numpy as np

from sim.data.mechanism_tables import MechanismTables
from sim.data.owners import is_operators
from sim.data.plan import ScenarioLike
from sim.data.recorder import BLOCK, Recorder
from sim.engine import luck
from sim.engine.declarations import BETWEEN
from sim.engine.levers import Levers
from sim.engine.objects import laid_out
from sim.groups_in_view import GroupsInView
from sim.in_play import InPlay
from sim.lane_tables import by_scenario, empty_tables, in_lane, make_lane, objects_of, set_numbers
from sim.model.calendar import calendar_of
from sim.model.entities import MOST_PLANNED, places_of_the_day
from sim.model.past_search import Past, Standing
from sim.model.schedule import SCHEDULE
from sim.model.submodels.conversation_log import MOST_MESSAGES, OUT, OVERFLOW, new_desk
from sim.running_start import RunningStart, age_of, find, founded
from sim.stage_watch import watch_for

__all__ = ["Engine"]

_BUILDING = threading.Lock()  # engines side by side share one lane; its loops are built once
_LIMITS = f"more messages or looks than {MOST_MESSAGES} in a group, or more than {MOST_PLANNED} planned by its host"
_CURE = "lower scenario.talk, mind.reply, talk.more or talk.buzz"


class Overflow(RuntimeError):
    """A day's talk does not fit on the desk."""


class Engine:
    """Communities ``first … first + n − 1`` of one arm. :meth:`step` is one day. Each may have numbers of its own
    (``each``: the scenario as it plays it), in tables of one size and with the same strategies and mechanisms.

    With a running start (:mod:`sim.running_start`) there is a past before day 0; it is searched for, or given as
    ``past``. Rules and luck count days from the founding (``world.day``), everybody else counts from day 0.
    """

    _is_moving = False  # people are moved today

    def __init__(
        self,
        scenario: ScenarioLike,
        lane: str,
        n: int,
        first: int = 0,
        seed: int | None = None,
        model: Any = None,
        threads: int | None = None,
        past: Past | None = None,
        each: Sequence[ScenarioLike] = (),
    ) -> None:
        self.scenario, self.n, self.first = scenario, n, first
        self._played = by_scenario(each) or [(slice(None), scenario)]
        seed = scenario.seed if seed is None else seed
        if past is None and age_of(scenario):
            past = find(scenario, first, n, seed, partial(_stands, scenario, lane, n, first, seed, None, threads))
        self._start, self.day = RunningStart(age_of(scenario), past), -age_of(scenario)
        with _BUILDING:
            self.lane = make_lane(lane, scenario.roles)
            self.state = empty_tables(scenario, n, self.lane)
        self.in_play = InPlay(scenario.mechanisms, self.state, self.lane)
        self._begin(seed)
        self.levers = Levers(self.state.groups.size, self.in_play.levers)
        self.view = GroupsInView(self.state, scenario.luck == "philox", self._start.age)
        self.strategies = sorted(scenario.plan, key=lambda s: s.name)
        self._stages = watch_for(self.strategies, self.state.groups.size)
        names = [s.name for s in self.strategies]
        counted = MechanismTables(self.in_play.mechanisms, self.in_play.counts(), BLOCK, self.in_play.awake)
        self.recorder = Recorder(self.state, scenario.days, scenario.record, first, names, counted)
        self.watches: list[Callable[[Engine], None]] = []  # called every evening, once the day is in the tables
        self._threads = 1 if lane == "mesa" else max(1, scenario.threads if threads is None else threads)
        self._pool = ThreadPoolExecutor(self._threads) if self._threads > 1 else None
        self._desks = deque(self.new_desk() for _ in range(self._threads))
        self._set_day()
        self._found(model)
        if past is not None:
            self.standing = self._start.play(self)
            self._cut(past)

    def _found(self, model: Any) -> None:
        """The groups are founded."""
        self.objects = objects_of(self.state, model) if self.lane.name == "mesa" else None
        self.in_lane = in_lane(self.state, self.scenario, self.objects)
        if self.objects:
            self.objects.close()
            np.asarray(self.state.calls).flags.writeable = False  # of addresses; here rules are called as they are
        if self.day == 0 and any(one.chooses_founders for one in self.strategies):
            with self._opened():
                self._turn_levers()  # once more than on all days: for the founding
        self._communities("found")
        self._store()
        self._seat()

    def _begin(self, seed: int) -> None:
        """What holds from the founding on: the luck, the operator's heart, what a running start asks for."""
        for communities, one in self._played if len(self._played) > 1 else ():
            set_numbers(self.state, communities, one)
            self.in_play.set_knobs(communities, one.mechanisms)
        worlds = self.state.worlds
        worlds["seed_key"] = [luck.seed_key(seed, self.first + i) for i in range(self.n)]
        worlds["is_philox"], worlds["heart"] = self.scenario.luck == "philox", 1.0
        self._begin_arm()
        self._start.lay_out(self.state)

    def _begin_arm(self) -> None:
        """What is the arm's, and the purse: as on day 0."""
        worlds, scenario = self.state.worlds, self.scenario
        worlds["is_same_members"], worlds["is_recording"] = scenario.same_members, scenario.record == "messages"
        worlds["purse_left"], self.state.groups["n_ever"] = worlds["purse"], 0

    def _cut(self, past: Past) -> None:
        """The evening before day 0 of a running start: the arm and the record begin, nothing else changes."""
        with self._opened("groups", "worlds", "members"):
            self._begin_arm()
            self.recorder.begin(self._start.age, founded(self.state), past, self.standing)

    def new_desk(self) -> Any:
        """A desk for the talk of one group, as the lane wants it."""
        seats = int(self.state.groups["seats"][0])
        desk = new_desk(seats, self.scenario.record == "messages")
        return laid_out(desk) if self.lane.name == "mesa" else desk

    def _set_day(self) -> None:
        worlds, today = self.state.worlds, self.day + self._start.age
        worlds["day"], worlds["day_key"] = today, luck.day_keys(worlds["seed_key"], today)

    def step(self) -> None:
        """One day of every community."""
        with self._opened():
            self._set_day()
            if self.day >= 0:
                self._change_numbers()
            self._turn_calendar()
            is_gathering = self._start.make_room(self.state, self.day)
            self._turn_levers()
        self._communities("plan")
        self._hooks("plan")
        self._move()
        self._lay_out_places()
        self.in_play.lay_out(self.in_lane, self._desks)
        self._between("propose")
        self._communities("decide")
        self._between("fill")
        self._communities("carry")
        if is_gathering:
            self._communities("found")
        self._seat()
        self.on_arrivals()
        self._groups()
        self._hooks("buy")
        self._hooks("between days")
        self._hooks("leave")
        self._hooks("after leave")
        self._between("part")
        self._store()
        if self.day >= 0:
            self.recorder.record_day(self.day, self.levers)
            for watch in self.watches:
                watch(self)
        self._communities("account")
        self._store("members")
        self.day += 1

    def _turn_calendar(self) -> None:
        """Weekday and season, as the date of day 0 has them."""
        worlds = self.state.worlds
        for c in range(self.n):
            mine = (float(worlds[name][c]) for name in ("weekend", "season", "season_peak"))
            worlds["calendar"][c] = calendar_of(self.scenario.start, self.day, *mine)

    def _opened(self, *tables: str) -> AbstractContextManager[None]:
        """Here rows (of groups and worlds, if not said) may be read and written as tables, in the Mesa lane too."""
        return self.objects.open(*(tables or ("groups", "worlds"))) if self.objects is not None else nullcontext()

    def _store(self, *but: str) -> None:
        """Bring what the Mesa lane holds in objects into the tables."""
        if self.objects is not None:
            self.objects.store(*but)
            self.in_play.store()

    def on_arrivals(self) -> None:
        """Hook: members have arrived; a Mesa model makes their agents here."""

    def _change_numbers(self) -> None:
        """What the scenario's timeline changes today: numbers of the world, or of a mechanism in play."""
        for communities, played in self._played:
            for key, value in played.changes(self.day).items():
                section, name = key.split(".")
                if section in self.in_play.mechanisms:
                    self.in_play.set_knob(section, name, value, communities)
                elif name in (self.state.worlds.dtype.names or ()):
                    self.state.worlds[name][communities] = value * self._start.factor(key)

    def _turn_levers(self) -> None:
        self.levers.reset()
        if self._stages is not None:
            self.view.stage = self._stages.judge(self.state.groups, self.day + self._start.age)
        for strategy in self.strategies if self.day >= 0 else ():
            strategy.turn(self.levers, self.view, self.day)
        if not (ours := is_operators(self.state)).all():
            self.levers.stand_back(~ours)
        self.in_play.new_day(self.levers)

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

    def _hooks(self, place: str) -> None:
        """What mechanisms do between the phases; the operator's plan and orders between days are given in turn."""
        if self.in_play.acts(place):
            n = self.n if place in BETWEEN else self.state.groups.size
            self.in_play.run(place, self.in_lane, 0, n, self._desks[0])

    def _move(self) -> None:
        """Yesterday evening's orders are carried out: groups are opened, people are moved."""
        self._is_moving = bool(self.state.worlds["n_moving"].any())
        if self._is_moving:
            self._communities("move")

    def _seat(self) -> None:
        """Whoever took a seat begins with blank columns of the mechanisms; who was moved brings some along."""
        if self.in_play.needs_seats or self._is_moving:
            self._store()
        if self._is_moving:
            self.recorder.note_moved()
        if self.in_play.needs_seats:
            self.in_play.seat(self._is_moving)
        self._hooks("seat")
        self._hooks("after seat")

    def _lay_out_places(self) -> None:
        """Places in the table of proposals; the morning's plan says how many will knock."""
        with self._opened():
            table = places_of_the_day(self.state)
        if table is not self.state.proposals:
            self.state = self.state._replace(proposals=table)
            if self.objects is not None:
                self.objects.exchange("proposals", table)
            self.in_lane = in_lane(self.state, self.scenario, self.objects)

    def _between(self, phase: str) -> None:
        """A phase between the days that goes group by group."""
        with _BUILDING:
            loop = self.lane.loop(phase)
        self._spread(self.state.groups.size, lambda lo, hi: loop(self.in_lane, lo, hi), 16)

    def _groups(self) -> None:
        with _BUILDING:
            loop = self.lane.loop(SCHEDULE.day)
        recording = self.scenario.record == "messages" and self.day >= 0

        def task(lo: int, hi: int) -> np.ndarray | None:
            desk = self._desks.pop()
            desk.n[OUT] = 0
            loop(self.in_lane, lo, hi, desk)
            if desk.n[OVERFLOW]:
                raise Overflow(f"day {self.day}: {_LIMITS}: {_CURE}")
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


def _stands(*of: Any) -> Standing:
    """How the groups stand after a past, the last of what an engine is made of."""
    engine = Engine(*of)
    engine.close()
    return engine.standing
