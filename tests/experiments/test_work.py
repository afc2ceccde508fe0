"""What a worker does with chunk after chunk."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from scenarios.execution.chunks import block_size, jobs_of, missing
from scenarios.execution.executor import Failed, execute
from scenarios.execution.job import Job, Played, play_chunk
from scenarios.execution.runners import Lost
from scenarios.execution.runners.processes import ProcessRunner
from scenarios.execution.runners.serial import SerialRunner
from sim.data.store import Store
from tests.experiments.test_same_tables import small


def test_chunks_share_one_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled code is loaded once a process: each further load would keep its memory for good."""
    from sim.engine.compiled import lane as compiled

    made: list[object] = []
    first = compiled.CompiledLane.__init__

    def noted(self: object, *arguments: object) -> None:
        made.append(self)
        first(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(compiled, "_LANES", {})
    monkeypatch.setattr(compiled.CompiledLane, "__init__", noted)
    _, cells = small()
    for cell in cells:
        (job,) = jobs_of(cell, [0], 1, count(), False)
        assert play_chunk(job).n_done == 1
    assert len(made) == 1


def test_blocks_begin_at_multiples_of_their_size() -> None:
    _, (cell, *_) = small()
    done = set(cell.runs([0, 5]))
    left = missing(cell, 12, done)
    assert left == [1, 2, 3, 4, 6, 7, 8, 9, 10, 11]
    jobs = list(jobs_of(cell, left, 4, count(), False))
    assert [(job.first, len(job.runs)) for job in jobs] == [(1, 3), (4, 1), (6, 2), (8, 4)]
    assert [run for job in jobs for run in job.runs] == cell.runs(left)


def test_chunks_keep_all_workers_busy() -> None:
    _, (cell, *_) = small()
    long = replace(cell, scenario=cell.scenario.replace(days=600))
    assert block_size(long, 100, 1, 2) == 13  # eight chunks for two workers
    assert block_size(long, 10, 1, 2) == 5  # few runs: a chunk each, rather than many that are not worth their price
    assert block_size(cell, 100, 1, 2) == 50
    assert block_size(cell, 1000, 50, 2) == 100
    assert block_size(cell, 1, 1, 8) == 1


def test_every_worker_is_up_after_the_start() -> None:
    runner = ProcessRunner(2)
    try:
        runner.start()
        assert len(runner._pool._processes) == 2
    finally:
        runner.close(now=True)


def test_a_worker_killed_at_the_start_is_replaced_by_the_next_job() -> None:
    runner = ProcessRunner(2)
    try:
        runner.start()
        for process in runner._pool._processes.values():
            process.kill()
            process.join()
        runner.start()  # does not raise
        _, (cell, *_) = small()
        runner.submit(next(iter(jobs_of(cell, range(1), 1, count(), False))))
        (ended,) = runner.wait()
        assert not isinstance(ended, Lost)
    finally:
        runner.close(now=True)


def test_the_next_job_is_out_before_the_disk_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Two(SerialRunner):
        """Says that it has two workers, and counts what it was given."""

        given = 0

        def submit(self, job: Job) -> None:
            self.given += 1
            super().submit(job)

    study, cells = small()
    runner, seen = Two(), []
    runner.workers = 2
    put = Store.put
    monkeypatch.setattr(Store, "put", lambda store, data: seen.append(runner.given) or put(store, data))
    with Store(tmp_path) as store:
        tally = execute(study, cells, store, runner, lambda arm, more: None, chunk=1)
    assert tally.done == study.n_runs
    assert seen[:3] == [4, 5, 6]


def test_what_came_with_a_failed_run_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scenarios.execution import job as work
    from tests.experiments.test_same_tables import faulty

    class AllAtOnce(SerialRunner):
        """Everything that is out comes back in the same moment, failures first."""

        done = 0

        def wait(self) -> list[Played | Lost]:
            came = [one for _ in range(len(self._jobs)) for one in super(AllAtOnce, self).wait()]
            self.done += sum(one.n_done for one in came if isinstance(one, Played))
            return sorted(came, key=lambda one: isinstance(one, Played) and not one.failures)

    study, cells = small()
    whole = work._play

    def play_or_fail(job: Job, first: int, n: int) -> bytes:
        faulty(replace(job, first=first, runs=job.runs[:n]))
        return whole(job, first, n)

    monkeypatch.setattr(work, "_play", play_or_fail)
    runner = AllAtOnce()
    runner.workers = 12
    with Store(tmp_path) as store:
        with pytest.raises(Failed, match="limit=20"):
            execute(study, cells, store, runner, lambda arm, more: None, fail_fast=True, chunk=1)
        assert runner.done > 6
        assert len(store.done([run for cell in cells for run in cell.runs(range(study.seeds))], False)) == runner.done
