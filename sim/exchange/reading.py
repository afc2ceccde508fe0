"""A file of any known format as our table: sniffed, read row by row, checked, and only then there."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.analysis.logs.files import MOST_ROWS
from sim.analysis.logs.reading import NEEDED, read_messages
from sim.exchange.format import Asked, Format, Tally
from sim.exchange.registry import formats
from sim.exchange.table import Gathered, Window, gather, resolve
from sim.exchange.text import Text

__all__ = ["Export", "is_our_table", "read_export", "sniffed", "to_table"]

_PARQUET = b"PAR1"


@dataclass(frozen=True)
class Export:
    """What was read of somebody's export: its format, the messages (None where they only went to a file), the rooms."""

    format: Format
    found: Gathered
    messages: pd.DataFrame | None
    rooms: pd.DataFrame


def is_our_table(path: Path) -> bool:
    """Is it a table of ours (Parquet, or a CSV with our columns), or named like one and nothing that is known?"""
    try:
        text = Text(path)
    except ValueError:  # LogError; whoever reads the table says what is wrong
        return path.suffix.lower() in (".csv", ".parquet", ".pq")
    if text.head.raw.startswith(_PARQUET):
        return True
    header = text.head.text.split("\n", 1)[0].replace('"', "").strip().split(",")
    if set(NEEDED) <= set(header):
        return True
    return path.suffix.lower() in (".csv", ".parquet", ".pq") and not _fitting(text)


def _fitting(text: Text) -> list[Format]:
    return [one for one in formats().values() if text.head.is_text and one.sniff(text.head)]


def sniffed(text: Text) -> Format:
    """The format of a file, told by its structure.

    Raises
    ------
    LogError
        If it is none that is known, or could be two.
    """
    head, source = text.head, text.source
    if not head.raw:
        raise source.error("the file is empty", "export the chat again")
    if head.raw.startswith(b"PK\x03\x04"):
        raise source.error("it is a packed folder (zip)", "unpack it and name the file of messages in it")
    found = _fitting(text)
    if len(found) > 1:
        raise source.error(f"it may be {' or '.join(one.name for one in found)}", f"write from={found[0].name}")
    if not found:
        cure = f"a table of ours (.csv, .parquet) is read, or {', '.join(formats())}"
        raise source.error("it is no chat log of a known format", cure)
    return found[0]


def read_export(
    path: str | Path, zone: str = "UTC", order: str | None = None, name: str | None = None,
    window: Window | None = None,
) -> Export:  # fmt: skip
    """The messages and rooms of an export, as those of a table of ours.

    ``zone`` is that of its wall clock where its times tell none, ``order`` that of day and month, ``name`` the format
    where it is not to be sniffed.

    Raises
    ------
    LogError
        As :func:`to_table`; also if it has more messages than are analysed at once.
    """
    text, one = _opened(path, name)
    with tempfile.TemporaryDirectory() as place:
        table = Path(place) / "messages.parquet"
        export = _read(text, one, table, zone, order, window)
        if export.found.rows > MOST_ROWS:
            what = f"it has {export.found.rows:,} messages; up to {MOST_ROWS:,} are analysed at once"
            cure = "take a part (since=2025-01-01 until=2025-07-01), or only make it a table (table=FILE.parquet)"
            raise text.source.error(what, cure)
        messages = read_messages(table)
    return Export(export.format, export.found, messages, export.rooms)


def to_table(
    path: str | Path, target: Path, zone: str = "UTC", order: str | None = None, name: str | None = None,
    window: Window | None = None,
) -> Export:  # fmt: skip
    """Read an export of any length into a Parquet file of our form; memory does not grow with it.

    Raises
    ------
    LogError
        If the file is missing, empty, foreign, cut off, or not understood; nothing is left then.
    """
    return _read(*_opened(path, name), target, zone, order, window)


def _opened(path: str | Path, name: str | None) -> tuple[Text, Format]:
    """The file and its format, before anything is written."""
    text = Text(Path(path))
    return text, sniffed(text) if name is None else formats()[name]


def _read(text: Text, one: Format, target: Path, zone: str, order: str | None, window: Window | None) -> Export:
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=target.parent) as place:
        raw, whole = Path(place) / "raw.parquet", Path(place) / "whole.parquet"
        rows = one.rows(text, Asked(order), tally)
        found = gather(rows, raw, text.source, tally, None if one.has_zone else zone, window, one.has_ids)
        found.has_zone = one.has_zone if tally.has_zone is None else tally.has_zone
        tally.check(text.source)
        if not found.human:
            raise text.source.error("nobody speaks in it", "see whether it is the log of a group, and the whole of it")
        if one.has_ids:
            resolve(raw, whole, found)
            whole.replace(target)
        else:
            raw.replace(target)
    return Export(one, found, None, _rooms(found, tally))


def _rooms(found: Gathered, tally: Tally) -> pd.DataFrame:
    """Group, created, observed_until: the birth where a line tells it, the end where the file says when it was made."""
    groups = list(found.groups.values())
    end = None if tally.until is None or tally.until < found.last else tally.until
    told = {"created": [found.born.get(one) for one in groups], "observed_until": [end] * len(groups)}
    times = {name: pd.to_datetime(pd.Series(some, dtype=float), unit="s", utc=True) for name, some in told.items()}
    return pd.DataFrame({"group": groups, **{name: one.astype("datetime64[us, UTC]") for name, one in times.items()}})
