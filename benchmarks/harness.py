"""What every part of the benchmark needs: the machine's name, warmed engines, time per member-day, kept results."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scenarios import compose
from sim.engine.mechanism import Mechanism
from sim.simulation import Engine

__all__ = [
    "QUICK", "RESULTS", "WithMechanisms", "composed", "keep", "kept", "machine", "ns_per_member_day", "peak_gb",
    "spread", "warmed",
]  # fmt: skip

RESULTS = Path(__file__).resolve().parent / "results"
QUICK = Path("outputs") / "benchmarks"  # quick runs are for trying out, and not kept


def composed(overrides: Sequence[str]) -> Any:
    """The scenario that overrides ask for."""
    return compose(overrides)


class WithMechanisms:
    """A scenario in which some mechanisms are in play though no strategy turns a lever of theirs."""

    def __init__(self, scenario: Any, more: Iterable[type[Mechanism]]) -> None:
        self._scenario = scenario
        there = {type(one) for one in scenario.mechanisms}
        self.mechanisms = (*scenario.mechanisms, *(one() for one in more if one not in there))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scenario, name)


def machine() -> dict[str, Any]:
    """Processor model, cores, memory, system and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    packages = {name: version(name) for name in ("mesa", "numba", "numpy", "pandas")}
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": {"python": platform.python_version(), **packages},
    }


def _processor() -> str:
    """The model as the system names it, with what tells unnamed models apart."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    facts = {line.split(":")[0].strip(): line.split(":", 1)[1].strip() for line in lines if ":" in line}
    numbers = ", ".join(f"{name} {facts[name]}" for name in ("cpu family", "model", "stepping") if name in facts)
    return f"{facts.get('model name', 'unknown')} ({numbers})" if numbers else facts.get("model name", "unknown")


def commit() -> str:
    """Short name of the commit measured, with a plus if files differ from it."""
    root = Path(__file__).resolve().parent

    def ask(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    changed = ask("status", "--porcelain", "--untracked-files=no", "--", ":(top)*.py")
    return ask("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def keep(part: str, quick: bool, measured: dict[str, Any]) -> Path:
    """Write one part's results with machine, date and commit."""
    folder = QUICK if quick else RESULTS
    folder.mkdir(parents=True, exist_ok=True)
    head = {"part": part, "quick": quick, "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "commit": commit()}
    path = folder / f"{part}.json"
    text = json.dumps({**head, "machine": machine(), **measured}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")
    return path


def kept(part: str, quick: bool = False) -> dict[str, Any] | None:
    """What was measured before, if anything."""
    path = (QUICK if quick else RESULTS) / f"{part}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, lowest and highest of repeats."""
    return {"median": statistics.median(values), "low": min(values), "high": max(values), "n": len(values)}


def peak_gb() -> float:
    """Most memory this process has held so far, GB of 2³⁰ bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**30 if sys.platform == "darwin" else most / 2**20


def warmed(scenario: Any, lane: str, days: int, n: int = 1, seed: int | None = None) -> Engine:
    """An engine after some days of play, compiled and with caches warm."""
    engine = Engine(scenario, lane, n, 0, seed)
    for _ in range(days):
        engine.step()
    return engine


def ns_per_member_day(engine: Engine, days: int) -> float:
    """Nanoseconds per member and day over the next days, everything a day consists of included."""
    spent = members = 0.0
    for _ in range(days):
        members += float(engine.state.groups["n_members"].sum())
        start = time.perf_counter()
        engine.step()
        spent += time.perf_counter() - start
    return 1e9 * spent / members
