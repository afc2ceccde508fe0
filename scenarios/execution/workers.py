"""Who plays what is missing: which runner, how many workers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from scenarios.execution.runners import Runner, make_runner
from scenarios.experiments.cells import Cell
from scenarios.experiments.options import Options

__all__ = ["most_jobs", "runner_for", "workers_for"]

_OF_THIS_MACHINE = ("serial", "processes")


def most_jobs(left: Mapping[int, Sequence[int]], chunk: int) -> int:
    """How many jobs the replicates left to play, by cell, can at most be cut into, ``chunk`` (0: one) runs each."""
    return sum(-(-len(replicates) // max(1, chunk)) for replicates in left.values())


def runner_for(options: Options, cells: Sequence[Cell], left: int) -> Runner:
    """The runner asked for, with no more workers than the jobs ``left``; nobody is started for nothing, and
    rules are compiled once, here.

    Raises
    ------
    ConfigError
        If what they play at once does not fit into the memory of this machine.
    """
    if left == 0:
        return make_runner("serial", 1)
    if options.runner in _OF_THIS_MACHINE:
        from scenarios.execution.memory import check_workers

        check_workers([cell.scenario for cell in cells], workers_for(options, left), options.chunk)
    if options.runner == "processes":
        from scenarios.execution.warm import warm

        warm(cells[0].scenario)
    return make_runner(options.runner, workers_for(options, left), options.address, options.store)


def workers_for(options: Options, left: int) -> int:
    """How many workers: as asked for, else one a core; not more than there are jobs left."""
    asked = 1 if options.runner == "serial" else options.workers or os.cpu_count() or 1
    if options.runner == "processes" and os.name == "nt":
        asked = min(asked, 61)  # Windows cannot wait for more
    return max(1, min(asked, left))
