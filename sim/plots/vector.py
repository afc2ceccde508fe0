"""Figures as SVG and PDF, for papers: the same bytes on every call, and the letters inside as in a PNG.

An SVG has its letters as outlines; a PDF embeds the glyphs it needs and can be searched. They are of type 3, since as
type 42 matplotlib passes the outlines of the shipped font (CFF) off as TrueType, which not every reader forgives.
"""

from __future__ import annotations

import io
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from sim.plots.style import RULES, register

__all__ = ["VECTOR", "to_vector"]

_SAID: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "svg": ({"svg.fonttype": "path", "svg.hashsalt": "shequn"}, {"Creator": "shequn", "Date": None}),
    "pdf": ({"pdf.fonttype": 3}, {"Creator": "shequn", "Producer": "shequn", "CreationDate": None}),
}
VECTOR = tuple(_SAID)
"""The formats there are."""


def to_vector(figure: Figure, form: str) -> bytes:
    """The figure in one of the formats of :data:`VECTOR`: no date inside, and names that depend on content alone."""
    register()
    rules, notes = _SAID[form]
    buffer = io.BytesIO()
    with matplotlib.rc_context({**RULES, **rules}):
        figure.savefig(buffer, format=form, metadata=notes)
    return buffer.getvalue()
