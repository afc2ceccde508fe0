"""Texts of the course by key and language: a catalogue of its own, which nothing but the course reads.

``course.pot`` holds the English by key, and behind it the prose of the notebooks; ``NAME.po`` has both in another
language. Names of mistakes stand under ``mistake.NAME``. An exercise has ``ID.right`` (why it is right), ``ID.other``
(what to look at after any other answer) and ``ID.NAME`` for each of its mistakes; slots are the facts of its lesson.
"""

from __future__ import annotations

import math
from pathlib import Path
from types import MappingProxyType

from scenarios.course.lesson import Fact, Facts
from sim.locale.catalogue import declaration, text
from sim.locale.words import filled

__all__ = ["FOLDER", "prose", "shown", "tell"]

FOLDER = Path(__file__).parent / "locale"


def tell(key: str, lang: str, facts: Facts = MappingProxyType({}), /, **more: object) -> str:
    """The text ``key`` in a language, its slots filled with facts and whatever else is given."""
    slots = {name: shown(value) for name, value in facts.items()}
    return filled(text(key, lang, FOLDER), **slots, **more)


def prose(english: str, lang: str) -> str:
    """A cell of prose of a notebook in a language; English where it is not translated."""
    return declaration(english, lang, FOLDER)


def shown(value: Fact) -> str:
    """A fact in a text: three figures, a true minus.

    >>> shown(0.08924), shown(-12.345), shown(12345.6), shown("b")
    ('0.0892', '−12.3', '12,346', 'b')
    """
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "–"
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}").replace("-", "−")
