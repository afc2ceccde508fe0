"""What every table that the program writes holds, column by column; and how every outcome is worked out.

Tables of the laboratory are described in ``sim/data/dictionary.toml``. What follows from declarations is added here: a
column for each outcome, and a table for each mechanism that counts anything.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sim.analysis.registry import OUTCOMES, Outcome, complete
from sim.data.mechanism_tables import PREFIX, table_of
from sim.mechanisms import Mechanism, mechanisms

__all__ = ["KINDS", "Column", "Table", "columns_called", "definition", "tables"]

#: What a column may hold.
KINDS = ("whole number", "number", "text", "yes/no", "time")


@dataclass(frozen=True)
class Column:
    """One column: its name, what it holds (one of :data:`KINDS`), unit and meaning.

    ``names`` are English and Chinese where the meaning is the name of an outcome, declared in both.
    """

    name: str
    kind: str
    unit: str
    meaning: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: where it is found, what a row is, its columns, and which ``also`` stand there in some runs or studies."""

    name: str
    where: str
    about: str
    columns: tuple[Column, ...]
    also: str = ""


def tables() -> dict[str, Table]:
    """Every table by its name; ``outcomes`` with a column for each outcome, and one table for each mechanism."""
    complete()
    written, shared = _written()["table"], _written()["shared"]
    found = {name: _table(name, said, shared) for name, said in written.items()}
    outcomes = tuple(Column(one.name, "number", one.unit, one.en, (one.en, one.zh)) for one in OUTCOMES.values())
    found["outcomes"] = _with(found["outcomes"], outcomes)
    general = found.pop("mechanism")
    for name, one in mechanisms().items():
        if counts := tuple(_counts(one, set(shared))):
            where = general.where.replace("NAME", name)
            found[PREFIX + name] = _with(Table(PREFIX + name, where, general.about, general.columns), counts)
    return found


def _counts(one: type[Mechanism], shared: set[str]) -> Iterator[Column]:
    """What a mechanism's table holds besides place and day."""
    declared = one.columns("group", "daily")
    row = table_of(one)
    for name in row.names or ():
        if name not in shared:
            said = declared[name]
            yield Column(name, "whole number" if row[name].kind in "iu" else "number", said.unit, said.en, (said.en, said.zh))


def columns_called(name: str) -> list[tuple[Table, Column]]:
    """The columns of a name, or of a table and name (``daily.n_ads``), each with its table."""
    return [(table, column) for table in tables().values() for column in table.columns
            if name in (column.name, f"{table.name}.{column.name}")]  # fmt: skip


def definition(one: Outcome) -> tuple[str, str]:
    """What an outcome is, in a sentence, and its equation from columns of tables."""
    said = _written()["outcome"].get(one.name)
    if said:
        return said[0], said[1]
    for label, made in mechanisms().items():
        column = made.columns("group", "daily").get(one.name)
        if column is not None:
            total = f"Σ {one.name} ({PREFIX}{label})"
            return "", f"{total} ÷ Σ {column.share_of} (daily)" if column.share_of else total
    return "", ""


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((files("sim") / "data" / "dictionary.toml").read_text("utf-8"))


def _table(name: str, said: dict[str, Any], shared: dict[str, Sequence[str]]) -> Table:
    columns = {key: shared[key] for key in said["with"]} | said.get("columns", {})
    made = tuple(Column(key, kind, unit, meaning) for key, (kind, unit, meaning) in columns.items())
    return Table(name, said["where"], said["about"], made, said.get("also", ""))


def _with(table: Table, more: tuple[Column, ...]) -> Table:
    """A table with columns that follow from declarations, which then need not be spoken of."""
    return Table(table.name, table.where, table.about, table.columns + more)
