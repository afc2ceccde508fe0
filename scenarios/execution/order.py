"""Several processes at one store: each begins elsewhere, so that twins do not play every run side by side.

What somebody else has finished is seen when a job is handed out. Two that begin at the same end find nothing finished,
run after run; one that begins in the middle is met there, and only jobs in flight at that moment are played twice.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path

from scenarios.execution.job import Job

__all__ = ["beginning_at", "is_free", "turn"]

_BEGINNINGS = (0, 1 / 2, 1 / 4, 3 / 4, 1 / 8, 5 / 8, 3 / 8, 7 / 8)


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[float]:
    """Where to begin, as a share of the work: at 0 for the first at the store, elsewhere for those who come while the
    first is there. The locks are SQLite's: the system lifts them when the process ends, however it ends."""
    with contextlib.ExitStack() as held:
        yield next((share for n, share in enumerate(_BEGINNINGS) if is_free(folder / "turns" / f"{n}.lock", held)), 0)


def is_free(path: Path, held: contextlib.ExitStack) -> bool:
    """Take the lock, unless somebody has it."""
    try:
        path.parent.mkdir(exist_ok=True)
        lock = held.enter_context(closing(sqlite3.connect(path, timeout=0, isolation_level=None)))
        lock.execute("BEGIN EXCLUSIVE")
    except (sqlite3.Error, OSError):
        return False
    return True


def beginning_at(share: float, jobs: Callable[[], Iterator[Job]]) -> Iterator[Job]:
    """All jobs, those from ``share`` of them on first; made one at a time, so that memory does not grow with them."""
    if share == 0:
        return jobs()
    first = int(share * sum(1 for _ in jobs()))
    return chain(islice(jobs(), first, None), islice(jobs(), first))
