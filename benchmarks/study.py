"""A study of 50 arms × 20 seeds (200 members, 180 days): what is spent beyond the simulation, how two workers compare
with one, how much memory it takes, and how long ``mesa.batch_run`` over the plain-Mesa peer would take for the same.

Overhead is wall clock of the whole study, played serially in this process (composing, playing, storing, reading the
tables back), less the wall clock of plain :func:`sim.simulate` calls for the same runs, taken in turns cell by cell.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import mesa

from benchmarks.harness import composed, peak_gb
from benchmarks.peer import PeerCommunity
from scenarios.study.cells import Cell, cells_of
from scenarios.study.chunking import jobs_of
from scenarios.study.execute import execute
from scenarios.study.reader import read_study
from scenarios.study.runners import make_runner
from scenarios.study.runners.serial import SerialRunner
from scenarios.study.shelf import Shelf
from scenarios.study.study import Study
from scenarios.study.warm import warm
from sim import simulate
from sim.store import Store

__all__ = ["measure"]

# 200 members: four groups that are founded full and stay so, as far as people do.
MEMBERS = ("population.groups=4", "population.seats=50", "population.founders=50")
ARMS, SEEDS, DAYS = 50, 20, 180
PEER_RUNS = 20


def the_study(arms: int, seeds: int) -> Study:
    """``arms`` doses of one strategy."""
    base = read_study("group_size")
    doses = {f"packet {i}": ("strategy=red_packet", f"strategies.red_packet.amount={1 + i}") for i in range(arms)}
    return replace(base, name="benchmark", worlds={"pets": ("scenario=pet_owners",)}, arms=doses,
                   reference="packet 0", seeds=seeds, days=DAYS, extra=MEMBERS)  # fmt: skip


def measure(quick: bool) -> dict[str, Any]:
    """All four."""
    arms, seeds = (6, 10) if quick else (ARMS, SEEDS)
    study = the_study(arms, seeds)
    began = time.perf_counter()
    cells = cells_of(study)
    composing = time.perf_counter() - began
    warm(cells[0].scenario)
    simulate(cells[0].scenario.replace(replicates=1, days=2))
    (plain, plain_cpu), (whole, whole_cpu) = beyond(study, cells)
    found: dict[str, Any] = {
        "arms": arms, "seeds": seeds, "runs": study.n_runs, "scenario": list(MEMBERS),
        "simulate_ms_per_run": 1e3 * plain / study.n_runs,
        "overhead_ms_per_run": 1e3 * (whole + composing - plain) / study.n_runs,
        "overhead_cpu_ms_per_run": 1e3 * (whole_cpu - plain_cpu + composing) / study.n_runs,
        "composing_ms_per_run": 1e3 * composing / study.n_runs,
        "workers": both(study, cells),
    }  # fmt: skip
    found["workers"]["ratio"] = found["workers"]["one"] / found["workers"]["two"]
    found["peak_gb"] = memory(quick)
    found["peer"] = peer(cells[0], 2 if quick else PEER_RUNS)
    found["times_faster_than_batch_run"] = found["peer"]["seconds_per_run"] / (whole / study.n_runs)
    return found


Spent = tuple[float, float]


def clock() -> Spent:
    """Wall clock and processor time; the second does not mind other programs on the machine."""
    return time.perf_counter(), time.process_time()


def since(began: Spent, total: Spent) -> Spent:
    """``total`` and what was spent since ``began``."""
    now = clock()
    return total[0] + now[0] - began[0], total[1] + now[1] - began[1]


def beyond(study: Study, cells: list[Cell]) -> tuple[Spent, Spent]:
    """What plain simulation takes, and the study; cell by cell in turns, since a machine has moods."""
    plain = whole = (0.0, 0.0)
    with tempfile.TemporaryDirectory() as folder, Store(folder) as store:
        for cell in cells:
            began = clock()
            simulate(cell.scenario.replace(replicates=study.seeds))
            plain = since(began, plain)
            began = clock()
            one = replace(study, arms={cell.arm: study.arms[cell.arm]}, reference=cell.arm)
            execute(one, [cell], store, SerialRunner(), lambda arm, more: None, chunk=study.seeds)
            whole = since(began, whole)
        began = clock()
        shelf = Shelf(study, cells, store)
        assert len(shelf.outcomes()) == study.n_runs
        shelf.lifetimes()
        whole = since(began, whole)
    return plain, whole


def both(study: Study, cells: list[Cell]) -> dict[str, float]:
    """Seconds of the whole study by one worker process and by two, each started and warm."""
    found = {}
    for name, workers in (("one", 1), ("two", 2)):
        runner = make_runner("processes", workers)
        for job in jobs_of(cells[0], range(2 * workers), 1, count(), False):
            runner.submit(job)
        left = 2 * workers
        while left:
            left -= len(runner.wait())
        with tempfile.TemporaryDirectory() as folder, Store(folder) as store:
            began = time.perf_counter()
            execute(study, cells, store, runner, lambda arm, more: None)
            found[name] = time.perf_counter() - began
        runner.close()
    return found


def memory(quick: bool) -> dict[str, float]:
    """Most memory of a process that plays a study of so many runs."""
    found = {}
    for arms in (2, 4) if quick else (5, 50):
        words = [sys.executable, "-c", f"from benchmarks.study import peak; print(peak({arms}, {SEEDS}))"]
        root = Path(__file__).resolve().parent.parent
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=True, env={**os.environ})
        found[f"{arms * SEEDS} runs"] = float(done.stdout.split()[-1])
    return found


def peak(arms: int, seeds: int) -> float:
    """GB held at most while a study is played in this process."""
    study = replace(the_study(arms, seeds), days=60)
    cells = cells_of(study)
    with tempfile.TemporaryDirectory() as folder, Store(folder) as store:
        execute(study, cells, store, SerialRunner(), lambda arm, more: None)
        Shelf(study, cells, store).outcomes()
    return peak_gb()


def peer(cell: Cell, runs: int) -> dict[str, float]:
    """Seconds a run by ``mesa.batch_run`` over the peer, from some runs."""
    began = time.perf_counter()
    mesa.batch_run(PeerRun, {"dose": [1.0]}, rng=list(range(runs)), max_steps=DAYS,
                   number_processes=1, data_collection_period=-1, display_progress=False)  # fmt: skip
    spent = time.perf_counter() - began
    return {"runs": runs, "seconds_per_run": spent / runs}


class PeerRun(PeerCommunity):
    """The peer as ``mesa.batch_run`` makes it: by parameters."""

    def __init__(self, dose: float, rng: int | None = None) -> None:
        words = ["scenario=pet_owners", "strategy=red_packet", f"strategies.red_packet.amount={dose}", *MEMBERS]
        super().__init__(composed([*words, f"days={DAYS}"]), rng=int(rng or 1))
        self.datacollector = self.collector
