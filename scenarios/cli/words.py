"""Settings behind what a command is about, said as ``name=value``: ``shequn read LOG zone=Asia/Shanghai``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scenarios.errors import UserError, shown

__all__ = ["settings_of"]


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
