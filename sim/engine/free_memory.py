"""How much memory there is to be had: of the machine, and of the container this runs in."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["available"]


def available(root: Path = Path("/")) -> int | None:
    """Bytes that can still be had without swapping: of the machine, and of the container this runs in; None where the
    system does not tell.
    """
    found = [size for size in (_of_machine(root), _of_container(root)) if size is not None]
    return min(found, default=None)


def _of_machine(root: Path) -> int | None:
    for line in _lines(root / "proc/meminfo"):
        name, _, rest = line.partition(":")
        if name == "MemAvailable" and rest.split()[:1] and rest.split()[0].isdigit():
            return int(rest.split()[0]) * 1024
    try:  # macOS tells how much there is in all
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def _of_container(root: Path) -> int | None:
    """What the control group leaves: its limit without what is in use and cannot be given back (version 2, then 1)."""
    for place, most, used, cache in (
        ("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"),
        ("sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        limit, now = (_lines(root / place / name) for name in (most, used))
        if limit and now and limit[0].isdigit() and now[0].isdigit():
            stat = dict(line.split(" ", 1) for line in _lines(root / place / "memory.stat") if " " in line)
            return max(0, int(limit[0]) - int(now[0]) + int(stat.get(cache, "0")))
    return None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
