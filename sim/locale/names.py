"""Names that are declared where the thing is: arms, worlds and outcomes; and those that a study's file gives.

A name is declared in English and, if need be, in Chinese, in this order. Any other language has it in its .po file
(``msgctxt "name"``); where it is nowhere, the English one is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from sim.locale.catalogue import name

__all__ = ["ARMS", "DECLARED", "WORLDS", "declared", "given_name", "name_arms", "name_worlds", "named"]

DECLARED = ("en", "zh")  # the languages of a declaration, in its order

ARMS: dict[str, tuple[str, str]] = {}
WORLDS: dict[str, tuple[str, str]] = {}

Names = Mapping[str, Mapping[str, str]]
_NAMES: ContextVar[Names] = ContextVar("names", default={})  # noqa: B039  (nobody writes to it)


def declared(names: Sequence[str] | Mapping[str, str], lang: str) -> str:
    """A declared name in ``lang``: as it is declared, else as the language's file has it, else in English.

    ``names`` are by language, or in the order of :data:`DECLARED`; the first stands in where English is missing.
    """
    texts = names if isinstance(names, Mapping) else dict(zip(DECLARED, names, strict=False))
    english = texts.get("en") or next(iter(texts.values()), "")
    return texts.get(lang) or name(english, lang)


def name_arms(titles: Mapping[str, tuple[str, str]]) -> None:
    """Make known what arms are called in English and Chinese: strategies bear their titles themselves."""
    ARMS.update(titles)


def name_worlds(titles: Mapping[str, tuple[str, str]]) -> None:
    """Make known what worlds are called in English and Chinese: scenarios bear their titles in their files."""
    WORLDS.update(titles)


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
