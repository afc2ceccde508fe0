"""Texts by key and language, read from the .po files of this folder when they are first asked for.

``shequn.pot`` holds the English text of every key (``msgctxt`` is the key, ``msgid`` the text), ``NAME.po`` the same
entries in another language: every such file there is makes one more language. A translation counts if it is not empty,
not marked fuzzy and made from today's English; else English is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

__all__ = ["NAME", "SOURCE", "LocaleError", "html_code", "is_text", "languages", "name", "paragraphs", "text"]

FOLDER = Path(__file__).parent
TEMPLATE = "shequn.pot"
SOURCE = "en"
NAME = "name"  # the context of names that are declared in code and in conf/; their msgid is the English name


class LocaleError(ValueError):
    """A file of texts that cannot be read; the message names file and line."""


@dataclass(frozen=True)
class Catalogue:
    """One language: its texts by key, declared names by their English, and its code in HTML."""

    texts: Mapping[str, str]
    names: Mapping[str, str]
    html: str


def languages() -> tuple[str, ...]:
    """English, then the .po files there are, by name."""
    return (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))


def text(key: str, lang: str) -> str:
    """The text ``key`` in ``lang``, slots open; English where it is not translated.

    Raises
    ------
    KeyError
        There is no such key.
    ValueError
        There is no such language; a :class:`LocaleError` if its file cannot be read.
    """
    return _catalogue(lang).texts.get(key) or _catalogue(SOURCE).texts[key]


def is_text(key: str) -> bool:
    """Is there a text of this key?"""
    return key in _catalogue(SOURCE).texts


def name(english: str, lang: str) -> str:
    """A declared name in ``lang``; the English one where it is not translated."""
    return _catalogue(lang).names.get(english, english)


def paragraphs(group: str, lang: str) -> list[str]:
    """The texts ``group.01``, ``group.02``, … in their order."""
    return [text(key, lang) for key in _catalogue(SOURCE).texts if key.rpartition(".")[0] == group]


def html_code(lang: str) -> str:
    """What HTML calls the language: ``Language`` in the head of its file, else the file's name."""
    return _catalogue(lang).html


def _catalogue(lang: str) -> Catalogue:
    return _read(FOLDER, lang)


@cache
def _read(folder: Path, lang: str) -> Catalogue:
    if lang == SOURCE:
        entries = _entries(folder / TEMPLATE)
        return Catalogue({entry.msgctxt: entry.msgid for entry in entries if entry.msgctxt != NAME}, {}, SOURCE)
    path = folder / f"{lang}.po"
    if lang not in languages():
        raise ValueError(f"there is no language '{lang}'; there is {', '.join(languages())}")
    english, texts, names = _read(folder, SOURCE).texts, {}, {}
    found = _entries(path)
    for entry in found:
        if not entry.msgstr or entry.fuzzy or entry.obsolete:
            continue
        if entry.msgctxt == NAME:
            names[entry.msgid] = entry.msgstr
        elif english.get(entry.msgctxt) == entry.msgid:
            texts[entry.msgctxt] = entry.msgstr
        else:
            continue
        _check_slots(entry, path)
    return Catalogue(texts, names, _html_code(found.metadata.get("Language", ""), lang))


def _entries(path: Path) -> Any:
    """The entries of a file, by polib."""
    import polib

    _check_letters(path)
    try:
        return polib.pofile(str(path), encoding="utf-8")
    except OSError as error:
        found = re.search(r"\(line (\d+)\)(?:: (.*))?", str(error))
        line, problem = found.groups() if found else ("1", str(error))
        raise LocaleError(f"{path}, line {line}: {problem or 'not how a .po file is written'}") from error


def _check_letters(path: Path) -> None:
    """What polib does not see, or not the line of: letters that are not UTF-8, a text without its last quotation mark."""
    raw = path.read_bytes()
    try:
        lines = raw.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise LocaleError(f"{path}, line {raw.count(b'\n', 0, error.start) + 1}: not UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.startswith(("msg", '"')) and not line.rstrip().endswith('"'):
            raise LocaleError(f"{path}, line {number}: no quotation mark at the end")


def _check_slots(entry: Any, path: Path) -> None:
    """A translation fills in what the English text fills in, nothing else."""
    try:
        same = slots(entry.msgstr) == slots(entry.msgid)
    except ValueError as error:
        raise LocaleError(f"{path}, line {entry.linenum}: '{entry.msgctxt}': braces: {error}") from error
    if not same:
        wanted = ", ".join(f"{{{slot}}}" for slot in sorted(slots(entry.msgid))) or "none"
        raise LocaleError(f"{path}, line {entry.linenum}: '{entry.msgctxt}': parts in braces must be: {wanted}")


def slots(text: str) -> set[str]:
    """The names in braces; an equation, a text that begins with '=', has none."""
    return set() if text.startswith("=") else {slot for _, slot, _, _ in Formatter().parse(text) if slot is not None}


def _html_code(stated: str, lang: str) -> str:
    """The code stated, unless it is of another language: somebody copied the template and left its head as it was."""
    code, own = stated.strip().replace("_", "-"), lang.replace("_", "-")
    return code if code.split("-")[0].lower() == own.split("-")[0].lower() else own
