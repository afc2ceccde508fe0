"""SQL over a store, by DuckDB: views ``runs``, ``outcomes``, ``lifetimes``, and ``daily`` and ``spells`` where
they were kept.

The question comes from a user, perhaps from a page: once the tables are registered the engine is cut off from files,
network and extensions, and its settings are locked.

    runs       run, study, world, arm, replicate, seed, days, scenario, strategies, status, seconds, error, traceback,
               model, chunk, made, config
    outcomes   study, world, arm, replicate, run, seed, days, model, and one column per outcome
    lifetimes  study, world, arm, replicate, run, group, lifetime, censored, cause

A run has a row for each study it belongs to as last defined (:mod:`sim.data.store.members`), else one with
study, world and arm empty. Tables of the ledger are read one by one and joined here: SQLite would look through all
places for every run.

Nothing is counted that may have changed on the disk: files are held to the checksums in their names, and those that
fail are left out, and it is said; a ledger that fails its check (:mod:`sim.data.store.schema`) is not asked at all.
"""

from __future__ import annotations

import re
import sqlite3
import warnings
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
from pyarrow import dataset, parquet

from sim.data.paths import is_there
from sim.data.store.chunks import LIVES
from sim.data.store.files import StoreError, is_whole
from sim.data.store.schema import check_columns, damage
from sim.engine.knobs import did_you_mean

__all__ = ["query"]

_LEDGER = {
    "ledger_runs": "SELECT run, config AS number, replicate, status, seconds, error, traceback, model, chunk, made "
                   "FROM runs",
    "ledger_configs": "SELECT config AS number, seed, days, scenario, strategies, json AS config FROM configs",
    "ledger_members": "SELECT study, world, arm, run FROM members",
    "ledger_chunks": "SELECT chunk, runs FROM chunks",
}  # fmt: skip
_NUMBERS = ("number", "replicate", "seed", "days", "runs")
_RUNS = """
CREATE VIEW runs AS
SELECT r.run, m.study, m.world, m.arm, r.replicate, c.seed, c.days, c.scenario, c.strategies, r.status, r.seconds,
       r.error, r.traceback, r.model, r.chunk, r.made, c.config
FROM ledger_runs r JOIN ledger_configs c USING (number) LEFT JOIN ledger_members m ON m.run = r.run
ORDER BY m.study, m.world, m.arm, r.replicate, r.run
"""
_PLACE = "r.study, r.world, r.arm, c.replicate, c.run"
_NO_OUTCOMES = ("run", "replicate", "lifetimes", "weeks", "daily", "spells")
_OF_CHUNKS = ("chunks", "outcomes", "lifetimes", "daily")
_OF_FOLDERS = ("spells", "messages", "purchases", "pairs", "groups", "ledger")
"""Tables that a run's own folder has and a store has not."""


def query(folder: str | Path, sql: str, tell: Callable[[str], None] | None = None) -> pd.DataFrame:
    """The answer to a question in SQL over all runs of a store. A run that lies in two files is counted once.

    ``tell`` hears of runs that are left out because their files are damaged; without it they are a warning.

    Raises
    ------
    StoreError
        If the question is no good, or asks for what it may not have (the message is the engine's first line, or where
        the table is to be had); if the ledger cannot be read, or has changed on the disk.
    """
    place = Path(folder)
    if any("\ud800" <= letter <= "\udfff" for letter in sql):  # halves of letters; the engine knows whole ones
        raise StoreError("the question cannot be answered: some of it is not UTF-8")
    if not is_there(place / "ledger.sqlite"):
        raise StoreError(f"store={folder} is no store: no study has been played into it")
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False,
                                            "autoload_known_extensions": False}) as db:  # fmt: skip
        tables = _ledger(place / "ledger.sqlite")
        for name, table in tables.items():
            db.register(name, table)
        db.execute(_RUNS)
        db.execute("SET python_enable_replacements=false")
        db.execute("SET enable_external_access=false")
        db.execute("SET lock_configuration=true")
        if _asks_for_chunks(db, sql):
            _register(db, place, tables["ledger_chunks"], tell or _warn)
        try:
            if (answer := db.execute(sql)) is None:
                raise StoreError("the question asks for nothing; write it like \"select * from outcomes\"")
            return answer.df()
        except duckdb.CatalogException as error:
            raise StoreError(f"the question cannot be answered: {_missing(db, error) or _first(error)}") from error
        except duckdb.Error as error:
            raise StoreError(f"the question cannot be answered: {_first(error)}") from error


def _first(error: duckdb.Error) -> str:
    """The engine's complaint, in short."""
    said = [line for line in str(error).splitlines() if line.strip()] or ["no answer"]
    return " ".join(" ".join(said[:2]).split())


def _missing(db: Any, error: duckdb.CatalogException) -> str:
    """Where the table that the engine misses is to be had; empty if it misses something else."""
    found = re.search(r"Table with name (.+?) does not exist", str(error))
    if found is None:
        return ""
    name = found[1].lower()
    there = {table for (table,) in db.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    known = [table for table in ("runs", "outcomes", "lifetimes", "daily") if table in there]
    if name == "daily" and "outcomes" in there:
        return ("no run of this store keeps the table daily\ngive the command that played them again with "
                "record=counts: `shequn study study=… record=counts`")  # fmt: skip
    if name in _OF_CHUNKS:
        return f"no finished run lies in this store, so there is no table {name}; `shequn study study=…` plays some"
    if name in _OF_FOLDERS:
        return (f"a store keeps no table {name}; there is {', '.join(known)}\na run's own folder may have it: "
                f"`shequn run … record=messages out=FOLDER` writes FOLDER/{name}.parquet")  # fmt: skip
    return f"there is no table '{name[:60]}'{did_you_mean(name, known)}"


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=4)


def _asks_for_chunks(db: Any, sql: str) -> bool:
    """Must the files be read? Not for what the ledger alone can tell: its views are there already, others are not."""
    if not sql.lower().lstrip(" \t\n(").startswith(("select", "with", "from")):
        return True
    try:
        if any(one.type != duckdb.StatementType.SELECT for one in db.extract_statements(sql)):
            return True  # naming the tables of other statements may do part of what they say
        names = {name.lower().rpartition(".")[2].strip('"') for name in db.get_table_names(sql)}
        return not names <= {"runs", *_LEDGER}  # of a table that is not there it must be known which are
    except duckdb.Error:
        return True


def _register(db: Any, place: Path, entered: pa.Table, tell: Callable[[str], None]) -> None:
    """Hand the files over as Arrow data, so that the engine itself opens none."""
    files = _whole_files(place / "chunks", entered, tell)
    if not files:
        return
    schema = _schema(files)
    chunks = dataset.dataset(files, format="parquet", schema=schema)
    db.register("chunks", chunks)
    names = ", ".join(f'c."{name}"' for name in schema.names if name not in _NO_OUTCOMES)
    home = "FROM chunks c JOIN runs r ON r.run = c.run"
    db.execute(f"CREATE VIEW outcomes AS SELECT DISTINCT {_PLACE}, r.seed, r.days, r.model, {names} {home}")
    for view in ("lifetimes", "daily", "spells"):
        if view in schema.names:
            inner = ", ".join(f'u."{name}"' for name in _inner(schema, view))
            db.execute(f"CREATE VIEW {view} AS SELECT DISTINCT {_PLACE}, {inner} {home}, unnest(c.{view}) AS t(u)")


def _whole_files(folder: Path, entered: pa.Table, tell: Callable[[str], None]) -> list[str]:
    """Files of the ledger whose bytes are what their names say; tell of the others."""
    whole, damaged, lost = [], 0, 0
    for name, runs in sorted(zip(entered["chunk"].to_pylist(), entered["runs"].to_pylist(), strict=True)):
        if is_whole(folder / name):
            whole.append(str(folder / name))
        else:
            damaged, lost = damaged + 1, lost + runs
    if damaged:
        tell(f"{lost:,} runs are left out of the answer: {damaged:,} of {len(entered):,} files in {folder} are damaged "
             "or gone\nthe commands that made them (`shequn study …`) put such files aside and play their runs again")
    return whole


def _schema(files: Iterable[str]) -> pa.Schema:
    """The columns of all chunks together; rules change, and outcomes are added."""
    schemas: dict[tuple[str, ...], pa.Schema] = {}
    try:
        for file in files:
            found = parquet.read_schema(file).remove_metadata()
            schemas.setdefault(tuple(map(str, found)), found)
        return pa.unify_schemas(list(schemas.values()))
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"the files of the store do not fit together ({str(error).splitlines()[0]})") from error


def _inner(schema: pa.Schema, column: str) -> list[str]:
    found = [field.name for field in schema.field(column).type.value_type]
    return [name for name in LIVES if name in found] if column == "lifetimes" else found


def _ledger(path: Path) -> dict[str, pa.Table]:
    """The tables of the ledger; it is read, not locked."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as ledger:
            check_columns(ledger, path)
            ledger.execute("BEGIN")  # all tables as of one moment
            if found := damage(ledger):
                raise sqlite3.DatabaseError(found)
            return {name: _table(ledger.execute(sql)) for name, sql in _LEDGER.items()}
    except (sqlite3.Error, pa.ArrowException, UnicodeDecodeError) as error:
        raise StoreError(f"{path} is damaged or cannot be read ({error}), so nothing is counted\n`shequn study … "
                         f"store={path.parent}` puts a damaged ledger aside, makes it again from the files and plays "
                         "what is lost anew") from error  # fmt: skip


def _table(rows: sqlite3.Cursor) -> pa.Table:
    names = [about[0] for about in rows.description]
    types = [pa.int64() if name in _NUMBERS else pa.float64() if name == "seconds" else pa.string() for name in names]
    columns: list[Any] = list(zip(*rows.fetchall(), strict=True)) or [()] * len(names)
    return pa.table([pa.array(c, t) for c, t in zip(columns, types, strict=True)], names=names)
