"""``python -m tests.mutations [out=docs/mutations.md] [word …]``: put every mutant in place; which test turns red?

It works on a copy of the project, and takes half an hour; words choose mutants by their names. What no test noticed
is listed by name, and makes the exit code 1.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutations.mutants import ROOT, Mutant, mutants

HEAVY = ("hypothesis", "matplotlib", "mesa", "numba", "pandas", "pyarrow.parquet", "pytest", "scipy.stats", "yaml")


def main(words: list[str]) -> int:
    """Run, tell each as it comes, and write the page."""
    out = next((Path(word.removeprefix("out=")) for word in words if word.startswith("out=")), None)
    chosen = [word for word in words if not word.startswith("out=")]
    todo = [one for one in mutants() if not chosen or any(word in one.name for word in chosen)]
    for name in HEAVY:
        importlib.import_module(name)  # once, for all that are forked
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "project"
        tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in tracked.splitlines():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
        sound: dict[str, bool] = {}
        found = [(one, tried(one, copy, sound)) for one in todo]
    missed = [one.name for one, (is_red, _) in found if not is_red]
    text = page(found, missed)
    if out:
        out.write_text(text, "utf-8")
    print(text.split("\n\n")[1])
    return 1 if missed else 0


def tried(one: Mutant, copy: Path, sound: dict[str, bool]) -> tuple[bool, str]:
    """Did a test turn red, and which was the first? One that is red without the change, too, tells nothing."""
    begun = time.monotonic()
    red = next((test for test in one.tests if is_red_by(one, test, copy) and is_sound(test, copy, sound)), "")
    took = time.monotonic() - begun
    print(f"{'red' if red else 'MISSED':7} {one.name:60} {red or one.tests} {took:.0f} s", flush=True)
    return bool(red), red


def is_red_by(one: Mutant, test: str, copy: Path) -> bool:
    """Does a test fail with the change in place?"""
    target = copy / one.path
    kept = target.read_text("utf-8")
    target.write_text(one.text, "utf-8")
    try:
        return outcome(test, copy) == 1
    finally:
        target.write_text(kept, "utf-8")


def is_sound(test: str, copy: Path, known: dict[str, bool]) -> bool:
    """Does it pass without any change? Asked once a test."""
    if test not in known:
        known[test] = outcome(test, copy) == 0
    return known[test]


def outcome(test: str, copy: Path) -> int:
    """Run one file of tests, or one test, in a child; what pytest exits with."""
    child = os.fork()
    if child == 0:
        os.chdir(copy)
        os.setsid()
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        kept = [path for path in sys.path if path not in ("", str(ROOT))]
        sys.path[:] = [str(copy), *kept]
        for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
            del sys.modules[name]
        import pytest

        os._exit(int(pytest.main([test, "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=no"])))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


OURS = ("sim", "agents", "scenarios", "tests", "docs", "benchmarks")


def page(found: list[tuple[Mutant, tuple[bool, str]]], missed: list[str]) -> str:
    """What stands in docs/mutations.md."""
    n, red = len(found), len(found) - len(missed)
    lines = "\n".join(f"| {one.name} | {where or '**no test noticed**'} |" for one, (_, where) in found)
    told = "Missed: " + ", ".join(missed) + "." if missed else "None was missed."
    return (
        "# Mutations\n\n"
        f"{red} of {n} changes that take something out turned a test red. {told}\n\n"
        "Written by `python -m tests.mutations out=docs/mutations.md`: a hook of a mechanism, or `push` of a strategy,"
        "\ndoes nothing; a knob of a strategy is ignored; a lever is turned for the next group. The first red test is"
        "\nnamed.\n\n"
        f"| change | first red |\n|---|---|\n{lines}\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
