"""Rows: state declared as class annotations, kept in one aligned structured array.

>>> class Cat:
...     lives: int
...     mood: float
...     paws: Annotated[list[float], 4]
>>> cats = np.zeros(2, row_type(Cat))
>>> cats["lives"].tolist(), cats["paws"].shape
([0, 0], (2, 4))

``int`` becomes a 32-bit integer, ``float`` a 64-bit float, ``Annotated[list[int], n]`` an array of n. Numbers with
fewer digits than a double would round differently in the two lanes, so there are none.

The class that declares the columns is also the type by which rules know a row: ``def purr(cat: Cat) -> None``.
"""

from __future__ import annotations

import typing
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, cast, overload

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from sim.engine.rule import HAS_NUMBA

__all__ = [
    "Long", "Rows", "Small", "Tiny", "Word", "blank", "copy_row", "declared", "in_part", "lengthened",
    "new_rows", "record_type", "row_type",
]  # fmt: skip

Long = Annotated[int, "i8"]
"""A 64-bit integer."""
Small = Annotated[int, "i2"]
"""A count or a flag that stays below 32,767."""
Tiny = Annotated[int, "i1"]
"""A few bits, where there are many millions of rows."""
Word = Annotated[int, "u8"]
"""A 64-bit word, for keys of luck."""

CACHE_LINE = 64
"""Bytes that come from memory together; a row is a whole number of lines."""
_SCALARS = {int: "i4", float: "f8", bool: "i4"}


if TYPE_CHECKING:

    class Rows[R](np.ndarray[Any, np.dtype[Any]]):
        """A table. Rules take single rows (or numbers) out of it; between the days whole columns are taken.

        In the Mesa lane it is a sheet of objects (:class:`sim.engine.objects.Sheet`), for rules no different.
        """

        @overload  # type: ignore[override]
        def __getitem__(self, at: int | tuple[int, int], /) -> R: ...
        @overload
        def __getitem__(
            self, at: str | list[str] | slice | NDArray[Any] | tuple[NDArray[Any] | slice, int], /
        ) -> NDArray[Any]: ...
        def __getitem__(self, at: Any, /) -> Any: ...

else:
    Rows = NDArray


def _column(name: str, hint: Any) -> tuple[Any, ...] | None:
    if typing.get_origin(hint) is typing.ClassVar:
        return None
    if typing.get_origin(hint) is Annotated:
        base, *what = typing.get_args(hint)
        if typing.get_origin(base) is list:  # an array of what stands in the brackets
            column = _column(name, typing.get_args(base)[0])
            return (*column, tuple(what)) if column is not None else None
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


def row_type(
    *owners: type, extra: list[tuple[Any, ...]] | None = None, line: int = CACHE_LINE, is_open: bool = False
) -> np.dtype:
    """One aligned row type for everything the owners declare, and ``extra`` columns behind.

    A row takes a whole number of times ``line`` bytes: small rows that are gone through one after the other lie closer
    with fewer (8), and without a gap with 1.

    Columns named in the owners' ``hot`` stand first, in that order: what is touched every day shares cache lines. The
    others follow by size, so that no bytes are lost between them. Behind an ``is_open`` row there may be further
    columns (:func:`lengthened`, :func:`in_part`).
    """
    columns = {column[0]: column for column in declared(*owners)}
    hot = [name for owner in owners for name in getattr(owner, "hot", ())]
    wide_first = sorted(columns, key=lambda name: -np.dtype(columns[name][1]).alignment) if line > 1 else columns
    order = [name for name in dict.fromkeys([*hot, *wide_first]) if name in columns]
    packed = np.dtype([columns[name] for name in order] + (extra or []), align=line > 1)
    return _laid_out(dict(packed.fields or {}), _end(packed) + is_open, line)


def _laid_out(fields: dict[str, Any], n_bytes: int, line: int) -> np.dtype:
    shape: Any = {
        "names": list(fields),
        "formats": [field[0] for field in fields.values()],
        "offsets": [field[1] for field in fields.values()],
        "itemsize": -(-n_bytes // line) * line,
    }
    made = np.dtype(shape)
    return _MADE.setdefault(made, made)


_MADE: dict[np.dtype, np.dtype] = {}
"""One object a type: else Numba compares two that are equal, column by column, each time it is handed a table."""


def lengthened(row: np.dtype, columns: list[tuple[Any, ...]]) -> np.dtype:
    """The same row with further columns in lines of their own behind it; what stood in it stays where it was."""
    behind = np.dtype(columns, align=True)
    further = {name: (field[0], row.itemsize + field[1]) for name, field in (behind.fields or {}).items()}
    return _laid_out(dict(row.fields or {}) | further, row.itemsize + behind.itemsize, CACHE_LINE)


def _end(row: np.dtype) -> int:
    """Where the last column of a row ends."""
    return max(field[1] + field[0].itemsize for field in (row.fields or {}).values())


def in_part(table: Rows[Any], row: np.dtype) -> Rows[Any]:
    """The same memory, of which each row is known as far as the columns of ``row`` go.

    Rows are longer than that, by as much as the table says. So for Numba all such tables are of one type, however long
    their rows are. Of a single row it would take the step to the next from the type instead, which makes another type
    of it: so one row is shown as two, the second of which (there must be room for it) is nobody's.
    """
    known = _laid_out(dict(row.fields or {}), _end(row), 1)
    assert known.itemsize < table.itemsize
    first = np.ndarray(1, known, table.view(np.uint8).data)
    return cast("Rows[Any]", as_strided(first, (max(2, len(table)),), table.strides))


def record_type(owner: type) -> np.dtype:
    """Row type of a table that is no part of the world's memory: as a C compiler lays out what is declared."""
    return np.dtype(declared(owner), align=True)


def new_rows(n: int, dtype: np.dtype, behind: int = 0) -> Rows[Any]:
    """``n`` rows of zeros that begin on a cache line, with room for some more ``behind``."""
    room = np.zeros((n + behind) * dtype.itemsize + CACHE_LINE, dtype=np.uint8)
    start = -room.ctypes.data % CACHE_LINE
    return cast("Rows[Any]", room[start : start + n * dtype.itemsize].view(dtype))


def blank(shape: int | tuple[int, ...], dtype: np.dtype | type[np.number]) -> Rows[Any]:
    """Zeros, wherever they come to lie: memory that is never touched costs nothing."""
    return cast("Rows[Any]", np.zeros(shape, dtype=dtype))


def blank_at(table: Rows[Any], rows: Any) -> None:
    """Make some rows of a table all zeros; its rows take a whole number of eight bytes."""
    table.view(np.uint64).reshape(table.size, -1)[rows] = 0


def copy_row(members: Any, source: int, target: int) -> None:
    """Make one row equal to another."""
    members.duplicate(source, target)


def blank_rows(rows: Any, n: int) -> None:
    """Make the first ``n`` rows all zeros, as the last one is, which is nobody's."""
    for row in range(n):
        rows.duplicate(rows.size - 1, row)


if HAS_NUMBA:  # the same as one copy of bytes, for compiled code
    import sim.engine.compiled.rows  # noqa: F401
