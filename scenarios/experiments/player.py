"""Plays what is asked into a store: with a bar, with workers if there is something to do; counts what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass

from scenarios.config.compose import Composer
from scenarios.execution.executor import Progress, Tally, execute, to_do
from scenarios.execution.runners import Runner
from scenarios.execution.workers import most_jobs, runner_for
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.options import Options
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from scenarios.terminal import progress_bar
from sim.data.store import Store

__all__ = ["Bar", "Player"]

Bar = Callable[[int], AbstractContextManager[Progress]]
"""From how many runs there are to who is told of each."""


class Player:
    """One command's play; ``tally`` counts all of it, ``asked`` is what it was to play: arms and ids of runs."""

    def __init__(
        self, options: Options, store: Store, composer: Composer | None = None, bar: Bar = progress_bar
    ) -> None:
        self.options, self.store, self._bar = options, store, bar
        self.tally, self.composer = Tally(), composer or Composer()
        self.asked: set[tuple[str, str]] = set()
        self._known: set[str] = set()  # ids of runs alone: several arms may share some
        self._steady: _Steady | None = None

    def play(self, study: Study, cells: Sequence[Cell] | None = None) -> Shelf:
        """Play what the store lacks of a study, and return what it holds then.

        Raises
        ------
        ConfigError
            If an arm cannot be composed.
        scenarios.execution.executor.Failed, sim.data.store.StoreError
            If a run fails and ``fail=fast`` is said; if the store cannot take more.
        """
        cells = cells_of(study, self.composer) if cells is None else cells
        self.tally.broken += sum(self.store.check(cell.runs(range(study.seeds))) for cell in cells)
        runs = {(cell.arm, run) for cell in cells for run in cell.runs(range(study.seeds))}
        if runs <= self.asked:  # tried already: a run that failed would only fail again
            return Shelf(study, cells, self.store)
        self.asked |= runs
        left = to_do(study, cells, self.store)
        missing = {run for number, some in left.items() for run in cells[number].runs(some)}
        every = [run for cell in cells for run in cell.runs(range(study.seeds))]
        again = sum(run in self._known and run not in missing for run in every)
        self._known.update(every)
        jobs = most_jobs(left, self.options.chunk)
        with self._at_work(cells, sum(map(len, left.values())), jobs) as (runner, progress):
            tally = execute(study, cells, self.store, runner, progress, self.options.fail_fast, self.options.chunk)
        tally.stored -= again  # what this command has asked for before was counted then
        if self._steady:
            progress(study.reference, tally.stored)
        self.tally.add(tally)
        return Shelf(study, cells, self.store)

    @contextmanager
    def steadily(self, runs: int, jobs: int) -> Iterator[Progress]:
        """One set of workers (for as many ``jobs`` as come at a time) and one bar for all that is played within; the
        workers come when there is something to play. Within another such play it is that one's.
        """
        if self._steady:
            yield self._steady.progress
            return
        with self._bar(max(1, runs)) as progress, ExitStack() as end:
            self._steady = _Steady(progress, jobs, end)
            try:
                yield progress
            finally:
                self._steady = None

    @contextmanager
    def _at_work(self, cells: Sequence[Cell], runs: int, jobs: int) -> Iterator[tuple[Runner, Progress]]:
        if self._steady:
            yield self._steady.runner(self.options, cells, jobs), self._steady.progress
            return
        with closing(runner_for(self.options, cells, jobs)) as runner, self._bar(max(1, runs)) as progress:
            yield runner, progress


@dataclass
class _Steady:
    """Workers that stay until ``end``, for ``jobs`` at a time, and the bar."""

    progress: Progress
    jobs: int
    end: ExitStack
    made: Runner | None = None

    def runner(self, options: Options, cells: Sequence[Cell], jobs: int) -> Runner:
        """The workers, made for what is the first to be played; where nothing is, nobody is started."""
        if jobs == 0:
            return self.made or runner_for(options, cells, 0)
        if self.made is None:
            self.made = self.end.enter_context(closing(runner_for(options, cells, max(jobs, self.jobs))))
        return self.made
