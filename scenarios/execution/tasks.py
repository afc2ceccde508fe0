"""Functions called in worker processes of this machine, for whoever plays something other than runs of a store."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Hashable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import TracebackType
from typing import Any, Self

from scenarios.errors import UserError
from scenarios.execution.runners.processes import Workers, begin, deaf, one_thread

__all__ = ["Tasks"]


class Tasks:
    """A pool of ``workers``; one alone is this process itself. Leaving it by an exception kills whoever is at work."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._here: list[tuple[Hashable, Callable[[], Any]]] = []
        self._out: dict[Future[Any], Hashable] = {}
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(workers, mp_context=context, initializer=begin) if workers > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._pool is not None:
            workers = Workers(self._pool)
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            if kind is not None:
                workers.end()

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._out) + len(self._here)

    def submit(self, key: Hashable, function: Callable[..., Any], *of: Any) -> None:
        """Have a function called; what comes of it is handed back with ``key``."""
        if self._pool is None:
            self._here.append((key, partial(function, *of)))
            return
        with one_thread(), deaf():
            self._out[self._pool.submit(function, *of)] = key

    def ended(self) -> list[tuple[Hashable, Any]]:
        """Wait for the next to end.

        Raises
        ------
        UserError
            If a worker was killed; what has been kept is kept.
        """
        if self._here:
            key, call = self._here.pop(0)
            return [(key, call())]
        done, _ = wait(self._out, return_when=FIRST_COMPLETED)
        try:
            return [(self._out.pop(one), one.result()) for one in done]
        except BrokenProcessPool as error:
            raise UserError("a worker was killed, or ran out of memory; the same command goes on where it stopped, "
                            "with fewer workers= it takes less memory") from error  # fmt: skip
