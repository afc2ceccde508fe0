"""The same tables, byte by byte: whatever runner, number of workers, order, size of chunks or hash seed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scenarios.execution import executor as execute_module
from scenarios.execution.executor import Failed, execute
from scenarios.execution.job import Job, Played
from scenarios.execution.runners import Lost, make_runner
from scenarios.execution.runners.serial import SerialRunner
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.kinds import run
from scenarios.experiments.reader import read_study
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.data.store import Store
from sim.simulation import Overflow
from tests.experiments.shelves import ROOT, play, tables

SEEDS = 4
EXTRA = ("population.groups=2", "population.seats=30")


def small(**changes: Any) -> tuple[Study, list[Cell]]:
    """A few arms of the ready study on group size, in small."""
    study = read_study("group_size")
    arms = {label: study.arms[label] for label in ("no cap", "limit=20", "limit=30")}
    study = replace(study, arms=arms, seeds=SEEDS, days=60, extra=EXTRA, **changes)
    return study, cells_of(study)


def quiet(arm: str, more: int) -> None:
    """Nobody watches."""


def bytes_of(study: Study, cells: Sequence[Cell], store: Store) -> tuple[bytes, bytes]:
    shelf = Shelf(study, cells, store)
    return shelf.outcomes().to_csv().encode(), shelf.lifetimes().to_csv().encode()


def played(folder: Path, runner: Any = None, chunk: int = 0, **changes: Any) -> tuple[bytes, bytes]:
    """The tables of the small study, played into a store of its own."""
    study, cells = small(**changes)
    with Store(folder) as store:
        runner = runner or SerialRunner()
        tally = execute(study, cells, store, runner, quiet, chunk=chunk)
        runner.close()
        assert (tally.done, tally.failed) == (study.n_runs, 0)
        return bytes_of(study, cells, store)


@pytest.fixture(scope="module")
def peace(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    return played(tmp_path_factory.mktemp("peace"))


def test_the_tables_are_what_simulate_gives(peace: tuple[bytes, bytes]) -> None:
    from sim import concat, simulate
    from sim.analysis.outcomes import outcomes

    study, cells = small()
    whole = concat([simulate(cell.scenario.replace(replicates=SEEDS)) for cell in cells])
    wanted = outcomes(whole).set_index(["world", "arm", "replicate"])
    with_labels = [(cell.world, cell.arm, r) for cell in cells for r in range(SEEDS)]
    rows = peace[0].decode().splitlines()
    assert len(rows) == 1 + study.n_runs
    for row, label in zip(rows[1:], with_labels, strict=True):
        assert row.split(",")[1:4] == [label[1], label[0], str(label[2])]
        assert float(row.split(",")[4]) == wanted.loc[label, "lifetime"]


@pytest.mark.parametrize("chunk", [1, 3])
def test_size_of_chunks(tmp_path: Path, peace: tuple[bytes, bytes], chunk: int) -> None:
    assert played(tmp_path, chunk=chunk) == peace


class Shuffled(SerialRunner):
    """Plays the jobs it holds in any order; sometimes a worker dies."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.workers, self.dice, self.deaths = 5, random.Random(seed), 0

    def wait(self) -> list[Played | Lost]:
        self.dice.shuffle(self._jobs)
        if self.dice.random() < 0.2:
            self.deaths += 1
            return [Lost(self._jobs.pop().number, "killed")]
        return super().wait()


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_and_dying_workers(tmp_path: Path, peace: tuple[bytes, bytes], seed: int) -> None:
    runner = Shuffled(seed)
    assert played(tmp_path, runner, chunk=1) == peace
    assert runner.deaths > 0


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_processes(tmp_path: Path, peace: tuple[bytes, bytes], workers: int) -> None:
    assert played(tmp_path, make_runner("processes", workers), chunk=1) == peace


@pytest.mark.slow
def test_submitit(tmp_path: Path, peace: tuple[bytes, bytes]) -> None:
    pytest.importorskip("submitit")
    assert played(tmp_path, make_runner("submitit", 2, "local", str(tmp_path))) == peace


@pytest.fixture
def cluster() -> Iterator[str]:
    """A Ray cluster of two nodes on this machine; its address."""
    ray = pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    os.environ["PYTHONPATH"] = str(ROOT)
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    nodes.add_node(num_cpus=1)
    yield nodes.address
    ray.shutdown()
    nodes.shutdown()


@pytest.mark.slow
def test_ray_on_two_nodes(tmp_path: Path, peace: tuple[bytes, bytes], cluster: str) -> None:
    import ray

    runner = make_runner("ray", 2, cluster)
    assert len([node for node in ray.nodes() if node["Alive"]]) == 2
    assert runner.workers == 2
    assert played(tmp_path, runner, chunk=1) == peace


@pytest.mark.slow
def test_hash_seeds(tmp_path: Path) -> None:
    found = []
    for seed in ("0", "1"):
        done = play(tmp_path / seed, "seeds=2", f"out={tmp_path / seed}", "runner=serial", PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        found.append(tables(tmp_path / seed))
    assert found[0] == found[1]


@pytest.mark.slow
def test_hydras_own_multirun(tmp_path: Path) -> None:
    from sim.data.store.query import query

    pytest.importorskip("hydra_plugins.hydra_joblib_launcher")
    words = [*EXTRA, "days=60", "replicates=3", "strategy=nothing,paid_entry"]
    for name, head in {"ours": ["scenarios", "run", "-m"],
                       "hydra": ["scenarios.hydra_app", "-m", "hydra/launcher=joblib",
                                 f"hydra.sweep.dir={tmp_path / 'out'}"]}.items():  # fmt: skip
        done = subprocess.run([sys.executable, "-m", *head, *words, f"store={tmp_path / name}"], cwd=ROOT,
                              capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
        assert done.returncode == 0, done.stderr
    found = [query(tmp_path / name, "select * from outcomes order by run").to_csv() for name in ("ours", "hydra")]
    assert found[0].count("\n") == 7
    assert found[0] == found[1]


def test_resume_and_extend(tmp_path: Path, peace: tuple[bytes, bytes]) -> None:
    study, cells = small()
    with Store(tmp_path) as store:
        first = execute(replace(study, seeds=2), cells, store, SerialRunner(), quiet)
        rest = execute(study, cells, store, SerialRunner(), quiet)
        again = execute(study, cells, store, SerialRunner(), quiet)
        assert (first.done, rest.stored, rest.done, again.stored, again.done) == (12, 12, 12, 24, 0)
        assert bytes_of(study, cells, store) == peace


def test_a_broken_file_is_played_again(
    tmp_path: Path, peace: tuple[bytes, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["study=group_size", f"seeds={SEEDS}", "days=60", *EXTRA, f"store={tmp_path}", "runner=serial", "chunk=2",
             "report=false"]  # fmt: skip
    assert run("study", [*words, f"out={tmp_path / 'one'}"]) == 0
    for number, path in enumerate(sorted((tmp_path / "chunks").iterdir())[:3]):
        data = bytearray(path.read_bytes())
        data[len(data) // 3] ^= 8
        path.write_bytes(bytes(data) if number else bytes(data[: len(data) // 2]))
    capsys.readouterr()
    assert run("study", [*words, f"out={tmp_path / 'two'}"]) == 0
    assert "6 played" in capsys.readouterr().out
    assert tables(tmp_path / "one") == tables(tmp_path / "two")


def faulty(job: Job) -> None:
    """Replicate 2 under a cap of 20 cannot be played."""
    if job.labels["arm"] == "limit=20" and job.first <= 2 < job.first + len(job.runs):
        raise Overflow("too much talk")


def test_a_failed_run_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, peace: tuple[bytes, bytes]) -> None:
    from scenarios.execution import job as work

    study, cells = small()
    whole = work._play

    def play_or_fail(job: Job, first: int, n: int) -> bytes:
        faulty(replace(job, first=first, runs=job.runs[:n]))
        return whole(job, first, n)

    with Store(tmp_path) as store:
        with monkeypatch.context() as patch:
            patch.setattr(work, "_play", play_or_fail)
            tally = execute(study, cells, store, SerialRunner(), quiet)
            assert (tally.done, tally.failed) == (study.n_runs - 2, 2)
            failure = store.ledger.failures([run for cell in cells for run in cell.runs(range(SEEDS))])[0]
            assert (failure.replicate, failure.error) == (2, "Overflow: too much talk")
            assert "play_or_fail" in failure.traceback
            assert len(Shelf(study, cells, store).outcomes()) == study.n_runs - 2
            with pytest.raises(Failed, match=r"limit=20.*replicate 2"):
                execute(study, cells, store, SerialRunner(), quiet, fail_fast=True)
        assert execute(study, cells, store, SerialRunner(), quiet).done == 2
        assert bytes_of(study, cells, store) == peace


class Deadly(SerialRunner):
    """One job always kills its worker."""

    def wait(self) -> list[Played | Lost]:
        if self._jobs[0].labels["arm"] == "limit=30" and self._jobs[0].first == 1:
            return [Lost(self._jobs.popleft().number, "killed")]
        return super().wait()


def test_a_job_that_kills_its_worker_is_given_up(tmp_path: Path) -> None:
    study, cells = small()
    with Store(tmp_path) as store:
        tally = execute(study, cells, store, Deadly(), quiet, chunk=1)
        assert (tally.done, tally.failed) == (study.n_runs - 2, 2)
        assert tally.lost >= 2 * execute_module.TRIES
        assert "WorkerDied" in tally.failures[0].error


def test_the_daily_table_is_kept_where_asked(tmp_path: Path) -> None:
    study, cells = small()
    with Store(tmp_path) as store:
        execute(study, cells, store, SerialRunner(), quiet)
        kept = replace(study, daily=True)
        assert execute(kept, cells, store, SerialRunner(), quiet).done == study.n_runs
        daily = Shelf(kept, cells, store).daily()
        assert len(daily) == study.n_runs * 2 * 60
        assert daily["n_members"].sum() > 0
        assert execute(study, cells, store, SerialRunner(), quiet).stored == study.n_runs
