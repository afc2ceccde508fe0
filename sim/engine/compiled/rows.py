"""Copying a row, for compiled code."""

from __future__ import annotations

from typing import Any

from numba.extending import overload

from sim.engine import rows
from sim.engine.rule import INNER

__all__: list[str] = []


@overload(rows.copy_row, jit_options=INNER)
def _copied(members: Any, source: Any, target: Any) -> Any:
    def implementation(members: Any, source: Any, target: Any) -> None:
        members[target] = members[source]

    return implementation
