"""``python -m benchmarks.entered [overrides]``: which of our files are entered from ``shequn run`` to its results.

A measure of how much a reader must open to follow a run. A file is entered when a function of it is called. Bodies of
rules are left out (roles, submodels, mechanisms: that is what one looks for), and what is called after the results
stand, to tell about them in the terminal.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import Any

__all__ = ["entered", "main"]

ROOT = Path(__file__).resolve().parents[1]
RULES = ("agents/", "sim/model/submodels/", "sim/mechanisms/")
TOLD = ("sim/analysis/", "sim/locale/")
FUNCTION = 1  # flag of code that is a function's, not a class's or a module's


def entered(overrides: list[str]) -> list[str]:
    """Our files in which a function is called by ``shequn run``, sorted."""
    import scenarios.cli.run  # noqa: F401  so that what is called while modules are made does not count
    from scenarios.__main__ import main as shequn

    seen: set[str] = set()

    def note(frame: FrameType, event: str, arg: Any) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and frame.f_code.co_flags & FUNCTION and path.is_relative_to(ROOT):
            seen.add(path.relative_to(ROOT).as_posix())

    sys.argv = ["shequn", "run", *overrides]
    sys.setprofile(note)
    try:
        code = shequn()
    finally:
        sys.setprofile(None)
    if code:
        raise SystemExit(code)
    ours = ("sim/", "scenarios/", "agents/")
    return sorted(name for name in seen if name.startswith(ours) and not name.startswith((*RULES, *TOLD)))


def main() -> None:
    """Print the files and their number."""
    overrides = sys.argv[1:] or ["scenario=pet_owners", "population=small", "replicates=2", "days=20"]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        found = entered(overrides)
    print(*found, f"{len(found)} files", sep="\n")


if __name__ == "__main__":
    main()
