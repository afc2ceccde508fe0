"""``plan=true``: how many runs, how long, how much disk.

Time and disk come from a probe: some of the runs that are left, spread over the study, are played by the very runner
and workers that would play all, so that crowding of processors is in the measurement. They go into the store, as part
of what is to be played. A few cells stand for all where there are many.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scenarios.execution.chunks import block_size, jobs_of
from scenarios.execution.executor import Tally, play_jobs, to_do
from scenarios.execution.runners import Runner
from scenarios.execution.workers import most_jobs, runner_for, workers_for
from scenarios.experiments import STARTED
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.player import Player
from scenarios.experiments.study import Study
from sim.data.store import Store
from sim.locale.words import declared, say

if TYPE_CHECKING:
    from scenarios.experiments.kind import Kind

__all__ = ["Plan", "heading", "make_plan", "show_plan", "tell_failures", "told"]

_PROBES = 8
_PROBE_SECONDS = 20.0
_LEAST = 2
_AT_MOST = 4  # the better measurement plays one in so many of the runs that are left
_WHOLE = 10**9  # replicates of a block: whatever is handed to a worker at a time stays together


@dataclass(frozen=True)
class Plan:
    """Runs in all and to do; seconds and bytes that the rest will take; on how many runs the guess rests, and how many
    played for it are kept.
    """

    runs: int
    to_do: int
    chunks: int
    seconds: float
    disk: float
    measured: int
    kept: int
    workers: int

    def for_runs(self, to_do: int, runs: int) -> Plan:
        """The same price a run, for other numbers of runs."""
        share = to_do / max(1, self.to_do)
        return replace(self, runs=runs, to_do=to_do, chunks=round(self.chunks * share), seconds=self.seconds * share,
                       disk=self.disk * share)  # fmt: skip


def make_plan(
    study: Study, player: Player, cells: Sequence[Cell] | None = None, at_once: int = 0, keep: bool = True
) -> Plan:
    """Play a little, and tell the rest. What this process has spent so far the real one will spend too.

    ``cells`` are those of the study where they are known; ``at_once`` is how many are played together (0: all): a
    search waits for one point before the next. Its points are others than those of its plan, which it does not keep.
    """
    cells = cells_of(study, player.composer) if cells is None else cells
    began, options = age(), player.options
    left = to_do(study, cells, player.store)
    if not left:
        return Plan(study.n_runs, 0, 0, 0.0, 0.0, 0, 0, 1)
    together = at_once or len(left)
    jobs = most_jobs(dict(list(left.items())[:together]), options.chunk)
    workers = workers_for(options, jobs)
    size = options.chunk or max(block_size(cells[c], len(r), together, workers) for c, r in left.items())
    runner = runner_for(options, cells, jobs)
    with _store_for(player, keep) as store:
        probe = _Probe(study, cells, left, store, runner, options.fail_fast)
        try:
            probe.start()
            probe.measure(_spread(list(left), max(_PROBES, 2 * workers)), size)
        finally:
            runner.close(now=True)
    player.tally.add(probe.all)
    left = to_do(study, cells, player.store)
    n_left = sum(map(len, left.values()))
    chunks = sum(-(-len(replicates) // size) for replicates in left.values())
    return Plan(study.n_runs, n_left, chunks, (began + probe.startup) * bool(n_left) + n_left * probe.per_run,
                n_left * probe.disk, probe.measured, probe.all.done if keep else 0, workers)  # fmt: skip


def age() -> float:
    """Seconds since this process began to think of the study (imports and composing take some)."""
    return time.perf_counter() - STARTED


def _spread(cells: list[int], n: int) -> list[int]:
    """At most ``n`` of the cells, evenly over the study."""
    if len(cells) <= n:
        return cells
    return [cells[(2 * i + 1) * len(cells) // (2 * n)] for i in range(n)]


@contextmanager
def _store_for(player: Player, keep: bool) -> Iterator[Store]:
    """The store asked for, or one that is thrown away."""
    if keep:
        yield player.store
        return
    with TemporaryDirectory() as folder, Store(folder) as store:
        yield store


class _Probe:
    """Some of the runs that are ``left``, by number of the cell, played for the clock."""

    def __init__(self, study: Study, cells: Sequence[Cell], left: Mapping[int, Sequence[int]], store: Store,
                 runner: Runner, fail_fast: bool) -> None:  # fmt: skip
        self.cells, self.store, self.runner = cells, store, runner
        self.fail_fast, self.kept = fail_fast, study.kept
        self.left = {number: deque(replicates) for number, replicates in left.items()}
        self.number = count()
        self.startup = self.per_run = self.disk = 0.0
        self.measured, self.all = 0, Tally()

    def start(self) -> None:
        """Have every worker started: one replicate each, outside the measurement of play."""
        began = time.perf_counter()
        self.runner.start()
        self._time(list(self.left)[-1:], 1)
        self.startup = time.perf_counter() - began

    def measure(self, cells: Sequence[int], size: int) -> None:
        """Play a few replicates of every cell, more where they are quick; throughput is that of all workers."""
        spent = self._time(cells, _LEAST)
        fair = sum(map(len, self.left.values())) // (_AT_MOST * len(self._filled(cells)))
        better = min(size, fair, int(_LEAST * _PROBE_SECONDS / max(spent, 1e-3)))
        if better >= 2 * _LEAST and spent < _PROBE_SECONDS / 4:
            self._time(cells, better)

    def _time(self, cells: Sequence[int], n: int) -> float:
        """Seconds that ``n`` replicates of some cells take; what one of them takes, of time and disk, is noted."""
        began = time.perf_counter()
        tally = self._play(self._filled(cells), n)
        spent = time.perf_counter() - began
        if tally.done:
            self.measured, self.per_run, self.disk = tally.done, spent / tally.done, tally.bytes / tally.done
        return spent

    def _filled(self, cells: Sequence[int]) -> list[int]:
        """As many cells, some of them several times, as fill all workers to the same height."""
        workers = self.runner.workers
        rounds = -(-len(cells) // workers) * workers
        return [cells[i % len(cells)] for i in range(rounds)]

    def _play(self, cells: Sequence[int], n: int) -> Tally:
        """The next ``n`` replicates of each of these cells, if there are so many."""
        jobs = [job for c in cells for job in jobs_of(self.cells[c], self._next(c, n), _WHOLE, self.number, self.kept)]
        tally = play_jobs(jobs, self.store, self.runner, self.fail_fast)
        self.all.add(tally)
        return tally

    def _next(self, cell: int, n: int) -> list[int]:
        there = self.left[cell]
        return [there.popleft() for _ in range(min(n, len(there)))]


def show_plan(kind: Kind[Any], asked: Any, player: Player) -> int:
    """Print the plan."""
    options, store, lang = player.options, player.store, player.options.lang

    def measure(study: Study, cells: Sequence[Cell] | None = None, at_once: int = 0, keep: bool = True) -> Plan:
        return make_plan(study, player, cells, at_once, keep)

    plan, more = kind.plan(asked, measure, store, lang)
    print(heading(asked, lang))
    print(say("plan_runs", lang, size=kind.size(asked, lang), runs=plan.runs, stored=f"{plan.runs - plan.to_do:,}",
              left=f"{plan.to_do:,}", chunks=plan.chunks))  # fmt: skip
    if plan.to_do:
        print(say("plan_time", lang, time=told(plan.seconds), workers=plan.workers, runner=options.runner,
                  measured=plan.measured))  # fmt: skip
        print(say("plan_disk", lang, disk=f"{plan.disk / 1e6:,.2f}", store=store.folder))
    if plan.kept:
        print(say("plan_kept", lang, store=store.folder, runs=plan.kept))
    print(more, end="\n" * bool(more))
    tell_failures(player.tally, store, lang)
    return 1 if player.tally.failed else 0


def tell_failures(tally: Tally, store: Store, lang: str) -> None:
    """The first runs that failed, and where all are told of."""
    for failure in tally.failures[:3]:
        print(say("told_failed", lang, replicate=failure.replicate, error=failure.error))
    if tally.failed:
        print(say("told_traces", lang, store=store.folder))


def heading(asked: Any, lang: str) -> str:
    """Title and question, if there is one."""
    title, question = declared(asked.title, lang), declared(asked.question, lang)
    return say("named", lang, name=title, text=question) if question else title


def told(seconds: float) -> str:
    """``95 s``, ``12 min``, ``3.4 h``."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
