"""A text file under reading: its encoding, its first piece for sniffing, and its pieces, each ending with a line."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sim.analysis.logs.columns import LogError, Source

__all__ = ["Head", "Text"]

_SNIFFED = 1 << 18  # bytes; pictures of members in the head of a file may take more than a few kilobytes
_PIECE = 1 << 18
_LONGEST = 1 << 26  # bytes without the end of a line
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Head:
    """The beginning of a file: raw, and as text (perhaps cut off inside a line)."""

    raw: bytes
    encoding: str

    @cached_property
    def text(self) -> str:
        """The beginning as text without a byte order mark; what cannot be read is left out."""
        text = codecs.getincrementaldecoder(self.encoding)("ignore").decode(self.raw)
        return text.replace("\r\n", "\n")

    @cached_property
    def lines(self) -> list[str]:
        """The first lines with anything in them, at most two hundred."""
        return [line for line in self.text.split("\n", 400) if line.strip()][:200]

    @property
    def is_text(self) -> bool:
        """No null character stands in it."""
        return bool(self.text) and "\0" not in self.text


class Text:
    """A file of text. Each reading begins anew; line ends are ``\\n`` whatever the file has."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.source = Source(path.name or str(path), False)
        self.head = Head(*self._begin())

    def _begin(self) -> tuple[bytes, str]:
        try:
            about = os.stat(self.path)
            if not stat.S_ISREG(about.st_mode):
                raise self.source.error("this is no file", "name a file of messages")
            with open(self.path, "rb") as file:
                raw = file.read(_SNIFFED)
        except OSError as failure:
            what = f"it cannot be read ({failure.strerror or type(failure).__name__})"
            raise self.source.error(what, f"see whether {str(self.path)[-200:]!a} is the file") from None
        except LogError:
            raise
        except ValueError:  # a null character in the path
            raise self.source.error("this is no name of a file", "check the path") from None
        return raw, next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")

    def pieces(self) -> Iterator[str]:
        """The text a piece at a time, cut anywhere."""
        decoder = codecs.getincrementaldecoder(self.head.encoding)()
        held = ""
        with open(self.path, "rb") as file:
            while True:
                raw = file.read(_PIECE)
                try:
                    text = held + decoder.decode(raw, final=not raw)
                except UnicodeError:
                    cure = "save it in UTF-8; if it was copied, copy it again"
                    raise self.source.error(f"it is not {self._encoding} throughout, or is cut off", cure) from None
                if not raw:
                    if text:
                        yield text
                    return
                held = "\r" if text.endswith("\r") else ""  # its line feed is still to come
                yield text.removesuffix(held).replace("\r\n", "\n")

    @property
    def _encoding(self) -> str:
        return "UTF-16" if self.head.encoding == "utf-16" else "UTF-8"

    def blocks(self) -> Iterator[str]:
        """The text in pieces of whole lines, each without its last line end."""
        held: list[str] = []
        size = 0
        for piece in self.pieces():
            whole, end, rest = piece.rpartition("\n")
            if end:
                yield "".join([*held, whole])
                held, size = [rest], len(rest)
                continue
            held.append(piece)
            size += len(piece)
            if size > _LONGEST:
                raise self.source.error(f"a line is longer than {_LONGEST:,} characters", "export it again")
        if last := "".join(held):
            yield last

    def lines(self) -> Iterator[tuple[int, str]]:
        """Number (from 1) and text of every line."""
        number = 1
        for block in self.blocks():
            for line in block.split("\n"):
                yield number, line
                number += 1
