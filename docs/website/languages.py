"""Which languages the site is in, and which of its pages are in all of them."""

from __future__ import annotations

__all__ = ["LANGUAGES", "in_both", "translated"]

LANGUAGES = {"en": "en", "zh": "zh_CN"}
"""Folder of the site → what Sphinx calls the language."""

# A page, or a folder with its stroke. The first are written in English and translated paragraph by paragraph
# (docs/locale); the others are made of declarations in each language, or are written in Chinese.
_TRANSLATED = ("index", "tutorials/", "howto/", "reference/index", "explanation/index", "trials/")
_MADE = (
    "reference/strategies/",
    "reference/mechanisms",
    "reference/roles",
    "reference/outcomes",
    "reference/scenarios",
    "reference/commands",
    "trials/",
    "explanation/glossary",
    "readme_zh",
    "teacher.zh",
    "worksheet.zh",
)


def _is_of(name: str, pages: tuple[str, ...]) -> bool:
    return name in pages or name.startswith(tuple(one for one in pages if one.endswith("/")))


def translated(name: str) -> bool:
    """Is a page kept in other languages?"""
    return _is_of(name, _TRANSLATED) and not name.startswith(("trials/claims", "trials/cases"))


def in_both(name: str) -> bool:
    """Can a page be read in Chinese?"""
    return _is_of(name, (*_TRANSLATED, *_MADE))
