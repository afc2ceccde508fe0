"""What mechanisms count: one sparse table each, a row for each group and day on which it counted anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

import numpy as np

from sim.engine.levers import Lever
from sim.engine.mechanism import Mechanism

__all__ = ["PREFIX", "MechanismTables", "table_of"]

PLACE = [("replicate", "i4"), ("group", "i4"), ("day", "i4")]
PREFIX = "mechanism."
"""A mechanism's table is called by this and its name, so that it cannot be taken for one of the model's own."""


def table_of(one: type[Mechanism]) -> np.dtype:
    """Row type of the table of a mechanism: counts as they are, money in CNY."""
    counts = {name: c for name, c in one.columns("group", "daily").items() if not c.into}
    kinds = {name: one.declared.types["group"][name] for name in counts}
    columns = [(name, "f8" if one.columns("group")[name].unit == "CNY" else kind.str) for name, kind in kinds.items()]
    return np.dtype([*PLACE, *columns])


class MechanismTables:
    """The tables in the making."""

    def __init__(
        self, mechanisms: Mapping[str, Mechanism], tables: Mapping[str, np.ndarray], block: int, awake: Set[str]
    ) -> None:
        """``block``: days that are kept until the daily table is written; ``awake``: who may have counted today."""
        made = {name: type(one) for name, one in mechanisms.items()}
        counting = {name: one for name, one in made.items() if len(table_of(one).names or ()) > len(PLACE)}
        self._into = {
            c.into: (name, column, c.unit, np.zeros((block, tables[name].size)))
            for name, one in mechanisms.items() for column, c in one.columns("group", "daily").items() if c.into
        }  # fmt: skip
        self._types = {name: table_of(one) for name, one in counting.items()}
        self._money = {name: {c for c, column in one.columns("group", "daily").items() if column.unit == "CNY"}
                       for name, one in counting.items()}  # fmt: skip
        self._mechanisms, self._tables, self._awake = mechanisms, tables, awake
        self._rows: dict[str, list[np.ndarray]] = {name: [] for name in counting}

    @property
    def levers(self) -> tuple[Lever, ...]:
        """The levers of the mechanisms in play."""
        return tuple(lever for one in self._mechanisms.values() for lever in one.levers().values())

    def record(self, day: int, replicate: np.ndarray, group: np.ndarray, is_kept: np.ndarray) -> None:
        """Copy what was counted today in groups that are kept; ``replicate`` and ``group`` name the groups."""
        for name, column, unit, kept_days in self._into.values():
            today = self._tables[name][column] if name in self._awake else 0.0
            kept_days[day % len(kept_days)] = today / 100.0 if unit == "CNY" else today
        for name in self._awake & self._rows.keys():
            kept = self._rows[name]
            columns = [c for c in self._types[name].names or () if (c, "i4") not in PLACE]
            table = self._tables[name]
            found = np.flatnonzero(np.any([table[c] != 0 for c in columns], axis=0) & is_kept)
            if found.size:
                rows = np.zeros(found.size, self._types[name])
                rows["replicate"], rows["group"], rows["day"] = replicate[found], group[found], day
                for c in columns:
                    rows[c] = table[c][found] / 100.0 if c in self._money[name] else table[c][found]
                kept.append(rows)

    def write_days(self, table: np.ndarray, n_days: int) -> None:
        """Fill the columns of the daily table (groups, days) that mechanisms count, from the days kept last."""
        for name, (_, _, _, kept_days) in self._into.items():
            table[name] = kept_days[:n_days].T

    def booked(self) -> Iterator[tuple[str, np.ndarray, list[str]]]:
        """What the operator gave today through each mechanism: column of the ledger (``"CNY"`` or ``"host_minutes"``),
        sums by group, and the levers whose holders bear it: those declared to bear the column, else those declared to
        bear anything, else all.
        """
        for name, one in self._mechanisms.items():
            if name not in self._awake:
                continue
            bears = {lever: declared.bears for lever, declared in one.levers().items()}
            for column, c in one.columns("group", "daily").items():
                if c.is_booked:
                    of_column = [lever for lever, kind in bears.items() if kind == column]
                    what, parts = ("CNY", 100.0) if c.unit == "CNY" else ("host_minutes", 1.0)
                    given = self._tables[name][column] / parts
                    yield what, given, of_column or [lever for lever in bears if bears[lever]] or list(bears)

    def tables(self) -> dict[str, np.ndarray]:
        """The tables so far, in the order of communities, then days, then groups."""
        made = {}
        for name, kept in self._rows.items():
            table = np.concatenate([np.zeros(0, self._types[name]), *kept])
            made[PREFIX + name] = table[np.argsort(table["replicate"], kind="stable")]
        return made
