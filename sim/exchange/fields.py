"""Values of a stranger's JSON and tables: the wanted type, or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from sim.exchange.text import Head, Text

__all__ = ["header_of", "number", "record", "records", "table", "text_of"]

_LONGEST = 1 << 24  # characters of a cell; some hold a whole forwarded chat


def record(value: Any) -> dict[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """A text or a number as text, else nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def number(value: Any) -> float:
    """A number, also one written as text; NaN where there is none."""
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            return float(value)
        except (ValueError, OverflowError):
            pass
    return float("nan")


def header_of(head: Head) -> list[str]:
    """The names of the columns of a CSV."""
    return next(csv.reader(io.StringIO(head.text.split("\n", 1)[0][:10_000])), [])


def table(text: Text) -> Iterator[tuple[int, dict[str, str]]]:
    """The line (of its end) and the cells of every record of a CSV, by column; a record with too few cells lacks some.

    Raises
    ------
    LogError
        If a cell is longer than any message.
    """
    lines = (line + "\n" for _, line in text.lines())
    csv.field_size_limit(_LONGEST)
    reader = csv.DictReader(lines, restval="")
    try:
        for cells in reader:
            yield reader.line_num, {name: cell for name, cell in cells.items() if isinstance(cell, str)}
    except csv.Error:
        cure = "export it again; is a quote left open?"
        raise text.source.error(f"line {reader.line_num + 1} is no record of a table", cure) from None
