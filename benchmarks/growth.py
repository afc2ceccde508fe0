"""How cost grows with size: ns per member-day and memory from a thousand members to five million."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.harness import composed, ns_per_member_day, peak_gb, spread, warmed
from sim.simulation import Engine

__all__ = ["measure"]

SEATS, FOUNDERS, WARM, TIMED = 500, 460, 10, 10
FULL = (1_000, 10_000, 100_000, 1_000_000, 5_000_000)


def overrides(members: int) -> list[str]:
    """Groups of five hundred seats, well filled from the first day, so that every size is at the same age."""
    return [
        "scenario=pet_owners", f"population.groups={max(1, round(members / FOUNDERS))}", f"population.seats={SEATS}",
        f"population.founders={FOUNDERS}", "scenario.acquaintance=0.015", "record=counts", "threads=1",
    ]  # fmt: skip


def measure(quick: bool) -> dict[str, Any]:
    """The same ten days of every size; small ones under many seeds, so that each is timed over enough work."""
    Engine(composed(overrides(1)), "compiled", 1).step()
    rows = []
    for members in FULL[:3] if quick else FULL:
        scenario = composed(overrides(members))
        seeds = max(1, min(5 if quick else 60, 2_000_000 // members))
        rows.append({"members_asked": members} | of_size(scenario, seeds))
    largest, reference = rows[-1]["ns"]["median"], rows[1]["ns"]["median"]
    return {"scenario": overrides(FULL[-1]), "days": [WARM, WARM + TIMED], "sizes": rows,
            "largest_against_ten_thousand": largest / reference}  # fmt: skip


def of_size(scenario: Any, seeds: int) -> dict[str, Any]:
    """One size under several seeds."""
    found, members, made = [], 0.0, 0.0
    for seed in range(seeds):
        start = time.perf_counter()
        engine = warmed(scenario, "compiled", WARM, seed=seed)
        made += time.perf_counter() - start
        found.append(ns_per_member_day(engine, TIMED))
        members += float(engine.state.groups["n_members"].sum()) / seeds
        table = engine.state.members.nbytes
        del engine
    return {"mean_members": members, "ns": spread(found), "founding_and_warming_s": made / seeds,
            "member_table_gb": table / 2**30, "peak_gb_so_far": peak_gb()}  # fmt: skip
