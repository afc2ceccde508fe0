"""What the terminal shows of a search: every unbeaten point on the seeds that chose it and on fresh ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from rich.table import Table

from scenarios.cli.terminal import number, show_wide
from scenarios.experiments.exploration import Values
from scenarios.experiments.search.file import Search
from sim.analysis.experiment.searched import Front, Searched
from sim.analysis.outcomes import OUTCOMES

__all__ = ["show_nothing", "show_search"]

MOST = 12  # points shown
_FATES = {"unbeaten": "still unbeaten", "beaten": "beaten", "breaks": "breaks a constraint", "unknown": "not known"}


def show_search(search: Search, found: Searched) -> None:
    """The table, and how much the choice flattered."""
    front = found.front.trials
    print(f"{len(found.points)} points tried, {len(front)} unbeaten on the seeds of the search; these were played "
          f"again on {search.fresh_seeds} fresh seeds")  # fmt: skip
    shown = sorted(front, key=lambda trial: (trial not in found.front.unbeaten, trial))[:MOST]
    table = Table("point", "outcome", "in the search", "95 % interval", "n", "fresh seeds", "95 % interval", "n",
                  "on fresh seeds", box=None, pad_edge=False)  # fmt: skip
    for trial in shown:
        _rows(table, search, trial, tuple(found.points[trial]), found.front)
    show_wide(table, 175)
    if len(front) > MOST:
        print(f"{len(front) - MOST} more points are in front.csv")
    _curse(search, found)


def show_nothing(search: Search, points: Mapping[int, Values], every: pd.DataFrame | None) -> None:
    """No point keeps the constraints: tell how near the nearest came."""
    if every is None:
        print("No point could be evaluated: an outcome is undefined at all of them, or every run failed.")
        return
    limits = "; ".join(map(str, search.constraints))
    print(f"None of the {len(points)} points tried keeps the constraints ({limits}).")
    for one in search.constraints:
        rows = every[every["outcome"] == one.outcome]
        row = rows.loc[rows["mean"].map(one.excess).idxmin()]
        what = ", ".join(_knobs(search, points[int(row["trial"])]))
        print(f"Nearest to {one}: {number(row['mean'])} (95 % {number(row['low'])} … {number(row['high'])}, "
              f"n = {int(row['n'])}) at {what}")  # fmt: skip


def _rows(table: Table, search: Search, trial: int, values: Values, found: Front) -> None:
    """The rows of one point: its knobs down the first column, its outcomes down the others."""
    pair = [frame[frame["trial"] == trial].set_index("outcome") for frame in (found.before, found.after)]
    knobs = [f"trial {trial}", *(f"  {text}" for text in _knobs(search, values))]
    for place in range(max(len(knobs), len(search.outcomes))):
        left = knobs[place] if place < len(knobs) else ""
        if place >= len(search.outcomes):
            table.add_row(left)
            continue
        name = search.outcomes[place]
        cells = [text for frame in pair for text in _cells(frame.loc[name])]
        table.add_row(left, f"{OUTCOMES[name].en} ({OUTCOMES[name].unit})", *cells, _FATES[found.fate(trial)]
                      if place == 0 else _kept(search, name, pair[1].loc[name]))  # fmt: skip


def _cells(row: Any) -> tuple[str, str, str]:
    return number(row["mean"]), f"{number(row['low'])} … {number(row['high'])}", str(int(row["n"]))


def _kept(search: Search, name: str, row: Any) -> str:
    """Does the interval on fresh seeds keep the limits of this outcome?"""
    texts = []
    for one in search.constraints:
        if one.outcome == name:
            worst = row["high"] if one.side == "at_most" else row["low"]
            sure = one.excess(worst) <= 0
            words = "kept" if sure else "kept on average" if one.excess(row["mean"]) <= 0 else "broken"
            texts.append(f"{one.side.replace('_', ' ')} {one.limit:g}: {words}")
    return "; ".join(texts)


def _knobs(search: Search, values: Values) -> list[str]:
    return [f"{axis.name} = {value:g}" if isinstance(value, float) else f"{axis.name} = {value}"
            for axis, value in zip(search.axes, values, strict=True)]  # fmt: skip


def _curse(search: Search, found: Searched) -> None:
    """The winner's curse in numbers."""
    n, fates = len(found.front.trials), [found.front.fate(trial) for trial in found.front.trials]
    print("Points were chosen on the seeds of the search, so their numbers there tend to flatter them (the "
          f"winner's curse): believe the fresh ones. {len(found.front.unbeaten)} of {n} points are still unbeaten, "
          f"{fates.count('breaks')} break a constraint."
          + (f" {fates.count('unknown')} cannot be judged." if "unknown" in fates else ""))  # fmt: skip
    for name in search.objectives:
        mean, low, high, points = found.flattery(name)
        print(f"  {OUTCOMES[name].en}: search − fresh = {number(mean)} on average over the points "
              f"(95 % {number(low)} … {number(high)}, n = {points}; {search.seeds} and {search.fresh_seeds} "
              "communities at each)")  # fmt: skip
