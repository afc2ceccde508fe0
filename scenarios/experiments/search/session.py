"""``shequn search``: from the words of the command line to the unbeaten points, looked at twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.cli.pipes import telling
from scenarios.execution.executor import Tally
from scenarios.execution.progress import study_bar
from scenarios.execution.workers import runner_for
from scenarios.experiments.cells import cells_of
from scenarios.experiments.exit_codes import with_store
from scenarios.experiments.search.explore import Values, alone, best, explore, open_memory, tried
from scenarios.experiments.search.front import looked_at, means_of, runs_of
from scenarios.experiments.search.options import SearchOptions, read_search_options
from scenarios.experiments.search.output import leaving, write_search
from scenarios.experiments.search.points import Evaluator, fresh, memory_file, study_of_points
from scenarios.experiments.search.show import show_nothing, show_search
from scenarios.experiments.session import play_cells
from scenarios.experiments.show import show_failures
from scenarios.experiments.tables import Shelf
from sim.analysis.experiment.searched import Searched
from sim.data.store import Store

__all__ = ["run_search"]


def run_search(texts: Sequence[str]) -> int:
    """Search (or go on) and return the exit code."""
    options = read_search_options(texts)
    cells_of(options.play.study)  # one point, so that what is wrong is said before anything is played
    fresh_study = study_of_points(fresh(options.search), {0: tuple(axis.at(0.5) for axis in options.search.axes)})
    cells_of(fresh_study)
    if not options.play.plan:
        leaving(options).check()
    return with_store(options.play.store, lambda store: _search(options, store))


def _search(options: SearchOptions, store: Store) -> int:
    path = memory_file(options.search, store)
    if options.play.plan:
        from scenarios.experiments.search.plan import show_search_plan

        return show_search_plan(options, store, path)
    with alone(path):
        memory = open_memory(options.search, path)
        tally = _explore(options, store, memory)
        return _look_again(options, store, memory, tally, path)


def _look_again(options: SearchOptions, store: Store, memory: Any, tally: Tally, path: Path) -> int:
    """Play the unbeaten points on fresh seeds, show and write both."""
    search = options.search
    points = tried(memory, search)
    if not points:
        show_nothing(search, points, None, tally)
        return 1
    chosen = best(memory)
    first, _ = _runs(options, store, points)
    again, second = _runs(replace(options, search=fresh(search)), store, {number: points[number] for number in chosen})
    every = means_of(first, search.outcomes, list(points))
    before = every[every["trial"].isin(chosen)].reset_index(drop=True)
    front = looked_at(search, before, means_of(again, search.outcomes, chosen))
    runs = runs_of(first, search.outcomes, chosen), runs_of(again, search.outcomes, chosen)
    found = Searched(search, points, every, front, runs)
    left = write_search(options, found)
    with telling():
        if chosen:
            show_search(search, found, tally, second)
        else:
            show_nothing(search, points, every, tally)
        print(*left, sep="\n")
        print(f"Predictions of the model. Store: {store.folder}; Optuna's own file: {path}")
        if tally.failed or second.failed:
            show_failures(tally if tally.failed else second, store)
    return 1 if tally.failed or second.failed else 0


def _explore(options: SearchOptions, store: Store, memory: Any) -> Tally:
    """Try what is left to try, with a bar; one set of workers for all trials."""
    search = options.search
    left = max(0, search.trials - len(tried(memory, search)))
    cells = cells_of(options.play.study)
    runner_now = runner_for(options.play, cells, search.seeds if left else 0)  # points come one at a time
    with closing(runner_now) as runner, study_bar(search.name, left * search.seeds) as bar:
        evaluate = Evaluator(search, store, runner, bar)
        explore(memory, search, evaluate)
    return evaluate.tally


def _runs(options: SearchOptions, store: Store, points: Mapping[int, Values]) -> tuple[pd.DataFrame, Tally]:
    """Every run at some points; what the store lacks is played."""
    if not points:
        return pd.DataFrame(columns=["arm", "replicate", *options.search.outcomes]), Tally()
    study = study_of_points(options.search, points)
    cells = cells_of(study)
    tally = play_cells(options.play, study, cells, store)
    return Shelf(study, cells, store).outcomes(), tally
