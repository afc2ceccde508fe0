"""A worker killed in the middle of sending its result leaves nobody waiting for the rest."""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from scenarios.execution.chunks import jobs_of
from scenarios.execution.executor import execute
from scenarios.execution.job import Job
from scenarios.execution.runners import Lost
from scenarios.execution.runners.processes import ProcessRunner
from sim.data.store import Store
from tests.experiments.test_same_tables import small

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of Unix")

LONG = 60.0  # seconds; what is waited for here comes after two or three


def send_half(_: Job) -> None:
    """In a worker: write the head of a message of a thousand bytes and ten of them, then be killed."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 1000) + bytes(10))
    os.kill(os.getpid(), signal.SIGKILL)


def within(seconds: float, act: Callable[[], None]) -> bool:
    """Does ``act`` come to an end in time?"""
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    thread.join(seconds)
    return not thread.is_alive()


def half_sent(runner: ProcessRunner) -> Job:
    """Hand out one job whose worker is killed while sending, and wait until it is dead."""
    _, (cell, *_) = small()
    (job,) = jobs_of(cell, [0], 1, count(7), False)
    runner.start()
    runner._futures[runner._pool.submit(send_half, job)] = job
    while all(process.is_alive() for process in runner._pool._processes.values()):
        time.sleep(0.01)
    return job


@pytest.mark.parametrize("workers", [1, 2])
def test_job_is_lost_and_the_next_is_played(workers: int, tmp_path: Path) -> None:
    """Another worker, at work or idle, holds the pipe open as well."""
    runner = ProcessRunner(workers)
    job = half_sent(runner)
    came: list[object] = []
    assert within(LONG, lambda: came.extend(runner.wait()))
    (lost,) = came
    assert isinstance(lost, Lost)
    assert lost.number == job.number
    study, cells = small()
    with Store(tmp_path) as store:
        tally = execute(study, cells, store, runner, lambda arm, more: None)
    assert (tally.done, tally.failed) == (study.n_runs, 0)
    runner.close()


def test_nobody_waits_at_the_end() -> None:
    """After Ctrl-C the program ends: Python joins the threads of its pools first."""
    before = set(threading.enumerate())
    runner = ProcessRunner(2)
    half_sent(runner)
    (manager,) = (thread for thread in set(threading.enumerate()) - before if "Executor" in type(thread).__name__)
    assert manager.is_alive()
    runner.close(now=True)
    manager.join(LONG)
    assert not manager.is_alive()
