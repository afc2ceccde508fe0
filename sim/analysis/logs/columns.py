"""Checks of a column of somebody else's table: each returns clean values or raises one clear :class:`LogError`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.engine.knobs import did_you_mean

__all__ = ["LogError", "Source", "kinds", "short", "times", "whole_numbers", "yes_no"]

_LARGEST = 2**31 - 1
_EARLIEST, _LATEST = pd.Timestamp("1990-01-01", tz="UTC"), pd.Timestamp("2100-01-01", tz="UTC")


class LogError(ValueError):
    """A log that cannot be read. The message, of at most three lines, names file, place and cure."""


@dataclass(frozen=True)
class Source:
    """A file under reading: its name, and how its rows are counted (CSV by lines from 1, Parquet by rows from 0)."""

    name: str
    is_csv: bool

    def place(self, row: int) -> str:
        """Where row ``row`` (from 0) of the table stands in the file."""
        return f"line {row + 2}" if self.is_csv else f"row {row} (counting from 0)"

    def error(self, what: str, cure: str) -> LogError:
        """The error about the file as a whole."""
        return LogError(f"{short(self.name, 200)}: {what}\n{cure}")

    def at(self, row: int, column: str, what: str, cure: str) -> LogError:
        """The error about one cell."""
        return LogError(f"{short(self.name, 200)}, {self.place(row)}, column {column}: {what}\n{cure}")


def short(text: str, width: int) -> str:
    """Text on one line, cut to ``width`` characters."""
    flat = "".join(c if c.isprintable() else "?" for c in text)
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _shown(value: object) -> str:
    """A cell as the message shows it."""
    return "nothing" if value is None or value is pd.NA or value is pd.NaT else f"'{short(str(value), 40)}'"


def _empty(column: pd.Series) -> np.ndarray:
    """Which cells hold nothing: null, or text without a character."""
    empty = column.isna().to_numpy(bool)
    if not pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_datetime64_any_dtype(column):
        empty |= (column.astype("string").str.strip() == "").fillna(True).to_numpy(bool)
    return empty


def whole_numbers(source: Source, frame: pd.DataFrame, name: str, nullable: bool = False) -> pd.Series:
    """Column ``name`` as whole numbers from 0 to 2³¹ − 1 (Int32 where ``nullable``)."""
    column, cure = frame[name], f"{name} must be a whole number from 0 to {_LARGEST}" + (", or empty" * nullable)
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        raise source.at(0, name, f"{_shown(column.iloc[0])} is no number", cure)
    empty = _empty(column)
    if empty.any() and not nullable:
        raise source.at(int(np.argmax(empty)), name, "there is nothing", cure)
    numbers = pd.to_numeric(column.astype(object).where(~empty, 0), errors="coerce")
    values = numbers.to_numpy(np.float64, na_value=np.nan)
    with np.errstate(invalid="ignore"):
        bad = ~np.isfinite(values) | (values != np.floor(values)) | (values < 0) | (values > _LARGEST)
    if bad.any():
        row = int(np.argmax(bad))
        raise source.at(row, name, f"{_shown(column.iloc[row])} {_complaint(values[row])}", cure)
    whole = values.astype(np.int32)
    return pd.Series(pd.arrays.IntegerArray(whole, empty)) if nullable else pd.Series(whole)


def _complaint(value: float) -> str:
    if not np.isfinite(value):
        return "is no number"
    if value < 0:
        return "is negative"
    return "is too large" if value > _LARGEST else "is no whole number"


def times(source: Source, frame: pd.DataFrame, name: str, nullable: bool = False) -> pd.Series:
    """Column ``name`` as UTC timestamps; times without a zone are taken as UTC."""
    column, cure = frame[name], f"write {name} in UTC as 2016-05-30T17:04:05Z" + (", or leave it empty" * nullable)
    empty = _empty(column)
    if empty.any() and not nullable:
        raise source.at(int(np.argmax(empty)), name, "there is nothing", cure)
    if pd.api.types.is_datetime64_any_dtype(column):
        found = pd.to_datetime(column, utc=True, errors="coerce")
    elif pd.api.types.is_numeric_dtype(column):
        raise source.at(0, name, f"{_shown(column.iloc[0])} is a number, no time", cure)
    else:
        text = column.astype("string").str.strip()
        dated = text.str.match(r"\d{4}-\d{2}-\d{2}").fillna(False).to_numpy(bool)
        found = pd.to_datetime(text.where(dated).astype(object), format="ISO8601", utc=True, errors="coerce")
    bad = found.isna().to_numpy(bool) & ~empty
    if bad.any():
        row = int(np.argmax(bad))
        raise source.at(row, name, f"{_shown(column.iloc[row])} is no time", cure)
    strange = ((found < _EARLIEST) | (found >= _LATEST)).to_numpy(bool)
    if strange.any():
        row = int(np.argmax(strange))
        raise source.at(row, name, f"{_shown(column.iloc[row])} is before 1990 or after 2099", cure)
    return found.astype("datetime64[us, UTC]").reset_index(drop=True)


def kinds(source: Source, frame: pd.DataFrame, name: str, known: Iterable[str]) -> pd.Series:
    """Column ``name`` as a categorical of known kinds of message."""
    column, known = frame[name], sorted(known)
    words = column.astype("string").astype("category")
    unknown = [word for word in words.cat.categories if word not in known]
    bad = words.isna().to_numpy(bool) | words.isin(unknown).to_numpy(bool)
    if bad.any():
        row = int(np.argmax(bad))
        value = column.iloc[row]
        near = did_you_mean(str(value), known) if isinstance(value, str) and value else f"; there is {', '.join(known)}"
        raise source.at(row, name, f"{_shown(value)} is no kind of message", near.removeprefix("; "))
    return words.astype(object).astype("category").reset_index(drop=True)


def yes_no(source: Source, frame: pd.DataFrame, name: str) -> pd.Series:
    """Column ``name`` as yes, no or unknown (nullable boolean)."""
    column = frame[name]
    empty = _empty(column)
    text = column.astype("string").str.strip().str.lower()
    yes, no = text.isin(["true", "1", "1.0"]).to_numpy(bool), text.isin(["false", "0", "0.0"]).to_numpy(bool)
    bad = ~(yes | no | empty)
    if bad.any():
        row = int(np.argmax(bad))
        raise source.at(
            row, name, f"{_shown(column.iloc[row])} is neither true nor false", "write true, false or nothing"
        )
    return pd.Series(pd.arrays.BooleanArray(yes, empty))
