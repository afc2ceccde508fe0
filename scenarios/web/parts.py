"""Small parts of the page. Texts are put in as text, never as HTML: some of them are from a stranger's files."""

from __future__ import annotations

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

__all__ = ["named", "words"]


class _Words(TextElement):
    """An element that holds nothing but its text."""


def words(tag: str, text: str, classes: str = "", **about: str) -> TextElement:
    """An element of HTML with a text in it."""
    made = _Words(tag=tag, text=text)
    made.classes(classes)
    return named(made, **about)


def named[E: ui.element](element: E, **about: str) -> E:
    """The element with attributes, whatever letters are in them; ``aria_label`` is written ``aria-label``."""
    for name, value in about.items():
        element.props[name.replace("_", "-")] = value
    return element
