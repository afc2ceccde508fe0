"""Which runs make up a study: its places (world, arm, replicate), as its latest definition has them.

A study's name says little: its horizon, seed, settings and arms change while its name stays. So the ledger keeps for
every study the hash of what its latest definition shares, and drops the places that this definition does not have:

- a cell (world, arm) with another configuration or other rules loses all its earlier places, however many seeds it had;
- a study entered ``whole`` also loses the cells that it no longer has; one entered in parts (the points of a search,
  single runs) loses them only if what its parts share has changed.

Equal cells keep their places: after ``seeds=20``, ``seeds=6`` has twenty of them still. A place lost is no run lost: it
comes back with the command that has it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.data.store.chunks import Notes
from sim.data.store.identity import canonical, run_ids

__all__ = ["Enrolment", "Member", "claim", "definition_of", "enrol"]


@dataclass(frozen=True)
class Member:
    """A cell of a study: its place, and what determines its runs besides the replicate."""

    world: str
    arm: str
    config: str
    model: str


@dataclass(frozen=True)
class Enrolment:
    """A study as it is now: replicates 0 … ``seeds`` − 1 of ``cells``.

    ``definition`` is the hash of what all cells share; ``whole`` says that there are no others.
    """

    study: str
    definition: str
    cells: Iterable[Member]
    seeds: int
    whole: bool


def definition_of(*shared: object) -> str:
    """Hash (16 hex digits) of what the cells of a study have in common."""
    return hashlib.sha256(canonical(list(shared)).encode()).hexdigest()[:16]


def enrol(db: sqlite3.Connection, new: Enrolment) -> None:
    """Enter a study as it is now, within a transaction of the caller."""
    known = db.execute("SELECT definition FROM studies WHERE study=?", (new.study,)).fetchone()
    cells = {(cell.world, cell.arm): cell for cell in new.cells}
    if new.whole or known != (new.definition,):
        there = db.execute("SELECT DISTINCT world, arm FROM members WHERE study=?", (new.study,)).fetchall()
        db.executemany("DELETE FROM members WHERE study=? AND world=? AND arm=?",
                       [(new.study, *place) for place in there if place not in cells])  # fmt: skip
    for place, cell in cells.items():
        _drop_others(db, new.study, place, cell)
        runs = run_ids(cell.config, cell.model, range(new.seeds))
        db.executemany("INSERT OR REPLACE INTO members VALUES (?,?,?,?,?)",
                       [(new.study, *place, replicate, run) for replicate, run in enumerate(runs)])  # fmt: skip
    db.execute("INSERT OR REPLACE INTO studies VALUES (?,?)", (new.study, new.definition))


def _drop_others(db: sqlite3.Connection, study: str, place: tuple[str, str], cell: Member) -> None:
    """Drop the runs of a place that are not of this cell."""
    there = dict(db.execute("SELECT replicate, run FROM members WHERE study=? AND world=? AND arm=?", (study, *place)))
    mine = run_ids(cell.config, cell.model, there)
    others = [(study, *place, r) for (r, run), own in zip(there.items(), mine, strict=True) if run != own]
    db.executemany("DELETE FROM members WHERE study=? AND world=? AND arm=? AND replicate=?", others)


def claim(db: sqlite3.Connection, notes: Notes, runs: Mapping[str, int]) -> None:
    """Enter the places that a chunk's own notes tell (run → replicate), but never against what is known already.

    So whoever makes a lost ledger again hands over the newest chunks first: their definition counts.
    """
    study, world, arm = (notes.labels.get(key, "") for key in ("study", "world", "arm"))
    if not study:
        return
    definition = notes.labels.get("definition") or _guessed(notes)
    db.execute("INSERT OR IGNORE INTO studies VALUES (?,?)", (study, definition))
    known = db.execute("SELECT definition FROM studies WHERE study=?", (study,)).fetchone()
    first = db.execute("SELECT replicate, run FROM members WHERE study=? AND world=? AND arm=? LIMIT 1",
                       (study, world, arm)).fetchone()  # fmt: skip
    agrees = first is None or run_ids(notes.config, notes.model, [first[0]]) == [first[1]]
    if known == (definition,) and agrees:
        db.executemany("INSERT OR IGNORE INTO members VALUES (?,?,?,?,?)",
                       [(study, world, arm, r, run) for run, r in runs.items()])  # fmt: skip


def _guessed(notes: Notes) -> str:
    """For chunks of earlier versions, whose notes do not tell the definition."""
    config = json.loads(notes.config)
    return definition_of(config.get("seed"), config.get("days"), notes.model)
