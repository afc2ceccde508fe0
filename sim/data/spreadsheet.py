"""Tables as CSV that a spreadsheet shows and does not obey: a label like ``=cmd|…`` is a formula to it."""

from __future__ import annotations

import pandas as pd

__all__ = ["to_csv"]

_COMMANDS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(table: pd.DataFrame) -> str:
    """The table as CSV; texts and heads that begin like a formula get an apostrophe in front: then they are shown."""
    texts = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    safe = {name: table[name].map(_harmless, na_action="ignore") for name in texts if _has_commands(table[name])}
    return table.assign(**safe).rename(columns=_harmless).to_csv(index=False, lineterminator="\n")


def _has_commands(values: pd.Series) -> bool:
    kinds = values.cat.categories if isinstance(values.dtype, pd.CategoricalDtype) else values
    return any(isinstance(one, str) and one.startswith(_COMMANDS) for one in kinds)


def _harmless(one: object) -> object:
    return f"'{one}" if isinstance(one, str) and one.startswith(_COMMANDS) else one
