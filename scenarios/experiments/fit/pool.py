"""Communities of a fit on worker processes: blocks of tasks out, what was seen of them back, in any order.

Whoever plays a task gets the same numbers: its luck is its number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from scenarios.execution.tasks import Tasks
from scenarios.experiments.fit.play import Play, Task, played

__all__ = ["Workers", "workers"]

Seen = tuple[int, dict[str, float] | None, Any]
Workers = Callable[[Play, Sequence[Task]], Iterator[list[Seen]]]
"""From what is the same for all and the tasks to blocks of answers, as they come in."""
_BLOCK = 8


@contextmanager
def workers(n: int | None = None) -> Iterator[Workers]:
    """As many as asked for, else one a core; one is this process itself."""
    with Tasks(n or os.cpu_count() or 1) as tasks:
        yield lambda play, asked: _side_by_side(tasks, play, asked)


def _side_by_side(tasks: Tasks, play: Play, asked: Sequence[Task]) -> Iterator[list[Seen]]:
    for k in range(0, len(asked), _BLOCK):
        tasks.submit(k, _block, play, asked[k : k + _BLOCK])
    while len(tasks):
        for _, found in tasks.ended():
            yield found


def _block(play: Play, asked: Sequence[Task]) -> list[Seen]:
    return [played(play, task) for task in asked]
