"""A word that follows from the text of some files, kept beside Python's own bytecode until one of them changes."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

__all__ = ["remembered"]


def remembered(name: str, folder: Path, sources: Iterable[Path], find: Callable[[], str]) -> str:
    """What ``find()`` returns, found anew only if the bytes, the number or the places of the sources have changed.

    It is kept under ``name`` where bytecode of the modules in ``folder`` lies, for this version of Python; where
    nothing can be written there, or Python is told to leave no bytecode, it is found every time.
    """
    key = hashlib.sha256()
    for source in sorted(sources):
        key.update(f"{source.as_posix()}\0".encode())
        key.update(hashlib.sha256(source.read_bytes()).digest())
    place = Path(importlib.util.cache_from_source(str(folder / f"{name}.py"))).with_suffix(".txt")
    with contextlib.suppress(OSError, ValueError):
        known, word, end = place.read_text("utf-8").split("\n")
        if known == key.hexdigest() and word and not end:
            return word
    word = find()
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):
            _put(place, f"{key.hexdigest()}\n{word}\n")
    return word


def _put(place: Path, text: str) -> None:
    """Whole or not at all."""
    place.parent.mkdir(exist_ok=True)
    part = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        part.write_text(text, "utf-8")
        os.replace(part, place)
    finally:
        part.unlink(missing_ok=True)
