"""Where compiled code lies: in folders of our own, which nobody but their user can write to.

Loading compiled code runs it. So a folder that belongs to somebody else, or that others can write to, is not used, and
only folders that bear our mark are ever removed.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

__all__ = ["MARK", "cache_folder"]

MARK = ".shequn-compiled"
"""The file that a folder of ours bears."""
_KEPT = 8


def cache_folder(key: str) -> Path:
    """Where code compiled from the rules ``key`` lies: under ``SHEQUN_CACHE`` or the user's cache folder.

    Of other rules the last eight are kept. Where nothing can be written Numba finds itself another place, or does
    without.
    """
    home = os.environ.get("SHEQUN_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    place = Path(home) / "shequn" / "compiled"
    folder = place / key
    try:
        Path(home).mkdir(parents=True, exist_ok=True)
        for one in (place.parent, place, folder):
            one.mkdir(mode=0o755, exist_ok=True)  # not by the umask, which may let a group write
            if not _is_ours(one):
                return _for_now(one) / key
        (folder / MARK).touch()
        folder.touch()
        _remove_old(place)
    except OSError:
        return _for_now(folder) / key if folder.exists() else folder  # what was not looked at is not loaded
    return folder


def _is_ours(folder: Path) -> bool:
    """Does it belong to the user, and can nobody else write to it? (On Windows folders of users are their own.)"""
    if not hasattr(os, "getuid"):
        return True
    about = folder.stat()
    return about.st_uid == os.getuid() and not about.st_mode & 0o022


@cache
def _for_now(refused: Path) -> Path:
    """A folder for this process alone, instead of one that others can write to."""
    print(f"shequn: others can write to {refused}, so compiled code is not taken from there; set SHEQUN_CACHE to a "
          "folder of your own, or take their right away (chmod go-w)", file=sys.stderr)  # fmt: skip
    folder = Path(tempfile.mkdtemp(prefix="shequn-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _remove_old(place: Path) -> None:
    """All but the newest of the folders that bear our mark; whatever else lies there stays."""
    ours = [folder for folder in place.iterdir() if not folder.is_symlink() and (folder / MARK).is_file()]
    for old in sorted(ours, key=lambda folder: folder.stat().st_mtime)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
