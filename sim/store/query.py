"""SQL over a store, by DuckDB: views ``runs``, ``outcomes``, ``lifetimes``, and ``daily`` where it was kept.

The question comes from a user, perhaps from a page: once the tables are registered the engine is cut off from files,
network and extensions, and its settings are locked.

    runs       run, study, world, arm, replicate, seed, days, scenario, strategies, status, seconds, error, traceback,
               model, chunk, made, config
    outcomes   study, world, arm, replicate, run, and one column per outcome
    lifetimes  study, world, arm, replicate, run, group, lifetime, censored, cause
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
from pyarrow import dataset, parquet

from sim.store.chunks import LIVES
from sim.store.files import SUFFIX, StoreError

__all__ = ["query"]

_RUNS = """
SELECT runs.run, members.study, members.world, members.arm, runs.replicate, configs.seed, configs.days,
       configs.scenario, configs.strategies, runs.status, runs.seconds, runs.error, runs.traceback, runs.model,
       runs.chunk, runs.made, configs.json AS config
FROM runs JOIN configs USING (config) LEFT JOIN members USING (run)
ORDER BY members.study, members.world, members.arm, runs.replicate, runs.run
"""
_TEXTS = ("run", "study", "world", "arm", "scenario", "strategies", "status", "error", "traceback", "model", "chunk",
          "made", "config")  # fmt: skip
_PLACE = "r.study, r.world, r.arm, c.replicate, c.run"


def query(folder: str | Path, sql: str) -> pd.DataFrame:
    """The answer to a question in SQL over all runs of a store. A run that lies in two files is counted once.

    Raises
    ------
    StoreError
        If the question is no good, or asks for what it may not have; the message is the engine's first line.
    """
    place = Path(folder)
    if not (place / "ledger.sqlite").exists():
        raise StoreError(f"store={folder} is no store: no study has been played into it")
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False,
                                            "autoload_known_extensions": False}) as db:  # fmt: skip
        _register(db, place)
        try:
            db.execute("SET python_enable_replacements=false")
            db.execute("SET enable_external_access=false")
            db.execute("SET lock_configuration=true")
            answer = db.execute(sql)
            return pd.DataFrame() if answer is None else answer.df()
        except duckdb.Error as error:
            said = [line for line in str(error).splitlines() if line.strip()] or ["no answer"]
            raise StoreError(f"the question cannot be answered: {' '.join(said[:2])}") from error


def _register(db: Any, place: Path) -> None:
    """Hand the tables over as Arrow data, so that the engine itself opens no file."""
    db.register("runs", _runs(place / "ledger.sqlite"))
    files = sorted(str(path) for path in (place / "chunks").glob(f"*{SUFFIX}"))
    if not files:
        return
    schema = _schema(files)
    chunks = dataset.dataset(files, format="parquet", schema=schema)
    db.register("chunks", chunks)
    names = ", ".join(f'c."{name}"' for name in schema.names if name not in ("run", "replicate", "lifetimes", "daily"))
    home = "FROM chunks c JOIN runs r ON r.run = c.run"
    db.execute(f"CREATE VIEW outcomes AS SELECT DISTINCT {_PLACE}, {names} {home}")
    for view, column in (("lifetimes", "lifetimes"), ("daily", "daily")):
        if column in schema.names:
            inner = ", ".join(f'u."{name}"' for name in _inner(schema, column))
            db.execute(f"CREATE VIEW {view} AS SELECT DISTINCT {_PLACE}, {inner} {home}, unnest(c.{column}) AS t(u)")


def _schema(files: list[str]) -> pa.Schema:
    """The columns of all chunks together; rules change, and outcomes are added."""
    schemas: dict[tuple[str, ...], pa.Schema] = {}
    for file in files:
        found = parquet.read_schema(file).remove_metadata()
        schemas.setdefault(tuple(map(str, found)), found)
    return pa.unify_schemas(list(schemas.values()))


def _inner(schema: pa.Schema, column: str) -> list[str]:
    found = [field.name for field in schema.field(column).type.value_type]
    return [name for name in LIVES if name in found] if column == "lifetimes" else found


def _runs(path: Path) -> pa.Table:
    """The ledger as a table; it is read, not locked."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as ledger:
        frame = pd.read_sql_query(_RUNS, ledger)
    types = {name: pa.string() for name in _TEXTS} | {"seconds": pa.float64()}
    fields = [pa.field(name, types.get(name, pa.int64())) for name in frame.columns]
    return pa.Table.from_pandas(frame, schema=pa.schema(fields), preserve_index=False)
