"""What a worker does: play a chunk and hand back its bytes. A pure function; whoever runs it gets the same bytes."""

from __future__ import annotations

import contextlib
import platform
import time
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from scenarios.config.plugin import Plugin
from sim.data.store.chunks import KEPT, Notes, encode
from sim.data.store.ledger import Failure

__all__ = ["Job", "Played", "notes_for", "play_chunk", "versions"]

_PACKAGES = ("shequn", "mesa", "numpy", "numba", "pandas", "pyarrow")
_LINES = 60


@dataclass(frozen=True)
class Job:
    """Replicates ``first … first + len(runs) − 1`` of a scenario; ``runs`` are their ids, and so much is ``kept`` of
    them (:data:`sim.data.store.chunks.KEPT`).

    Plugins stand before the scenario: a worker that unpickles a job has them loaded when it comes to their classes.
    """

    number: int
    plugins: tuple[Plugin, ...]
    scenario: Any
    first: int
    runs: tuple[str, ...]
    config: str
    model: str
    labels: dict[str, str]
    kept: int = 0


@dataclass(frozen=True)
class Played:
    """What came of a job: files' bytes to store, and the runs that failed."""

    number: int
    files: tuple[bytes, ...] = ()
    n_done: int = 0
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    notes: Notes = field(default_factory=lambda: Notes("{}", ""))


def play_chunk(job: Job) -> Played:
    """Play a job. Where it fails, play its replicates one by one, so that only those that cannot be played fail."""
    began = time.perf_counter()
    try:
        files, failures = [_play(job, job.first, len(job.runs))], []
    except Exception as error:
        if len(job.runs) == 1:
            files, failures = [], [_failure(job, 0, error)]
        else:
            files, failures = _one_by_one(job)
    seconds = time.perf_counter() - began
    n_done = len(job.runs) - len(failures)
    return Played(job.number, tuple(files), n_done, tuple(failures), seconds, notes_for(job, seconds))


def _one_by_one(job: Job) -> tuple[list[bytes], list[Failure]]:
    files, failures = [], []
    for place in range(len(job.runs)):
        try:
            files.append(_play(job, job.first + place, 1))
        except Exception as error:
            failures.append(_failure(job, place, error))
    return files, failures


def _play(job: Job, first: int, n: int) -> bytes:
    """The bytes of a chunk of ``n`` replicates from ``first`` on."""
    from sim.analysis.outcomes import outcomes
    from sim.analysis.weeks import weeks
    from sim.replication import simulate

    began = time.perf_counter()
    results = simulate(job.scenario.replace(replicates=n, threads=1), first=first)
    table = outcomes(results).sort_values("replicate", kind="stable")
    runs = job.runs[first - job.first : first - job.first + n]
    tables = {name: results.tables[name] for name in KEPT[job.kept]}
    notes = notes_for(job, time.perf_counter() - began)
    return encode(runs, table, results.groups, notes, weeks=weeks(results.daily), **tables)


def _failure(job: Job, place: int, error: Exception) -> Failure:
    lines = traceback.format_exc().splitlines()
    text = "\n".join(lines if len(lines) <= _LINES else [*lines[:10], "…", *lines[10 - _LINES :]])
    said = " ".join(str(error).split()) or "no message"
    return Failure(job.runs[place], job.first + place, f"{type(error).__name__}: {said}", text)


def notes_for(job: Job, seconds: float) -> Notes:
    """What the runs of a job share."""
    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Notes(job.config, job.model, job.labels, versions(), round(seconds, 6), made)


@cache
def versions() -> dict[str, str]:
    """Python and the packages that numbers depend on."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found

