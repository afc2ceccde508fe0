"""Kinds of experiment that are played as several studies: what is lacking of all, and what all of them cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from scenarios.config.compose import Composer
from scenarios.execution.executor import to_do
from scenarios.experiments.cells import cells_of
from scenarios.experiments.kind import Kind, Planner
from scenarios.experiments.options import WORDS, lasting, options_of, split
from scenarios.experiments.plan import Plan
from scenarios.experiments.session import carry_out
from scenarios.experiments.study import Study
from sim.analysis.experiment.asked import Titled
from sim.data.store import Store

__all__ = ["SIZE", "Several", "run", "sized"]

SIZE = "population=small"
"""The size of the groups, where nothing else is said."""


class Parts(Titled, Protocol):
    """A question that takes several studies."""

    @property
    def studies(self) -> tuple[Study, ...]: ...


class Several[Question: Parts](Kind[Question]):
    """A kind that has no file of its own: everything is said on the command line."""

    def outline(self, asked: Question) -> Study:
        """The first of its studies; the others are composed and planned besides."""
        return asked.studies[0]

    def lacking(self, asked: Question, store: Store, composer: Composer) -> int:
        """Runs that are surely needed and not in the store."""
        return sum(len(left) for study in self.needed(asked)
                   for left in to_do(study, cells_of(study, composer), store).values())  # fmt: skip

    def needed(self, asked: Question) -> Sequence[Study]:
        """The studies that are played whatever comes of the others."""
        return asked.studies

    def plan(self, asked: Question, plan: Planner, store: Store, lang: str) -> tuple[Plan, str]:
        """That of all its studies."""
        plans = [plan(study) for study in asked.studies]
        sums = {key: sum(getattr(one, key) for one in plans)
                for key in ("runs", "to_do", "chunks", "seconds", "disk", "measured", "kept")}  # fmt: skip
        return replace(plans[0], **sums), ""


def sized(extra: tuple[str, ...]) -> tuple[str, ...]:
    """Overrides of every world, with the size of the groups if none is said."""
    return extra if any(text.lstrip("+").startswith("population") for text in extra) else (SIZE, *extra)


def run(kind: Several[Any], texts: Sequence[str], composer: Composer) -> int:
    """Read, check and compose all, then plan or play; the exit code."""
    said, extra = split(texts, {*kind.words, *WORDS}, kind.example)
    changes = {key: read(key, said[key]) for key, read in kind.words.items() if key in said}
    asked, how = kind.read(kind.name, changes, tuple(extra)), options_of(said)
    for study in asked.studies:
        cells_of(study, composer)
    return carry_out(kind, asked, how, composer, lasting(texts))
