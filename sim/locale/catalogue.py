"""Texts by key and language, read from the .po files of this folder when they are first asked for.

``shequn.pot`` holds the English text of every key (``msgctxt`` is the key, ``msgid`` the text), ``NAME.po`` the same
entries in another language: every such file there is makes one more language. A translation counts if it is not empty,
not marked fuzzy and made from today's English; else English is shown. A part of the program that is seldom used may have
such a folder of its own, with one template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

__all__ = ["DECLARED", "MESSAGE", "NAME", "SOURCE", "LocaleError", "declaration", "html_code", "is_text", "keys",
           "languages", "messages", "name", "paragraphs", "text"]  # fmt: skip

FOLDER = Path(__file__).parent
TEMPLATE = "shequn.pot"
SOURCE = "en"
# Contexts of texts that stand in English in the code and in conf/; their msgid is the English.
NAME = "name"  # what things are called
DECLARED = "declared"  # what is said of them: knobs, strategies, columns, help
MESSAGE = "message"  # parts of messages of mistakes, {1} for what is filled in
BY_ENGLISH = (NAME, DECLARED, MESSAGE)


class LocaleError(ValueError):
    """A file of texts that cannot be read; the message names file and line."""


@dataclass(frozen=True)
class Catalogue:
    """One language: its texts by key, what is declared in English by context and English, and its code in HTML."""

    texts: Mapping[str, str]
    by_english: Mapping[str, Mapping[str, str]]
    html: str


def languages() -> tuple[str, ...]:
    """English, then the .po files there are, by name."""
    return (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))


def text(key: str, lang: str, folder: Path | None = None) -> str:
    """The text ``key`` in ``lang``, slots open; English where it is not translated. ``folder``: another catalogue.

    Raises
    ------
    KeyError
        There is no such key.
    ValueError
        There is no such language; a :class:`LocaleError` if its file cannot be read.
    """
    return _catalogue(lang, folder).texts.get(key) or _catalogue(SOURCE, folder).texts[key]


def keys(start: str) -> list[str]:
    """The keys that begin so, in their order."""
    return [key for key in _catalogue(SOURCE).texts if key.startswith(start)]


def is_text(key: str, folder: Path | None = None) -> bool:
    """Is there a text of this key?"""
    return key in _catalogue(SOURCE, folder).texts


def name(english: str, lang: str) -> str:
    """A declared name in ``lang``; the English one where it is not translated."""
    return _catalogue(lang).by_english[NAME].get(english, english)


def declaration(english: str, lang: str, folder: Path | None = None) -> str:
    """A declared text in ``lang``; English where it is not translated. To say it in English no file is read."""
    return english if lang == SOURCE else _catalogue(lang, folder).by_english[DECLARED].get(english, english)


def messages(lang: str) -> Mapping[str, str]:
    """Parts of messages in ``lang``, by their English."""
    return {} if lang == SOURCE else _catalogue(lang).by_english[MESSAGE]


def paragraphs(group: str, lang: str) -> list[str]:
    """The texts ``group.01``, ``group.02``, … in their order."""
    return [text(key, lang) for key in _catalogue(SOURCE).texts if key.rpartition(".")[0] == group]


def html_code(lang: str) -> str:
    """What HTML calls the language: ``Language`` in the head of its file, else the file's name."""
    return _catalogue(lang).html


def _catalogue(lang: str, folder: Path | None = None) -> Catalogue:
    return _read(folder or FOLDER, lang)


@cache
def _read(folder: Path, lang: str) -> Catalogue:
    by_english: dict[str, dict[str, str]] = {context: {} for context in BY_ENGLISH}
    if lang == SOURCE:
        (template,) = folder.glob("*.pot")
        entries = _entries(template, f'msgctxt "{NAME}"')  # where the texts that have no key begin
        return Catalogue({entry.msgctxt: entry.msgid for entry in entries if entry.msgctxt not in BY_ENGLISH},
                         by_english, SOURCE)  # fmt: skip
    path = folder / f"{lang}.po"
    if lang not in languages():
        raise ValueError(f"there is no language '{lang}'; there is {', '.join(languages())}")
    if not path.exists():  # a catalogue apart may have fewer languages
        return Catalogue({}, by_english, lang)
    english, texts = _read(folder, SOURCE).texts, {}
    found = _entries(path)
    for entry in found:
        if not entry.msgstr or entry.fuzzy or entry.obsolete:
            continue
        if entry.msgctxt in BY_ENGLISH:
            by_english[entry.msgctxt][entry.msgid] = entry.msgstr
        elif english.get(entry.msgctxt) == entry.msgid:
            texts[entry.msgctxt] = entry.msgstr
        else:
            continue
        if entry.msgctxt != DECLARED:  # these are shown as they are
            _check_slots(entry, path)
    return Catalogue(texts, by_english, _html_code(found.metadata.get("Language", ""), lang))


def _entries(path: Path, end: str = "") -> Any:
    """The entries of a file, by polib; those before a line ``end``, if one is named."""
    import polib

    text = _text(path)
    try:
        return polib.pofile(text.split(f"\n{end}\n", 1)[0] + "\n" if end else text)
    except OSError as error:
        found = re.search(r"\(line (\d+)\)(?:: (.*))?", str(error))
        line, problem = found.groups() if found else ("1", str(error))
        raise LocaleError(f"{path}, line {line}: {problem or 'not how a .po file is written'}") from error


def _text(path: Path) -> str:
    """A file's text. Refused is what polib does not see, or not the line of: letters that are not UTF-8, a text without
    its last quotation mark."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LocaleError(f"{path}, line {raw.count(b'\n', 0, error.start) + 1}: not UTF-8") from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("msg", '"')) and not line.rstrip().endswith('"'):
            raise LocaleError(f"{path}, line {number}: no quotation mark at the end")
    return text


def _check_slots(entry: Any, path: Path) -> None:
    """A translation fills in what the English text fills in, nothing else; a message may do without (``{1} is missing``
    and ``are missing`` are one in Chinese)."""
    try:
        said, filled = slots(entry.msgstr), slots(entry.msgid)
        same = said <= filled if entry.msgctxt == MESSAGE else said == filled
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
