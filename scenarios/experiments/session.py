"""``shequn study``: from the words of the command line to runs in the store and a table on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from scenarios.cli.pipes import telling
from scenarios.execution.executor import Tally, execute, to_do
from scenarios.execution.workers import most_jobs, runner_for
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.exit_codes import with_store
from scenarios.experiments.options import StudyOptions, read_options
from scenarios.experiments.output_folder import Leaving
from scenarios.experiments.plan import show_plan
from scenarios.experiments.show import show_failures, show_study
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.data.store import Store

__all__ = ["play_cells", "run_study"]


def run_study(texts: Sequence[str]) -> int:
    """Play a study (or plan it) and return the exit code."""
    options = read_options(texts)
    cells = cells_of(options.study)
    if options.leaves:
        _leaving(options).check()

    def work(store: Store) -> int:
        if options.plan:
            return show_plan(options, cells, store)
        return _play(options, cells, store)

    return with_store(options.store, work)


def _play(options: StudyOptions, cells: Sequence[Cell], store: Store) -> int:
    study, tally = options.study, Tally()
    if options.until is None:
        tally = play_cells(options, study, cells, store)
    else:
        from scenarios.experiments.until import comparable, seeds_until

        comparable(study)
        while True:
            tally = play_cells(options, study, cells, store)
            step = seeds_until(Shelf(study, cells, store).outcomes(), study, options.until)
            print(step.text, file=sys.stderr, flush=True)  # as the bar: the answer alone goes to stdout
            if step.seeds <= study.seeds:
                break
            study = replace(study, seeds=step.seeds)
    shelf = Shelf(study, cells, store)
    left = _write(shelf, options) if options.leaves else []
    with telling():
        show_study(shelf, tally)
        print(*left, sep="\n", end="\n" * bool(left))
        if tally.failed:
            show_failures(tally, store)
    return 1 if tally.failed else 0


def _leaving(options: StudyOptions) -> Leaving:
    return Leaving("study", options.study.name, options.out, options.overwrite)


def play_cells(options: StudyOptions, study: Study, cells: Sequence[Cell], store: Store) -> Tally:
    """Play what is missing, with a bar; workers are started only if there is something to do."""
    from scenarios.execution.progress import study_bar

    broken = sum(store.check(cell.runs(range(study.seeds))) for cell in cells)
    left = to_do(study, cells, store)
    runner = runner_for(options, cells, most_jobs(left, options.chunk))
    try:
        with study_bar(study.name, sum(map(len, left.values()))) as progress:
            tally = execute(study, cells, store, runner, progress, options.fail_fast, options.chunk)
    finally:
        runner.close()
    tally.broken += broken
    return tally


def _write(shelf: Shelf, options: StudyOptions) -> list[str]:
    """The tables of the study as CSV, and the page; what to say of them."""
    outcomes, lifetimes = shelf.outcomes(), shelf.lifetimes()
    with _leaving(options).filling() as folder:
        if outcomes.empty:
            return [f"No run was finished: nothing of this study is in {folder}"]
        outcomes.to_csv(folder / "outcomes.csv", index=False, lineterminator="\n")
        lifetimes.to_csv(folder / "lifetimes.csv", index=False, lineterminator="\n")
        told = [f"Tables: {folder}/outcomes.csv, {folder}/lifetimes.csv"]
        if options.report and (outcomes["arm"] == shelf.study.reference).any():
            from scenarios.reports.study_report import write_study_report

            page = write_study_report(shelf.study, outcomes, lifetimes, folder, until=options.until)
            told.append(f"Report: {page}")
    return told
