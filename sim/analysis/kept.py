"""The answer found last is kept: a run is asked the same thing by its table, its verdicts and its pictures.

Results are never changed in place, so a table stands for its content. One answer a question is held, and let go as soon
as what it was found of is gone.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

__all__ = ["kept"]

Source = TypeVar("Source")
Found = TypeVar("Found")


def kept(find: Callable[[Source], Found]) -> Callable[..., Found]:
    """Decorate a function of one table (or run): asked of the same object again, it returns the same answer again."""
    latest: dict[str, tuple[weakref.ref[Any], Found]] = {}

    def forget(gone: weakref.ref[Any]) -> None:
        held = latest.get("it")
        if held is not None and held[0] is gone:
            latest.pop("it", None)

    @wraps(find)
    def found(*positional: Source, **named: Source) -> Found:
        (source,) = (*positional, *named.values())
        held = latest.get("it")
        if held is not None and held[0]() is source:
            return held[1]
        answer = find(source)
        latest["it"] = (weakref.ref(source, forget), answer)
        return answer

    return found
