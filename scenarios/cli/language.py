"""The word ``lang=``, which every command takes."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.errors import UserError, shown
from sim.engine.knobs import did_you_mean
from sim.locale.catalogue import languages
from sim.locale.speaking import language_of, spoken

__all__ = ["WORD", "asked_language"]

WORD = "lang="


def asked_language(words: Sequence[str]) -> tuple[list[str], str]:
    """The words without ``lang=``, and the language it asks for; else the one that is spoken already.

    Raises
    ------
    UserError
        If there is no such language, or the word is given twice.
    """
    said = [word.removeprefix(WORD) for word in words if word.startswith(WORD)]
    rest = [word for word in words if not word.startswith(WORD)]
    if not said:
        return rest, spoken()
    if len(said) > 1:
        raise UserError("'lang' is given twice; give it once")
    lang = language_of(said[0])
    if lang is None:
        raise UserError(f"lang={shown(said[0])}: there is no '{shown(said[0])}'{did_you_mean(said[0], languages())}")
    return rest, lang
