"""``plan=true``: how many runs, how long, how much disk; nothing is stored.

Time comes from earlier chunks of the same cell in the ledger, else from a probe: some replicates of some of the cells
that are to be played, spread over the study, are played by the very runner and workers that would play it, so that
crowding of processors is in the measurement. A few cells stand for all where there are many.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from scenarios.execution.chunks import block_size, jobs_of
from scenarios.execution.executor import to_do
from scenarios.execution.runners import Runner
from scenarios.execution.runners.base import Lost
from scenarios.execution.workers import most_jobs, runner_for, workers_for
from scenarios.experiments import STARTED
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.player import Player
from scenarios.experiments.study import Study
from sim.locale.words import declared, say

if TYPE_CHECKING:
    from scenarios.experiments.kind import Kind

__all__ = ["Plan", "heading", "make_plan", "show_plan", "told"]

_PROBES = 8
_PROBE_SECONDS = 20.0
_LEAST = 2


@dataclass(frozen=True)
class Plan:
    """Runs in all and to do; seconds and bytes that the rest will take; on how many runs the guess rests."""

    runs: int
    to_do: int
    chunks: int
    seconds: float
    disk: float
    measured: int
    workers: int

    def for_runs(self, to_do: int, runs: int) -> Plan:
        """The same price a run, for other numbers of runs."""
        share = to_do / max(1, self.to_do)
        return replace(self, runs=runs, to_do=to_do, chunks=round(self.chunks * share), seconds=self.seconds * share,
                       disk=self.disk * share)  # fmt: skip


def make_plan(study: Study, player: Player, at_once: int = 0) -> Plan:
    """Measure a little, and tell the rest. What this process has spent so far the real one will spend too.

    ``at_once`` is how many cells are played together (0: all): a search waits for one point before the next.
    """
    cells, began, options = cells_of(study, player.composer), age(), player.options
    left = to_do(study, cells, player.store)
    if not left:
        return Plan(study.n_runs, 0, 0, 0.0, 0.0, 0, 1)
    n_left, together = sum(map(len, left.values())), at_once or len(left)
    jobs = most_jobs(dict(list(left.items())[:together]), options.chunk)
    workers = workers_for(options, jobs)
    size = options.chunk or max(block_size(cells[c], len(r), together, workers) for c, r in left.items())
    chunks = sum(-(-len(replicates) // size) for replicates in left.values())
    runner = runner_for(options, cells, jobs)
    try:
        probe = _Probe(runner, size)
        probe.start(cells[next(iter(left))])
        probe.measure([cells[c] for c in _spread(list(left), max(_PROBES, 2 * workers))], max(map(len, left.values())))
    finally:
        runner.close(now=True)
    seconds = began + probe.startup + n_left * probe.per_run
    disk = n_left * probe.bytes / max(1, probe.runs)
    return Plan(study.n_runs, n_left, chunks, seconds, disk, probe.runs, workers)


def age() -> float:
    """Seconds since this process began to think of the study (imports and composing take some)."""
    return time.perf_counter() - STARTED


def _spread(cells: list[int], n: int) -> list[int]:
    """At most ``n`` of the cells, evenly over the study."""
    if len(cells) <= n:
        return cells
    return [cells[(2 * i + 1) * len(cells) // (2 * n)] for i in range(n)]


class _Probe:
    """Some chunks played for the clock."""

    def __init__(self, runner: Runner, size: int) -> None:
        self.runner, self.size = runner, size
        self.startup = self.per_run = self.bytes = 0.0
        self.runs = 0

    def start(self, cell: Cell) -> None:
        """Have every worker started: one replicate each, outside the measurement of play."""
        began = time.perf_counter()
        self.runner.start()
        self._play([(cell, 1)] * self.runner.workers)
        self.startup, self.runs, self.bytes = time.perf_counter() - began, 0, 0.0

    def measure(self, cells: Sequence[Cell], most: int) -> None:
        """Play a few replicates of every cell, more where they are quick; throughput is that of all workers."""
        n = min(_LEAST, most)
        began = time.perf_counter()
        self._play([(cell, n) for cell in self._filled(cells)])
        spent = time.perf_counter() - began
        better = min(self.size, most, int(n * _PROBE_SECONDS / max(spent, 1e-3)))
        if better >= 2 * n and spent < _PROBE_SECONDS / 4:
            self.runs, self.bytes, began = 0, 0.0, time.perf_counter()
            self._play([(cell, better) for cell in self._filled(cells)])
            spent = time.perf_counter() - began
        self.per_run = spent / max(1, self.runs)

    def _filled(self, cells: Sequence[Cell]) -> list[Cell]:
        """As many jobs as fill all workers to the same height."""
        workers = self.runner.workers
        rounds = -(-len(cells) // workers) * workers
        return [cells[i % len(cells)] for i in range(rounds)]

    def _play(self, portions: Sequence[tuple[Cell, int]]) -> None:
        number = count()
        jobs = [job for cell, n in portions for job in jobs_of(cell, range(n), n, number, False)]
        for job in jobs:
            self.runner.submit(job)
        left = len(jobs)
        while left:
            for came in self.runner.wait():
                left -= 1
                if not isinstance(came, Lost):
                    self.runs += came.n_done
                    self.bytes += sum(map(len, came.files))


def show_plan(kind: Kind[Any], asked: Any, player: Player) -> int:
    """Print the plan."""
    options, store, lang = player.options, player.store, player.options.lang
    plan, more = kind.plan(asked, lambda study, at_once=0: make_plan(study, player, at_once), store, lang)
    print(heading(asked, lang))
    counts = {"runs": plan.runs, "stored": plan.runs - plan.to_do, "left": plan.to_do, "chunks": plan.chunks}
    print(say("plan_runs", lang, size=kind.size(asked, lang), **{key: f"{n:,}" for key, n in counts.items()}))
    if plan.to_do:
        print(say("plan_time", lang, time=told(plan.seconds), workers=plan.workers, runner=options.runner,
                  measured=plan.measured))  # fmt: skip
        print(say("plan_disk", lang, disk=f"{plan.disk / 1e6:,.2f}", store=store.folder))
        print(more, end="\n" * bool(more))
    return 0


def heading(asked: Any, lang: str) -> str:
    """Title and question."""
    return say("named", lang, name=declared(asked.title, lang), text=declared(asked.question, lang))


def told(seconds: float) -> str:
    """``95 s``, ``12 min``, ``3.4 h``."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
