"""A folder that is filled whole or not at all, whatever happens: a full disk, Ctrl-C, a picture that fails."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

__all__ = ["whole"]


@contextlib.contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A place to be filled, whose files are in ``folder`` afterwards; if it fails they are gone, and so is the folder
    if it was made for them.

    The place lies beside the folder and is renamed to it; where the folder is there already, the place lies inside and
    its files are moved up, each over the one of its name. Nothing else there is touched.
    """
    is_new = not folder.exists()
    home = folder.parent if is_new else folder
    made = [one for one in (home, *home.parents) if not one.exists()]
    place = home / f".{uuid.uuid4().hex[:12]}.part"
    try:
        place.mkdir(parents=True)
        yield place
        if is_new:
            place.rename(folder)
        for part in () if is_new else sorted(place.iterdir()):
            os.replace(part, folder / part.name)
    finally:
        shutil.rmtree(place, ignore_errors=True)
        for one in made:
            with contextlib.suppress(OSError):  # it is not empty
                one.rmdir()
