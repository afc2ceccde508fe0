"""``shequn sensitivity``: from the words of the command line to indices with intervals, and a picture of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from scenarios.cli.pipes import telling
from scenarios.errors import UserError
from scenarios.execution.executor import Tally
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.exit_codes import with_store
from scenarios.experiments.options import StudyOptions, named, playing, refuse_varied, split, whole_number
from scenarios.experiments.output_folder import Leaving
from scenarios.experiments.plan import show_plan
from scenarios.experiments.sensitivity.file import Sensitivity, check_size, read_sensitivity, study_of
from scenarios.experiments.sensitivity.show import show_sensitivity
from scenarios.experiments.session import play_cells
from scenarios.experiments.show import show_failures
from scenarios.experiments.tables import Shelf
from sim.analysis.experiment.sensitivity import cube, indices
from sim.data.store import Store

__all__ = ["read_words", "run_sensitivity", "table_of", "values_of"]

_NUMBERS = ("n", "seeds", "days", "seed")
_CONTROLS = ("sensitivity", *_NUMBERS, "store", "runner", "runner.address", "workers", "chunk", "plan", "fail", "out",
             "replace", "report")  # fmt: skip


def run_sensitivity(texts: Sequence[str]) -> int:
    """Play the design (or plan it) and return the exit code."""
    made, said = read_words(texts)
    cells_of(study_of(made, [[0.5] * len(made.axes)]))  # what is wrong is said before the design is made
    points = _points(made)
    study = study_of(made, points.tolist())
    options, cells = StudyOptions(study, **playing(said)), cells_of(study)

    if not options.plan:
        _leaving(made, options).check()

    def work(store: Store) -> int:
        if options.plan:
            return show_plan(options, cells, store)
        return _play(made, points, options, cells, store)

    return with_store(options.store, work)


def read_words(texts: Sequence[str]) -> tuple[Sensitivity, dict[str, str]]:
    """The analysis with everything said on the command line, and what is said of how to play it."""
    said, extra = split(texts, _CONTROLS, "sensitivity=host_or_fate")
    named(said, "sensitivity", "analysis")
    made = read_sensitivity(said["sensitivity"])
    changes: dict[str, Any] = {key: whole_number(key, said[key]) for key in _NUMBERS if key in said}
    refuse_varied(made.knobs, extra, f"the analysis {made.name}")
    made = replace(made, **changes, extra=tuple(extra))
    check_size(made, f"sensitivity={made.name}")
    return made, said


def _points(made: Sensitivity) -> np.ndarray:
    try:
        return cube(made.method, made.knobs, made.n, made.seed)
    except ModuleNotFoundError as error:
        raise UserError(f"sensitivity needs the package '{error.name}'; install it: "
                        "pip install 'shequn[sensitivity]'") from error  # fmt: skip


def _play(made: Sensitivity, points: np.ndarray, options: StudyOptions, cells: list[Cell], store: Store) -> int:
    tally = play_cells(options, options.study, cells, store)
    table = table_of(made, points, Shelf(options.study, cells, store).outcomes())
    left = _write(made, table, options)
    with telling():
        _head(made, tally)
        show_sensitivity(made, table)
        print(*left, sep="\n")
        print(f"Predictions of the model. Store: {store.folder}")
        if tally.failed:
            show_failures(tally, store)
    return 1 if tally.failed else 0


def _head(made: Sensitivity, tally: Tally) -> None:
    print(f"{made.title['en']}: {made.question['en']}")
    what = "trajectories" if made.method == "morris" else "base points"
    print(f"{made.n} {what}, {made.points:,} points × {made.seeds} seeds: {tally.stored:,} runs were stored, "
          f"{tally.done:,} played, {tally.failed:,} failed")  # fmt: skip


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


def _leaving(made: Sensitivity, options: StudyOptions) -> Leaving:
    return Leaving("sensitivity", made.name, options.out, options.overwrite)


def _write(made: Sensitivity, table: pd.DataFrame, options: StudyOptions) -> list[str]:
    """The indices as CSV, and the page with a picture of each outcome; what to say of them."""
    with _leaving(made, options).filling() as folder:
        table.to_csv(folder / "indices.csv", index=False, lineterminator="\n")
        told = [f"Table: {folder}/indices.csv"]
        if options.report:
            from scenarios.reports.sensitivity_report import write_sensitivity_report

            told.append(f"Report: {write_sensitivity_report(made, table, folder)}")
    return told
