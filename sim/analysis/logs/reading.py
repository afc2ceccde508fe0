"""Reading a log of real groups: a table of messages (CSV or Parquet) and, if there is one, a table of its rooms.

A log has the columns group, id, t, author (numbers or names), kind, reply_to, in any order; channel is optional (of join
lines: the way somebody came), so is on_topic, as are arm, world and replicate, which a recorded simulation has. Other
columns (texts) are not even read. What is wrong with a file is said once, by a
:class:`~sim.analysis.logs.columns.LogError` of at most three lines.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from sim.analysis.logs import columns as logcheck
from sim.analysis.logs.columns import LogError, Source
from sim.analysis.logs.people import authors
from sim.analysis.logs.talk import HUMAN, OTHER, room_keys

__all__ = ["LogError", "read_messages", "read_rooms"]

NEEDED = ("group", "id", "t", "author", "kind", "reply_to")
OPTIONAL = ("on_topic", "channel", "arm", "world", "replicate")
ROOM_COLUMNS = ("created_utc", "obs_end_utc")


def read_messages(path: str | Path) -> pd.DataFrame:
    """The messages of the log at ``path``, checked, sorted by room, time and id.

    Raises
    ------
    LogError
        If the file is missing, torn, empty or not such a table; if a cell holds no value of its column's type; if an
        id stands twice in a room; if a ``reply_to`` names no earlier message of the same room; if nobody speaks.
    """
    source, raw = _read_table(Path(path), NEEDED, OPTIONAL)
    frame = pd.DataFrame()
    for name in ("arm", "world"):
        if name in raw:
            frame[name] = raw[name].astype("string").fillna("").astype(object).astype("category")
    if "replicate" in raw:
        frame["replicate"] = logcheck.whole_numbers(source, raw, "replicate")
    for name in ("group", "id"):
        frame[name] = logcheck.whole_numbers(source, raw, name)
    frame["t"] = logcheck.times(source, raw, "t")
    frame["author"], names = authors(source, raw)
    if names is not None:
        frame["name"] = names
    frame["kind"] = logcheck.kinds(source, raw, "kind", HUMAN | OTHER)
    frame["reply_to"] = logcheck.whole_numbers(source, raw, "reply_to", nullable=True)
    if "on_topic" in raw:
        frame["on_topic"] = logcheck.yes_no(source, raw, "on_topic")
    if "channel" in raw:
        frame["channel"] = raw["channel"].astype("string").str.strip().replace("", pd.NA)
    _check_ids(source, frame)
    if not frame["kind"].isin(list(HUMAN)).any():
        raise source.error("nobody speaks in it", f"human kinds are {', '.join(sorted(HUMAN))}")
    return frame.sort_values([*room_keys(frame), "t", "id"], kind="stable").reset_index(drop=True)


def read_rooms(path: str | Path, messages: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rooms of a log: group, ``created`` and ``observed_until`` (UTC, null where not known).

    The file has the columns group and ``created_utc`` or ``obs_end_utc`` or both. With ``messages`` given, every group
    of theirs must be among the rooms; rooms without a message stay in: nobody ever spoke there.
    """
    source, raw = _read_table(Path(path), ("group",), ROOM_COLUMNS)
    if not any(name in raw for name in ROOM_COLUMNS):
        raise source.error(
            "it has neither created_utc nor obs_end_utc", "give one of these columns, or leave out rooms="
        )
    rooms = pd.DataFrame({"group": logcheck.whole_numbers(source, raw, "group")})
    for column, name in zip(ROOM_COLUMNS, ("created", "observed_until"), strict=True):
        known = column in raw
        untold = pd.Series(pd.NaT, rooms.index, dtype="datetime64[us, UTC]")
        rooms[name] = logcheck.times(source, raw, column, nullable=True) if known else untold
    twice = rooms["group"].duplicated().to_numpy()
    if twice.any():
        row = int(np.argmax(twice))
        raise source.at(row, "group", f"group {rooms['group'][row]} stands twice", "keep one line a group")
    backwards = (rooms["observed_until"] <= rooms["created"]).to_numpy(bool)
    if backwards.any():
        raise source.at(
            int(np.argmax(backwards)), "obs_end_utc", "the room ends before it begins", "mend one of the two"
        )
    if messages is not None:
        more = [name for name in room_keys(messages) if name != "group"]
        if more:
            raise source.error(f"the log tells groups apart by {', '.join(more)} too", "leave out rooms=")
        lost = sorted(set(messages["group"].unique()) - set(rooms["group"]))
        if lost:
            raise source.error(f"group {lost[0]} of the log is not in it", "add a line for every group of the log")
    return rooms


def _read_table(path: Path, needed: tuple[str, ...], optional: tuple[str, ...]) -> tuple[Source, pd.DataFrame]:
    """The wanted columns of a CSV or Parquet file, as they stand there."""
    source = Source(path.name or str(path), path.suffix.lower() == ".csv")
    if path.suffix.lower() not in (".csv", ".parquet", ".pq"):
        raise source.error("a log is a .csv or .parquet file", "save the table as one of these")
    try:
        data = path.read_bytes()
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise source.error(f"it cannot be read ({reason})", f"see whether {str(path)[-300:]!r} is the file") from None
    except ValueError:  # a null character in the path
        raise source.error("this is no name of a file", "check the path") from None
    if not data:
        raise source.error("the file is empty", "give a table with a header and at least one row")
    table = _csv_table(source, data, needed, optional) if source.is_csv else _parquet(source, data, needed, optional)
    if not table.num_rows:
        raise source.error("it has columns but no rows", "give at least one row")
    try:
        return source, table.to_pandas()
    except Exception as failure:
        raise source.error(f"its columns cannot be read ({_reason(failure)})", "export the table again") from None


def _csv_table(source: Source, data: bytes, needed: tuple[str, ...], optional: tuple[str, ...]) -> pa.Table:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = data[: failure.start].count(b"\n") + 1
        raise source.error(f"line {line} is not UTF-8", "save the table as CSV in UTF-8") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise source.error(f"line {line} holds a null character: the file is torn", "export the table again")
    try:
        header = next(csv.reader(io.StringIO(text)), [])
    except csv.Error as failure:
        raise source.error(
            f"its header cannot be read ({_reason(failure)})", "begin with the names of the columns"
        ) from None
    wanted = _wanted(source, header, needed, optional)
    options = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(wanted, pa.string()), include_columns=wanted, strings_can_be_null=False
    )
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    try:
        return pa_csv.read_csv(io.BytesIO(text.encode()), parse_options=parse, convert_options=options)
    except Exception as failure:  # whatever arrow makes of a torn file
        cure = f"every line needs the {len(header)} fields of the header; is the last line cut off, a quote left open?"
        raise source.error(f"it is no whole table ({_reason(failure)})", cure) from None


def _parquet(source: Source, data: bytes, needed: tuple[str, ...], optional: tuple[str, ...]) -> pa.Table:
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        header = list(file.schema_arrow.names)
    except Exception as failure:
        raise source.error(f"it is no whole Parquet file ({_reason(failure)})", "copy or export it again") from None
    wanted = _wanted(source, header, needed, optional)
    for name in wanted:
        kind = file.schema_arrow.field(name).type
        if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            raise source.error(f"column {name} holds {kind}", "give one plain value a cell")
    try:
        return file.read(columns=wanted)
    except Exception as failure:
        raise source.error(f"its rows cannot be read ({_reason(failure)})", "copy or export it again") from None


def _wanted(source: Source, header: list[str], needed: tuple[str, ...], optional: tuple[str, ...]) -> list[str]:
    """The columns to read; all needed ones must be there, none twice."""
    missing = [name for name in needed if name not in header]
    if missing:
        there = ", ".join(header[:12]) or "nothing"
        hint = " (separate by commas)" if len(header) == 1 and any(c in there for c in ";\t|") else ""
        what = (
            f"column {', '.join(missing)} is missing"
            if len(missing) == 1
            else f"columns {', '.join(missing)} are missing"
        )
        raise source.error(what, f"it needs {', '.join(needed)}{hint}; there is {logcheck.short(there, 120)}")
    wanted = [name for name in (*needed, *optional) if name in header]
    twice = [name for name in wanted if header.count(name) > 1]
    if twice:
        raise source.error(f"column {twice[0]} stands twice", "keep one of them")
    return wanted


def _check_ids(source: Source, frame: pd.DataFrame) -> None:
    """Ids are unique in their room, and a reply names an earlier (or equally late) message of the same room."""
    keys = room_keys(frame)
    twice = frame.duplicated([*keys, "id"]).to_numpy()
    if twice.any():
        row = int(np.argmax(twice))
        raise source.at(row, "id", f"id {frame['id'][row]} stands twice in group {frame['group'][row]}", "number anew")
    replies = frame[frame["reply_to"].notna()]
    targets = frame[[*keys, "id", "t"]].rename(columns={"id": "reply_to", "t": "_asked"})
    found = replies.assign(_row=replies.index, reply_to=replies["reply_to"].astype(np.int32))
    found = found.merge(targets, on=[*keys, "reply_to"], how="left")
    for bad, what, cure in (
        (found["_asked"].isna(), "names no message of this group", "give the id of the message answered, or nothing"),
        (found["_asked"] > found["t"], "names a later message", "give the id of an earlier one; see to the clock"),
        (found["reply_to"] == found["id"], "names the message itself", "give the id of an earlier one, or nothing"),
    ):
        if bad.any():
            hit = found[bad.to_numpy(bool)].iloc[0]
            raise source.at(int(hit["_row"]), "reply_to", f"'{hit['reply_to']}' {what}", cure)


def _reason(failure: BaseException) -> str:
    """The first line of a library's complaint, shortened."""
    lines = str(failure).strip().splitlines()
    return logcheck.short(lines[0] if lines else type(failure).__name__, 100)
