"""Rows of bytes and plain Python numbers: there and back without loss, or not at all."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

import numpy as np

__all__ = ["ColumnError", "Packing"]

_CODES = {"i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H", "u4": "I", "u8": "Q", "f8": "d"}
"""Columns that hold Python's numbers as they are. A float of 32 bits does not."""


class ColumnError(ValueError):
    """A value that its column would change: a fraction among integers, a number with too many digits."""


class Packing:
    """How the rows of a table lie in its bytes: first the single numbers of a row, then its lists of numbers.

    ``name`` is the table's, for messages.
    """

    def __init__(self, name: str, table: np.ndarray) -> None:
        dtype = table.dtype
        fields: dict[str, Any] = dict(dtype.fields) if dtype.fields else {"": (dtype, 0)}
        order = sorted(fields, key=lambda column: fields[column][1])
        self.name, self.flat = name, tuple(column for column in order if not fields[column][0].shape)
        self.lists = tuple(column for column in order if fields[column][0].shape)
        self._size = dtype.itemsize
        self._codes = {column: _code(name, column, field[0]) for column, field in fields.items()}
        self._numbers = struct.Struct(self._spaced([(fields[column][1], column) for column in self.flat]))
        self._runs = [(fields[column][1], struct.Struct("=" + self._codes[column])) for column in self.lists]
        # made while the table is open: the sheets' own door, when it is closed to everybody else
        self._bytes = memoryview(table.reshape(-1).view(np.uint8))

    def _spaced(self, columns: list[tuple[int, str]]) -> str:
        """The format of the single numbers of a row, with the bytes between them left out."""
        text, at = "=", 0
        for offset, column in columns:
            text += f"{offset - at}x" * (offset > at) + self._codes[column]
            at = offset + struct.calcsize("=" + self._codes[column])
        return text

    def read(self, row: int) -> dict[str, Any]:
        """What a row holds, by column."""
        at = row * self._size
        values: dict[str, Any] = dict(zip(self.flat, self._numbers.unpack_from(self._bytes, at), strict=True))
        for column, (offset, run) in zip(self.lists, self._runs, strict=True):
            values[column] = list(run.unpack_from(self._bytes, at + offset))
        return values

    def write(self, row: int, numbers: Iterable[Any], lists: Iterable[list[Any]], where: Any) -> None:
        """Write a row; ``where`` is what its place is called if a value has to be refused."""
        at = row * self._size
        try:
            self._numbers.pack_into(self._bytes, at, *numbers)
            for values, (offset, run) in zip(lists, self._runs, strict=True):
                run.pack_into(self._bytes, at + offset, *values)
        except struct.error:
            held = dict(zip((*self.flat, *self.lists), (*numbers, *lists), strict=True))
            raise self._refusal(held, where) from None

    def _refusal(self, held: dict[str, Any], where: Any) -> ColumnError:
        """Which value it is that its column cannot hold."""
        place = f"{self.name}[{', '.join(map(str, where)) if isinstance(where, tuple) else where}]"
        for column, value in held.items():
            code = self._codes[column]
            try:
                struct.pack("=" + code, *(value if column in self.lists else [value]))
            except struct.error as error:
                attribute = f".{column}" if column else ""
                return ColumnError(f"{place}{attribute} = {value!r} does not fit its column {_type(code)}: {error}")
        return ColumnError(f"{place} does not fit its row")  # pragma: no cover


def _code(table: str, column: str, dtype: np.dtype) -> str:
    """The letter by which a column is packed."""
    kind = dtype.base.str[1:]
    if kind not in _CODES:
        raise TypeError(f"{table}.{column} is of type {dtype.base}: rules know integers and floats of 64 bits")
    return f"{int(np.prod(dtype.shape))}{_CODES[kind]}" if dtype.shape else _CODES[kind]


def _type(code: str) -> str:
    """``15h`` → ``15 × int16``."""
    kind = next(str(np.dtype(kind)) for kind, letter in _CODES.items() if letter == code[-1])
    return f"{code[:-1]} × {kind}" if code[:-1] else kind
