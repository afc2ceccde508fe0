"""The folder for tables and page: looked at before anything is played, and known again by a file that it bears.

``.shequn.json`` says what the folder holds (a study, a search, an analysis, and its name), what was said to the command
that left it, where the runs lie, and which files it was left.
So a study goes on in its own folder without a word, nobody else's tables are overwritten unless ``replace=true`` is
said, and no page or picture of an earlier time stays beside new tables.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.errors import ConfigError, UserError
from scenarios.execution.folders import DISK, check_writable

__all__ = ["MARK", "Leaving", "read_mark"]

MARK = ".shequn.json"
_PAGE = "report.html"
_KNOWN = (_PAGE, "meta.json", *(f"{name}.csv" for name in (
    "outcomes", "lifetimes", "effects", "best", "lives", "quantiles", "precision", "tradeoff", "returns", "trials",
    "front", "indices", "pairs", "refused")))  # fmt: skip

Seen = dict[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Leaving:
    """What a ``kind`` of command called ``name`` leaves in the folder ``out`` (empty: ``outputs/KIND/NAME``).

    ``said`` are the words that decide what comes of it, ``store`` is where the runs lie.
    """

    kind: str
    name: str
    out: str | None = None
    replace: bool = False
    said: tuple[str, ...] = ()
    store: str = ""

    @property
    def folder(self) -> Path:
        """Where it goes."""
        return Path(self.out or f"outputs/{self.kind}/{self.name}")

    def check(self) -> None:
        """Complain before an hour of play, not after it.

        Raises
        ------
        ConfigError
            If the folder cannot be written to, or holds something else.
        """
        check_writable(self.folder)
        mark = read_mark(self.folder)
        if self.replace or (mark.get("kind"), mark.get("name")) == (self.kind, self.name):
            return
        if mark:
            self._refuse(f"{mark.get('kind')} {mark.get('name')}")
        there = [name for name in _KNOWN if (self.folder / name).exists()]
        if there and self.out:
            self._refuse(there[0])

    def _refuse(self, what: str) -> None:
        raise ConfigError(f"out={self.folder} already holds {what}, which is not of this {self.kind}\n"
                          "name another folder, or add replace=true")  # fmt: skip

    @contextlib.contextmanager
    def filling(self) -> Iterator[Path]:
        """The folder, made and freed of what an earlier time left; afterwards it bears a list of what is new."""
        with _worded(self.folder):
            self.check()
            self.folder.mkdir(parents=True, exist_ok=True)
            self._clear()
            before = self._seen()
            self._write_mark([])
            try:
                yield self.folder
            finally:
                self._write_mark([name for name, state in self._seen().items() if before.get(name) != state])

    def _clear(self) -> None:
        """Remove what is told by the mark, and a page older than marks are."""
        for name in {*map(str, read_mark(self.folder).get("files", ())), _PAGE}:
            if Path(name).name == name:  # no way out of the folder
                (self.folder / name).unlink(missing_ok=True)

    def _write_mark(self, files: list[str]) -> None:
        mark = {"kind": self.kind, "name": self.name, "said": self.said, "store": self.store, "files": sorted(files)}
        part = self.folder / f"{MARK}.part"
        part.write_text(json.dumps(mark, ensure_ascii=False, indent=1) + "\n", "utf-8")
        os.replace(part, self.folder / MARK)

    def _seen(self) -> Seen:
        """Files there are, and what changes with a file."""
        found: Seen = {}
        for path in self.folder.iterdir():
            if path.is_file() and path.name != MARK:
                about = path.stat()
                found[path.name] = (about.st_mtime_ns, about.st_size, about.st_ino)
        return found


def read_mark(folder: Path) -> dict[str, Any]:
    """What a folder says of itself; nothing if it bears no mark."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads((folder / MARK).read_text("utf-8"))
        if isinstance(found, dict) and isinstance(found.get("files", []), list):
            return found
    return {}


@contextlib.contextmanager
def _worded(folder: Path) -> Iterator[None]:
    """A message where it is the folder that cannot be written; other failures are what they are."""
    try:
        yield
    except OSError as error:
        inside = error.filename is not None and _is_in(Path(str(error.filename)), folder)
        if not inside and error.errno not in DISK:
            raise
        raise UserError(f"out={folder}: {error.strerror or error}; make room, or name a folder that can be written "
                        "to and give the command again: finished runs are in the store") from error  # fmt: skip


def _is_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(path.resolve())
