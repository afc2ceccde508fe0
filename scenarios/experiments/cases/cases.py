"""``shequn cases``: replays what was reported over the worlds of the ensemble, and compares the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from scenarios.config import catalog
from scenarios.experiments.cases.file import FOLDER, Beside, Case, read_case
from scenarios.experiments.kind import Answer
from scenarios.experiments.options import Reader, setting
from scenarios.experiments.over_ensemble import Runs, count, names_of, needed_by, over_the_ensemble, sets_of
from scenarios.experiments.player import Player
from scenarios.experiments.several import Several
from scenarios.experiments.study import Study
from sim.analysis.experiment.case_verdict import bands, of_case, of_measure
from sim.analysis.statistics.divided import ratio
from sim.locale.words import say

__all__ = ["Cases", "Question", "Replayed", "Shown", "table_of"]

SILENT_WORLDS = 10
"""On so many worlds other values of what is not told are played."""
_TOLD = "as told"


@dataclass(frozen=True)
class Question:
    """The cases: of each a study of what is told, and one of what is not, where there is any."""

    cases: tuple[Case, ...]
    parts: tuple[tuple[Study, ...], ...]
    communities: int
    name: str = "cases"

    @property
    def studies(self) -> tuple[Study, ...]:
        """All of them."""
        return tuple(study for part in self.parts for study in part)

    @property
    def title(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Cases replayed", "zh": "案例重演"}

    @property
    def question(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Does the model do what was reported of these groups?", "zh": "模型会重现这些群所报道的情形吗？"}


@dataclass(frozen=True)
class Shown:
    """A reported number and the model's: a value a community, as told (``values``) and with other values of what is not
    told (``otherwise``); and the verdict."""

    beside: Beside
    values: np.ndarray
    otherwise: Mapping[str, np.ndarray]
    verdict: str


@dataclass(frozen=True)
class Replayed:
    """A case and its numbers."""

    case: Case
    shown: tuple[Shown, ...]


class Cases(Several[Question]):
    """``shequn cases``."""

    name, what, example = "cases", "cases", "only=c1"
    words: ClassVar[Mapping[str, Reader]] = {"only": names_of(FOLDER), "each": count, "seed": setting}

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Question:
        """All cases, or those said to ``only``."""
        cases = tuple(read_case(one) for one in said.get("only", ()) or catalog.options(FOLDER))
        communities = sets_of(extra) * said.get("each", 1)
        parts = tuple(studies_of(case, communities, said.get("seed", 1), extra) for case in cases)
        return Question(cases, parts, communities)

    def size(self, asked: Question, lang: str) -> str:
        """Cases and communities."""
        return say("size_cases", lang, cases=len(asked.cases), n=asked.communities)

    def play(self, asked: Question, player: Player) -> Answer:
        """Every case in turn."""
        from scenarios.reports.cases_report import told, write_cases_report

        replayed = []
        for case, studies in zip(asked.cases, asked.parts, strict=True):
            runs = [Runs(player.play(study)) for study in studies]
            if runs[0].is_empty:
                return Answer(asked, studies[0].n_runs, lambda lang: ([], []), why="why_no_run")
            replayed.append(replayed_of(case, studies, runs))
        n = sum(study.n_runs for study in asked.studies)
        return Answer(asked, n, partial(told, replayed), {"cases": table_of(replayed)},
                      partial(write_cases_report, asked, replayed))  # fmt: skip


def studies_of(case: Case, communities: int, seed: int, extra: tuple[str, ...]) -> tuple[Study, ...]:
    """A case as it is told; and what is not told at other values, on fewer communities."""
    outcomes, daily, spells = needed_by([one.measure for one in case.measures])

    def study(worlds: dict[str, tuple[str, ...]], seeds: int) -> Study:
        return Study("cases", case.title, {}, worlds, case.arms, next(iter(case.arms)), seeds,
                     outcomes or ("lifetime",), case.days, seed, extra, daily, part=f"cases/{case.name}",
                     spells=spells)  # fmt: skip

    made = [study({_TOLD: over_the_ensemble(case.world)}, communities)]
    other = {_label(silent.name, label): over_the_ensemble(case.world, given)
             for silent in case.silent for label, given in silent.values.items()}  # fmt: skip
    return (*made, study(other, min(SILENT_WORLDS, communities))) if other else tuple(made)


def replayed_of(case: Case, studies: Sequence[Study], runs: Sequence[Runs]) -> Replayed:
    """Every number of a case, and what came of it."""
    shown = []
    for one in case.measures:
        values = _values(one, runs[0], _TOLD)
        otherwise = {world: _values(one, runs[1], world) for world in studies[1].worlds} if len(studies) > 1 else {}
        verdict = of_case(of_measure(values, one.reported),
                          {world: of_measure(found, one.reported) for world, found in otherwise.items()},
                          one.by_construction, of_measure(values[:SILENT_WORLDS], one.reported))  # fmt: skip
        shown.append(Shown(one, values, otherwise, verdict))
    return Replayed(case, tuple(shown))


def _values(one: Beside, runs: Runs, world: str) -> np.ndarray:
    found = runs.of(one.measure, world, one.arm)
    if not one.against:
        return found
    other = runs.of(one.measure, world, one.against)
    return found - other if one.how == "difference" else ratio(found, other)


def table_of(replayed: Sequence[Replayed]) -> pd.DataFrame:
    """A row for each number, as told and with each other value: what the verdicts follow from."""
    rows = []
    for one in replayed:
        for shown in one.shown:
            reported = shown.beside.reported
            for world, values in {_TOLD: shown.values, **shown.otherwise}.items():
                q = bands(values)
                rows.append({
                    "case": one.case.id, "measure": shown.beside.name, "world": world, "reported_low": reported.low,
                    "reported_high": reported.high, "nothing": reported.nothing,
                    **dict(zip(("q2_5", "q10", "median", "q90", "q97_5"), q, strict=True)),
                    "n": int((~np.isnan(values)).sum()), "found": of_measure(values, reported),
                    "verdict": shown.verdict if world == _TOLD else "",
                })  # fmt: skip
    return pd.DataFrame(rows)


def _label(silent: str, value: str) -> str:
    return f"{silent}: {value}"
