"""What the terminal shows: a bar while it works, a table when it is done."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)  # fmt: skip
from rich.table import Table

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.data.results import Results

__all__ = ["number", "plain", "plus_minus", "progress_bar", "show_answer", "show_arms", "show_summary"]

Interval = Mapping[str, float]
GAP = 2  # between two columns
MARKS = {"up": "✓", "down": "✗", "moved": "*"}
WIDE = 200  # columns, where nobody looks (a file, a pipe)


def plain(width: int | None = None, stderr: bool = False) -> Console:
    """A console that shows names as they are: a label like ``[/x]`` or ``:smile:`` is no command to it."""
    wide = {} if width is None else {"width": width}
    return Console(**wide, stderr=stderr, markup=False, emoji=False)  # type: ignore[arg-type]


def show_answer(lines: Iterable[str], tables: Iterable[Mapping[str, Any]]) -> None:
    """The sentences of an answer, then its tables as the pages have them (``title, head, rows, below``): a column for
    each head where there is room, else a line for each; ✓, ✗ and * stand for the colours of the page."""
    print(*lines, sep="\n")
    room = plain().width if plain().is_terminal else WIDE
    for one in tables:
        rows = [[row["label"], *map(_cell, row["cells"])] for row in one["rows"]]
        widths = [max(map(cell_len, column)) + GAP for column in zip(*rows, strict=True)]
        if sum(widths) > room:
            rows = [["" if k else label, *pair] for label, *cells in rows
                    for k, pair in enumerate(zip(one["head"][1:], cells, strict=True))]  # fmt: skip
        heads = one["head"] if sum(widths) <= room else ["", "", ""]
        table = Table(*heads, box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=any(heads))
        for column in table.columns:
            column.overflow = "fold"  # an end cut off would hide which arm it is
        for cells in rows:
            table.add_row(*cells)
        print(one["title"])
        plain(None if plain().is_terminal else WIDE).print(table)
        print(one.get("below", ""), end="\n" * bool(one.get("below")))


def _cell(one: Mapping[str, str]) -> str:
    """``+3.2✓ (+1.1 … +5.3)``."""
    return one["value"] + MARKS.get(one["mark"], "") + (f" ({one['interval']})" if one["interval"] else "")


@contextmanager
def progress_bar(runs: int = 0) -> Iterator[Callable[[str, float], None]]:
    """A bar with the arm at work and the time left; silent where nobody watches (a file, a pipe).

    It hears an arm and the share of all work done; with ``runs`` to do, how many more of them are done.
    """
    console = plain(stderr=True)
    columns = (
        TextColumn("{task.description:<24}", markup=False), BarColumn(),
        MofNCompleteColumn() if runs else TaskProgressColumn(), TextColumn("runs, left" if runs else "left"),
        TimeRemainingColumn(), TextColumn("spent"), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("preparing the rules", total=runs or 1.0)
        if runs:
            yield lambda arm, more: bar.update(task, description=arm[:24], advance=more)
        else:
            yield lambda arm, share: bar.update(task, description=arm[:24], completed=share)


def show_summary(results: Results) -> None:
    """Every outcome of every arm with its 95 % interval over communities, one table an arm."""
    labels = _labels()
    for arm, outcomes in results.summary.items():
        several = max(cell["n"] for cell in outcomes.values()) > 1
        heads = ("outcome", "mean", "95 % interval", "n") if several else ("outcome", "value")
        table = Table(*heads, title=arm, title_justify="left", box=None)
        for column in table.columns[1:]:
            column.justify = "right"
        for name, cell in outcomes.items():
            interval = f"{number(cell['low'])} … {number(cell['high'])}" if cell["low"] == cell["low"] else "–"
            row = (number(cell["mean"]), interval, f"{cell['n']:.0f}")
            table.add_row(labels.get(name, name), *(row if several else row[:1]))
        plain().print(table)


# Outcome → heading of the table of arms, those of the page, the most telling first: a narrow terminal shows fewer.
HEADLINES = {
    "alive": "alive at\nthe end",
    "lifetime": "life of a\ngroup, days",
    "profit_month": "profit/group\nCNY a month",
    "member_messages": "messages\na day",
    "members": "members\nper group",
    "advert_share": "adverts\nin talk",
    "trust": "trust\n0 to 1",
}


def show_arms(results: Results, reference: str = "nothing") -> None:
    """One row an arm, one column an outcome: mean ± half the 95 % interval over communities.

    A star marks a paired difference from the arm ``reference`` of the same world that luck does not explain.
    """
    from sim.analysis.outcomes import outcomes, summarise

    by_community = outcomes(results)
    summary, clear = summarise(by_community), _beyond_luck(by_community, reference)
    columns = {
        name: [plus_minus(cells[name]) + ("*" if (arm, name) in clear else " ") for arm, cells in summary.items()]
        for name in HEADLINES
    }
    console = plain()
    names, width = _fitting(columns, list(summary), console.width if console.is_terminal else math.inf)
    table = Table("", *[HEADLINES[name] for name in names], box=None, pad_edge=False, padding=(0, GAP, 0, 0))
    table.columns[0].no_wrap = True
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for i, arm in enumerate(summary):
        table.add_row(arm, *[columns[name][i] for name in names])
    (console if console.is_terminal else plain(width=width)).print(table)
    n = max(int(cells[name]["n"]) for cells in summary.values() for name in names)
    star = f"; * differs from '{reference}' beyond luck" if clear else ""
    print(f"mean ± half the 95 % interval over {n} {'community' if n == 1 else 'communities'}{star}")
    left_out = [HEADLINES[name].replace("\n", " ") for name in HEADLINES if name not in names]
    if left_out:
        print(f"A wider terminal shows also: {', '.join(left_out)}.")


def _fitting(columns: Mapping[str, list[str]], arms: list[str], room: float) -> tuple[list[str], int]:
    """The first columns that fit whole (at least one), and the width of the table: no number loses its uncertainty."""
    names: list[str] = []
    width = max(map(cell_len, arms))
    for name, cells in columns.items():
        more = GAP + max(map(cell_len, [*cells, *HEADLINES[name].split("\n")]))
        if names and width + more > room:
            break
        names.append(name)
        width += more
    return names, width


def _beyond_luck(by_community: DataFrame, reference: str) -> set[tuple[str, str]]:
    """(arm as labelled in the summary, outcome) that differ clearly from the reference arm; empty without one."""
    from sim.analysis.statistics.paired import paired

    worlds = by_community["world"].unique()
    with_reference = by_community.loc[by_community["arm"] == reference, "world"].unique()
    if len(with_reference) < len(worlds) or by_community["arm"].nunique() < 2:
        return set()
    found = paired(by_community, reference)
    found = found[found["luck"] == "clear"]
    label = found["arm"].astype(str)
    label = found["world"].astype(str) + "/" + label if len(worlds) > 1 else label
    return set(zip(label, found["outcome"], strict=True))


def number(value: float) -> str:
    """Three significant digits, thousands with a comma, a dash where undefined."""
    if value != value:
        return "–"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def plus_minus(cell: Interval) -> str:
    """``31.6±4.5``: the mean to the digit that the half width allows.

    >>> plus_minus({"mean": 0.15623, "low": 0.1073, "high": 0.2051})
    '0.156±0.049'
    >>> plus_minus({"mean": 1552, "low": 1005, "high": 2099})
    '1,552±547'
    """
    mean, half = cell["mean"], (cell["high"] - cell["low"]) / 2
    if math.isnan(mean):
        return "–"
    if math.isnan(half) or half == 0:
        return number(mean)
    digits = min(4, max(0, 1 - math.floor(math.log10(half))))
    return f"{mean:,.{digits}f}±{half:,.{digits}f}"


def _labels() -> dict[str, str]:
    """English label with unit of every outcome."""
    from sim.analysis.outcomes import OUTCOMES
    from sim.locale.words import unit_label

    units = {name: unit_label(o.unit, "en") or o.unit for name, o in OUTCOMES.items()}
    return {name: f"{o.en} ({units[name]})" if units[name] else o.en for name, o in OUTCOMES.items()}
