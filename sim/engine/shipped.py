"""What is shipped with the laboratory, and what is somebody's own.

The loops of the day are compiled for the rows and rules that are shipped, whatever else there is. What is somebody's
own comes in beside them: its columns behind those of a row, its rules by their address.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

__all__ = ["built_in", "is_shipped"]


def is_shipped(thing: Any) -> bool:
    """Is a class or a function part of the laboratory?"""
    return thing.__module__.partition(".")[0] in ("agents", "sim")


def built_in(roles: Sequence[type]) -> tuple[type, ...]:
    """The roles that stand first and are shipped; all of them, where not even the first is."""
    return tuple(takewhile(is_shipped, roles)) or tuple(roles)
