"""Work done aside: the last of some tasks in a second process while this one does the others.

The second process is a fork, so it starts with all that has been loaded and measured and costs next to nothing; a fresh
one would take longer to import and to read the run than it takes to draw it. So it is only used where forking is sound:
on Linux, with a second core, while no other Python thread runs (pools of native libraries may be there; the child does
not use them). Everywhere else, and whenever the child fails or hangs, this process does the task itself: what comes out
is the same, and an error is told once and from here.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

__all__ = ["side_by_side"]

Found = TypeVar("Found")

PATIENCE = 20.0, 3.0
"""How long the child may still work when all else is done: seconds, or so many times as long as all else took."""


def side_by_side(tasks: Sequence[Callable[[], Found]]) -> list[Found]:
    """What each task returns, in order. What a task returns must be fit to be pickled; tasks need not be."""
    if len(tasks) < 2 or not _forking_is_sound():
        return [task() for task in tasks]
    context = multiprocessing.get_context("fork")
    reading, writing = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(tasks[-1], reading, writing), daemon=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside native threads: see above
            child.start()
    except OSError:  # no memory, or no process, to be had
        reading.close()
        return [task() for task in tasks]
    finally:
        writing.close()
    try:
        started = time.monotonic()
        done = [task() for task in tasks[:-1]]
        if reading.poll(max(PATIENCE[0], PATIENCE[1] * (time.monotonic() - started))):
            try:
                return [*done, reading.recv()]
            except (EOFError, OSError):
                pass  # it failed: the task fails here too, or does not
        return [*done, tasks[-1]()]
    finally:
        child.kill()
        child.join()
        reading.close()


def _forking_is_sound() -> bool:
    if sys.platform != "linux" or threading.active_count() > 1 or multiprocessing.current_process().daemon:
        return False
    return len(os.sched_getaffinity(0)) > 1


def _child(task: Callable[[], object], reading: Connection, writing: Connection) -> None:
    """Send what the task returns; on any failure, an interrupt among them, leave without a word."""
    reading.close()
    try:
        writing.send(task())
    except BaseException:
        writing.close()
