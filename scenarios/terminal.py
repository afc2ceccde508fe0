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

from sim.locale.catalogue import SOURCE
from sim.locale.names import declared
from sim.locale.speaking import spoken, told
from sim.locale.words import arm_label, bracket, is_money, large_money, say, unit_label, world_label

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.data.results import Results

__all__ = ["number", "plain", "plus_minus", "progress_bar", "show_answer", "show_arms", "show_summary"]

Interval = Mapping[str, float]
GAP = 2  # between two columns
MARKS = {"up": "✓", "down": "✗", "moved": "*"}
WIDE = 200  # columns, where nobody looks (a file, a pipe)
SUMMARY = ("outcome", "mean", "95 % interval", "n")
SUMMARY_OF_ONE = ("outcome", "value")
PROGRESS = ("preparing the rules", "left", "runs, left", "spent")


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
        MofNCompleteColumn() if runs else TaskProgressColumn(), TextColumn(told("runs, left" if runs else "left")),
        TimeRemainingColumn(), TextColumn(told("spent")), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(told("preparing the rules"), total=runs or 1.0)
        if runs:
            yield lambda arm, more: bar.update(task, description=arm[:24], advance=more)
        else:
            yield lambda arm, share: bar.update(task, description=arm[:24], completed=share)


def show_summary(results: Results) -> None:
    """Every outcome of every arm with its 95 % interval over communities, one table an arm; none of lives where the run
    is too short for any death to be seen."""
    from sim.analysis.ceilings import LIVES, Ends, possible
    from sim.analysis.lifetimes import WINDOWS

    labels, units = _labels()
    watched = float(results.meta.get("days", math.inf)) - WINDOWS[1] - 1
    for arm, outcomes in results.summary.items():
        several = max(cell["n"] for cell in outcomes.values()) > 1
        heads = SUMMARY if several else SUMMARY_OF_ONE
        table = Table(*map(told, heads), title=_label(arm), title_justify="left", box=None)
        for column in table.columns[1:]:
            column.justify = "right"
        for name, cell in outcomes.items():
            if watched < 0 and name in ("alive", *LIVES):
                continue
            sides = (cell["mean"], *possible(name, cell["low"], cell["high"], Ends(watched)))
            mean, low, high = (number(side, units.get(name, "")) for side in sides)
            row = (mean, f"{low} … {high}" if cell["low"] == cell["low"] else "–", f"{cell['n']:.0f}")
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

    by_community, units = outcomes(results), _labels()[1]
    summary, clear = summarise(by_community), _beyond_luck(by_community, reference)
    columns = {
        name: [plus_minus(cells[name], units[name]) + ("*" if (arm, name) in clear else " ")
               for arm, cells in summary.items()]
        for name in HEADLINES
    }  # fmt: skip
    arms, console = list(map(_label, summary)), plain()
    names, width = _fitting(columns, arms, console.width if console.is_terminal else math.inf)
    table = Table("", *[told(HEADLINES[name]) for name in names], box=None, pad_edge=False, padding=(0, GAP, 0, 0))
    table.columns[0].no_wrap = True
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for i, arm in enumerate(arms):
        table.add_row(arm, *[columns[name][i] for name in names])
    (console if console.is_terminal else plain(width=width)).print(table)
    n = max(int(cells[name]["n"]) for cells in summary.values() for name in names)
    star = say("terminal_star", spoken(), reference=_label(reference)) if clear else ""
    print(say("terminal_note", spoken(), n=n, star=star))
    left_out = [" ".join(told(HEADLINES[name]).split("\n")) for name in HEADLINES if name not in names]
    if left_out:
        print(say("terminal_wider", spoken(), more=say("commas", spoken()).join(left_out)))


def _label(arm: str) -> str:
    """The arm as it is typed; in other languages than English by its name there, and that of its world."""
    if spoken() == SOURCE:
        return arm
    world, _, name = arm.rpartition("/")
    return arm_label(name, spoken()) + bracket(world_label(world, spoken()) if world else "", spoken())


def _fitting(columns: Mapping[str, list[str]], arms: list[str], room: float) -> tuple[list[str], int]:
    """The first columns that fit whole (at least one), and the width of the table: no number loses its uncertainty."""
    names: list[str] = []
    width = max(map(cell_len, arms))
    for name, cells in columns.items():
        more = GAP + max(map(cell_len, [*cells, *told(HEADLINES[name]).split("\n")]))
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


def number(value: float, unit: str = "") -> str:
    """Three significant digits, thousands with a comma, a dash where undefined; money as the language writes it."""
    if value != value:
        return "–"
    if is_money(unit) and (large := large_money(value)):
        return say("money_large", spoken(), amount=number(value / large))
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def plus_minus(cell: Interval, unit: str = "") -> str:
    """``31.6±4.5``: the mean to the digit that the half width allows.

    >>> plus_minus({"mean": 0.15623, "low": 0.1073, "high": 0.2051})
    '0.156±0.049'
    >>> plus_minus({"mean": 1552, "low": 1005, "high": 2099})
    '1,552±547'
    """
    mean, half = cell["mean"], (cell["high"] - cell["low"]) / 2
    if math.isnan(mean) or math.isnan(half) or half == 0:
        return number(mean, unit)
    if is_money(unit) and (large := large_money(mean)):
        sides = {side: cell[side] / large for side in ("mean", "low", "high")}
        return say("money_large", spoken(), amount=plus_minus(sides))
    digits = min(4, max(0, 1 - math.floor(math.log10(half))))
    return f"{mean:,.{digits}f}±{half:,.{digits}f}"


def _labels() -> tuple[dict[str, str], dict[str, str]]:
    """Label with unit of every outcome, and the units."""
    from sim.analysis.registry import OUTCOMES

    names = {name: declared((one.en, one.zh), spoken()) for name, one in OUTCOMES.items()}
    units = {name: one.unit for name, one in OUTCOMES.items()}
    shown = {name: unit_label(unit, spoken()) or unit * (spoken() == SOURCE) for name, unit in units.items()}
    return {name: text + bracket(shown[name], spoken()) for name, text in names.items()}, units
