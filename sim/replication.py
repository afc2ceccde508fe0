"""One arm, many replicates: batches of communities through the engine, tables out."""

from __future__ import annotations

import platform
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from typing import Any

import numpy as np

from sim.community import Community
from sim.data.memory import Need, check_fits, need_of
from sim.data.plan import ScenarioLike
from sim.data.results import Results
from sim.engine.knobs import snake_case
from sim.lane_tables import in_common
from sim.model.kinds import known_kinds
from sim.running_start import age_of
from sim.simulation import Engine

__all__ = ["memory_of", "simulate"]

Progress = Callable[[float, float], None]
BATCH_SEATS = 6_000_000
"""Seats simulated side by side; more replicates are done in further batches, so memory stays bounded."""


def simulate(
    scenario: ScenarioLike,
    lane: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    first: int = 0,
    watches: Sequence[Callable[[Engine], None]] = (),
) -> Results:
    """Play replicates ``first … first + scenario.replicates − 1`` of a scenario and return their tables.

    A replicate is the same whichever others are played with it.

    Parameters
    ----------
    scenario
        What :func:`scenarios.compose` returns.
    lane
        ``"compiled"`` or ``"mesa"``; the same bytes come out of both. ``None`` takes the scenario's.
    workers
        Threads of the compiled lane, if that is more than the scenario's ``threads``. Each plays replicates of its
        own; one replicate by itself is shared out by groups.
    progress
        Called with (days done, days in all), over all communities; one call at a time, but from any thread at work.
    first
        Number of the first replicate.
    watches
        Called every evening with the engine of each batch, to note what is in no table (:mod:`sim.watches`); from any
        thread at work. They read, and change nothing.

    Raises
    ------
    sim.data.memory.TooLarge
        If it does not fit into memory.
    sim.simulation.Overflow
        If a group's talk explodes beyond what one day can hold.
    ValueError
        If ``workers`` is not a positive number.
    """
    if workers < 1:
        raise ValueError(f"workers={workers}: it takes at least one")
    started = time.perf_counter()
    lane, note = _usable(lane or scenario.lane, scenario)
    threads = 1 if lane == "mesa" else max(workers, scenario.threads)
    side = _side(scenario, threads)
    check_fits(memory_of(scenario, lane, threads), scenario)
    plays = _Plays(scenario, lane, threads // side, progress, watches)
    batches = [(first + lo, n) for lo, n in _batches(scenario, lane, side)]
    parts = _side_by_side(plays, batches, side)
    arrays = parts[0] if len(parts) == 1 else _joined(parts)
    del parts
    meta = _meta(scenario, lane, note, time.perf_counter() - started)
    return Results.from_arrays(scenario.arm, scenario.world, arrays, meta)


def _joined(parts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Tables of several batches as one; a table may be lacking where there was nothing to put into it."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: np.concatenate([part[name] for part in parts if name in part]) for name in names}


def memory_of(scenario: ScenarioLike, lane: str | None = None, threads: int | None = None) -> Need:
    """What :func:`simulate` would take."""
    lane, threads = lane or scenario.lane, threads or scenario.threads
    side = 1 if lane == "mesa" else _side(scenario, threads)
    return need_of(scenario, side * max(n for _, n in _batches(scenario, lane, side)), lane)


def _seats(scenario: ScenarioLike) -> int:
    """Seats of one community."""
    population: Any = scenario.sections["population"]
    return int((population.groups + population.spare_groups) * (population.seats + 1))


def _side(scenario: ScenarioLike, threads: int) -> int:
    """Batches played at once: one a thread where the communities suffice for it and memory holds as many."""
    if scenario.replicates < 2 * threads:
        return 1
    return max(1, min(threads, BATCH_SEATS // _seats(scenario)))


def _batches(scenario: ScenarioLike, lane: str, side: int) -> list[tuple[int, int]]:
    """First replicate and number of replicates of each batch; what ``side`` of them need at once stays bounded."""
    most = 1 if lane == "mesa" else max(1, BATCH_SEATS // (_seats(scenario) * side))
    n = max(-(-scenario.replicates // most), side)
    edges = [scenario.replicates * i // n for i in range(n + 1)]
    return [(lo, hi - lo) for lo, hi in pairwise(edges)]


def _side_by_side(plays: _Plays, batches: list[tuple[int, int]], side: int) -> list[dict[str, np.ndarray]]:
    """Tables of every batch, in order."""
    if side == 1:
        return [plays(*batch) for batch in batches]
    with ThreadPoolExecutor(side) as pool:
        try:
            return list(pool.map(plays, *zip(*batches, strict=True)))
        finally:
            plays.stopped = True  # Ctrl-C: the others stop at the end of their day


class _Plays:
    """Plays batches of one scenario, perhaps several at once, and tells how many days of how many are done."""

    def __init__(
        self, scenario: ScenarioLike, lane: str, threads: int, progress: Progress | None,
        watches: Sequence[Callable[[Engine], None]] = (),
    ) -> None:  # fmt: skip
        self._scenario, self._lane, self._threads, self._progress = scenario, lane, threads, progress
        self._watches = watches
        self._done, self._lock = 0, threading.Lock()
        self.stopped = False

    def __call__(self, first: int, n: int) -> dict[str, np.ndarray]:
        """Replicates ``first … first + n − 1``."""
        try:
            if self.stopped:
                return {}
            return self._as_model(first) if self._lane == "mesa" else self._as_rows(first, n)
        except BaseException:
            self.stopped = True
            raise

    def _as_rows(self, first: int, n: int) -> dict[str, np.ndarray]:
        each = _each(self._scenario, first, n)
        if n > 1 and each and not _fit_together(each):
            return _joined([self._as_rows(first + i, 1) for i in range(n)])
        engine = Engine(each[0] if each else self._scenario, self._lane, n, first, threads=self._threads, each=each)
        engine.watches.extend(self._watches)
        try:
            for _ in range(self._scenario.days):
                if self.stopped:  # nobody asks for the tables any more
                    return {}
                engine.step()
                self._tell(n)
        finally:
            engine.close()
        recorder = engine.recorder
        del engine  # and with it the members, as soon as the recorder lets them go
        return recorder.finish()

    def _as_model(self, first: int) -> dict[str, np.ndarray]:
        """One replicate as a Mesa model, so that every member is an agent."""
        model = Community(self._scenario, lane=self._lane, replicate=first)
        model._engine.watches.extend(self._watches)
        for _ in range(self._scenario.days):
            model.step()
            self._tell(1)
        return model.tables

    def _tell(self, days: int) -> None:
        with self._lock:
            self._done += days
            if self._progress is not None:
                self._progress(self._done, self._scenario.replicates * self._scenario.days)


def _each(scenario: ScenarioLike, first: int, n: int) -> list[ScenarioLike]:
    """The scenario as each replicate plays it: of an ensemble with its own set of numbers, the same in every arm; none
    where all play it as it is.
    """
    return scenario.each(first, n) if getattr(scenario, "sets", None) is not None else []  # type: ignore[attr-defined,no-any-return]


def _fit_together(each: Sequence[ScenarioLike]) -> bool:
    """Can these be played side by side? Not with a past: that is looked for under the numbers of one world."""
    return not age_of(each[0]) and len({in_common(one) for one in each}) == 1


def _usable(lane: str, scenario: ScenarioLike) -> tuple[str, str]:
    """The lane asked for, or the Mesa lane with the reason why the other cannot be used."""
    if lane == "mesa":
        return lane, ""
    from sim.lane_choice import lane_for

    return lane_for(scenario)


def _meta(scenario: ScenarioLike, lane: str, note: str, seconds: float) -> dict[str, Any]:
    packages = ("mesa", "numpy", "numba", "pandas", "pyarrow")
    versions = {name: _version(name) for name in packages} | {"python": platform.python_version()}
    config = scenario.as_dict()
    return {
        "seed": scenario.seed,
        "days": scenario.days,
        "replicates": scenario.replicates,
        "record": scenario.record,
        "start": config["start"],
        "timezone": "Asia/Shanghai",
        "roles": [snake_case(role.__name__) for role in scenario.roles],
        "strategies": [*sorted(s.name for s in scenario.plan), "host"],
        "kinds": list(known_kinds()),
        "lane": lane,
        "note": note,
        "config": config,
        "versions": {"shequn": _version("shequn"), **versions},
        "timings": {"simulate": seconds},
    }


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
