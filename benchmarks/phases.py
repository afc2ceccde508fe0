"""Nanoseconds per member-day, phase by phase, in both lanes, on one thread."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from benchmarks.harness import composed, ns_per_member_day, spread, warmed
from sim.model.schedule import GROUP_PHASES
from sim.simulation import Engine

__all__ = ["measure"]

SMALL = ["scenario=pet_owners", "population=small", "record=counts", "threads=1"]
CLASS = ["scenario=pet_owners", "population=class", "population.founders=130", "scenario.acquaintance=0.05",
         "record=counts", "threads=1"]  # fmt: skip
TOGETHER = "strategy=[paid_entry,red_packet,fixed_time,advert_ban]"


def measure(quick: bool) -> dict[str, Any]:
    """Whole days on three populations, then single phases on one of them."""
    lanes = {
        "compiled": by_phase(composed(CLASS), "compiled", 20, 5 if quick else 60),
        "mesa": by_phase(composed([*CLASS, "population.groups=5"]), "mesa", 1 if quick else 20, 1 if quick else 3),
    }
    return {"whole_days": whole_days(quick), "phases": lanes, "phases_population": CLASS}


def whole_days(quick: bool) -> list[dict[str, Any]]:
    """The run of the demo: a hundred small communities from founding to the end, engine alone."""
    rows = []
    for arm, more in (("nothing", []), ("together", [TOGETHER])):
        scenario = composed([*SMALL, *more])
        n, days, repeats = (10, 30, 2) if quick else (100, 180, 5)
        Engine(scenario, "compiled", 1).step()
        found = []
        for seed in range(repeats):
            engine = Engine(scenario, "compiled", n, 0, seed)
            found.append(ns_per_member_day(engine, days))
        members = float(engine.state.groups["n_members"].mean())
        rows.append({"population": "small", "arm": arm, "communities": n, "days": days, "ns": spread(found),
                     "members_per_group_at_end": members})  # fmt: skip
    return rows


def by_phase(scenario: Any, lane: str, warm: int, days: int) -> dict[str, Any]:
    """Every phase on its own, group after group; the cost of a call from Python is measured and taken off."""
    engine = warmed(scenario, lane, warm)
    names = list(GROUP_PHASES)
    loops = {name: engine.lane.loop(name) for name in names}
    desk = engine.new_desk()
    for loop in loops.values():  # compile
        loop(engine.in_lane, 0, 0, desk)
    spent: dict[str, float] = defaultdict(float)
    members = 0.0
    for _ in range(days):
        members += float(engine.state.groups["n_members"].sum())
        _day(engine, loops, desk, spent)
    phases = {name: 1e9 * seconds / members for name, seconds in spent.items()}
    day = spread([ns_per_member_day(engine, days) for _ in range(3)])
    return {"phases": phases, "sum": sum(phases.values()), "day_as_run": day, "mean_members": members / days}


def _day(engine: Engine, loops: dict[str, Any], desk: Any, spent: dict[str, float]) -> None:
    """One day in single phases; adds seconds to ``spent``."""
    clock = time.perf_counter
    start = clock()
    with engine._opened():
        engine._set_day()
        engine._turn_levers()
    spent["levers"] += clock() - start
    _timed(engine._communities, "plan", spent)
    engine._lay_out_places()
    for name, play in (("propose", engine._between), ("decide", engine._communities), ("fill", engine._between),
                       ("carry", engine._communities)):  # fmt: skip
        _timed(play, name, spent)
    state = engine.in_lane
    for g in range(engine.state.groups.size):
        for name, loop in loops.items():
            a = clock()
            loop(state, g, g, desk)
            b = clock()
            loop(state, g, g + 1, desk)
            spent[name] += clock() - b - (b - a)
    _timed(engine._between, "part", spent)
    start = clock()
    engine._store()
    engine.recorder.record_day(engine.day, engine.levers)
    spent["tables"] += clock() - start
    _timed(engine._communities, "account", spent)
    engine._store("members")
    engine.day += 1


def _timed(play: Callable[[str], None], name: str, spent: dict[str, float]) -> None:
    """One phase between the days."""
    start = time.perf_counter()
    play(name)
    spent[name] += time.perf_counter() - start
