"""A chunk: some replicates of one scenario, one Parquet file, one row a run.

Columns: ``run`` (id), ``replicate``, one float column per outcome, ``lifetimes`` (a list of ``{group, lifetime,
censored, cause}`` per run) and, where asked for, ``daily`` (a list of the rows of the daily table). What the runs
share (config, model version, labels, seconds spent, versions) stands in the file's own notes, so that the ledger can
be made again from the files alone.
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

from sim.store.files import StoreError

__all__ = ["LIVES", "Notes", "decode", "encode", "notes_of", "unnested"]

_KEY = b"shequn chunk"
LIVES = ("group", "lifetime", "censored", "cause")


@dataclass(frozen=True)
class Notes:
    """What all runs of a chunk share.

    ``config`` is :func:`sim.store.identity.config_of`; ``labels`` tells scenario, strategies, and the study, world and
    arm the runs were first made for; ``seconds`` were spent on the whole chunk.
    """

    config: str
    model: str
    labels: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    made: str = ""


def encode(
    runs: Sequence[str], outcomes: pd.DataFrame, lives: pd.DataFrame, notes: Notes, daily: pd.DataFrame | None = None
) -> bytes:
    """The bytes of a chunk's file.

    Parameters
    ----------
    runs
        Ids, one a row of ``outcomes``.
    outcomes
        :func:`sim.analysis.outcomes.outcomes`, sorted by replicate.
    lives, daily
        Tables with a column ``replicate``; ``lives`` as :func:`sim.analysis.lifetimes.groups_table` gives it.
    """
    replicate = outcomes["replicate"].to_numpy(dtype=np.int32)
    columns: dict[str, Any] = {"run": pa.array(list(runs), pa.string()), "replicate": pa.array(replicate)}
    for name in outcomes.columns:
        if name not in ("arm", "world", "replicate"):
            columns[name] = pa.array(outcomes[name].to_numpy(dtype=np.float64))
    lives = lives[["replicate", *LIVES]].assign(cause=lives["cause"].astype(object).where(lives["cause"].notna(), None))
    columns["lifetimes"] = _nested(lives.sort_values(["replicate", "group"], kind="stable"), replicate)
    if daily is not None:
        daily = daily.drop(columns=["arm", "world"])
        columns["daily"] = _nested(daily.sort_values(["replicate", "group", "day"], kind="stable"), replicate)
    table = pa.table(columns).replace_schema_metadata({_KEY: json.dumps(asdict(notes), ensure_ascii=False).encode()})
    sink = io.BytesIO()
    parquet.write_table(table, sink, compression="zstd", use_dictionary=False, write_statistics=False)
    return sink.getvalue()


def _nested(frame: pd.DataFrame, replicate: np.ndarray) -> pa.Array:
    """One list of rows for each replicate; the frame is sorted by replicate, and so are the replicates."""
    edges = np.searchsorted(frame["replicate"].to_numpy(), np.r_[replicate, replicate[-1] + 1]).astype(np.int32)
    inner = frame.drop(columns="replicate")
    arrays = [pa.array(inner[name], from_pandas=True) for name in inner.columns]
    return pa.ListArray.from_arrays(pa.array(edges), pa.StructArray.from_arrays(arrays, names=list(inner.columns)))


def decode(data: bytes, columns: Sequence[str] | None = None) -> pa.Table:
    """The table of a chunk's file, or some of its columns."""
    try:
        return parquet.read_table(pa.BufferReader(data), columns=None if columns is None else list(columns))
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"a chunk cannot be read ({str(error).splitlines()[0]})") from error


def notes_of(table: pa.Table) -> Notes:
    """What the runs of a chunk share."""
    found = (table.schema.metadata or {}).get(_KEY)
    if found is None:
        raise StoreError("a Parquet file in the store is no chunk of this laboratory")
    return Notes(**json.loads(found))


def unnested(table: pa.Table, column: str) -> pd.DataFrame:
    """The rows of a nested column (``lifetimes`` or ``daily``), with the ``run`` they belong to."""
    lists = table.column(column).combine_chunks()
    lists = lists.chunk(0) if isinstance(lists, pa.ChunkedArray) else lists
    sizes = np.diff(lists.offsets.to_numpy())
    inner = lists.flatten()
    frame = pd.DataFrame({f.name: inner.field(i).to_pandas() for i, f in enumerate(inner.type)})
    run = np.repeat(table.column("run").to_numpy(zero_copy_only=False), sizes)
    frame.insert(0, "run", run)
    return frame
