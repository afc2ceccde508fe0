"""Twins at one store begin at different ends, and what the other has finished is not played."""

from __future__ import annotations

from pathlib import Path

from scenarios.execution.executor import execute
from scenarios.execution.job import Job, Played
from scenarios.execution.order import beginning_at, turn
from scenarios.execution.runners.base import Lost
from scenarios.execution.runners.serial import SerialRunner
from sim.data.store import Store
from tests.experiments.test_same_tables import bytes_of, small


class Twin(SerialRunner):
    """Plays; when it has played two jobs, another process, of which nobody knew, plays the whole study."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder, self.played, self.other = folder, 0, -1

    def wait(self) -> list[Played | Lost]:
        self.played += 1
        if self.played == 3:
            study, cells = small()
            with Store(self.folder) as store:
                self.other = execute(study, cells, store, Watched(), lambda arm, more: None, chunk=1).done
        return super().wait()


class Watched(SerialRunner):
    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[Job] = []

    def submit(self, job: Job) -> None:
        self.jobs.append(job)
        super().submit(job)


def test_who_comes_later_begins_elsewhere(tmp_path: Path) -> None:
    with turn(tmp_path) as one, turn(tmp_path) as two, turn(tmp_path) as three:
        assert (one, two, three) == (0, 1 / 2, 1 / 4)
    with turn(tmp_path) as again:
        assert again == 0


def test_every_job_once_in_a_circle() -> None:
    for share in (0, 1 / 2, 7 / 8):
        found = list(beginning_at(share, lambda: iter(range(10))))  # type: ignore[arg-type,return-value]
        assert sorted(found) == list(range(10))  # type: ignore[type-var]
        assert found[0] == int(10 * share)


def test_the_order_does_not_show_in_the_tables(tmp_path: Path) -> None:
    study, cells = small()
    found, first = [], []
    for folder in (tmp_path / "a", tmp_path / "b"):
        with Store(folder) as store, turn(folder if folder.name == "b" else tmp_path):
            runner = Watched()
            execute(study, cells, store, runner, lambda arm, more: None, chunk=1)
            found.append(bytes_of(study, cells, store))
            first.append(runner.jobs[0].number)
            assert len({job.runs for job in runner.jobs}) == study.n_runs
    assert found[0] == found[1]
    assert first == [0, study.n_runs // 2]


def test_only_what_is_in_flight_is_played_twice(tmp_path: Path) -> None:
    study, cells = small()
    runner = Twin(tmp_path)
    with Store(tmp_path) as store:
        tally = execute(study, cells, store, runner, lambda arm, more: None, chunk=1)
    assert runner.other == study.n_runs - 2
    assert tally.done <= 2 + runner.workers + 1
    assert tally.done + tally.stored == study.n_runs
