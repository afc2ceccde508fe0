"""Rows: state declared as class annotations, kept in one aligned structured array.

>>> class Cat:
...     lives: int
...     mood: float
>>> np.zeros(2, row_type(Cat))["lives"].tolist()
[0, 0]

``int`` becomes a 32-bit integer, ``float`` a 64-bit float, ``Annotated[int, n]`` an array of n. Numbers with fewer
digits than a double would round differently in the two lanes, so there are none.
"""

from __future__ import annotations

import typing
from functools import cache
from typing import Annotated, Any

import numpy as np

from sim.engine.rule import HAS_NUMBA

__all__ = ["Long", "Small", "Word", "copy_row", "declared", "new_rows", "row_type"]

Long = Annotated[int, "i8"]
"""A 64-bit integer."""
Small = Annotated[int, "i2"]
"""A count or a flag that stays below 32,767."""
Word = Annotated[int, "u8"]
"""A 64-bit word, for keys of luck."""

CACHE_LINE = 64
"""Bytes that come from memory together; a row is a whole number of lines."""
_SCALARS = {int: "i4", float: "f8", bool: "i4"}


def _column(name: str, hint: Any) -> tuple[Any, ...] | None:
    if typing.get_origin(hint) is typing.ClassVar:
        return None
    if typing.get_origin(hint) is Annotated:
        base, *what = typing.get_args(hint)
        scalar = next((w for w in what if isinstance(w, str)), _SCALARS[base])
        shape = tuple(w for w in what if isinstance(w, int))
        return (name, scalar, shape) if shape else (name, scalar)
    return (name, _SCALARS[hint]) if hint in _SCALARS else None


@cache  # reading annotations takes milliseconds
def declared(*owners: type) -> list[tuple[Any, ...]]:
    """Columns declared by annotations on the owners and their parents; parents first, each name once."""
    columns: dict[str, tuple[Any, ...]] = {}
    for owner in owners:
        for klass in reversed(owner.__mro__):
            if klass.__module__.split(".")[0] in ("mesa", "builtins"):
                continue
            hints = typing.get_type_hints(klass, include_extras=True)
            for name in vars(klass).get("__annotations__", {}):
                column = None if name.startswith("_") else _column(name, hints[name])
                if column is not None and columns.setdefault(name, column) != column:
                    raise TypeError(f"{klass.__name__}.{name} is declared twice with different types")
    return list(columns.values())


def row_type(*owners: type, extra: list[tuple[Any, ...]] | None = None, line: int = CACHE_LINE) -> np.dtype:
    """One aligned row type for everything the owners declare, and ``extra`` columns behind.

    A row takes a whole number of times ``line`` bytes: small rows that are gone through one after the other lie closer
    with fewer (8), and without a gap with 1.

    Columns named in the owners' ``hot`` stand first, in that order: what is touched every day shares cache lines.
    """
    columns = {column[0]: column for column in declared(*owners)}
    hot = [name for owner in owners for name in getattr(owner, "hot", ())]
    order = [name for name in dict.fromkeys([*hot, *columns]) if name in columns]
    packed = np.dtype([columns[name] for name in order] + (extra or []), align=line > 1)
    fields = dict(packed.fields or {})
    shape: Any = {
        "names": list(fields),
        "formats": [field[0] for field in fields.values()],
        "offsets": [field[1] for field in fields.values()],
        "itemsize": -(-packed.itemsize // line) * line,
    }
    return np.dtype(shape)


def new_rows(n: int, dtype: np.dtype) -> np.ndarray:
    """``n`` rows of zeros that begin on a cache line."""
    room = np.zeros(n * dtype.itemsize + CACHE_LINE, dtype=np.uint8)
    start = -room.ctypes.data % CACHE_LINE
    return room[start : start + n * dtype.itemsize].view(dtype)


def copy_row(members: Any, source: int, target: int) -> None:
    """Make one row equal to another."""
    members.duplicate(source, target)


def blank_rows(rows: Any, n: int) -> None:
    """Make the first ``n`` rows all zeros, as the last one is, which is nobody's."""
    for row in range(n):
        rows.duplicate(rows.size - 1, row)


if HAS_NUMBA:  # the same as one copy of bytes, for compiled code
    import sim.engine.compiled.rows  # noqa: F401
