"""Names that a study's file gives its worlds and arms in another language; in force while its page is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["given_name", "named"]

Names = Mapping[str, Mapping[str, str]]
_NAMES: ContextVar[Names] = ContextVar("names", default={})  # noqa: B039  (nobody writes to it)


@contextmanager
def named(names: Names) -> Iterator[None]:
    """Within, labels are called what ``names`` says: language → label → name."""
    token = _NAMES.set(names)
    try:
        yield
    finally:
        _NAMES.reset(token)


def given_name(label: str, lang: str) -> str | None:
    """The name given to a label in a language, if there is one."""
    return _NAMES.get().get(lang, {}).get(label)
