"""What a study, a search and a sensitivity analysis differ in; all else is done alike (:mod:`.session`)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pandas as pd

from scenarios.config.compose import Composer
from scenarios.execution.executor import to_do
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.options import Reader
from scenarios.experiments.plan import Plan
from scenarios.experiments.player import Player
from scenarios.experiments.study import Study
from scenarios.reports.formats import Formats
from scenarios.reports.grid import Told
from sim.analysis.experiment.asked import Titled
from sim.data.store import Store

__all__ = ["Answer", "Kind", "Planner"]


class Page(Protocol):
    """Writes the page into a folder, its pictures beside it, and returns the page's path."""

    def __call__(self, folder: Path, /, *, formats: Formats) -> Path: ...


class Planner(Protocol):
    """Measures a study, so many of whose cells are played together (0: all). Runs played for it are kept in the store,
    unless they are none of those that will be asked for.
    """

    def __call__(
        self, study: Study, cells: Sequence[Cell] | None = None, at_once: int = 0, keep: bool = True
    ) -> Plan: ...


@dataclass(frozen=True)
class Answer:
    """What came of it: the question as it was played in the end, in how many ``runs``, what the terminal shows in a
    language, tables to write by name, and the page; ``why`` is the text that tells why there is no answer.
    """

    asked: Any
    runs: int
    told: Callable[[str], Told]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    page: Page | None = None
    why: str = ""


class Kind[Question: Titled](ABC):
    """A kind of experiment. ``name`` is its command and its folder of ``conf/``, ``words`` are its own words."""

    name: ClassVar[str]
    what: ClassVar[str]
    example: ClassVar[str]
    words: ClassVar[Mapping[str, Reader]]

    @abstractmethod
    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Question:
        """The file of that name, with what the command line says otherwise, checked."""

    @abstractmethod
    def outline(self, asked: Question) -> Study:
        """Every run that is known beforehand: composed before anything is played, and what a plan measures."""

    @abstractmethod
    def size(self, asked: Question, lang: str) -> str:
        """How much that is, in words: ``2 worlds × 3 arms × 20 seeds``."""

    @abstractmethod
    def play(self, asked: Question, player: Player) -> Answer:
        """Play what the store lacks, and say what it means."""

    def called(self, asked: Question) -> str:
        """What a folder of tables and page is known by."""
        return asked.name

    def lacking(self, asked: Question, store: Store, composer: Composer) -> int:
        """How many runs that are known beforehand are not in the store; 0 if the rest can be told by playing."""
        study = self.outline(asked)
        return sum(map(len, to_do(study, cells_of(study, composer), store).values()))

    def plan(self, asked: Question, plan: Planner, store: Store, lang: str) -> tuple[Plan, str]:
        """Runs, time and disk, by what ``plan`` measures of the outline; and a last line."""
        return plan(self.outline(asked)), ""
