"""A study of 50 arms × 20 seeds (200 members, 180 days): what is spent beyond the simulation, how two workers compare
with one, how much memory it takes, and how long ``mesa.batch_run`` over the plain-Mesa peer would take for the same.

Overhead is what the whole study takes (composing, playing, storing, reading the tables back), played serially in this
process, less what its own calls of :func:`sim.simulate` take: the same calls, so no mood of the machine is in between.
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
from unittest.mock import patch

import mesa

from benchmarks.harness import composed, peak_gb
from benchmarks.peer import PeerCommunity
from scenarios.execution.chunks import jobs_of
from scenarios.execution.executor import execute
from scenarios.execution.runners import Runner, make_runner
from scenarios.execution.runners.serial import SerialRunner
from scenarios.execution.warm import warm
from scenarios.experiments.cells import Cell, cells_of, rules_version
from scenarios.experiments.reader import read_study
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim import replication as runner
from sim import simulate
from sim.analysis.outcomes import outcomes
from sim.data.store import Store

__all__ = ["measure"]

# 200 members: four groups that are founded full and stay so, as far as people do.
MEMBERS = ("population.groups=4", "population.seats=50", "population.founders=50")
ARMS, SEEDS, DAYS = 50, 20, 180
PEER_RUNS = 20
SLICE = 10  # arms: ten chunks, five for each of two workers


def the_study(arms: int, seeds: int) -> Study:
    """``arms`` doses of one strategy."""
    base = read_study("group_size")
    doses = {f"packet {i}": ("strategy=red_packet", f"strategies.red_packet.amount={1 + i}") for i in range(arms)}
    return replace(base, name="benchmark", worlds={"pets": ("scenario=pet_owners",)}, arms=doses,
                   reference="packet 0", seeds=seeds, days=DAYS, extra=MEMBERS)  # fmt: skip


def measure(quick: bool) -> dict[str, Any]:
    """All four."""
    study = the_study(6, 10) if quick else the_study(ARMS, SEEDS)
    cells = cells_of(replace(study, arms={study.reference: study.arms[study.reference]}))
    warm(cells[0].scenario)
    rules_version()  # kept beside the bytecode from the first study on
    outcomes(simulate(cells[0].scenario.replace(replicates=1, days=60)))
    whole, plain = beyond(study)
    found: dict[str, Any] = {
        "arms": len(study.arms), "seeds": study.seeds, "runs": study.n_runs, "scenario": list(MEMBERS),
        "simulate_ms_per_run": 1e3 * plain[0] / study.n_runs,
        "overhead_ms_per_run": 1e3 * (whole[0] - plain[0]) / study.n_runs,
        "overhead_cpu_ms_per_run": 1e3 * (whole[1] - plain[1]) / study.n_runs,
        "workers": both(study, 3 if quick else SLICE),
    }  # fmt: skip
    found["peak_gb"] = memory(quick)
    found["peer"] = peer(cells[0], 2 if quick else PEER_RUNS)
    found["times_faster_than_batch_run"] = found["peer"]["seconds_per_run"] / (whole[0] / study.n_runs)
    return found


Spent = tuple[float, float]


def clock() -> Spent:
    """Wall clock and processor time; the second does not mind other programs on the machine."""
    return time.perf_counter(), time.process_time()


def since(began: Spent, total: Spent = (0.0, 0.0)) -> Spent:
    """``total`` and what was spent since ``began``."""
    now = clock()
    return total[0] + now[0] - began[0], total[1] + now[1] - began[1]


def beyond(study: Study) -> tuple[Spent, Spent]:
    """What the study takes from its words to its tables, and the part of it that is plain simulation."""
    plain = (0.0, 0.0)

    def timed(*words: Any, **more: Any) -> Any:
        nonlocal plain
        began = clock()
        try:
            return simulate(*words, **more)
        finally:
            plain = since(began, plain)

    with tempfile.TemporaryDirectory() as folder, Store(folder) as store, patch.object(runner, "simulate", timed):
        began = clock()
        cells = cells_of(study)
        execute(study, cells, store, SerialRunner(), silent)
        shelf = Shelf(study, cells, store)
        assert len(shelf.outcomes()) == study.n_runs
        shelf.lifetimes()
        return since(began), plain


def silent(arm: str, more: int) -> None:
    """Progress that nobody watches."""


def both(study: Study, size: int) -> dict[str, float]:
    """Seconds of the whole study by one worker process and by two: to start them, and once all are warm.

    They take turns after every ``size`` arms, since a machine has moods; while one plays the other rests.
    """
    found: dict[str, float] = {}
    pools = {"one": make_runner("processes", 1), "two": make_runner("processes", 2)}
    for name, pool in pools.items():
        found[f"start_{name}"] = started(pool, cells_of(study)[0])
        found[name] = 0.0
    labels = list(study.arms)
    for first in range(0, len(labels), size):
        some = labels[first : first + size]
        part = replace(study, arms={label: study.arms[label] for label in some}, reference=some[0])
        cells = cells_of(part)
        for name in ("one", "two") if first // size % 2 else ("two", "one"):
            with tempfile.TemporaryDirectory() as folder, Store(folder) as store:
                began = time.perf_counter()
                execute(part, cells, store, pools[name], silent)
                found[name] += time.perf_counter() - began
    for pool in pools.values():
        pool.close()
    found["ratio"] = found["one"] / found["two"]
    found["ratio_with_start"] = (found["start_one"] + found["one"]) / (found["start_two"] + found["two"])
    return found


def started(pool: Runner, cell: Cell) -> float:
    """Seconds until every worker of a pool has started and loaded the rules."""
    began = time.perf_counter()
    pool.start()
    for job in jobs_of(cell, range(pool.workers), 1, count(), False):
        pool.submit(job)
    left = pool.workers
    while left:
        left -= len(pool.wait())
    return time.perf_counter() - began


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
        execute(study, cells, store, SerialRunner(), silent)
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
