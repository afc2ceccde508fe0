"""The words of ``shequn advise``."""

from __future__ import annotations

import math
from collections.abc import Mapping

from scenarios.errors import ConfigError, shown
from scenarios.experiments.options import Reader, setting, whole_number

__all__ = ["WORDS"]


def _number(key: str, value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ConfigError(f"{key}={shown(value)} is no number")
    return found


def _matters(key: str, value: str) -> dict[str, float]:
    """``life:1,talk:1,sales:2``."""
    parts = [part.partition(":") for part in value.strip("{}[] ").split(",") if part.strip()]
    if not parts or not all(colon for _, colon, _ in parts):
        raise ConfigError(f"{key}={shown(value)}: write it like {key}=life:1,talk:1,sales:2")
    return {name.strip(): _number(key, weight) for name, _, weight in parts}


def _names(key: str, value: str) -> list[str]:
    return [part.strip() for part in value.strip("[]").split(",") if part.strip()]


def _text(key: str, value: str) -> str:
    return value


WORDS: Mapping[str, Reader] = {
    "kind": _text, "groups": whole_number, "people": whole_number, "hours": _number, "yuan": _number,
    "matters": _matters, "without": _names, "days": setting, "seed": setting, "file": _text,
}  # fmt: skip
