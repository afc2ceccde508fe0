"""Which language is spoken, and what is declared in English said in it.

The command line speaks the language of the word ``lang=``, else that of the environment, else English; pages speak each
of their languages in turn. Whoever calls Python hears English unless they say otherwise.

Declarations (knobs, strategies, columns, help) stand in English in the code. A language's file has what they are called
under the context ``declared``, looked up by the English; what is not there is English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from sim.locale.catalogue import SOURCE, declaration, languages

__all__ = ["from_environment", "language_of", "paragraph", "speaking", "spoken", "told"]

_SPOKEN: ContextVar[str] = ContextVar("spoken", default=SOURCE)
_NO_LANGUAGE = ("", "C", "POSIX")


def spoken() -> str:
    """The language that is spoken now."""
    return _SPOKEN.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Within, ``lang`` is spoken."""
    token = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language_of(tag: str) -> str | None:
    """The language there is for a name of a locale or language, or None.

    >>> language_of("zh_CN.UTF-8"), language_of("zh-Hans"), language_of("en"), language_of("xx_XX")
    ('zh', 'zh', 'en', None)
    """
    name = tag.split(".")[0].split("@")[0].replace("-", "_")
    known = {lang.lower(): lang for lang in languages()}
    parts = name.lower().split("_")
    return next((known[one] for k in range(len(parts), 0, -1) if (one := "_".join(parts[:k])) in known), None)


def from_environment(environment: Mapping[str, str]) -> str:
    """The language that ``LC_ALL``, else ``LC_MESSAGES``, else ``LANG`` names; ``LANGUAGE`` may name better ones, as for
    any program, except where the locale is none (C)."""
    locale = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    if locale.split(".")[0] in _NO_LANGUAGE:
        return SOURCE
    wished = (language_of(tag) for tag in (*environment.get("LANGUAGE", "").split(":"), locale))
    return next((lang for lang in wished if lang), SOURCE)


def told(english: str) -> str:
    """A declared text in the language spoken."""
    return declaration(english, spoken())


def paragraph(text: str) -> str:
    """A text of a docstring or comment without its line breaks, as translators find it.

    >>> paragraph("People come\\n    and go.")
    'People come and go.'
    """
    return " ".join(text.split())
