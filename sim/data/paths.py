"""What a path leads to."""

from __future__ import annotations

from pathlib import Path

__all__ = ["is_there"]


def is_there(path: Path) -> bool:
    """Is there such a file? Not where a name is too long to be one."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
