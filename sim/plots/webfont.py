"""The shipped Chinese font cut down to the characters of one page, so that a page carries its own letters."""

from __future__ import annotations

import io

from fontTools import subset
from fontTools.ttLib import TTFont

from sim.plots.style import FONT

__all__ = ["web_font"]


def web_font(text: str) -> bytes:
    """OpenType font with the characters of ``text`` (those the shipped font has); empty if none is beyond Latin-1."""
    wanted = {ord(c) for c in text if ord(c) > 0xFF}
    if not wanted:
        return b""
    options = subset.Options()
    options.hinting, options.layout_features, options.notdef_outline = False, [], True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    buffer = io.BytesIO()
    # No time of the day inside: the same page, the same bytes. The whole font's bounding box holds for its part.
    with TTFont(FONT, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        subsetter.subset(font)
        font.save(buffer)
    return buffer.getvalue()
