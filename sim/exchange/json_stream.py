"""JSON of any size, value by value: lists and objects on declared paths are entered, what lies in them is read whole.

Python's own decoder reads each value; only the way to them is walked here, so that memory holds one value at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from sim.exchange.text import Text

__all__ = ["Path", "ITEM", "parsed", "values"]

ITEM = "*"
"""Any member of a list, in a path."""
Path = tuple[str, ...]
_SPACE = re.compile(r"[ \t\n\r]*")
_LONGEST = 1 << 26  # characters of one value
_GOES_ON, _SHORT = ("", ".", "e", "E"), 8  # after what was read of a number that is cut by the end of what is held
_read = json.JSONDecoder(strict=False).raw_decode


def parsed(line: str) -> Any:
    """The value of one line, or None where it is no JSON."""
    try:
        return json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return None


def values(text: Text, entered: frozenset[Path]) -> Iterator[tuple[Path, Any]]:
    """Every value that lies in an entered list or object, with its path, in the order of the file.

    ``values(text, frozenset({(), ("messages",)}))`` gives ``("name",), "Book club"``, and for each message
    ``("messages", "*"), {…}``.
    """
    return _Walk(text).value((), entered)


class _Walk:
    def __init__(self, text: Text) -> None:
        self._text = text
        self._pieces = text.pieces()
        self._held = ""
        self._at = 0

    def value(self, path: Path, entered: frozenset[Path]) -> Iterator[tuple[Path, Any]]:
        mark = self._next()
        if path in entered and mark in "{[":
            self._at += 1
            yield from self._members(path, entered) if mark == "{" else self._items(path, entered)
        else:
            yield path, self._whole()
        if not path and self._next(end=True):
            self._wrong("more follows after its end")

    def _members(self, path: Path, entered: frozenset[Path]) -> Iterator[tuple[Path, Any]]:
        while (mark := self._next()) != "}":
            if mark != '"':
                self._wrong("a name is missing")
            name = self._whole()
            self._expect(":")
            yield from self.value((*path, name), entered)
            self._comma("}")
        self._at += 1

    def _items(self, path: Path, entered: frozenset[Path]) -> Iterator[tuple[Path, Any]]:
        inner = (*path, ITEM)
        deeper = inner in entered
        while self._next() != "]":
            if deeper:
                yield from self.value(inner, entered)
            else:
                yield inner, self._whole()
            self._comma("]")
        self._at += 1

    def _comma(self, end: str) -> None:
        mark = self._next()
        if mark == ",":
            self._at += 1
        elif mark != end:
            self._wrong("a comma is missing")

    def _expect(self, mark: str) -> None:
        if self._next() != mark:
            self._wrong(f"'{mark}' is missing")
        self._at += 1

    def _next(self, end: bool = False) -> str:
        """The next letter that is no space; nothing at the end of the file, where that is allowed."""
        while True:
            self._at = _SPACE.match(self._held, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                if end:
                    return ""
                self._wrong("it is cut off")

    def _whole(self) -> Any:
        while True:
            try:
                value, end = _read(self._held, self._at)
            except RecursionError:
                self._wrong("it is nested too deeply")
            except ValueError:
                self._again()
                continue
            if len(self._held) - end < _SHORT and self._held[end : end + 1] in _GOES_ON and self._more():
                continue
            self._at = end
            return value

    def _again(self) -> None:
        """More of the file, as a value may be cut by the end of what is held."""
        if len(self._held) - self._at > _LONGEST:
            self._wrong("a value is too long, or no JSON")
        if not self._more(len(self._held) - self._at):
            self._wrong("it is cut off, or no JSON")

    def _more(self, least: int = 0) -> bool:
        """Hold more, at least as much again as is held of the value (so that a long one is not read too often)."""
        got, size = [self._held[self._at :]], 0
        for piece in self._pieces:
            got.append(piece)
            size += len(piece)
            if size > least:
                break
        self._held, self._at = "".join(got), 0
        return size > 0

    def _wrong(self, what: str) -> NoReturn:
        raise self._text.source.error(f"its JSON is not whole: {what}", "export it again, or copy it again")
