"""Plain numbers and the columns that hold them: there without loss, or not at all."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["ColumnError", "fitted", "plain_values"]


class ColumnError(ValueError):
    """A value that its column would change: a fraction among integers, a number with too many digits."""


def plain_values(row: np.void) -> list[Any]:
    """The columns of a row as Python's own numbers, arrays as lists."""
    return [value.tolist() if isinstance(value, np.ndarray) else value for value in row.item()]


def fitted(table: str, column: str, dtype: np.dtype, values: list[Any], places: list[Any]) -> np.ndarray:
    """``values`` as an array of the column's type, if that changes none of them; ``places`` are their rows."""
    try:
        array = np.array(values, dtype=dtype.base)
        if array.shape[1:] == dtype.shape and array.tolist() == values:
            return array
    except (OverflowError, TypeError, ValueError):
        pass
    for place, value in zip(places, values, strict=True):
        if not _holds(dtype, value):
            where = f"{table}[{', '.join(map(str, place)) if isinstance(place, tuple) else place}]"
            attribute = f".{column}" if column else ""
            raise ColumnError(f"{where}{attribute} = {value!r}: its column ({_named(dtype)}) would change it")
    return array


def _holds(dtype: np.dtype, value: Any) -> bool:
    """Does a column of this type give back what is put into it?"""
    try:
        kept = np.array(value, dtype=dtype.base)
    except (OverflowError, TypeError, ValueError):
        return False
    if kept.shape != dtype.shape:
        return False
    mine, its = (np.ravel(np.array(x, dtype=object)).tolist() for x in (value, kept.tolist()))
    return all(a == b or (a != a and b != b) for a, b in zip(mine, its, strict=True))


def _named(dtype: np.dtype) -> str:
    return f"{dtype.shape[0]} × {dtype.base}" if dtype.shape else str(dtype)
