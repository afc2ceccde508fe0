"""From command to first picture: what a newcomer waits for, with a cold and a warm compile cache."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

__all__ = ["measure"]

RUN = ["run", "scenario=pet_owners"]
ROOT = Path(__file__).resolve().parent.parent


def command(words: list[str], cache: str | None) -> float:
    """Seconds of one ``shequn`` command, started as a process of its own."""
    env = dict(os.environ) | ({"SHEQUN_CACHE": cache} if cache else {})
    start = time.perf_counter()
    call = [sys.executable, "-m", "scenarios", *words]
    done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"shequn {' '.join(words)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - start


def pictures(folder: Path, cache: str | None, more: list[str]) -> dict[str, float]:
    """``shequn run`` and ``shequn report``."""
    run = command([*RUN, *more, f"out={folder}"], cache)
    report = command(["report", str(folder)], cache)
    return {"run_s": run, "report_s": report, "total_s": run + report}


def measure(quick: bool) -> dict[str, Any]:
    """One arm of 20 communities and its report; in full also the demo, cold and warm."""
    size = ["population=small", "replicates=2", "days=30"] if quick else []
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        found: dict[str, Any] = {"command": ["shequn", *RUN, *size]}
        if not quick:
            found["cold_cache"] = pictures(home / "cold", str(home / "cache"), size)
        command([*RUN, "population=small", "replicates=1", "days=2", f"out={home / 'first'}"], None)
        found["warm_cache"] = pictures(home / "warm", None, size)
        if not quick:
            found["demo_cold_s"] = command(["demo", "--out", str(home / "demo1")], str(home / "cache2"))
            found["demo_warm_s"] = command(["demo", "--out", str(home / "demo2")], str(home / "cache2"))
    return found
