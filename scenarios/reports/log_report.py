"""``shequn read LOG``: a log of real groups through the same measures as the simulated ones.

Prints sentences for the operator, a board and what was measured, and writes a folder: ``report.html`` (one
self-contained page), the pictures, ``facts.csv``, ``numbers.csv`` and ``daily.parquet``; with names hidden also
``log.csv``, to be shared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from scenarios.reports.formats import PNG, Formats
from scenarios.reports.log_answer import answer, basis, board_sentences
from scenarios.reports.log_board import board_tables
from scenarios.reports.log_source import How, opened
from scenarios.reports.page import Page, Place, pictures, write_page
from scenarios.terminal import plain
from sim.analysis.logs.people import hidden
from sim.analysis.logs.summary import NAMES, LogSummary, summarise
from sim.locale.catalogue import languages
from sim.locale.words import declared, log_say, say
from sim.plots.logs import PICTURES

__all__ = ["folder_for", "log_name", "print_answer", "print_summary", "read_log", "write_folder"]


def read_log(
    path: str | Path,
    out: str | Path | None = None,
    rooms: str | Path | None = None,
    lang: str = "en",
    zone: str = "UTC",
    console: Console | None = None,
    hide: bool = False,
    formats: Formats = PNG,
    how: How | None = None,
) -> LogSummary:
    """Read, measure, print and draw the log at ``path``; return everything measured.

    Parameters
    ----------
    path
        Table of messages, CSV or Parquet, with columns group, id, t, author, kind, reply_to; or what another program
        exports (:mod:`sim.exchange`).
    out
        Folder of the page and the pictures; by default ``outputs/read/<name of the log>``.
    rooms
        Optional CSV of the rooms: group, created_utc, obs_end_utc.
    lang
        Language of what is printed, ``en`` or ``zh``; the page has both.
    zone
        Time zone whose days and weeks are counted, and of an export's clock where its times tell none.
    hide
        Members bear numbers in place of names everywhere, the name of the file is told nowhere, and ``log.csv`` is the
        log so hidden (:func:`~sim.analysis.logs.people.hidden`).
    formats
        Of the pictures beside the page.
    how
        What is said of an export: its format, the order of day and month, the time to be kept.

    Raises
    ------
    sim.analysis.logs.columns.LogError
        If log or rooms cannot be read; the message, of at most three lines, names file, place and cure.
    """
    found = opened(path, rooms, zone, how or How())
    messages, known, name = found.messages, found.rooms, found.name or log_name(path)
    if hide:
        messages, known = hidden(messages, known)
        name = f"log_{hashlib.sha256(_csv(messages)).hexdigest()[:8]}"
    log = summarise(messages, known, name, zone)
    folder = Path(out) if out is not None else folder_for(name)
    notes = {each: found.notes(each) for each in languages()}
    page = write_folder(log, folder, known is not None, messages if hide else None, formats, notes)
    console = console or plain()
    console.print(*found.notes(lang), sep="\n", style="dim", highlight=False, end="\n" if found.export else "")
    print_answer(log, lang, console)
    print_summary(log, lang, console, known is not None)
    console.print(f"→ {page}", style="dim")
    return log


def log_name(path: str | Path) -> str:
    """What a log is called on pages: the name of its file without the ending, with marks for what cannot be shown.

    >>> log_name("logs/四月.csv"), log_name("a\\udcff\\x1b[1m.csv"), log_name("..csv")
    ('四月', 'a??[1m', 'log')
    """
    shown = "".join(letter if letter.isprintable() else "?" for letter in Path(path).stem)
    return shown if shown.strip(".? ") else "log"


def folder_for(name: str) -> Path:
    """The folder for a log of that name: one in ``outputs/read``, wherever else the name would lead.

    >>> folder_for("..a?").as_posix()
    'outputs/read/a_'
    """
    return Path("outputs") / "read" / name.lstrip(".").replace("?", "_")


def print_answer(log: LogSummary, lang: str, console: Console) -> None:
    """The sentences, the board, its small tables, and what the sentences rest on."""
    lines = [*answer(log, lang), "", log_say("the_board", lang), *board_sentences(log, lang)]
    console.print(*lines, sep="\n", highlight=False)
    for one in board_tables(log, lang):
        table = Table(*one["head"], title=one["title"], title_justify="left", box=None)
        for row in one["rows"]:
            table.add_row(*row)
        for column in table.columns[1:]:
            column.justify = "right"
        console.print("", table, sep="\n")
    console.print("", *basis(log, lang), "", sep="\n", style="dim", highlight=False)


def print_summary(log: LogSummary, lang: str, console: Console, rooms_known: bool = True) -> None:
    """The plain numbers, then the facts beside their targets, each with its 95 % interval and number of cases."""
    numbers = Table(*[log_say(key, lang) for key in ("measure", "value", "interval")], "n", title=log.name, box=None)
    for cells in _number_rows(log, lang):
        numbers.add_row(*cells)
    heads = [log_say(key, lang) for key in ("measure", "value", "interval")]
    facts = Table("", *heads, "n", *[log_say(key, lang) for key in ("target", "band", "passes")], box=None)
    for cells in _fact_rows(log, lang):
        facts.add_row(*cells)
    for table, first in ((numbers, 1), (facts, 2)):
        for column in table.columns[first:]:
            column.justify = "right"
        console.print(table)
    if not rooms_known:
        console.print(log_say("no_rooms", lang), style="dim")


def write_folder(
    log: LogSummary, folder: Path, rooms_known: bool = True, shared: pd.DataFrame | None = None,
    formats: Formats = PNG, notes: Mapping[str, Sequence[str]] | None = None,
) -> Path:  # fmt: skip
    """Write page, pictures and tables into ``folder``, and the log that may be ``shared``; return the page's path.

    ``notes`` are sentences for the page by language.
    """
    tables = {f"{name}.csv": getattr(log, name).to_csv(index=False).encode() for name in ("facts", "numbers")}
    tables["daily.parquet"] = log.daily.to_parquet(None, index=False)
    if shared is not None:
        tables["log.csv"] = _csv(shared)

    def page(place: Place, lang: str) -> Page:
        more = [*(notes or {}).get(lang, ()), *_warnings(lang, rooms_known, shared is not None)]
        return _page(place, log, lang, more)

    return write_page("read.html", folder, "both", page, tables, formats)


def _csv(messages: pd.DataFrame) -> bytes:
    return messages.to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%S.%fZ").encode()


def _page(place: Place, log: LogSummary, lang: str, warnings: list[str]) -> Page:
    """What the page says in one language."""
    words = ("measure", "value", "interval", "target", "band", "passes", "numbers", "facts", "pictures",
             "in_short", "the_board", "rests_on")  # fmt: skip
    drawn = ((name, draw(log, lang)) for name, draw in PICTURES.items())
    return {
        "title": log_say("page_title", lang, name=log.name),
        "subtitle": log_say("page_subtitle", lang, groups=log.talk.n_rooms, people=f"{log.board.known:,}",
                            messages=f"{log.talk.n:,}", days=log.board.days, date=f"{log.board.today:%Y-%m-%d}"),
        "answer": answer(log, lang),
        "board": board_sentences(log, lang),
        "tables": board_tables(log, lang),
        "basis": [*basis(log, lang), log_say("note", lang), *warnings],
        "words": {word: log_say(word, lang) for word in words},
        "number_rows": _number_rows(log, lang),
        "fact_rows": _fact_rows(log, lang),
        "pictures": pictures(place, drawn, lang, end="" if lang == "en" else f".{lang}"),
    }


def _warnings(lang: str, rooms_known: bool, names_hidden: bool) -> list[str]:
    """What a reader of the numbers must know of how they came about."""
    holds = {"no_rooms": not rooms_known, "names_hidden": names_hidden}
    return [log_say(key, lang) for key in holds if holds[key]]


def _number_rows(log: LogSummary, lang: str) -> list[list[str]]:
    """The plain numbers as text: measure, value, interval, n."""
    return [[_number_name(log, row, lang), *_measured(row, lang)] for row in log.numbers.to_dict("records")]


def _number_name(log: LogSummary, row: Mapping[Any, Any], lang: str) -> str:
    """What a plain number is called; lives have days in their names."""
    kind, _, window = row["measure"].rpartition("_life_")
    if not kind:
        return declared(NAMES[row["measure"]], lang)
    days = window if kind == "median" else f"{log.survival[int(window)].horizon:.0f}"
    return declared(NAMES[f"{kind}_life"], lang).format(days=days)


def _fact_rows(log: LogSummary, lang: str) -> list[list[str]]:
    """The facts as text: id, measure, value, interval, n, target, band, verdict."""
    return [[row["id"], declared((row["en"], row["zh"]), lang), *_measured(row, lang), _number(row["target"]),
             row["band"], _verdict(row["passes"], lang)] for row in log.facts.to_dict("records")]  # fmt: skip


def _measured(row: Mapping[Any, Any], lang: str) -> tuple[str, str, str]:
    return _with_unit(row["value"], row["unit"], lang), _interval(row["low"], row["high"]), f"{row['n']:,}"


def _number(value: float) -> str:
    """Three figures, so that shares and exponents can be told apart; a dash where undefined."""
    if not np.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}".replace("-", "−")


def _with_unit(value: float, unit: str, lang: str) -> str:
    shown = {"days": say("days", lang), "min": say("unit.min", lang)}.get(unit, unit)
    return f"{_number(value)} {shown}".rstrip()


def _interval(low: float, high: float) -> str:
    """The interval as text, empty where there is none; an open end (a median not reached) shows a dash."""
    return f"{_number(low)} … {_number(high)}" if np.isfinite(low) or np.isfinite(high) else ""


def _verdict(passes: Any, lang: str) -> str:
    return "" if pd.isna(passes) else log_say("yes" if passes else "no", lang)
