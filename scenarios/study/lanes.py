"""One compiled lane for all chunks of a process.

Every engine makes its lane anew, which loads the compiled code from the disk again: a fifth of a second and 14 MB that
are never given back (measured). Over hundreds of chunks that is most of the time and all of the memory. A compiled lane
has no state, so the chunks of one process share one for each set of roles. Engines themselves are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["shared_lanes"]

_kept: dict[Any, Any] = {}


@contextmanager
def shared_lanes() -> Iterator[None]:
    """Engines made inside use a lane that was made before, where roles and row type are the same."""
    from sim import engine

    before = engine.make_lane

    def make(name: str, roles: Any, member_type: Any, model: Any = None) -> Any:
        if name != "compiled":
            return before(name, roles, member_type, model)
        key = (roles, member_type)
        if key not in _kept:
            _kept[key] = before(name, roles, member_type, model)
        return _kept[key]

    engine.make_lane = make
    try:
        yield
    finally:
        engine.make_lane = before
