"""A chunk: some replicates of one scenario, one Parquet file, one row a run.

Columns: ``run`` (id), ``replicate``, one float column per outcome, ``lifetimes`` (a list of ``{group, lifetime,
censored, cause}`` per run), ``weeks`` (a list of ``{week, members, messages}``, see :mod:`sim.analysis.weeks`; chunks
of earlier versions have none) and, where asked for, ``daily`` (a list of the rows of the daily table) and ``spells``
(of the table of memberships, only beside the daily one). What the runs share (config, model version, labels, seconds
spent, versions) stands in the file's own notes, so that the ledger can be made again from the files alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from sim.data.store.files import StoreError

__all__ = ["KEPT", "LIVES", "Notes", "contents", "decode", "encode", "notes_of", "unnested"]

_KEY = b"shequn chunk"
_NONE = "a Parquet file in the store is no chunk of this laboratory"
LIVES = ("group", "lifetime", "censored", "cause")
KEPT = ((), ("daily",), ("daily", "spells"))
"""Tables beside outcomes and lifetimes that may be kept, in steps: whoever keeps more has what is less."""


@dataclass(frozen=True)
class Notes:
    """What all runs of a chunk share.

    ``config`` is :func:`sim.data.store.identity.config_of`; ``labels`` tells scenario, strategies, study, world and
    arm the runs were first made for; ``seconds`` were spent on the whole chunk.
    """

    config: str
    model: str
    labels: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    made: str = ""


def encode(
    runs: Sequence[str], outcomes: pd.DataFrame, lives: pd.DataFrame, notes: Notes, daily: pd.DataFrame | None = None,
    weeks: pd.DataFrame | None = None, spells: pd.DataFrame | None = None,
) -> bytes:  # fmt: skip
    """The bytes of a chunk's file.

    Parameters
    ----------
    runs
        Ids, one a row of ``outcomes``.
    outcomes
        :func:`sim.analysis.outcomes.outcomes`, sorted by replicate.
    lives, daily, weeks, spells
        Tables with a column ``replicate``; ``lives`` as :func:`sim.analysis.lifetimes.groups_table` gives it.
    """
    replicate = outcomes["replicate"].to_numpy(dtype=np.int32)
    columns: dict[str, Any] = {"run": pa.array(list(runs), pa.string()), "replicate": pa.array(replicate)}
    for name in outcomes.columns:
        if name not in ("arm", "world", "replicate"):
            columns[name] = pa.array(outcomes[name].to_numpy(dtype=np.float64))
    columns["lifetimes"] = _nested(lives[["replicate", *LIVES]], ["replicate", "group"], replicate)
    if weeks is not None:
        columns["weeks"] = _nested(weeks.drop(columns=["arm", "world"]), ["replicate", "week"], replicate)
    if daily is not None:
        daily = daily.drop(columns=["arm", "world"])
        columns["daily"] = _nested(daily, ["replicate", "group", "day"], replicate)
    if spells is not None:
        inner = spells.drop(columns=["arm", "world"])
        columns["spells"] = _nested(inner, ["replicate", "group", "person", "day_joined"], replicate)
    table = pa.table(columns).replace_schema_metadata({_KEY: json.dumps(asdict(notes), ensure_ascii=False).encode()})
    sink = io.BytesIO()
    # A few hundred numbers are packed in vain: zstd pays for the daily table only.
    packing = "lz4" if daily is None else "zstd"
    parquet.write_table(table, sink, compression=packing, use_dictionary=False, write_statistics=False)
    return sink.getvalue()


def _nested(frame: pd.DataFrame, keys: list[str], replicate: np.ndarray) -> pa.Array:
    """One list of rows, sorted by ``keys``, for each replicate; the replicates are sorted."""
    order = np.lexsort([frame[key].to_numpy() for key in reversed(keys)])
    if (np.diff(order) != 1).any():
        frame = frame.take(order)
    edges = np.searchsorted(frame["replicate"].to_numpy(), np.r_[replicate, replicate[-1] + 1]).astype(np.int32)
    inner = frame.drop(columns="replicate")
    arrays = [_array(inner[name]) for name in inner.columns]
    return pa.ListArray.from_arrays(pa.array(edges), pa.StructArray.from_arrays(arrays, names=list(inner.columns)))


def _array(column: pd.Series) -> pa.Array:
    """Values, names as text."""
    array = pa.array(column, from_pandas=True)
    if pa.types.is_null(array.type):  # names of which none occurs
        return array.cast(pa.string())
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def decode(data: bytes, columns: Sequence[str] | None = None) -> pa.Table:
    """The table of a chunk's file, or some of its columns (those that it has)."""
    try:
        with parquet.ParquetFile(pa.BufferReader(data)) as file:
            return file.read(None if columns is None else list(columns), use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"a chunk cannot be read ({str(error).splitlines()[0]})") from error


def contents(data: bytes) -> tuple[Notes, dict[str, int], int]:
    """What the ledger says of a chunk's file: its notes, replicate by run, and how much of :data:`KEPT` it holds.

    Raises
    ------
    StoreError
        If it is no chunk.
    """
    table = decode(data, ["run", "replicate"])
    if table.column_names != ["run", "replicate"]:
        raise StoreError(_NONE)
    runs = dict(zip(table.column("run").to_pylist(), table.column("replicate").to_pylist(), strict=True))
    if not all(isinstance(run, str) and isinstance(replicate, int) for run, replicate in runs.items()):
        raise StoreError(_NONE)
    there = parquet.read_schema(pa.BufferReader(data)).names
    return notes_of(table), runs, max(level for level, names in enumerate(KEPT) if set(names) <= set(there))


def notes_of(table: pa.Table) -> Notes:
    """What the runs of a chunk share.

    Raises
    ------
    StoreError
        If these are no notes, or not all of them.
    """
    found = (table.schema.metadata or {}).get(_KEY, b"")
    try:
        notes = Notes(**json.loads(found))
        sound = isinstance(json.loads(notes.config), dict) and isinstance(notes.labels, dict)
    except (ValueError, TypeError) as error:
        raise StoreError(_NONE) from error
    if not (sound and isinstance(notes.model, str) and isinstance(notes.seconds, int | float)):
        raise StoreError(_NONE)
    return notes


def unnested(table: pa.Table, column: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The rows of a nested column (``lifetimes``, ``daily``, …): how many each run has, and their values by column."""
    lists = table.column(column).combine_chunks()
    lists = lists.chunk(0) if isinstance(lists, pa.ChunkedArray) else lists
    inner = lists.flatten()
    return lists.value_lengths().to_numpy(), {f.name: _plain(inner.field(i)) for i, f in enumerate(inner.type)}


def _plain(values: pa.Array) -> np.ndarray:
    """Numbers with NaN for null, texts with None, as pandas has them."""
    return values.to_pandas().array
