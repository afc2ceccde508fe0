"""Ask memory for rows before they are needed. It changes no result; without it half of the time is spent waiting.

A member's row lies in main memory, a hundred times slower than the processor. Asked for early, it comes while other
members are being played. Only the compiled lane does so; in plain Python :func:`prefetch` does nothing.
"""

from __future__ import annotations

from typing import Any

from sim.engine.rule import HAS_NUMBA

__all__ = ["fetch_morning", "prefetch"]


def prefetch(row: Any, line: int) -> None:
    """Ask for one cache line (of 64 bytes) of a row."""


def fetch_morning(members: Any, row: int) -> None:
    """Ask for what a morning needs of the member in a row, if there is such a row."""


if HAS_NUMBA:  # what it is in compiled code
    import sim.engine.compiled.prefetch  # noqa: F401
