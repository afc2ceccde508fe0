"""A fingerprint of everything simulated: equal if and only if every table holds the same rows.

It does not depend on the order of rows or columns, on how pandas or Parquet store them, or on timings. Two runs with
equal digests are the same run, whichever lane, however many threads.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

__all__ = ["digest_of"]

#: Columns that identify a row, outermost first; rows that still tie are sorted by all other columns.
KEYS = ("arm", "world", "replicate", "group", "day", "person", "id", "other", "strategy")
NULL = -1


def digest_of(tables: Mapping[str, pd.DataFrame]) -> str:
    """SHA-256 (hex) of the tables, tables and columns in alphabetical order, rows in canonical order.

    Each column adds its name, its kind and its values as little-endian 32-bit integers, 64-bit integers (times, in
    microseconds), or 32- or 64-bit floats (one zero, one not-a-number). Names are hashed as text once and as positions
    in the sorted list of those that occur; null is -1.
    """
    total = hashlib.sha256()
    for table in sorted(tables):
        columns = {name: _canonical(tables[table][name]) for name in sorted(tables[table].columns)}
        order = _order({name: values for name, (_, values) in columns.items()})
        total.update(f"table {table} {len(tables[table])}\n".encode())
        for name, (kind, values) in columns.items():
            total.update(f"column {name} {kind}\n".encode())
            total.update(np.ascontiguousarray(values if order is None else values[order]).data)
    return total.hexdigest()


def _canonical(column: pd.Series) -> tuple[str, np.ndarray]:
    """Kind and plain little-endian values of a column."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return _canonical_names(column.array)
    if isinstance(dtype, pd.DatetimeTZDtype):
        return "time", column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy().astype("M8[us]").astype("<i8")
    if isinstance(dtype, np.dtype) and dtype.kind == "f":
        size = "<f8" if dtype.itemsize == 8 else "<f4"
        values = column.to_numpy().astype(size, copy=False) + np.zeros((), dtype=size)
        if np.isnan(values).any():
            values[np.isnan(values)] = np.nan
        return size, values
    if isinstance(dtype, np.dtype) and dtype.kind in "bui":
        return "<i4", column.to_numpy().astype("<i4", copy=False)
    if pd.api.types.is_integer_dtype(dtype):
        return "<i4", column.to_numpy(dtype="<i4", na_value=NULL)
    return _canonical_names(pd.Categorical(column.astype(str)))


def _canonical_names(values: pd.Categorical) -> tuple[str, np.ndarray]:
    codes = np.asarray(values.codes)
    used = np.bincount(codes[codes >= 0], minlength=len(values.categories)) > 0
    names = sorted(str(name) for name, is_used in zip(values.categories, used, strict=True) if is_used)
    place = np.full(len(values.categories) + 1, NULL, dtype="<i4")
    for i, name in enumerate(values.categories):
        place[i] = names.index(str(name)) if used[i] else NULL
    return "names " + "\x1f".join(names), place[codes]


def _order(columns: Mapping[str, np.ndarray]) -> np.ndarray | None:
    """The canonical order of rows, or None where they stand in it already.

    By the keys, packed into one 64-bit number where they fit; where rows tie, by all other columns too.
    """
    keys = [columns[name] for name in KEYS if name in columns]
    rest = [columns[name] for name in sorted(columns) if name not in KEYS]
    packed = _packed(keys)
    if packed is None:
        return np.lexsort([*reversed(rest), *reversed(keys)])
    if (np.diff(packed) > 0).all():
        return None
    order = np.argsort(packed, kind="stable")
    same = np.diff(packed[order]) == 0
    tied = np.r_[False, same] | np.r_[same, False]
    if tied.any():  # a few rows among millions
        rows = order[tied]
        order[tied] = rows[np.lexsort([*(column[rows] for column in reversed(rest)), packed[rows]])]
    return order


def _packed(keys: list[np.ndarray]) -> np.ndarray | None:
    """One whole number a row that sorts as the keys do, compared left to right; None if 63 bits do not hold it."""
    if not keys or not len(keys[0]):
        return None
    lows = [int(key.min()) for key in keys]
    sizes = [int(key.max()) - low + 1 for key, low in zip(keys, lows, strict=True)]
    if math.prod(sizes) >= 2**63:
        return None
    packed = np.zeros(len(keys[0]), dtype=np.int64)
    for key, low, size in zip(keys, lows, sizes, strict=True):
        packed *= size
        packed += key
        packed -= low
    return packed
