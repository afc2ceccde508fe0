"""What every test takes, so that `make quick` knows: notes in ``durations.json``, and over them those of this machine.

Noted is processor time, of the process and of those it started and waited for: a machine that is busy with other things
does not change it much, as it changes the time on the wall. What only waits is marked ``slow`` by hand. A file's notes
are the tests of :data:`LEAST` and more by name, and under ``""`` what all its other tests take together.

`make test` and `make quick` renew this machine's notes of what they ran, which no repository sees; `make durations`
makes them the notes of all. A test that is not noted counts as quick, once: then it
is noted. One that took longer than noted is believed by half as much again a run, since whoever comes first after a
change compiles for all.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

__all__ = ["BUDGET", "LEAST", "NOTED", "OWN", "by_file", "limit", "longest", "of_files", "processor", "read", "renewed",
           "written"]  # fmt: skip

NOTED = Path(__file__).with_name("durations.json")
OWN = NOTED.parents[1] / ".pytest_cache" / NOTED.name
"""The notes of this machine."""
LEAST = 0.05
"""Seconds; shorter tests are noted together, by file."""
BUDGET = 70.0
"""Seconds that the tests of `make quick` may take in all, on one processor."""
LIKE = 1.5
"""Times by which a note may be wrong before it is changed; and by which it grows at most."""
Notes = dict[str, dict[str, float]]
REST = ""


def read() -> Notes:
    """File → test → seconds, as this machine knows it, else as noted for all; empty if there are no notes."""
    found: Notes = {}
    for path in (NOTED, OWN):
        found |= json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def written(notes: Notes) -> str:
    """The notes as they stand in the file."""
    return json.dumps(notes, indent=0, ensure_ascii=False, sort_keys=True) + "\n"


def longest(seconds: Mapping[str, float], n: int = 25) -> list[tuple[str, float]]:
    """The files that took longest, of what each test took.

    >>> longest({"a.py::x": 1.0, "a.py::y": 2.5, "b.py::z": 3.0, "c.py::z": 1.0}, 2)
    [('a.py', 3.5), ('b.py', 3.0)]
    """
    files: defaultdict[str, float] = defaultdict(float)
    for test, took in seconds.items():
        files[by_file(test)[0]] += took
    return sorted(files.items(), key=lambda one: -one[1])[:n]


def by_file(test: str) -> tuple[str, str]:
    """File and name of a test.

    >>> by_file("tests/unit/test_a.py::Some::test_b[x::y]")
    ('tests/unit/test_a.py', 'Some::test_b[x::y]')
    """
    file, _, name = test.partition("::")
    return file, name


def of_files(notes: Notes) -> dict[str, float]:
    """Seconds of every file."""
    return {file: sum(tests.values()) for file, tests in notes.items()}


def limit(notes: Notes, tests: Iterable[str], budget: float = BUDGET) -> float:
    """Seconds above which a test is slow: as many of ``tests``, cheapest first, are quick as the budget holds."""
    left = budget - sum(known.get(REST, 0.0) for known in notes.values())
    takes = sorted(notes.get(file, {}).get(name, 0.0) for file, name in map(by_file, tests))
    for seconds in takes:
        left -= seconds
        if left < 0.0:
            return max(seconds - 1e-9, LEAST)
    return float("inf")


def renewed(notes: Notes, took: Mapping[str, float], is_whole: bool) -> Notes:
    """The notes after a run in which tests took so many seconds; ``is_whole``: those not run are there no more."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    rests: Counter[str] = Counter()
    if not is_whole:
        found.update({file: dict(tests) for file, tests in notes.items()})
    for test, seconds in took.items():
        file, name = by_file(test)
        seconds = _believed(notes.get(file, {}).get(name), seconds)
        found[file].pop(name, None)
        if seconds >= LEAST:
            found[file][name] = round(seconds, 2)
        else:
            rests[file] += seconds
    for file, seconds in rests.items():
        known = notes.get(file, {}).get(REST)
        if is_whole or known is None:
            found[file][REST] = round(_believed(known, seconds), 1)
    return {file: tests for file, tests in found.items() if any(tests.values())}


def _believed(noted: float | None, seconds: float) -> float:
    if noted is None:
        return seconds
    return noted if noted / LIKE <= seconds <= noted * LIKE else min(seconds, noted * LIKE)


def processor() -> float:
    """Seconds of processor time so far, of this process and of all that it waited for."""
    others = os.times()
    return time.process_time() + others.children_user + others.children_system
