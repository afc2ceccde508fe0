"""What was wrong, in the language spoken.

A mistake is told in English where it is found, by an f-string that names the place and the cure. So it stays readable
there, and ``str(error)`` is English for whoever calls Python. The command line says it in other languages: a message is
made of parts, with "; ", ": " or a line break between them (outside of quotation marks and brackets), and a language's
file has the parts by their English under the context ``message``, ``{1}``, ``{2}`` for what is filled in. `make docs`
lists the parts, from the code (docs/messages.py); a part that is not translated is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sim.locale.catalogue import SOURCE, LocaleError, declaration, messages
from sim.locale.speaking import spoken
from sim.locale.words import say, semicolons

__all__ = ["FROM_ELSEWHERE", "message", "parts_of", "places_of"]

#: Parts that are not in our code but in Python's (of argparse, of the operating system), or in no message by themselves.
FROM_ELSEWHERE = (
    "unrecognized arguments: {1}", "the following arguments are required: {1}", "argument {1}: expected one argument",
    "argument {1}: ignored explicit argument {2}", "argument {1}: invalid {2} value: {3}", "argument {1}: invalid choice: {2} (choose from {3})",
    "No such file or directory", "Permission denied", "Is a directory", "Not a directory", "File exists",
    "No space left on device", "Read-only file system", "File name too long", "Disk quota exceeded",
    "arm {1}, '{2}'", "line {1}", "row {1} (counting from 0)", "'{1}' names no message of this group",
    "'{1}' names a later message", "'{1}' names the message itself", "give the id of the message answered, or nothing",
    "give the id of an earlier one, or nothing", "give the id of an earlier one", "see to the clock",
    "stopped", "nothing was written", "the run failed", "line", "message", "number", "whole number", "scenario", "strategy", "population", "study", "search", "sensitivity", "arm", "world",
)  # fmt: skip
_CURES = ("write ", "say ", "take ", "install it", "add it", "choose one")  # what follows their colons is to be typed
_OPENING, _CLOSING = "([{`“", ")]}`”"
_FREE = r"(.*?)"  # perhaps nothing: an s of the plural, a remark that is left out
_SHORT = r"((?:(?!: ).)*?)"  # nothing that ends in a place or a heading
Pattern = tuple[re.Pattern[str], str, str]


def message(english: str) -> str:
    """A message in the language spoken; parts that are not translated stay English."""
    if spoken() == SOURCE:
        return english
    try:
        return "\n".join(_line(line) for line in english.split("\n"))
    except LocaleError:  # which may be what the message is about
        return english


def parts_of(text: str, between: str = "; ") -> list[str]:
    """A text cut at ``between``, outside of quotation marks and brackets.

    >>> parts_of("there is no 'a; b'; there is c; d")
    ["there is no 'a; b'", 'there is c', 'd']
    """
    cuts = [at for at in _outside(text) if text.startswith(between, at)]
    starts, ends = [0, *(at + len(between) for at in cuts)], [*cuts, len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def places_of(part: str) -> list[str]:
    """A part cut at its colons: places, and last what is wrong there."""
    return [part] if part.startswith(_CURES) else parts_of(part, ": ")


def _outside(text: str) -> Iterator[int]:
    """Places outside of quotation marks and brackets; all places, if these do not close."""
    depth, quoted, found = 0, False, []
    for at, letter in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if letter == "'" and (quoted or before in ("", " ", "(", "[", "=", "{")):
            quoted = not quoted or after.isalnum()
        elif not quoted and letter == "`":
            depth += -1 if depth else 1
        elif not quoted and letter in _OPENING:
            depth += 1
        elif not quoted and letter in _CLOSING:
            depth -= 1
        if not quoted and depth <= 0:
            found.append(at)
    return iter(found if not quoted and depth <= 0 else range(len(text)))


def _line(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return indent + semicolons([_part(part) for part in parts_of(line.strip())], spoken())


def _part(part: str) -> str:
    """One part: as a whole, else what stands before its first colon apart from the rest."""
    found = _matched(part, spoken(), _SHORT)
    if found is not None:
        return found
    before, *after = places_of(part)
    if after:
        head = (_matched(before, spoken(), _SHORT) if " " in before else None) or before
        return say("named", spoken(), name=head, text=_part(": ".join(after)))
    return _matched(part, spoken(), _FREE) or part


def _matched(part: str, lang: str, slot: str) -> str | None:
    """The translation of a part, filled in; the most telling of the texts that it may be is taken.

    What is filled in is said as it is, but for words that stand bare: ``there is no {1} '{2}'``, with a scenario for 1.
    """
    for pattern, english, translation in _patterns(lang, slot):
        if found := pattern.fullmatch(part):
            bare = re.findall(r"(?<!['=])\{(\d)\}(?!=)", english)
            words = [_word(value, lang) if str(place) in bare else value for place, value in
                     enumerate(found.groups(), 1)]  # fmt: skip
            return translation.format("", *words)
    return None


def _word(value: str, lang: str) -> str:
    """What stands bare in a message: a word or a part that is known, else a unit or the like, else itself."""
    known = messages(lang).get(value) or (_matched(value, lang, _SHORT) if " " in value else None)
    return known or declaration(value, lang)


@cache
def _patterns(lang: str, slot: str) -> list[Pattern]:
    """The texts as regular expressions with their translations, those with most letters of their own first."""
    ranked = sorted(messages(lang).items(), key=lambda pair: -len(re.sub(r"\{\d\}", "", pair[0])))
    return [(_pattern(english, slot), english, translation) for english, translation in ranked]


def _pattern(english: str, slot: str) -> re.Pattern[str]:
    pieces = re.split(r"\{\d\}", english)
    return re.compile(slot.join(re.escape(piece.replace("{{", "{").replace("}}", "}")) for piece in pieces), re.DOTALL)
