"""What the terminal shows of a sensitivity analysis: the knobs by what they move, with intervals."""

from __future__ import annotations

import pandas as pd
from rich.table import Table

from scenarios.cli.terminal import number, show_wide
from scenarios.experiments.sensitivity.file import Sensitivity
from sim.analysis.experiment.sensitivity import INDICES
from sim.analysis.outcomes import OUTCOMES

__all__ = ["show_sensitivity"]

_SIGNS = {"mu_star": "µ*", "mu": "µ", "sigma": "σ", "ST": "ST", "S1": "S1"}


def show_sensitivity(made: Sensitivity, table: pd.DataFrame) -> None:
    """A table for every outcome, and what its columns mean."""
    for name in made.outcomes:
        _show_outcome(made, name, table[table["outcome"] == name])
    if made.method == "morris":
        print("µ*: mean size of the effect of moving the knob through its whole range; µ: with its sign; "
              "σ: how much that depends on the rest.")  # fmt: skip
        if made.seeds > 1:
            print("luck: the µ* that would be seen if the knob only reshuffled luck; a knob at about that height "
                  "may do nothing. More seeds lower it.")  # fmt: skip
    else:
        print("ST: share of the variance that the knob has a part in (a knob that only reshuffles luck has some too; "
              "more seeds lower it); S1: share that it explains alone.")  # fmt: skip
    base = "trajectories" if made.method == "morris" else "base points"
    luck = f"and {made.seeds} communities at each point" if made.seeds > 1 else "; with one seed luck is not in them"
    print(f"Intervals: 95 %, from drawing anew the {made.n} {base} {luck}.")


def _show_outcome(made: Sensitivity, name: str, rows: pd.DataFrame) -> None:
    names = INDICES[made.method]
    heads = [text for index in names for text in (_SIGNS[index], "95 % interval")]
    table = Table("knob", *heads, "luck", "n", box=None, pad_edge=False,
                  title=f"{OUTCOMES[name].en} ({OUTCOMES[name].unit})", title_justify="left")  # fmt: skip
    if rows["value"].isna().all():
        print(f"{OUTCOMES[name].en}: no index: it is undefined at some points, or does not vary.")
        return
    for knob in dict.fromkeys(rows["knob"]):
        mine = rows[rows["knob"] == knob].set_index("index")
        cells = []
        for index in names:
            row = mine.loc[index]
            cells += [number(row["value"]), f"{number(row['low'])} … {number(row['high'])}"]
        cells.append(number(mine.loc[names[0], "noise"]))
        first = mine.iloc[0]
        table.add_row(knob, *cells, f"{first['n_base']:.0f} × {first['n_replicates']:.0f}")
    show_wide(table, 160)
