"""The folders that users name: refused before an hour of work, not after it."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from scenarios.errors import ConfigError, UserError, shown

__all__ = ["DISK", "check_folder", "check_writable", "default_folder", "filling", "named_folder"]

DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""What a disk says that has no room, or takes nothing."""


def default_folder() -> Path:
    """``outputs/<date>/<time>``."""
    now = datetime.now()
    return Path("outputs") / f"{now:%Y-%m-%d}" / f"{now:%H-%M-%S}"


def named_folder(key: str, value: str) -> str:
    """The folder said to ``key``: some letters, and none that cannot be shown."""
    if not value.strip() or not value.isprintable():
        raise ConfigError(f"{key}={shown(value)} is no folder; write it like {key}=outputs/mine")
    return value


def check_folder(folder: Path, replace: bool) -> None:
    """Complain before an hour of work, not after it, where the results could not be written."""
    check_writable(folder)
    if (folder / "meta.json").exists() and not replace:
        raise ConfigError(f"out={folder} already holds a run; name another folder, or add --replace")


def check_writable(folder: Path) -> None:
    """Complain where a folder cannot be made or written to."""
    try:
        _check_writable(folder)
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise ConfigError(f"out={shown(folder)}: {error.strerror or error}; name another folder") from error


@contextlib.contextmanager
def filling(folder: Path) -> Iterator[None]:
    """Say it in one sentence where the disk of a folder is full; what was kept by then is kept."""
    try:
        yield
    except OSError as error:
        if error.errno not in DISK:
            raise
        raise UserError(f"out={folder}: {error.strerror or error}; make room, or name a folder that can be written "
                        "to and give the command again") from error  # fmt: skip


def _check_writable(folder: Path) -> None:
    for place in (folder, *folder.parents):
        if place.exists():
            if not place.is_dir():
                raise ConfigError(f"out={folder}: {place} is a file; name a folder")
            if not os.access(place, os.W_OK):
                raise ConfigError(f"out={folder}: {place} cannot be written to; name another folder")
            return
