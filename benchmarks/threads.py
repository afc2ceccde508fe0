"""Two threads against one on a city, the same engine, days taken in turns."""

from __future__ import annotations

import os
from typing import Any

from benchmarks.harness import composed, ns_per_member_day, peak_gb, spread, warmed

__all__ = ["CITY", "measure"]

CITY = ["scenario=pet_owners", "population=city", "population.founders=400", "scenario.acquaintance=0.01",
        "scenario.search_rate=6", "scenario.info_need=0.6", "record=counts"]  # fmt: skip


def measure(quick: bool) -> dict[str, Any]:
    """Ratio of one thread's time to two threads' time, day by day."""
    overrides = [*CITY, "threads=2", *(["population.groups=200"] if quick else [])]
    engine = warmed(composed(overrides), "compiled", 4 if quick else 10)
    pool = engine._pool
    rows: dict[str, list[float]] = {"one": [], "two": [], "ratio": []}
    for _ in range(4 if quick else 12):
        engine._pool = None
        rows["one"].append(ns_per_member_day(engine, 1))
        engine._pool = pool
        rows["two"].append(ns_per_member_day(engine, 1))
        rows["ratio"].append(rows["one"][-1] / rows["two"][-1])
    members = int(engine.state.groups["n_members"].sum())
    engine.close()
    return {"scenario": overrides, "members": members, "cores": os.cpu_count(), "peak_gb": peak_gb(),
            "ns": {"one": spread(rows["one"]), "two": spread(rows["two"])}, "times": spread(rows["ratio"])}  # fmt: skip
