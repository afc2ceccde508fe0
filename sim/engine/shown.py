"""Rows as they print themselves in a debugger or a notebook: column by column, what is zero last and by name alone.

>>> print(described("Cat", {"lives": 9, "mood": 0.123456789, "paws": [1, 1], "debts": 0}))
<Cat: lives=9, mood=0.123457, paws=[1, 1]
  0: debts>
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

__all__ = ["called", "described", "readable"]

_WIDTH = 110


def called(table: str) -> str:
    """What a row of a table is called: ``groups`` → ``Group``."""
    return table.removesuffix("s").capitalize()


def described(name: str, values: Mapping[str, Any]) -> str:
    """A row of many columns as text, in lines that fit a screen; floats by six digits."""
    held = {column: value for column, value in values.items() if _is_something(value)}
    empty = [column for column in values if column not in held]
    lines = [f"{name}: {', '.join(f'{column}={_short(value)}' for column, value in held.items())}"] if held else [name]
    lines += [f"0: {', '.join(empty)}"] if empty else []
    wrapped = (textwrap.fill(line, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
               for line in lines)  # fmt: skip
    return f"<{'\n  '.join(wrapped)}>"


def _is_something(value: Any) -> bool:
    return any(value) if isinstance(value, list) else bool(value)


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_short, value))}]"
    return f"{value:.6g}" if isinstance(value, float) else repr(value)


class _Row(np.void):  # type: ignore[misc]  # final for mypy alone: np.record is one, too
    """A row of a structured array that says its columns by name; NumPy's own says them by number."""

    def __repr__(self) -> str:
        names = self.dtype.names or ()
        return described(type(self).__name__, {name: self[name].tolist() for name in names})

    __str__ = __repr__


@cache
def _kind_of_row(name: str) -> type[_Row]:
    return type(name, (_Row,), {})


def readable(name: str, table: np.ndarray) -> np.ndarray:
    """The same memory as ``table``; its rows are called ``name`` and print themselves by column."""
    return table.view(np.dtype((_kind_of_row(name), table.dtype)))
