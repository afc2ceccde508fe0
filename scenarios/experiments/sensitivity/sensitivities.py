"""Sensitivity analyses: designs and indices by SALib, runs in the store; knobs by what they move, with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from scenarios.errors import UserError
from scenarios.experiments.kind import Answer, Kind
from scenarios.experiments.options import Reader, refuse_varied, setting, whole_number
from scenarios.experiments.player import Player
from scenarios.experiments.sensitivity.file import Sensitivity, check_size, read_sensitivity
from scenarios.experiments.study import Study
from sim.analysis.experiment.sensitivity import cube, indices
from sim.locale.words import say

__all__ = ["Sensitivities", "design_of", "study_of", "table_of", "values_of"]


class Sensitivities(Kind[Sensitivity]):
    """``shequn sensitivity``."""

    name, what, example = "sensitivity", "analysis", "host_or_fate"
    words: ClassVar[Mapping[str, Reader]] = {"n": whole_number, "seeds": setting, "days": setting, "seed": setting}

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Sensitivity:
        """The analysis of that name; its own knobs cannot be set."""
        made = read_sensitivity(name)
        refuse_varied(made.knobs, extra, f"the analysis {made.name}")
        made = replace(made, **said, extra=extra)
        check_size(made, f"sensitivity={made.name}")
        return made

    def outline(self, asked: Sensitivity) -> Study:
        """Every point of the design."""
        return study_of(asked, design_of(asked))

    def size(self, asked: Sensitivity, lang: str) -> str:
        """Points, seeds."""
        return say(f"size_{asked.method}", lang, n=asked.n, points=asked.points, seeds=asked.seeds)

    def play(self, asked: Sensitivity, player: Player) -> Answer:
        """Every point; the indices of every outcome."""
        points = design_of(asked)
        shelf = player.play(study_of(asked, points))
        table = table_of(asked, points, shelf.outcomes())

        from scenarios.reports.sensitivity_report import told, write_sensitivity_report

        page = partial(write_sensitivity_report, asked, table)
        return Answer(asked, shelf.study.n_runs, partial(told, asked, table), {"indices": table}, page)


def design_of(made: Sensitivity) -> np.ndarray:
    """The points of the design, rows in the unit cube."""
    try:
        return cube(made.method, made.knobs, made.n, made.seed)
    except ModuleNotFoundError as error:
        raise UserError(f"sensitivity needs the package '{error.name}'; install it: "
                        "pip install 'shequn[sensitivity]'") from error  # fmt: skip


def study_of(made: Sensitivity, points: np.ndarray) -> Study:
    """The study whose arms are the points of the design."""
    return made.study_of({f"point {n}": made.at(row) for n, row in enumerate(points)})


def table_of(made: Sensitivity, points: np.ndarray, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Indices of every outcome: ``outcome`` and the columns of :mod:`sim.analysis.experiment.sensitivity`."""
    parts = []
    for name in made.outcomes:
        found = indices(made.method, made.knobs, points, values_of(made, outcomes, name))
        found.insert(0, "outcome", name)
        parts.append(found)
    return pd.concat(parts, ignore_index=True)


def values_of(made: Sensitivity, outcomes: pd.DataFrame, name: str) -> np.ndarray:
    """An outcome by (point, replicate); NaN where it is undefined or the run failed."""
    wide = outcomes.assign(arm=outcomes["arm"].astype(str)).pivot(index="arm", columns="replicate", values=name)
    arms = [f"point {n}" for n in range(made.points)]
    return wide.reindex(index=arms, columns=range(made.seeds)).to_numpy(dtype=np.float64)
