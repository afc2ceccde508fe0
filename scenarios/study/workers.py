"""Who plays what is missing: which runner, how many workers."""

from __future__ import annotations

import os
from collections.abc import Sequence

from scenarios.study.cells import Cell
from scenarios.study.options import StudyOptions
from scenarios.study.runners import Runner, make_runner

__all__ = ["runner_for", "workers_for"]


def runner_for(options: StudyOptions, cells: Sequence[Cell], left: int) -> Runner:
    """The runner asked for; nobody is started for nothing, and rules are compiled once, here."""
    if left == 0:
        return make_runner("serial", 1)
    if options.runner == "processes":
        from scenarios.study.warm import warm

        warm(cells[0].scenario)
    return make_runner(options.runner, workers_for(options), options.address, options.store)


def workers_for(options: StudyOptions) -> int:
    """How many workers: as asked for, else one a core."""
    return 1 if options.runner == "serial" else options.workers or os.cpu_count() or 1
