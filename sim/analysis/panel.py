"""The daily table seen as a block of groups × days, so that every question is a few array operations.

Nothing here answers a question; it is the common ground of the files beside it. All of them take the daily frame or a
ready :class:`Panel`: whoever asks many questions of one run makes the panel once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.kept import kept

__all__ = ["COMMUNITY", "GROUP", "RUN", "Panel", "as_ints", "codes", "is_one_of", "place_of", "with_columns"]

RUN = ("arm", "world")
COMMUNITY = (*RUN, "replicate")
GROUP = (*COMMUNITY, "group")
_SPARSE = 4


def codes(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """Number the distinct combinations of some columns (categories or integers) in sorted order.

    Returns the number of each row (n,), and the table of combinations, one row a number.
    """
    if not len(frame):
        return np.zeros(0, dtype=np.int64), frame[list(columns)].copy()
    parts, lows = [], []
    for name in columns:
        values = _values(frame[name])
        lows.append(int(values.min()))
        parts.append((values, int(values.max()) - lows[-1] + 1))
    key = np.zeros(len(frame), dtype=np.int64)
    for (values, size), low in zip(parts, lows, strict=True):
        if size > 1:
            key *= size
            key += values
            key -= low
    sizes = [size for _, size in parts]
    distinct, code = _number(key, int(np.prod(sizes, dtype=np.float64)))
    table = {}
    for name, index, low in zip(columns, np.unravel_index(distinct, sizes), lows, strict=True):
        column, values = frame[name], np.asarray(index) + low
        if isinstance(column.dtype, pd.CategoricalDtype):
            table[name] = pd.Categorical.from_codes(values, dtype=column.dtype)
        else:
            table[name] = values.astype(column.dtype)
    return code, pd.DataFrame(table, copy=False)


def _values(column: pd.Series) -> np.ndarray:
    """Codes of categories, or the values themselves."""
    array = column.array
    return array.codes if isinstance(array, pd.Categorical) else column.to_numpy()


def _number(key: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Sorted distinct keys and the number of each row's key among them; by counting where the keys are dense."""
    if size > _SPARSE * len(key) + 1_000_000:
        distinct, code = np.unique(key, return_inverse=True)
        return distinct, code
    steps = np.diff(key)
    if len(key) and (steps >= 0).all():  # as tables are written
        first = np.flatnonzero(np.r_[True, steps > 0])
        return key[first], np.repeat(np.arange(len(first)), np.diff(np.r_[first, len(key)]))
    there = np.bincount(key, minlength=size) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1)[key]


def as_ints(column: pd.Series, null: int = -1) -> np.ndarray:
    """Integers of a column in which null may occur."""
    return column.to_numpy(dtype=np.int64, na_value=null) if column.hasnans else column.to_numpy(dtype=np.int64)


def is_one_of(column: pd.Series, names: Iterable[str]) -> np.ndarray:
    """Which values of a column of names are among some; null is not."""
    wanted = {*names}
    chosen = np.array([str(name) in wanted for name in column.cat.categories] + [False])
    return chosen[column.cat.codes.to_numpy()]


def with_columns(frame: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """A frame and further columns, made at once: one at a time costs as much as the analysis."""
    return pd.DataFrame({name: frame[name] for name in frame.columns} | columns, copy=False)


def _last_day(world: pd.Series, day: np.ndarray) -> np.ndarray:
    """The last day of the run in the world of each group."""
    code = world.cat.codes.to_numpy() if isinstance(world.dtype, pd.CategoricalDtype) else pd.factorize(world)[0]
    last = np.zeros(int(code.max()) + 1, dtype=day.dtype)
    np.maximum.at(last, code, day)
    return last[code]


def place_of(units: pd.DataFrame, communities: pd.DataFrame) -> np.ndarray:
    """Position of each of some communities (from :func:`codes`) among all of them."""
    keys = list(COMMUNITY)
    if _are_the_same(units, communities, keys):
        return np.arange(len(units))
    left = units[keys].assign(unit=np.arange(len(units)))
    right = communities[keys].assign(place=np.arange(len(communities)))
    merged = left.merge(right, on=keys, how="inner")
    if len(merged) != len(units):
        raise ValueError("tables do not belong together: communities occur that are not in the daily table")
    return merged.sort_values("unit")["place"].to_numpy()


def _are_the_same(one: pd.DataFrame, other: pd.DataFrame, keys: Sequence[str]) -> bool:
    """Do both tables hold the same keys in the same order? That is the rule, and quickly told."""
    return len(one) == len(other) and all(
        one[key].dtype == other[key].dtype and np.array_equal(_values(one[key]), _values(other[key])) for key in keys
    )


@dataclass(frozen=True, eq=False)
class Panel:
    """Groups (rows, sorted by arm, world, replicate, group) × days (columns 0 … days − 1).

    ``groups`` has ``arm, world, replicate, group, day_born, day_last`` (first and last row of the group) and
    ``day_end`` (last day of the run in that world); ``communities`` has ``arm, world, replicate``; ``runs`` has
    ``arm, world``. ``community`` numbers each group's community, ``run`` each community's run. ``lives`` keeps what
    :func:`sim.analysis.lifetimes.groups_table` found, by window; ``sums`` what :meth:`totals` found, by column.
    """

    frame: pd.DataFrame
    groups: pd.DataFrame
    communities: pd.DataFrame
    runs: pd.DataFrame
    community: np.ndarray
    run: np.ndarray
    days: int
    cell: np.ndarray
    lives: dict[int, pd.DataFrame] = field(default_factory=dict)
    sums: dict[str, np.ndarray] = field(default_factory=dict)

    @classmethod
    def of(cls, daily: pd.DataFrame | Panel) -> Panel:
        """The panel of a daily frame (a panel is returned as it is); rows may come in any order."""
        return daily if isinstance(daily, Panel) else _panel(daily)

    @classmethod
    def _build(cls, daily: pd.DataFrame) -> Panel:
        if not len(daily):
            raise ValueError("the daily table is empty: there is nothing to analyse")
        code, groups = codes(daily, GROUP)
        day = daily["day"].to_numpy()
        days = int(day.max()) + 1
        cell = code * days + day
        if not (np.diff(cell) > 0).all():
            order = np.argsort(cell, kind="stable")
            daily, cell = daily.take(order), cell[order]
            day = daily["day"].to_numpy()
            code = code[order]
        else:
            daily = daily.copy(deep=False)  # the same columns in a frame of its own: the panel does not hold its source
        first = np.flatnonzero(np.r_[True, np.diff(code) > 0])
        last = np.r_[first[1:], len(code)] - 1
        groups = with_columns(groups, day_born=day[first], day_last=day[last], day_end=_last_day(groups["world"], day[last]))
        community, communities = codes(groups, COMMUNITY)
        run, runs = codes(communities, RUN)
        return cls(daily, groups, communities, runs, community, run, days, cell)

    @cached_property
    def _first(self) -> np.ndarray:
        """(communities,) number of each community's first group."""
        return np.flatnonzero(np.r_[True, np.diff(self.community) > 0])

    @cached_property
    def is_full(self) -> bool:
        """Whether every group has a row on every day."""
        return len(self.cell) == len(self.groups) * self.days

    @cached_property
    def exists(self) -> np.ndarray:
        """(groups, days) whether the group existed that day."""
        there = np.zeros(len(self.groups) * self.days, dtype=bool)
        there[self.cell] = True
        return there.reshape(len(self.groups), self.days)

    def dense(self, column: str) -> np.ndarray:
        """(groups, days) values of a column, 0 where the group did not exist."""
        values = self.frame[column].to_numpy()
        if not self.is_full:
            block = np.zeros(len(self.groups) * self.days, dtype=values.dtype)
            block[self.cell] = values
            values = block
        return values.reshape(len(self.groups), self.days)

    def by_community(self, values: np.ndarray) -> np.ndarray:
        """Sum of (groups, …) values over the groups of each community, as float64."""
        return np.add.reduceat(values, self._first, axis=0, dtype=np.float64)

    def totals(self, column: str) -> np.ndarray:
        """(communities,) sum of a column over groups and days, as float64."""
        if column not in self.sums:
            self.sums[column] = self.by_community(self.dense(column).sum(axis=1, dtype=np.float64))
        return self.sums[column].copy()

    def totals_of_rows(self) -> np.ndarray:
        """(communities,) number of days on which groups existed, summed over groups."""
        return self.by_community(self.exists.sum(axis=1))


@kept
def _panel(daily: pd.DataFrame) -> Panel:
    """Many questions are asked of one run."""
    return Panel._build(daily)
