"""The tables of a ledger, and whether one found on the disk is sound.

SQLite has no checksums. So every table whose rows are counted stands in the file twice: as itself, and as an index of
all its columns that a question may ask for. SQLite's own check holds one against the other, row by row, and a byte
that has changed in either shows.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

from sim.data.store.files import StoreError

__all__ = ["TABLES", "check_columns", "damage"]

TABLES = """
CREATE TABLE IF NOT EXISTS configs (
    config INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE, scenario TEXT, strategies TEXT, seed INTEGER, days INTEGER);
CREATE TABLE IF NOT EXISTS chunks (
    chunk TEXT PRIMARY KEY, runs INTEGER NOT NULL, bytes INTEGER NOT NULL, seconds REAL, versions TEXT, made TEXT);
CREATE TABLE IF NOT EXISTS runs (
    run TEXT PRIMARY KEY, config INTEGER NOT NULL REFERENCES configs, model TEXT NOT NULL, replicate INTEGER NOT NULL,
    status TEXT NOT NULL, chunk TEXT REFERENCES chunks, daily INTEGER NOT NULL DEFAULT 0, seconds REAL, error TEXT,
    traceback TEXT, made TEXT);
CREATE INDEX IF NOT EXISTS runs_by_chunk ON runs (chunk);
CREATE INDEX IF NOT EXISTS runs_by_config ON runs (config);
CREATE TABLE IF NOT EXISTS members (
    study TEXT, world TEXT, arm TEXT, replicate INTEGER, run TEXT NOT NULL,
    PRIMARY KEY (study, world, arm, replicate)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS studies (study TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
"""
_TWINS = """
CREATE INDEX IF NOT EXISTS configs_twin ON configs (scenario, strategies, seed, days);
CREATE INDEX IF NOT EXISTS chunks_twin ON chunks (runs, bytes, seconds, versions, made);
CREATE INDEX IF NOT EXISTS runs_twin ON runs (config, model, replicate, status, chunk, daily, seconds, error, made);
CREATE INDEX IF NOT EXISTS members_twin ON members (run);
CREATE INDEX IF NOT EXISTS studies_twin ON studies (definition);
"""
TABLES += _TWINS


def check_columns(db: sqlite3.Connection, path: Path) -> None:
    """Refuse a ledger whose tables have other columns than this version's; tables may be missing.

    Raises
    ------
    StoreError
        The message says which version to use, or what to do with the file.
    """
    for table, known in _columns().items():
        there = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        less, more = ([name for name in one if name not in other] for one, other in ((known, there), (there, known)))
        if there and less:
            raise StoreError(f"{path} is damaged: its table {table} has no column '{less[0]}'\ndelete the file: the "
                             "next `shequn study` with this store makes it again from the files")  # fmt: skip
        if there and more:
            raise StoreError(f"{path} was written by a newer version: its table {table} has a column '{more[0][:40]}' "
                             "that this one does not know\nuse the newer version, or name another store=")  # fmt: skip


@cache
def _columns() -> dict[str, list[str]]:
    """Columns by table, as this version makes them."""
    db = sqlite3.connect(":memory:")
    try:
        db.executescript(TABLES)
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {table: [row[1] for row in db.execute(f"PRAGMA table_info({table})")] for table in tables}
    finally:
        db.close()


def damage(db: sqlite3.Connection) -> str:
    """The first thing that is not as it was written, and in which table; empty if there is none."""
    for table in _columns():
        (found,) = db.execute(f"PRAGMA integrity_check({table})").fetchone()
        if found != "ok":
            return f"table {table}: {' '.join(str(found).split())[:100]}"
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    return "" if found == "ok" else " ".join(str(found).split())[:100]
