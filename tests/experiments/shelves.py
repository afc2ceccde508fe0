"""A small study, the command that plays it in a process of its own, and what is left in its store."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.experiments.mistakes import file_of

ROOT = Path(__file__).resolve().parents[2]
SMALL = ["study=group_size", "population.groups=2", "population.seats=30", "days=100", "report=false"]

__all__ = ["GOOD", "ROOT", "SMALL", "command", "count_done", "play", "tables", "written"]


def command(store: Path, *words: str) -> list[str]:
    """The command line of a study."""
    return [sys.executable, "-m", "scenarios", "study", *SMALL, f"store={store}", *words]


def play(store: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Play a study to its end in a process of its own."""
    return subprocess.run(
        command(store, *words), cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=600,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
    )  # fmt: skip


def tables(folder: Path) -> dict[str, bytes]:
    """The bytes of the tables that ``out=`` wrote."""
    return {name: (folder / name).read_bytes() for name in ("outcomes.csv", "lifetimes.csv")}


def count_done(store: Path) -> int:
    """Runs that the ledger shows as done; 0 while there is no ledger."""
    try:
        with sqlite3.connect(f"file:{store / 'ledger.sqlite'}?mode=ro", uri=True, timeout=5) as db:
            return int(db.execute("SELECT COUNT(*) FROM runs WHERE status='done'").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


GOOD: dict[str, Any] = {
    "title": {"en": "Size", "zh": "规模"},
    "question": {"en": "How many?", "zh": "多少人？"},
    "worlds": {"pets": ["scenario=pet_owners"], "deals": ["scenario=deals"]},
    "arms": {
        "design": "grid",
        "base": ["strategy=group_cap"],
        "over": {"strategies.group_cap.limit": [20, 50]},
        "also": {"free": ["strategy=nothing"]},
    },
    "reference": "free",
    "outcomes": ["lifetime", "buyers"],
    "seeds": 3,
    "days": 60,
}


def written(conf: Path, study: object) -> str:
    """Write a study as mine.yaml and return its name."""
    return file_of(conf, "study", study)
