"""The ledger: which run lies in which file, which one failed and why. SQLite, safe for several processes at once.

The files are the truth: a row is added after its file has its name, and the whole ledger can be made again from them.
So it need not force anything to the disk itself.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.data.store.chunks import Notes
from sim.data.store.files import StoreError, StoreFull
from sim.data.store.members import Enrolment, claim, enrol
from sim.data.store.schema import TABLES, check_columns, damage

__all__ = ["Failure", "Ledger"]

_PATIENCE = 120.0  # seconds to wait for another process
_MANY = 500  # SQLite takes so many values at a time


@dataclass(frozen=True)
class Failure:
    """A run that could not be played."""

    run: str
    replicate: int
    error: str
    traceback: str


class Ledger:
    """The SQLite file of a store; ``damage`` is what was wrong with one that was put aside just now."""

    def __init__(self, path: Path) -> None:
        self.path, self.damage = path, ""
        try:
            self._db = self._open()
        except sqlite3.OperationalError as error:
            raise _told(path, error) from error
        except sqlite3.DatabaseError as error:  # no database, or no longer one
            _set_aside(path)
            self.damage = str(error)
            with _worded(path):
                self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            check_columns(db, self.path)
            db.executescript(TABLES)
            if found := damage(db):
                raise sqlite3.DatabaseError(found)
        except BaseException:
            db.close()
            raise
        return db

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextlib.contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing."""
        with _worded(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to a question."""
        with _worded(self.path):
            return self._db.execute(sql, values).fetchall()

    def add(self, chunk: str, size: int, notes: Notes, runs: Mapping[str, int], kept: int) -> None:
        """Enter a chunk and its runs (id → replicate); a run that another chunk holds stays there, unless this one
        keeps more (steps of :data:`sim.data.store.chunks.KEPT`, in the column ``daily``)."""
        with self._change() as db:
            config = _config(db, notes)
            db.execute("INSERT OR REPLACE INTO chunks VALUES (?,?,?,?,?,?)",
                       (chunk, len(runs), size, notes.seconds, json.dumps(notes.versions), notes.made))  # fmt: skip
            seconds = notes.seconds / max(1, len(runs))
            db.executemany(
                "INSERT INTO runs VALUES (?,?,?,?,'done',?,?,?,NULL,NULL,?) ON CONFLICT (run) DO UPDATE SET "
                "status='done', chunk=excluded.chunk, daily=excluded.daily, seconds=excluded.seconds, error=NULL, "
                "traceback=NULL, made=excluded.made WHERE status<>'done' OR chunk IS NULL OR excluded.daily > daily",
                [(run, config, notes.model, r, chunk, kept, seconds, notes.made) for run, r in runs.items()],
            )
            claim(db, notes, runs)

    def fail(self, notes: Notes, failures: Iterable[Failure]) -> None:
        """Enter runs that could not be played; one that is done stays done."""
        with self._change() as db:
            config = _config(db, notes)
            db.executemany(
                "INSERT INTO runs VALUES (?,?,?,?,'failed',NULL,0,NULL,?,?,?) ON CONFLICT (run) DO UPDATE SET "
                "error=excluded.error, traceback=excluded.traceback, made=excluded.made WHERE status='failed'",
                [(f.run, config, notes.model, f.replicate, f.error, f.traceback, notes.made) for f in failures],
            )

    def enrol(self, study: Enrolment) -> None:
        """Enter the places of a study's runs, and drop those that it no longer has."""
        with self._change() as db:
            enrol(db, study)

    def forget(self, chunk: str) -> None:
        """Strike out a chunk whose file is broken or gone: its runs are to be done again."""
        with self._change() as db:
            db.execute("DELETE FROM runs WHERE chunk=?", (chunk,))
            db.execute("DELETE FROM chunks WHERE chunk=?", (chunk,))

    def chunks(self) -> set[str]:
        """Every chunk entered."""
        return {name for (name,) in self._rows("SELECT chunk FROM chunks")}

    def where(self, runs: Sequence[str], kept: int = 0) -> dict[str, str]:
        """Chunk by run, for those runs that are done, with as much kept of them as is asked for."""
        more = f" AND daily>={int(kept)}" if kept else ""
        return {run: chunk for run, chunk in self._many("run, chunk", f"status='done'{more}", runs)}

    def failures(self, runs: Sequence[str]) -> list[Failure]:
        """Those of the runs that failed."""
        found = self._many("run, replicate, error, traceback", "status='failed'", runs)
        return [Failure(str(run), int(replicate), str(error), str(text)) for run, replicate, error, text in found]

    def cost(self, config: str) -> tuple[float, float] | None:
        """Seconds and bytes per run of a scenario's earlier chunks, or None."""
        ((seconds, size),) = self._rows(
            "SELECT AVG(runs.seconds), AVG(1.0 * chunks.bytes / chunks.runs) FROM runs JOIN configs USING (config) "
            "JOIN chunks USING (chunk) WHERE configs.json=?", (config,))  # fmt: skip
        return None if seconds is None else (float(seconds), float(size))

    def count(self, status: str) -> int:
        """How many runs are ``done`` or ``failed``."""
        return int(self._rows("SELECT COUNT(*) FROM runs WHERE status=?", (status,))[0][0])

    def _many(self, columns: str, condition: str, runs: Sequence[str]) -> Iterator[tuple[str, ...]]:
        for first in range(0, len(runs), _MANY):
            some = list(runs[first : first + _MANY])
            marks = ",".join("?" * len(some))
            yield from self._rows(f"SELECT {columns} FROM runs WHERE run IN ({marks}) AND {condition}", some)


@contextlib.contextmanager
def _worded(path: Path) -> Iterator[None]:
    """SQLite's complaints as messages."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _told(path, error) from error


def _told(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    """What is wrong with the disk or the file, in words."""
    if "full" in str(error) or "disk I/O" in str(error):
        return StoreFull(path.parent)
    if "locked" in str(error):
        return StoreError(f"{path} is held by another program; wait for it to end")
    if isinstance(error, sqlite3.OperationalError) and "no such" not in str(error):
        return StoreError(f"{path} cannot be used ({error})")
    return StoreError(f"{path} is damaged ({error}); give the command again: a ledger that cannot be read is put aside "
                      "and made again from the files; if this stays, delete it")  # fmt: skip


def _config(db: sqlite3.Connection, notes: Notes) -> int:
    """Number of a configuration, entered where it is new."""
    known = json.loads(notes.config)
    db.execute("INSERT OR IGNORE INTO configs (json, scenario, strategies, seed, days) VALUES (?,?,?,?,?)",
               (notes.config, notes.labels.get("scenario"), notes.labels.get("strategies"), known.get("seed"),
                known.get("days")))  # fmt: skip
    return int(db.execute("SELECT config FROM configs WHERE json=?", (notes.config,)).fetchone()[0])


def _set_aside(path: Path) -> None:
    """A ledger that cannot be read is kept under another name; the next one is made from the files."""
    for suffix in ("", "-wal", "-shm"):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.replace(old.with_name(old.name + ".broken"))
