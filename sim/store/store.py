"""A folder of finished runs: ``chunks/`` with the results, ``ledger.sqlite`` with who lies where.

Any number of processes may use one store at once. After a kill, a power cut or a full disk the next one to open it
takes up files that were finished but not entered, and removes unfinished ones.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from sim.store.chunks import contents, decode
from sim.store.files import SUFFIX, StoreError, is_whole, put, sweep
from sim.store.ledger import Ledger

__all__ = ["Store"]


class Store:
    """Open (or make) the store in a folder.

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
        except OSError as error:
            raise StoreError(f"store={folder}: {error.strerror or error}; name a folder") from error
        if not os.access(self.chunks, os.W_OK):
            raise StoreError(f"store={folder} cannot be written to; name another folder")
        self.ledger = Ledger(self.folder / "ledger.sqlite")
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
        there = {path.name for path in self.chunks.glob(f"*{SUFFIX}")}
        for name in known - there:
            self.ledger.forget(name)
        return sum(self._adopt(name) for name in sorted(there - known))

    def _adopt(self, name: str) -> bool:
        path = self.chunks / name
        if not is_whole(path):
            self._discard(name)
            return False
        self._enter(name, path.read_bytes())
        return True

    def _enter(self, name: str, data: bytes) -> None:
        self.ledger.add(name, len(data), *contents(data))

    def _discard(self, name: str) -> None:
        """Put a broken file out of the way, for whoever wants to look at it."""
        broken = self.folder / "broken"
        broken.mkdir(exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.replace(self.chunks / name, broken / name)

    def put(self, data: bytes) -> str:
        """Store the bytes of a chunk (:func:`sim.store.chunks.encode`): first the file, then its entry."""
        name = put(self.chunks, data).name
        self._enter(name, data)
        return name

    def done(self, runs: Sequence[str], daily: bool = False) -> set[str]:
        """Those of the runs that are finished."""
        return set(self.ledger.where(runs, daily))

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
