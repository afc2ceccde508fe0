"""What the terminal shows of a study: every arm's difference to the reference, with its interval."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from scenarios.study.execute import Tally
from scenarios.study.shelf import Shelf
from scenarios.terminal import number
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.paired import paired

__all__ = ["show_failures", "show_study"]


def show_study(shelf: Shelf, tally: Tally) -> None:
    """Tally and table."""
    study = shelf.study
    print(f"{study.title['en']}: {study.question['en']}")
    print(f"{study.n_runs:,} runs: {tally.stored:,} were stored, {tally.done:,} played, {tally.failed:,} failed"
          + (f"; {tally.lost} chunks were played again after a worker died" if tally.lost else "")
          + (f"; {tally.broken} broken files were put aside" if tally.broken else ""))  # fmt: skip
    outcomes = shelf.outcomes()
    if len(study.arms) > 1 and len(outcomes):
        _show_paired(shelf, outcomes)
    print(f"Predictions of the model. Store: {shelf.store.folder}; `shequn query \"select * from outcomes\"` reads it.")


def _show_paired(shelf: Shelf, outcomes):  # type: ignore[no-untyped-def]
    study = shelf.study
    wide = 200 if not Console().is_terminal else None
    there = outcomes.loc[outcomes["arm"] == study.reference, "world"].unique()
    for world in [world for world in study.worlds if world in set(there)]:
        some = outcomes[outcomes["world"] == world]
        found = paired(some[["arm", "world", "replicate", *study.outcomes]], study.reference)
        table = Table("arm", "outcome", "mean", f"− {study.reference}", "95 % interval", "n", "luck", box=None,
                      title=f"world {world}", title_justify="left", pad_edge=False)  # fmt: skip
        for row in found.itertuples():
            interval = f"{number(row.low)} … {number(row.high)}"
            label = f"{OUTCOMES[row.outcome].en} ({OUTCOMES[row.outcome].unit})"
            first = row.arm if row.outcome == study.primary else ""
            table.add_row(first, label, number(row.mean), number(row.difference), interval, str(row.n), row.luck)
        Console(width=wide).print(table)


def show_failures(tally: Tally) -> None:
    """The first failed runs, and where to read more."""
    for failure in tally.failures[:3]:
        print(f"failed: replicate {failure.replicate}: {failure.error}")
    print("`shequn query \"select * from runs where status='failed'\"` shows all, with tracebacks.")
