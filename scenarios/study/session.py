"""``shequn study``: from the words of the command line to runs in the store and a table on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scenarios.study.cells import Cell, cells_of
from scenarios.study.ending import filling, with_store
from scenarios.study.execute import Tally, execute, to_do
from scenarios.study.options import StudyOptions, read_options
from scenarios.study.plan import show_plan
from scenarios.study.shelf import Shelf
from scenarios.study.show import show_failures, show_study
from scenarios.study.study import Study
from scenarios.study.workers import runner_for
from sim.store import Store

__all__ = ["play_cells", "run_study"]


def run_study(texts: Sequence[str]) -> int:
    """Play a study (or plan it) and return the exit code."""
    options = read_options(texts)
    cells = cells_of(options.study)

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
        from scenarios.study.until import comparable, seeds_until

        comparable(study)
        while True:
            tally = play_cells(options, study, cells, store)
            step = seeds_until(Shelf(study, cells, store).outcomes(), study, options.until)
            print(step.text, flush=True)
            if step.seeds <= study.seeds:
                break
            study = replace(study, seeds=step.seeds)
    shelf = Shelf(study, cells, store)
    show_study(shelf, tally)
    if (options.report or options.out) and len(shelf.outcomes()):
        _write(shelf, options)
    if tally.failed:
        show_failures(tally)
    return 1 if tally.failed and not tally.done and not tally.stored else 0


def play_cells(options: StudyOptions, study: Study, cells: Sequence[Cell], store: Store) -> Tally:
    """Play what is missing, with a bar; workers are started only if there is something to do."""
    from scenarios.study.progress import study_bar

    broken = sum(store.check(cell.runs(range(study.seeds))) for cell in cells)
    left = sum(map(len, to_do(study, cells, store).values()))
    runner = runner_for(options, cells, left)
    try:
        with study_bar(study.name, left) as progress:
            tally = execute(study, cells, store, runner, progress, options.fail_fast, options.chunk)
    finally:
        runner.close()
    tally.broken += broken
    return tally


def _write(shelf: Shelf, options: StudyOptions) -> None:
    """The tables of the study as CSV, and the page."""
    outcomes, lifetimes = shelf.outcomes(), shelf.lifetimes()
    with filling(options.out, f"outputs/study/{shelf.study.name}") as folder:
        outcomes.to_csv(folder / "outcomes.csv", index=False, lineterminator="\n")
        lifetimes.to_csv(folder / "lifetimes.csv", index=False, lineterminator="\n")
        print(f"Tables: {folder}/outcomes.csv, {folder}/lifetimes.csv")
        if options.report and (outcomes["arm"] == shelf.study.reference).any():
            from scenarios.study_report import write_study_report

            print(f"Report: {write_study_report(shelf.study, outcomes, lifetimes, folder, until=options.until)}")
