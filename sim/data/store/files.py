"""Files that are there whole or not at all, and that show when a byte of them has changed.

A file is named by the SHA-256 of its bytes. It is written under another name, forced to the disk, and then renamed:
after a power cut, a full disk or a kill there is the whole file or none. Writing the same content twice is no harm.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import socket
import time
import uuid
from pathlib import Path

__all__ = ["StoreError", "StoreFull", "is_named", "is_whole", "name_of", "put", "sweep"]

_NAME = re.compile(r"[0-9a-f]{64}\.parquet")
_PART = re.compile(r"\.(?P<host>.+)\.(?P<process>\d+)\.[0-9a-f]{8}\.part")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_STALE_SECONDS = 86_400.0


class StoreError(Exception):
    """The store cannot be used; the message says which file and what to do."""


class StoreFull(StoreError):
    """There is no room left on the disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"no room left on the disk of {folder}: the chunk in flight was not stored, everything before it is safe\n"
            "make room (or name another store=) and give the same command again: finished runs are not repeated"
        )


def name_of(data: bytes) -> str:
    """Name of a file with these bytes."""
    return hashlib.sha256(data).hexdigest() + ".parquet"


def put(folder: Path, data: bytes) -> Path:
    """Write ``data`` under its own name, whole or not at all, and return the path.

    Raises
    ------
    StoreFull
        If the disk is full; nothing is left behind.
    """
    target = folder / name_of(data)
    part = folder / f".{socket.gethostname()}.{os.getpid()}.{uuid.uuid4().hex[:8]}.part"
    try:
        _write(part, data)
        os.replace(part, target)
        _settle(folder)
    except OSError as error:
        raise StoreFull(folder) if error.errno in _FULL else _told(folder, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _write(path: Path, data: bytes) -> None:
    """Write and force to the disk."""
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Force the name itself to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"{folder} cannot be written to ({error.strerror or error}); name another store=")


def is_named(name: str) -> bool:
    """Is this a name that :func:`put` gives?"""
    return _NAME.fullmatch(name) is not None


def is_whole(path: Path) -> bool:
    """Do the bytes of a file match its name?"""
    try:
        return name_of(path.read_bytes()) == path.name
    except OSError:
        return False


def sweep(folder: Path) -> int:
    """Remove unfinished files whose writer is gone, and return how many there were."""
    gone = 0
    for part in folder.glob(".*.part"):
        named = _PART.fullmatch(part.name)
        if named and _is_abandoned(part, named["host"], int(named["process"])):
            with contextlib.suppress(OSError):
                part.unlink()
                gone += 1
    return gone


def _is_abandoned(part: Path, host: str, process: int) -> bool:
    """Its process no longer runs here, or, written by another machine, it is a day old."""
    if host == socket.gethostname():
        return not _runs(process)
    with contextlib.suppress(OSError):
        return time.time() - part.stat().st_mtime > _STALE_SECONDS
    return False


def _runs(process: int) -> bool:
    """Does a process of this number run on this machine?"""
    if os.name == "nt":  # there a signal 0 would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
