"""How the runs of a study are cut into chunks: what is missing, in blocks of neighbouring replicates.

Blocks begin at multiples of their size. A chunk is the unit of work, of storage and of loss: large enough that the
price of starting one does not show, small enough that a kill costs seconds and all workers are busy to the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from scenarios.config.own import in_use
from scenarios.execution.job import Job
from scenarios.experiments.cells import Cell
from scenarios.scenario import Scenario

__all__ = ["block_size", "jobs_of", "missing", "most_runs"]

_SEAT_DAYS = 60_000_000  # of one chunk: some ten seconds of play
_LEAST_SEAT_DAYS = 200_000  # some tenths of a second of play, beside which the price of a chunk itself is small
_MOST_RUNS = 100
_PER_WORKER = 4  # chunks, at least, where there are so many runs


def block_size(cell: Cell, seeds: int, n_cells: int, workers: int) -> int:
    """Replicates of one chunk."""
    seat_days, fits = _seat_days(cell.scenario), most_runs(cell.scenario)
    pays, share = math.ceil(_LEAST_SEAT_DAYS / max(1, seat_days)), math.ceil(seeds * n_cells / workers)
    fair = max(math.ceil(seeds * n_cells / (workers * _PER_WORKER)), min(pays, share))
    return max(1, min(fits, fair, seeds))


def most_runs(scenario: Scenario) -> int:
    """Replicates of the largest chunk that is made unless another is asked for."""
    return max(1, min(_MOST_RUNS, _SEAT_DAYS // max(1, _seat_days(scenario))))


def _seat_days(scenario: Scenario) -> int:
    """Of one replicate."""
    people = scenario.population
    return (people.groups + people.spare_groups) * (people.seats + 1) * scenario.days


def missing(cell: Cell, seeds: int, done: set[str]) -> list[int]:
    """Replicates of a cell whose runs are not done."""
    replicates = range(seeds)
    return [r for r, run in zip(replicates, cell.runs(replicates), strict=True) if run not in done]


def jobs_of(cell: Cell, replicates: Iterable[int], size: int, number: Iterator[int], kept: int) -> Iterator[Job]:
    """Jobs that play some replicates of a cell; ``kept`` as :attr:`scenarios.experiments.study.Study.kept`."""
    for _, block in groupby(replicates, key=lambda replicate: replicate // size):
        for stretch in _stretches(list(block)):
            yield Job(next(number), in_use(), cell.scenario, stretch[0], tuple(cell.runs(stretch)), cell.config,
                      cell.rules, cell.labels, kept)  # fmt: skip


def _stretches(replicates: Sequence[int]) -> Iterator[list[int]]:
    """Runs of neighbours."""
    for _, some in groupby(enumerate(replicates), key=lambda pair: pair[1] - pair[0]):
        yield [replicate for _, replicate in some]
