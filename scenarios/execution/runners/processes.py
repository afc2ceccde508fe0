"""Worker processes on this machine, started by spawn, one thread each. A worker may be killed at any time.

One killed in the middle of sending leaves the pool's own thread reading: it waits for the rest of the message, and no
end of file comes as long as anybody, this process too, holds the pipe's other end. So whoever waits looks after the
workers as well, and where one is dead and the pool does not say so, everybody lets go of the pipe.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from scenarios.execution.job import Job, Played, play_chunk
from scenarios.execution.runners.base import Lost

__all__ = ["ProcessRunner", "Workers", "begin", "deaf", "one_thread"]

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
_MOMENT = 0.05  # seconds
_LOOK = 2.0  # seconds between two looks at the workers; a pool that is not stuck knows of a death at once


class ProcessRunner:
    """A pool that is made anew when one of its workers dies."""

    def __init__(self, workers: int, address: str = "") -> None:
        self.workers = workers
        self._futures: dict[Future[Played], Job] = {}
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=begin)

    def start(self) -> None:
        """Wait until every worker has answered; a quick one answers several times meanwhile.

        If one is killed meanwhile there is nothing to wait for: the next job finds a new pool.
        """
        up: set[int] = set()
        with contextlib.suppress(BrokenProcessPool):
            while len(up) < self.workers:
                with one_thread(), deaf():
                    asked = [self._pool.submit(_who) for _ in range(self.workers)]
                up.update(future.result() for future in asked)

    def submit(self, job: Job) -> None:
        """Take a job; a broken pool is replaced first."""
        with one_thread(), deaf():
            try:
                self._futures[self._pool.submit(play_chunk, job)] = job
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
                self._pool = self._new_pool()
                self._futures[self._pool.submit(play_chunk, job)] = job

    def wait(self) -> list[Played | Lost]:
        """Wait for the next jobs to end, well or not."""
        ended: set[Future[Played]] = set()
        while self._futures and not ended:
            workers = Workers(self._pool)
            dead = workers.one_is_dead()
            ended, _ = wait(self._futures, timeout=_LOOK, return_when=FIRST_COMPLETED)
            if dead and not ended:
                workers.end()
        found: list[Played | Lost] = []
        for future in ended:
            job = self._futures.pop(future)
            try:
                found.append(future.result())
            except BrokenProcessPool:
                found.append(Lost(job.number, "a worker process was killed, or ran out of memory"))
        return found

    def close(self, now: bool = False) -> None:
        """Let the workers go; ``now`` kills them."""
        workers = Workers(self._pool)
        self._pool.shutdown(wait=not now, cancel_futures=True)
        if now:
            workers.end()


class Workers:
    """The processes behind a pool, and the pipe they send results through: Python's own names for them, as of 3.12."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._processes: list[Any] = list((getattr(pool, "_processes", None) or {}).values())
        self._results: Any = getattr(pool, "_result_queue", None)

    def one_is_dead(self) -> bool:
        """Has a worker ended, though nobody let it go?"""
        return any(not process.is_alive() for process in self._processes)

    def end(self) -> None:
        """Kill all, and close the pipe here too: whoever reads it comes to the end of it."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()
        if self._results is not None:
            self._results._writer.close()


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Workers inherit one thread for every library that would like more."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Workers start deaf to Ctrl-C, which a terminal sends to all processes: it is the parent's business.

    The parent hears one that comes meanwhile a moment later: a blocked signal waits, and children inherit the block.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _who() -> int:
    """In a worker: its number, after what a job needs is imported; slowly enough that the others answer too."""
    import sim.analysis.outcomes
    import sim.replication  # noqa: F401

    time.sleep(_MOMENT)
    return os.getpid()


def begin() -> None:
    """In a worker: it does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
