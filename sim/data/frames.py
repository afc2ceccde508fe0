"""From the engine's structured arrays to pandas frames: codes get names, -1 becomes null, minutes become times.

The engine writes numbers only (see :mod:`sim.data.tables`); people read frames. This is the one place that knows both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.data import tables

__all__ = ["DTYPES", "NULLABLE", "columns_of", "frame_of", "midnight"]

#: Row types by table name. ``daily``, ``spells`` and ``groups`` are always there, the rest when recorded.
DTYPES: dict[str, np.dtype] = {
    "daily": tables.DAILY,
    "spells": tables.SPELLS,
    "groups": tables.GROUPS,
    "messages": tables.MESSAGES,
    "purchases": tables.PURCHASES,
    "ledger": tables.LEDGER,
    "pairs": tables.PAIRS,
    "starts": tables.STARTS,
    "others": tables.OTHERS,
}

#: Columns in which -1 means "none" or "not yet": null in the frame.
NULLABLE: dict[str, tuple[str, ...]] = {
    "spells": ("inviter", "day_left", "day_first_post", "day_trusting", "day_first_invitation"),
    "groups": ("day_first_silent", "day_died"),
    "messages": ("reply_to",),
}

YES_NO: dict[str, tuple[str, ...]] = {"spells": ("muted",), "messages": ("on_topic",), "purchases": ("refunded",)}

MICROSECONDS_PER_MINUTE = 60_000_000
TIME_ZONE = "Asia/Shanghai"
_BLOCK = 2048


def columns_of(array: np.ndarray) -> dict[str, np.ndarray]:
    """Split a structured array (n rows) into one contiguous array (n,) a column, as ``array[name].copy()`` would.

    It goes by blocks of rows that fit the cache: one column after another would read the whole table once a column.
    """
    names = array.dtype.names or ()
    out = {name: np.empty(len(array), dtype=array.dtype[name]) for name in names}
    for start in range(0, len(array), _BLOCK):
        block = array[start : start + _BLOCK]
        for name, values in out.items():
            values[start : start + _BLOCK] = block[name]
    return out


def frame_of(table: str, arm: str, world: str, array: np.ndarray, meta: Mapping[str, Any]) -> pd.DataFrame:
    """The frame of one table of one arm: ``arm`` and ``world`` first, then the columns of :mod:`sim.data.tables`.

    ``meta`` names the codes: ``roles`` (by role code), ``strategies`` (by ledger code, -1 is ``operator``), ``start``
    (ISO date of day 0) and ``timezone``. Codes without a name are called by their number, so nothing is lost.
    """
    data: dict[str, Any] = {"arm": _label(arm, len(array)), "world": _label(world, len(array))}
    for name, values in columns_of(array).items():
        if name == "minute":
            data["t"] = _timestamps(values, meta)
        elif (words := _words(table, name, meta)) is not None:
            data[name] = _named(values, words, "operator" if name == "strategy" else "unknown")
        elif name in NULLABLE.get(table, ()):
            data[name] = pd.arrays.IntegerArray(np.where(values < 0, 0, values).astype(np.int32), values < 0)
        elif name in YES_NO.get(table, ()):
            data[name] = values != 0
        else:
            data[name] = values
    return pd.DataFrame(data, copy=False)


def _label(text: str, n: int) -> pd.Categorical:
    return pd.Categorical.from_codes(np.zeros(n, dtype=np.int8), categories=[text])


def _words(table: str, name: str, meta: Mapping[str, Any]) -> Sequence[str] | None:
    """What the codes of a column stand for, or None where the numbers speak for themselves."""
    known: dict[tuple[str, str], Sequence[str]] = {
        ("spells", "role"): meta.get("roles", ()),
        ("spells", "channel"): tables.CHANNELS,
        ("spells", "reason"): tables.REASONS,
        ("messages", "kind"): meta.get("kinds", tables.KINDS),
        ("ledger", "strategy"): meta.get("strategies", ()),
    }
    return known.get((table, name))


def _named(codes: np.ndarray, words: Sequence[str], below: str) -> pd.Categorical:
    """A categorical of names; code -1 reads ``below``, a code beyond the words its own number. Reason 0 is null."""
    names = [*words]
    top = int(codes.max(initial=-1))
    names += [str(code) for code in range(len(names), top + 1)]
    codes = codes.astype(np.int32)
    if names and names[0] == "null":
        return pd.Categorical.from_codes(codes - 1, categories=names[1:])
    if (codes < 0).any():
        codes, names = np.where(codes < 0, len(names), codes), [*names, below]
    return pd.Categorical.from_codes(codes, categories=names)


def midnight(meta: Mapping[str, Any]) -> pd.Timestamp:
    """The moment, in UTC, at which day 0 begins in the scenario's time zone."""
    return pd.Timestamp(meta.get("start", "2025-03-03"), tz=meta.get("timezone", TIME_ZONE)).tz_convert("UTC")


def _timestamps(minutes: np.ndarray, meta: Mapping[str, Any]) -> pd.DatetimeIndex:
    """UTC times of minutes counted from the midnight that begins day 0 in the scenario's time zone."""
    micro = midnight(meta).value // 1000 + np.rint(minutes * MICROSECONDS_PER_MINUTE).astype(np.int64)
    return pd.DatetimeIndex(micro.view("M8[us]")).tz_localize("UTC")
