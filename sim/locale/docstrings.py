"""What docstrings say, in the language spoken: their paragraphs and first sentences."""

from __future__ import annotations

import inspect
import re

from sim.locale.speaking import paragraph, told

__all__ = ["first_sentence", "paragraphs_of", "said"]

_STOPS = (". ", "。")
_LINK = re.compile(r":(?:mod|func|class|data):`~?([^`]+)`")  # leads somewhere in the code; here its name is said


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a docstring or comment, as they stand."""
    return [part for part in inspect.cleandoc(text).split("\n\n") if part.strip()]


def said(text: str) -> str:
    """A paragraph in the language spoken; as it stands where it is not translated."""
    english = paragraph(text)
    found = told(english)
    return _LINK.sub(r"\1", text if found == english else found)


def first_sentence(text: str) -> str:
    """The first sentence of a docstring."""
    sentence = paragraph(said(next(iter(paragraphs_of(text)), "")))
    for stop in _STOPS:
        sentence = sentence.split(stop)[0]
    return sentence.rstrip(".")
