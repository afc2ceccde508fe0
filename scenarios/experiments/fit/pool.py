"""Communities of a fit on worker processes: blocks of tasks out, what was seen of them back, in any order.

Whoever plays a task gets the same numbers: its luck is its number.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from scenarios.errors import UserError
from scenarios.execution.runners.processes import begin, started_quietly
from scenarios.experiments.fit.play import Play, Task, played

__all__ = ["Workers", "workers"]

Seen = tuple[int, dict[str, float] | None, Any]
Workers = Callable[[Play, Sequence[Task]], Iterator[list[Seen]]]
"""From what is the same for all and the tasks to blocks of answers, as they come in."""
_BLOCK = 8


def _block(play: Play, tasks: Sequence[Task]) -> list[Seen]:
    return [played(play, task) for task in tasks]


@contextmanager
def workers(n: int | None = None) -> Iterator[Workers]:
    """As many as asked for, else one a core; one is this process itself."""
    n = n or os.cpu_count() or 1
    if n == 1:
        yield lambda play, tasks: (_block(play, part) for part in _parts(tasks))
        return
    pool = ProcessPoolExecutor(n, mp_context=multiprocessing.get_context("spawn"), initializer=begin)
    try:
        yield lambda play, tasks: _side_by_side(pool, play, tasks)
    except BaseException:
        for process in list((getattr(pool, "_processes", None) or {}).values()):
            process.kill()  # Ctrl-C: what they are at is played again
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _side_by_side(pool: ProcessPoolExecutor, play: Play, tasks: Sequence[Task]) -> Iterator[list[Seen]]:
    if len(tasks) == 0:
        return
    with started_quietly():
        left = {pool.submit(_block, play, part) for part in _parts(tasks)}
    while left:
        done, left = wait(left, return_when=FIRST_COMPLETED)
        for one in done:
            try:
                yield one.result()
            except BrokenProcessPool as error:
                raise UserError("a worker process was killed, or ran out of memory; the same command goes on where it "
                                "stopped, with workers=1 in one process") from error  # fmt: skip


def _parts(tasks: Sequence[Task]) -> list[Sequence[Task]]:
    return [tasks[k : k + _BLOCK] for k in range(0, len(tasks), _BLOCK)]
