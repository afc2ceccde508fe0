"""What the terminal shows of a study: every arm's difference to the reference, with its interval."""

from __future__ import annotations

import pandas as pd
from rich.table import Table

from scenarios.cli.terminal import number, show_wide
from scenarios.experiments.study import Study
from sim.analysis.experiment.asked import checked
from sim.analysis.experiment.effects import effects
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["show_study"]


def show_study(study: Study, outcomes: pd.DataFrame) -> None:
    """Every arm against the reference, or the levels of the only arm."""
    (_show_effects if outcomes["arm"].nunique() > 1 else _show_levels)(study, outcomes)


def _show_effects(study: Study, outcomes: pd.DataFrame) -> None:
    """Differences to the reference, as the page has them."""
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
        show_wide(table)
    print("clear: beyond luck after Holm's correction over all arms and worlds (further outcomes: over these as well)."
          + (" ‡: rests on few unusual communities." if found["rough"].any() else ""))  # fmt: skip


def _show_levels(study: Study, outcomes: pd.DataFrame) -> None:
    """Means of the only arm."""
    for world, some in outcomes.groupby("world", sort=False, observed=True):
        table = Table("outcome", "mean", "95 % interval", "n", box=None, title=f"world {world}",
                      title_justify="left", pad_edge=False)  # fmt: skip
        for name in study.outcomes:
            level = mean_interval(some[name].to_numpy(dtype=float))
            table.add_row(f"{OUTCOMES[name].en} ({OUTCOMES[name].unit})", number(float(level.mean)),
                          f"{number(float(level.low))} … {number(float(level.high))}", str(int(level.n)))  # fmt: skip
        show_wide(table)
