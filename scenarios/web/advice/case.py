"""What is known of one visitor's groups: a folder that is theirs, and how far each stage of the work has come."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["BUSY", "PROGRESS", "STAGES", "UPLOAD", "Case", "Progress", "Stage", "left_of", "note", "noted"]

STAGES = ("log", "fit", "advice")
UPLOAD = "chat.txt"
"""What a visitor sends, until it is read; it is called so in messages, too."""
PROGRESS = "progress.json"
BUSY = ("waiting", "going")
_EACH = 0.3  # seconds between two notes of how far it is
_TOLD = 3.0  # seconds of work, from which the time left can be told


@dataclass
class Stage:
    """``state`` is none, waiting, going, done, stopped or failed; ``said`` is what was asked, ``found`` what came."""

    name: str
    state: str = "none"
    said: Mapping[str, Any] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)
    mistake: str = ""

    @property
    def is_busy(self) -> bool:
        """Is it waited for?"""
        return self.state in BUSY


class Case:
    """One visitor's. ``key`` is in the address of the page, and nobody can guess it; the folder bears another name."""

    def __init__(self, home: Path) -> None:
        self.key = os.urandom(16).hex()  # no luck of the model
        self.folder = Path(tempfile.mkdtemp(dir=home))
        self.stages = {name: Stage(name) for name in STAGES}
        self.looked = time.monotonic()

    @property
    def is_busy(self) -> bool:
        """Is anything waited for?"""
        return any(stage.is_busy for stage in self.stages.values())

    @property
    def upload(self) -> Path:
        """Where the log lies as it was sent; it is gone when it was read."""
        return self.folder / UPLOAD

    def drop_upload(self) -> None:
        """Leave nothing of what was sent."""
        for path in self.folder.glob(f"{Path(UPLOAD).stem}.*"):
            path.unlink(missing_ok=True)

    def done(self, name: str) -> bool:
        """Is there something to build upon?"""
        return self.stages[name].state == "done"

    def take(self, name: str, said: Mapping[str, Any]) -> Stage:
        """A stage begun anew; what later stages had found of the old one is let go."""
        for later in STAGES[STAGES.index(name) :]:
            self.stages[later] = Stage(later)
        if name in ("log", "fit"):
            shutil.rmtree(self.folder / "fit", ignore_errors=True)  # what is simulated there is of another fit
        self.stages[name].said = dict(said)
        (self.folder / PROGRESS).unlink(missing_ok=True)
        return self.stages[name]

    def again(self, name: str) -> Stage:
        """A stage that was stopped, to go on with what was asked."""
        self.stages[name] = Stage(name, said=self.stages[name].said)
        return self.stages[name]

    def progress(self) -> dict[str, float]:
        """How far it is: ``done`` of ``of`` communities, and what the time left is told by."""
        return noted(self.folder / PROGRESS)

    def end(self) -> None:
        """Leave nothing of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def note(path: Path, told: Mapping[str, Any]) -> None:
    """Leave something for the server to read, whole or not at all."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(told, ensure_ascii=False), "utf-8", "replace")
    part.replace(path)


def noted(path: Path) -> dict[str, Any]:
    """What :func:`note` left there; nothing where nothing is, or nothing that can be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


class Progress:
    """Notes how far a stage is, for whoever asks; in the process that works."""

    def __init__(self, folder: Path, of: int, done: int = 0) -> None:
        self.path, self.of, self.done = folder / PROGRESS, of, done
        self._began, self._noted = time.time(), 0.0
        self._mark: tuple[float, int] | None = None
        self._note()

    def tell(self, more: int) -> None:
        """So many more are there. What comes first may have been there already, or been compiled for: time is counted
        from then on.
        """
        self.done += more
        if self._mark is None and time.time() > self._began + _EACH:
            self._mark = time.time(), self.done
        if time.time() > self._noted + _EACH:
            self._note()

    def _note(self) -> None:
        self._noted = time.time()
        since, base = self._mark or (self._noted, self.done)
        told = {"done": self.done, "of": max(self.of, self.done), "now": self._noted, "since": since, "base": base}
        note(self.path, told)


def left_of(told: Mapping[str, float], now: float | None = None) -> float | None:
    """Seconds left, as far as can be told.

    >>> left_of({"done": 30, "of": 100, "now": 40.0, "since": 10.0, "base": 10}, now=45.0)
    100.0
    >>> left_of({"done": 12, "of": 100, "now": 11.0, "since": 10.0, "base": 10}) is None
    True
    """
    if not told or told["now"] - told["since"] < _TOLD or told["done"] <= told["base"]:
        return None
    each = (told["now"] - told["since"]) / (told["done"] - told["base"])
    return max(0.0, each * (told["of"] - told["done"]) - max(0.0, (told["now"] if now is None else now) - told["now"]))
