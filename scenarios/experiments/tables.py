"""The tables of a study, read back from the store: outcomes, lifetimes, and the tables of days and of memberships where
they were kept.

Rows are sorted by world and arm (in the study's order), replicate and group, so the same runs give the same bytes,
whoever played them and in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from scenarios.experiments.cells import Cell
from scenarios.experiments.study import Study
from sim.analysis.registry import OUTCOMES, complete, counted
from sim.data.store import Store, StoreError
from sim.data.store.chunks import LIVES, unnested

__all__ = ["Shelf"]

_PLACE = ("arm", "world", "replicate")
_TABLES = frozenset(("daily", "spells", "weeks"))
"""Tables that a run has if they were asked for."""


@dataclass(frozen=True)
class Shelf:
    """What the store holds of a study. Runs that failed or were not played yet are missing from every table."""

    study: Study
    cells: Sequence[Cell]
    store: Store

    def outcomes(self) -> pd.DataFrame:
        """One row a run: ``arm, world, replicate`` and one float column per outcome."""
        cell, table = self._runs
        values = {name: table.column(name).to_numpy() for name in OUTCOMES if name in table.column_names}
        return self._sorted(cell, {"replicate": table.column("replicate").to_numpy(), **values}, ())

    def lifetimes(self) -> pd.DataFrame:
        """One row a group: ``arm, world, replicate, group, lifetime, censored, cause``."""
        found = self._nested(*self._runs, "lifetimes", ("group",))
        return found.assign(cause=pd.Categorical(found["cause"], categories=["silent", "dissolved"]))[[*_PLACE, *LIVES]]

    def daily(self) -> pd.DataFrame:
        """The daily tables, of those runs for which they were kept."""
        return self._nested(*self._read(["daily"]), "daily", ("group", "day"))

    def spells(self) -> pd.DataFrame:
        """The tables of memberships, of those runs for which they were kept; names as categories."""
        found = self._nested(*self._read(["spells"]), "spells", ("group", "person", "day_joined"))
        names = [name for name in ("role", "channel", "reason") if name in found]
        return found.assign(**{name: pd.Categorical(found[name]) for name in names})

    def weeks(self) -> pd.DataFrame:
        """Members and messages week by week (:func:`sim.analysis.weeks.weeks`), of the runs that have them."""
        return self._nested(*self._read(["weeks"]), "weeks", ("week",))

    @cached_property
    def _runs(self) -> tuple[np.ndarray, pa.Table]:
        """Outcomes and lifetimes, as they lie in the files; read once."""
        complete()
        return self._read([*(name for name, one in OUTCOMES.items() if not one.needs), "lifetimes"])

    def _read(self, columns: Sequence[str]) -> tuple[np.ndarray, pa.Table]:
        """The rows of all runs, and the number of the cell to which each belongs."""
        parts, cells = [_nothing(columns)], [np.zeros(0, dtype=np.int64)]
        extra, there = counted() & set(columns), set()
        for number, cell in enumerate(self.cells):
            for table in self.store.tables(cell.runs(range(self.study.seeds)), ["run", "replicate", *columns]):
                lacking = set(columns) - set(table.column_names)
                if lacking & _TABLES:  # an earlier chunk may lack the daily table
                    continue
                if lacking - extra:
                    raise StoreError(f"{self.store.folder} holds runs without {', '.join(sorted(lacking - extra))}, "
                                     "which every run has now; name another store=")  # fmt: skip
                there |= extra - lacking
                parts.append(_filled(table, columns, lacking))
                cells.append(np.full(len(table), number))
        whole = pa.concat_tables(parts[1:] or parts).combine_chunks()
        return np.concatenate(cells), whole.drop_columns(sorted(extra - there))

    def _nested(self, cell: np.ndarray, table: pa.Table, column: str, keys: Sequence[str]) -> pd.DataFrame:
        sizes, values = unnested(table, column)
        replicate = np.repeat(table.column("replicate").to_numpy(), sizes)
        return self._sorted(np.repeat(cell, sizes), {"replicate": replicate, **values}, keys)

    def _sorted(self, cell: np.ndarray, values: Mapping[str, Any], keys: Sequence[str]) -> pd.DataFrame:
        """Labels as categories in the study's order; rows in the canonical order."""
        places = {}
        for name, labels in (("arm", list(self.study.arms)), ("world", list(self.study.worlds))):
            number = {label: i for i, label in enumerate(labels)}
            codes = np.array([number[getattr(one, name)] for one in self.cells], dtype=np.int64)[cell]
            places[name] = pd.Categorical.from_codes(codes, categories=labels)
        order = np.lexsort([*(values[key] for key in reversed(keys)), values["replicate"],
                            places["arm"].codes, places["world"].codes])  # fmt: skip
        frame = pd.DataFrame({**places, **values})
        return frame if (np.diff(order) == 1).all() else frame.take(order).reset_index(drop=True)


def _filled(table: pa.Table, columns: Sequence[str], lacking: Iterable[str]) -> pa.Table:
    """The columns asked for; of mechanisms that were not in play, which counted nothing, zeros."""
    for name in lacking:
        table = table.append_column(name, pa.array(np.zeros(len(table))))
    return table.select(["run", "replicate", *columns]).replace_schema_metadata(None)


def _nothing(columns: Sequence[str]) -> pa.Table:
    """What an empty store holds."""
    lives = pa.list_(pa.struct([("group", pa.int32()), ("lifetime", pa.int32()), ("censored", pa.bool_()),
                                ("cause", pa.string())]))  # fmt: skip
    week = pa.list_(pa.struct([("week", pa.int32()), ("members", pa.float32()), ("messages", pa.float32())]))
    daily = pa.list_(pa.struct([("group", pa.int32()), ("day", pa.int32())]))
    spell = pa.list_(pa.struct([("group", pa.int32()), ("person", pa.int32()), ("day_joined", pa.int32())]))
    nested = {"lifetimes": lives, "weeks": week, "daily": daily, "spells": spell}
    types = {"run": pa.string(), "replicate": pa.int32()} | {name: nested.get(name, pa.float64()) for name in columns}
    return pa.schema(list(types.items())).empty_table()
