"""One arm, many replicates: batches of communities through the engine, tables out."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from sim.community import Community
from sim.engine import Engine, ScenarioLike
from sim.resident import snake_case
from sim.results import Results

__all__ = ["simulate"]

Progress = Callable[[float, float], None]
BATCH_SEATS = 6_000_000
"""Seats simulated side by side; more replicates are done in further batches, so memory stays bounded."""


def simulate(
    scenario: ScenarioLike,
    lane: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    first: int = 0,
) -> Results:
    """Play replicates ``first … first + scenario.replicates − 1`` of a scenario and return their tables.

    A replicate is the same whichever others are played with it.

    Parameters
    ----------
    scenario
        What :func:`scenarios.compose` returns.
    lane
        ``"compiled"`` or ``"mesa"``; the same bytes come out of both. ``None`` takes the scenario's.
    workers
        Reserved for processes; threads are the scenario's ``threads``.
    progress
        Called with (days done, days in all), over all communities.
    first
        Number of the first replicate.

    Raises
    ------
    sim.engine.Overflow
        If a group's talk explodes beyond what one day can hold.
    """
    if workers != 1:
        raise ValueError(f"workers={workers}: runs use threads; set threads= in the scenario")
    started = time.perf_counter()
    lane, note = _usable(lane or scenario.lane, scenario)
    size = _batch(scenario) if lane != "mesa" else 1
    parts: list[dict[str, np.ndarray]] = []
    for done in range(0, scenario.replicates, size):
        n = min(size, scenario.replicates - done)
        play = _play_mesa if lane == "mesa" else _play
        parts.append(play(scenario, lane, first + done, n, _after(progress, done, scenario)))
    arrays = parts[0] if len(parts) == 1 else {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    meta = _meta(scenario, lane, note, time.perf_counter() - started)
    return Results.from_arrays(scenario.arm, scenario.world, arrays, meta)


def _after(progress: Progress | None, done: int, scenario: ScenarioLike) -> Progress | None:
    """``progress`` of a batch, told as progress of the run: ``done`` replicates were played before it."""
    if progress is None:
        return None
    hear = progress
    return lambda days, total: hear(done * scenario.days + days, total)


def _batch(scenario: ScenarioLike) -> int:
    """Replicates simulated side by side, so that memory stays bounded."""
    population: Any = scenario.sections["population"]
    seats = (population.groups + population.spare_groups) * (population.seats + 1)
    return max(1, min(scenario.replicates, BATCH_SEATS // seats))


def _usable(lane: str, scenario: ScenarioLike) -> tuple[str, str]:
    """The lane asked for, or the Mesa lane with the reason why the other cannot be used."""
    if lane == "mesa":
        return lane, ""
    from sim.fallback import lane_for

    return lane_for(scenario)


def _play(scenario: ScenarioLike, lane: str, first: int, n: int, progress: Progress | None) -> dict[str, np.ndarray]:
    engine = Engine(scenario, lane, n, first)
    try:
        for day in range(scenario.days):
            engine.step()
            if progress is not None:
                progress((day + 1) * n, scenario.replicates * scenario.days)
    finally:
        engine.close()
    return engine.recorder.tables()


def _play_mesa(
    scenario: ScenarioLike, lane: str, first: int, n: int, progress: Progress | None
) -> dict[str, np.ndarray]:
    """One replicate as a Mesa model, so that every member is an agent."""
    model = Community(scenario, lane=lane, replicate=first)
    for day in range(scenario.days):
        model.step()
        if progress is not None:
            progress(day + 1, scenario.replicates * scenario.days)
    return model.tables


def _meta(scenario: ScenarioLike, lane: str, note: str, seconds: float) -> dict[str, Any]:
    packages = ("mesa", "numpy", "numba", "pandas", "pyarrow")
    versions = {name: _version(name) for name in packages} | {"python": platform.python_version()}
    config = scenario.as_dict()
    return {
        "seed": scenario.seed,
        "days": scenario.days,
        "replicates": scenario.replicates,
        "record": scenario.record,
        "start": config["start"],
        "timezone": "Asia/Shanghai",
        "roles": [snake_case(role.__name__) for role in scenario.roles],
        "strategies": [*sorted(s.name for s in scenario.strategies), "host"],
        "lane": lane,
        "note": note,
        "config": config,
        "versions": {"shequn": _version("shequn"), **versions},
        "timings": {"simulate": seconds},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
