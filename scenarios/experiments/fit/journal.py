"""What was simulated, on disk after every block of communities, so that a fit that was stopped goes on where it was.

A file of lines: the first says what is fitted to what (a hash), each other one is a community: its number, its point
and its summaries. A line that a kill tore is played again.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import UserError

__all__ = ["Entry", "Journal", "identity_of"]

Floats = NDArray[np.float64]
Entry = tuple[Floats, dict[str, float] | None]
"""The point (shares of the ranges), and the summaries; none where it cannot be played."""


def identity_of(*parts: object) -> str:
    """Hash of everything that the simulated communities depend on."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


class Journal:
    """The communities of one fit by number; made or taken up."""

    def __init__(self, path: Path, identity: str) -> None:
        self.path, self.entries = path, dict[int, Entry]()
        lines = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
        if len(lines) == 1 and not lines[0].endswith(b"\n"):  # what a kill or a full disk left of the first line
            lines = []
        if lines and _read(lines[0]).get("fit") != identity:
            raise UserError(f"{path.parent} holds another fit (another log, other settings or rules): give another "
                            "out=, or remove it")  # fmt: skip
        whole = 0
        for line in lines:
            one = _read(line)
            if not one:
                break
            whole += len(line)
            if "u" in one:
                self.entries[int(one["n"])] = (np.array(one["u"], np.float64), _summaries(one.get("s")))
        path.parent.mkdir(parents=True, exist_ok=True)
        if not lines:
            path.write_text(json.dumps({"fit": identity}) + "\n", "utf-8")
        elif whole < sum(map(len, lines)):
            os.truncate(path, whole)

    def add(self, found: Iterable[tuple[int, Floats, Mapping[str, float] | None]]) -> None:
        """Keep some communities."""
        text = ""
        for number, u, s in found:
            self.entries[number] = (u, None if s is None else dict(s))
            kept = None if s is None else {name: _plain(value) for name, value in s.items()}
            text += json.dumps({"n": number, "u": u.tolist(), "s": kept}) + "\n"
        with self.path.open("a", encoding="utf-8") as file:
            file.write(text)


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _summaries(stored: Mapping[str, Any] | None) -> dict[str, float] | None:
    return None if stored is None else {k: math.nan if v is None else float(v) for k, v in stored.items()}


def _read(line: bytes) -> dict[str, Any]:
    """A whole line, or nothing."""
    try:
        found = json.loads(line) if line.endswith(b"\n") else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
