"""A player that plays nothing: for who wants what is in the store, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from scenarios.errors import UserError
from scenarios.execution.executor import Progress, to_do
from scenarios.execution.runners import Runner
from scenarios.execution.runners.serial import SerialRunner
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.options import Options
from scenarios.experiments.player import Player
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.data.store import Store

__all__ = ["Lacking", "Reader"]


class Lacking(UserError):
    """Runs that were asked for are not in the store; ``runs`` says how many."""

    def __init__(self, runs: int) -> None:
        self.runs = runs
        super().__init__(f"{runs:,} runs are not in the store")


class Reader(Player):
    """Reads every run it is asked for; ``read`` are the cells it met, each with the number of its replicates."""

    def __init__(self, options: Options, store: Store) -> None:
        super().__init__(options, store)
        self.read: dict[tuple[str, str, str], tuple[Cell, int]] = {}

    def play(self, study: Study, cells: Sequence[Cell] | None = None) -> Shelf:
        """What the store holds of a study.

        Raises
        ------
        Lacking
            If the store does not hold all of it.
        """
        cells = cells_of(study, self.composer) if cells is None else cells
        for cell in cells:
            self.store.check(cell.runs(range(study.seeds)))
        if left := to_do(study, cells, self.store):
            raise Lacking(sum(map(len, left.values())))
        self.read |= {(cell.world, cell.arm, cell.config): (cell, study.seeds) for cell in cells}
        return Shelf(study, cells, self.store)

    @contextmanager
    def _at_work(self, cells: Sequence[Cell], runs: int, jobs: int) -> Iterator[tuple[Runner, Progress]]:
        yield SerialRunner(), lambda arm, more: None
