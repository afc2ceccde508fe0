"""Texts in a YAML file, by language: ``{en: …, zh: …}``, or one that stands for all."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.errors import ConfigError, shown
from sim.locale.names import DECLARED
from sim.locale.words import languages

__all__ = ["check_language", "texts_of"]


def texts_of(value: object, place: str, longest: int) -> dict[str, str]:
    """A text by language; English and Chinese are always among them.

    Raises
    ------
    ConfigError
        If it is no text of at most so many printable letters, or of a language that there is not.
    """
    texts = dict.fromkeys(DECLARED, value) if isinstance(value, str) else value
    if not isinstance(texts, Mapping) or not texts:
        raise ConfigError(f"{place}: {shown(value)} is no text; write a line, or {{en: …, zh: …}}")
    for language, text in texts.items():
        check_language(language, place)
        if not isinstance(text, str) or not text.strip() or len(text) > longest:
            raise ConfigError(f"{place}.{language}: {shown(text)} is no text of up to {longest:,} letters")
    first = next(iter(texts.values()))
    said = {language: " ".join(str(texts.get(language, first)).split()) for language in (*DECLARED, *texts)}
    if bad := next((text for text in said.values() if not text.isprintable()), ""):
        raise ConfigError(f"{place}: {shown(ascii(bad))} has letters that cannot be printed")
    return said


def check_language(language: object, place: str) -> None:
    """Refuse a language that there is not."""
    if language not in languages():
        raise ConfigError(f"{place}: there is no language '{shown(language)}'; there is {', '.join(languages())}")
