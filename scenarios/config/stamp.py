"""Has any file changed from which a scenario may be composed?"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["stamp"]


def stamp(folders: Iterable[Path]) -> tuple[tuple[str, int, int, int], ...]:
    """Name, times of change (ns) and size (bytes) of every YAML file in folders laid out like ``conf/``.

    No program sets the second time, so an edit that keeps the first is seen too.

    A file that cannot be looked at, such as a link to nowhere, is there with noughts: whoever reads it says so.
    """
    files = (path for folder in folders for pattern in ("*.yaml", "*/*.yaml") for path in folder.glob(pattern))
    return tuple(sorted((str(path), *_changed(path)) for path in files))


def _changed(path: Path) -> tuple[int, int, int]:
    try:
        about = os.stat(path)
    except OSError:
        return 0, 0, 0
    return about.st_mtime_ns, about.st_ctime_ns, about.st_size
