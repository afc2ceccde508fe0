"""Somebody else's table from a file: the wanted columns of a CSV or Parquet, within declared limits.

What the file itself tells (its size, its number of rows) is held against the limits before anything is read; what it
does not tell is counted while it is read, a piece at a time. So no file, whatever it claims, takes more time or memory
than the largest one that is welcome.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from sim.analysis.logs.columns import LogError, Source, short

__all__ = ["MOST_BYTES", "MOST_LETTERS", "MOST_ROWS", "read_table"]

MOST_BYTES = 1_000_000_000
"""Of a file, and of the wanted columns of a Parquet file when unpacked."""
MOST_ROWS = 2_000_000
"""As many take a minute or two, and less than 2 GB."""
MOST_LETTERS = 200
"""Of a cell in a wanted column: numbers, times and kinds are shorter."""
_PIECE = 1 << 22
_ROWS = 1 << 16
_SPLIT = "split it by month (or by groups) and read the parts one by one"


def read_table(path: Path, needed: tuple[str, ...], optional: tuple[str, ...]) -> tuple[Source, pd.DataFrame]:
    """The wanted columns of a CSV or Parquet file, as they stand there: all of ``needed``, those of ``optional``.

    Raises
    ------
    LogError
        If there is no such file, or it is too large, torn, empty, or lacks a column.
    """
    source = Source(path.name or str(path), path.suffix.lower() == ".csv")
    if path.suffix.lower() not in (".csv", ".parquet", ".pq"):
        raise source.error("a log is a .csv or .parquet file", "save the table as one of these")
    try:
        with _opened(source, path) as file:
            read = _from_csv if source.is_csv else _from_parquet
            table = read(source, file, needed, optional)
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise source.error(f"it cannot be read ({reason})", f"see whether {str(path)[-200:]!a} is the file") from None
    except LogError:
        raise
    except ValueError:  # a null character in the path
        raise source.error("this is no name of a file", "check the path") from None
    if not table.num_rows:
        raise source.error("it has columns but no rows", "give at least one row")
    try:
        texts = {pa.string(): pd.StringDtype("pyarrow"), pa.large_string(): pd.StringDtype("pyarrow")}
        return source, table.to_pandas(types_mapper=texts.get)
    except Exception as failure:
        raise source.error(f"its columns cannot be read ({_reason(failure)})", "export the table again") from None


def _opened(source: Source, path: Path) -> IO[bytes]:
    """The file, which is one (a pipe would be waited for), is not empty, and not too large."""
    about = os.stat(path)
    if not stat.S_ISREG(about.st_mode):
        raise source.error("this is no file", "name a file of messages")
    if not about.st_size:
        raise source.error("the file is empty", "give a table with a header and at least one row")
    if about.st_size > MOST_BYTES:
        raise source.error(f"the file has {about.st_size / 1e9:,.1f} GB; up to {MOST_BYTES / 1e9:g} GB are read", _SPLIT)
    return open(path, "rb")


def _from_csv(source: Source, file: IO[bytes], needed: tuple[str, ...], optional: tuple[str, ...]) -> pa.Table:
    _check_text(source, file)
    file.seek(0)
    head = file.read(_PIECE).decode("utf-8-sig", "ignore")  # perhaps cut inside a letter
    try:
        header = next(csv.reader(io.StringIO(head)), [])
    except csv.Error as failure:
        cure = "begin with the names of the columns"
        raise source.error(f"its header cannot be read ({_reason(failure)})", cure) from None
    wanted = _wanted(source, header, needed, optional)
    convert = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(wanted, pa.string()), include_columns=wanted, strings_can_be_null=False
    )
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    file.seek(0)
    try:
        reading = pa_csv.open_csv(file, pa_csv.ReadOptions(block_size=_PIECE), parse, convert)
        pieces = list(_within_limits(source, reading))
        return pa.Table.from_batches(pieces, reading.schema)
    except (pa.ArrowException, UnicodeError) as failure:
        cure = f"every line needs the {len(header)} fields of the header; is the last line cut off, a quote left open?"
        raise source.error(f"it is no whole table ({_reason(failure)})", cure) from None


def _check_text(source: Source, file: IO[bytes]) -> None:
    """It is UTF-8 without a null character, from the first byte to the last."""
    decode, lines = codecs.getincrementaldecoder("utf-8")(), 0
    while piece := file.read(_PIECE):
        torn = piece.find(b"\0")
        if torn >= 0:
            line = lines + piece[:torn].count(b"\n") + 1
            raise source.error(f"line {line} holds a null character: the file is torn", "export the table again")
        try:
            decode.decode(piece)
        except UnicodeDecodeError as failure:
            before = failure.object[: failure.start]
            line = lines + before.count(b"\n") + 1
            raise source.error(f"line {line} is not UTF-8", "save the table as CSV in UTF-8") from None
        lines += piece.count(b"\n")
    try:
        decode.decode(b"", final=True)
    except UnicodeDecodeError:
        raise source.error(f"line {lines + 1} is not UTF-8", "save the table as CSV in UTF-8") from None


def _from_parquet(source: Source, file: IO[bytes], needed: tuple[str, ...], optional: tuple[str, ...]) -> pa.Table:
    try:
        found = pq.ParquetFile(file)
        header = list(found.schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError) as failure:
        raise source.error(f"it is no whole Parquet file ({_reason(failure)})", "copy or export it again") from None
    wanted = _wanted(source, header, needed, optional)
    texts = []
    for name in wanted:
        kind = found.schema_arrow.field(name).type
        if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            raise source.error(f"column {name} holds {kind}", "give one plain value a cell")
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            texts.append(name)
    _check_claims(source, found.metadata, wanted)
    try:
        # Texts as they are packed: a text that stands once in the file and in every row is weighed once.
        found = pq.ParquetFile(file, read_dictionary=texts)
        pieces = list(_within_limits(source, found.iter_batches(_ROWS, columns=wanted)))
    except LogError:
        raise
    except (pa.ArrowException, OSError, ValueError) as failure:
        raise source.error(f"its rows cannot be read ({_reason(failure)})", "copy or export it again") from None
    return pa.Table.from_batches(pieces) if pieces else pa.table({name: [] for name in wanted})


def _check_claims(source: Source, about: pq.FileMetaData, wanted: Iterable[str]) -> None:
    """What the file says it holds is within the limits."""
    groups = [about.row_group(k) for k in range(about.num_row_groups)]
    _check_rows(source, max(about.num_rows, sum(group.num_rows for group in groups)))
    columns = (group.column(k) for group in groups for k in range(group.num_columns))
    size = sum(one.total_uncompressed_size for one in columns if one.path_in_schema in wanted)
    if size > MOST_BYTES:
        raise source.error(f"its columns take {size / 1e9:,.1f} GB; up to {MOST_BYTES / 1e9:g} GB are read", _SPLIT)


def _check_rows(source: Source, rows: int) -> None:
    if rows > MOST_ROWS:
        raise source.error(f"it has more than {MOST_ROWS:,} rows, which is as many as are read at once", _SPLIT)


def _within_limits(source: Source, pieces: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The pieces of a table, as long as there are not too many rows and no cell is too long; texts as plain texts."""
    rows = 0
    for piece in pieces:
        _check_rows(source, rows + piece.num_rows)
        columns = [_plain(source, piece, name, rows) for name in piece.schema.names]
        rows += piece.num_rows
        yield pa.RecordBatch.from_arrays(columns, piece.schema.names)


def _plain(source: Source, piece: pa.RecordBatch, name: str, before: int) -> pa.Array:
    column = piece.column(name)
    is_packed = pa.types.is_dictionary(column.type)
    texts = column.dictionary if is_packed else column
    if not (pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)):
        return column
    longest = pc.max(pc.binary_length(texts)).as_py() or 0
    if longest > 4 * MOST_LETTERS:  # bytes
        cure = f"{name} is no text; up to {MOST_LETTERS} letters are read"
        raise source.error(f"column {name} has a cell of {longest:,} bytes, in or before row {before + len(column)}", cure)
    return column.cast(texts.type) if is_packed else column


def _wanted(source: Source, header: list[str], needed: tuple[str, ...], optional: tuple[str, ...]) -> list[str]:
    """The columns to read; all needed ones must be there, none twice."""
    missing = [name for name in needed if name not in header]
    if missing:
        there = ", ".join(header[:12]) or "nothing"
        hint = " (separate by commas)" if len(header) == 1 and any(c in there for c in ";\t|") else ""
        are = "is" if len(missing) == 1 else "are"
        what = f"column{'s' * (len(missing) > 1)} {', '.join(missing)} {are} missing"
        raise source.error(what, f"it needs {', '.join(needed)}{hint}; there is {short(there, 120)}")
    wanted = [name for name in (*needed, *optional) if name in header]
    twice = [name for name in wanted if header.count(name) > 1]
    if twice:
        raise source.error(f"column {twice[0]} stands twice", "keep one of them")
    return wanted


def _reason(failure: BaseException) -> str:
    """The first line of a library's complaint, shortened."""
    lines = str(failure).strip().splitlines()
    return short(lines[0] if lines else type(failure).__name__, 100)
