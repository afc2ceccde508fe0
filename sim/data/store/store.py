"""A folder of finished runs: ``chunks/`` with the results, ``ledger.sqlite`` with who lies where.

Any number of processes may use one store at once. After a kill, a power cut or a full disk the next one to open it
takes up files that were finished but not entered, and removes unfinished ones.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from sim.data.store.chunks import Notes, contents, decode
from sim.data.store.files import StoreError, is_named, is_whole, put, sweep
from sim.data.store.ledger import Ledger

__all__ = ["Store"]


class _Found(NamedTuple):
    """A file that the ledger does not know, and what it says of itself."""

    name: str
    size: int
    age: tuple[str, int]
    contents: tuple[Notes, dict[str, int], int]


class Store:
    """Open (or make) the store in a folder; ``told`` is what its owner should hear of what was found there.

    Raises
    ------
    StoreError
        If the folder cannot be used.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.chunks = self.folder / "chunks"
        try:
            self.chunks.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            raise StoreError(f"store={str(folder)[:60]}: {getattr(error, 'strerror', None) or error}; name a folder"
                             ) from error  # fmt: skip
        if not os.access(self.chunks, os.W_OK):
            raise StoreError(f"store={folder} cannot be written to; name another folder")
        self.ledger = Ledger(self.folder / "ledger.sqlite")
        self.told: list[str] = []
        if self.ledger.damage:
            self.told.append(f"{self.ledger.path} was damaged ({self.ledger.damage}): it was put aside as "
                             "ledger.sqlite.broken and made again from the files")  # fmt: skip
        self.swept = sweep(self.chunks)
        self.adopted = self._reconcile()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def _reconcile(self) -> int:
        """Make the ledger agree with the files: enter those it does not know, strike out those that are gone."""
        known = self.ledger.chunks()
        names = {path.name for path in self.chunks.iterdir()}
        there = set(filter(is_named, names))
        if others := sorted(name for name in names - there if not name.startswith(".")):
            self.told.append(f"{self.chunks} holds what is not the store's own ({others[0][:60]!r}"
                             f"{', …' * (len(others) > 1)}); it is left alone")  # fmt: skip
        for name in known - there:
            self.ledger.forget(name)
        found = [chunk for name in sorted(there - known) if (chunk := self._found(name))]
        # Where chunks contradict each other about a study, the newest is right.
        for chunk in sorted(found, key=lambda one: one.age, reverse=True):
            self.ledger.add(chunk.name, chunk.size, *chunk.contents)
        return len(found)

    def _found(self, name: str) -> _Found | None:
        """A file that the ledger does not know; one that is broken, or no chunk, is put out of the way."""
        path = self.chunks / name
        with contextlib.suppress(StoreError, FileNotFoundError):
            if is_whole(path):
                data = path.read_bytes()
                told = contents(data)
                return _Found(name, len(data), (str(told[0].made), path.stat().st_mtime_ns), told)
        self._discard(name)
        return None

    def _discard(self, name: str) -> None:
        """Put a broken file out of the way, for whoever wants to look at it."""
        broken = self.folder / "broken"
        try:
            broken.mkdir(exist_ok=True)
            os.replace(self.chunks / name, broken / name)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(f"{self.chunks / name} is damaged and cannot be put aside ({error.strerror or error}); "
                             "take it away") from error  # fmt: skip

    def put(self, data: bytes) -> str:
        """Store the bytes of a chunk (:func:`sim.data.store.chunks.encode`): first the file, then its entry."""
        name = put(self.chunks, data).name
        self.ledger.add(name, len(data), *contents(data))
        return name

    def done(self, runs: Sequence[str], kept: int = 0) -> set[str]:
        """Those of the runs that are finished, with as much kept as is asked for."""
        return set(self.ledger.where(runs, kept))

    def check(self, runs: Sequence[str]) -> int:
        """Read every file that holds some of the runs; put broken ones aside, and return how many there were.

        The runs of a broken file are no longer done.
        """
        broken = 0
        for name in sorted(set(self.ledger.where(runs).values())):
            if not is_whole(self.chunks / name):
                self._discard(name)
                self.ledger.forget(name)
                broken += 1
        return broken

    def tables(self, runs: Iterable[str], columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows of some runs, chunk by chunk; ``columns`` must include ``run``. Each run comes once."""
        place = self.ledger.where(list(runs))
        for name in sorted(set(place.values())):
            try:
                data = (self.chunks / name).read_bytes()
            except OSError as error:
                raise StoreError(f"{self.chunks / name} cannot be read; give the study's command again") from error
            table = decode(data, columns)
            wanted = [place.get(run) == name for run in table.column("run").to_pylist()]
            yield table if all(wanted) else table.filter(pa.array(wanted))
