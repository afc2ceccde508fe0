"""What the terminal shows of a study: every arm's difference to the reference, with its interval."""

from __future__ import annotations

import pandas as pd
from rich.table import Table

from scenarios.cli.terminal import number, plain
from scenarios.execution.executor import Tally
from scenarios.experiments.tables import Shelf
from sim.analysis.experiment.asked import checked
from sim.analysis.experiment.effects import effects
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.skewed import mean_interval
from sim.data.store import Store

__all__ = ["show_failures", "show_study"]

WIDTH = 200  # columns, where nobody looks


def show_study(shelf: Shelf, tally: Tally) -> None:
    """Tally and table."""
    study = shelf.study
    print(f"{study.title['en']}: {study.question['en']}")
    print(f"{study.n_runs:,} runs: {tally.stored:,} were stored, {tally.done:,} played, {tally.failed:,} failed"
          + (f"; {tally.lost} chunks were played again after a worker died" if tally.lost else "")
          + (f"; {tally.broken} broken files were put aside" if tally.broken else ""))  # fmt: skip
    outcomes = shelf.outcomes()
    if len(outcomes):
        (_show_effects if outcomes["arm"].nunique() > 1 else _show_levels)(shelf, outcomes)
    print(f"Predictions of the model. Store: {shelf.store.folder}; "
          f"`shequn query \"select * from outcomes\" store={shelf.store.folder}` reads it.")


def _show_effects(shelf: Shelf, outcomes: pd.DataFrame) -> None:
    """Differences to the reference, as the page has them."""
    study = shelf.study
    found = effects(study, checked(study, outcomes))
    if found.empty:
        return
    for world, some in found.groupby("world", sort=False, observed=True):
        table = Table("arm", "outcome", "mean", f"− {study.reference}", "95 % interval", "n", "luck", box=None,
                      title=f"world {world}", title_justify="left", pad_edge=False)  # fmt: skip
        for row in some.itertuples():
            label = f"{OUTCOMES[row.outcome].en} ({OUTCOMES[row.outcome].unit})"
            first = row.arm if row.outcome == study.primary else ""
            table.add_row(first, label, number(row.mean), number(row.difference) + ("‡" if row.rough else ""),
                          f"{number(row.low)} … {number(row.high)}", str(row.n), row.luck)  # fmt: skip
        plain(None if plain().is_terminal else WIDTH).print(table)
    print("clear: beyond luck after Holm's correction over all arms and worlds (further outcomes: over these as well)."
          + (" ‡: rests on few unusual communities." if found["rough"].any() else ""))  # fmt: skip


def _show_levels(shelf: Shelf, outcomes: pd.DataFrame) -> None:
    """Means of the only arm."""
    study = shelf.study
    for world, some in outcomes.groupby("world", sort=False, observed=True):
        table = Table("outcome", "mean", "95 % interval", "n", box=None, title=f"world {world}",
                      title_justify="left", pad_edge=False)  # fmt: skip
        for name in study.outcomes:
            level = mean_interval(some[name].to_numpy(dtype=float))
            table.add_row(f"{OUTCOMES[name].en} ({OUTCOMES[name].unit})", number(float(level.mean)),
                          f"{number(float(level.low))} … {number(float(level.high))}", str(int(level.n)))  # fmt: skip
        plain(None if plain().is_terminal else WIDTH).print(table)


def show_failures(tally: Tally, store: Store) -> None:
    """The first failed runs, and where to read more."""
    for failure in tally.failures[:3]:
        print(f"failed: replicate {failure.replicate}: {failure.error}")
    question = "select * from runs where status='failed'"
    print(f'`shequn query "{question}" store={store.folder}` shows all, with tracebacks.')
