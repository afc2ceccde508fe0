"""What the terminal shows: a bar while it works, a table when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:
    from sim.results import Results

__all__ = ["progress_bar", "show_arms", "show_summary"]

Interval = Mapping[str, float]


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """A bar with the arm at work and the time left; silent where nobody watches (a file, a pipe)."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description:<16}"), BarColumn(), TaskProgressColumn(), TextColumn("left"),
        TimeRemainingColumn(), TextColumn("spent"), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("preparing", total=1.0)
        yield lambda arm, share: bar.update(task, description=arm[:16], completed=share)


def show_summary(results: Results) -> None:
    """Every outcome of every arm with its 95 % interval over communities, one table an arm."""
    labels = _labels()
    for arm, outcomes in results.summary.items():
        table = Table("outcome", "mean", "95 % interval", "n", title=arm, title_justify="left", box=None)
        for column in table.columns[1:]:
            column.justify = "right"
        for name, cell in outcomes.items():
            interval = f"{number(cell['low'])} … {number(cell['high'])}"
            table.add_row(labels.get(name, name), number(cell["mean"]), interval, f"{cell['n']:.0f}")
        Console().print(table)


def show_arms(results: Results, chosen: Mapping[str, str], reference: str = "nothing") -> None:
    """One row an arm, one column for each chosen outcome: mean ± half the 95 % interval over communities.

    ``chosen`` maps outcome to heading. A star marks a paired difference from ``reference`` that luck does not explain.
    """
    from sim.analysis.outcomes import outcomes, summarise
    from sim.analysis.paired import paired

    table_of = outcomes(results)
    summary, differences = summarise(table_of), paired(table_of, reference)
    rows = zip(differences["arm"], differences["outcome"], differences["luck"], strict=True)
    clear = {(arm, outcome) for arm, outcome, luck in rows if luck == "clear"}
    table = Table("", *chosen.values(), box=None, pad_edge=False, padding=(0, 1))
    for column in table.columns[1:]:
        column.justify = "right"
    for arm, cells in summary.items():
        marks = {name: "*" if (arm, name) in clear else " " for name in chosen}
        table.add_row(arm, *[_plus_minus(cells[name]) + marks[name] for name in chosen])
    n = max(int(cells[name]["n"]) for cells in summary.values() for name in chosen)
    console = Console() if Console().is_terminal else Console(width=120)
    console.print(table)
    console.print(f"mean ± half the 95 % interval over {n} communities; * differs from '{reference}' beyond luck")


def number(value: float) -> str:
    """Three significant digits, thousands with a comma, a dash where undefined."""
    if value != value:
        return "–"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _plus_minus(cell: Interval) -> str:
    return f"{number(cell['mean'])} ± {number((cell['high'] - cell['low']) / 2)}"


def _labels() -> dict[str, str]:
    """English label with unit of every outcome."""
    from sim.analysis.outcomes import OUTCOMES

    return {name: f"{o.en} ({o.unit})" if o.unit else o.en for name, o in OUTCOMES.items()}
