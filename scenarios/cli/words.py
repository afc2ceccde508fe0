"""Settings behind what a command is about, said as ``name=value``: ``shequn read LOG zone=Asia/Shanghai``."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scenarios.errors import UserError, shown

__all__ = ["between", "number", "settings_of", "yes_or_no"]


def settings_of(command: str, given: Sequence[str], readers: Mapping[str, Callable[[str, str], Any]]) -> dict[str, Any]:
    """The settings by name, each known, and with a value that its reader takes.

    Raises
    ------
    UserError
        A setting the command does not have, or one without a value.
    """
    from sim.engine.knobs import did_you_mean

    found: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or name not in readers:
            raise UserError(f"'{shown(text)}' is no setting of {command}{did_you_mean(name, readers)}")
        if not value:
            raise UserError(f"{name}= has no value")
        found[name] = readers[name](name, value)
    return found


def between(low: int, high: int) -> Callable[[str, str], int]:
    """A reader of whole numbers from ``low`` to ``high``."""

    def read(name: str, text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise UserError(f"{name}={shown(text)}: a whole number from {low} to {high}")
        return int(text)

    return read


def number(low: float, high: float) -> Callable[[str, str], float]:
    """A reader of numbers from ``low`` to ``high``."""

    def read(name: str, text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise UserError(f"{name}={shown(text)}: a number from {low:g} to {high:g}")
        return value

    return read


def yes_or_no(name: str, text: str) -> bool:
    """``true`` or ``false``."""
    if text not in ("true", "false"):
        raise UserError(f"{name}={shown(text)}: true or false")
    return text == "true"
