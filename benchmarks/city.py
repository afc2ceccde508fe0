"""The city: ten thousand groups of five hundred seats, a year, counts recorded. Wall time, memory, life."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np

from benchmarks.harness import composed, peak_gb
from benchmarks.threads import CITY
from sim import simulate

__all__ = ["measure"]


def measure(quick: bool) -> dict[str, Any]:
    """One run from the first day to the finished tables, in a process of its own."""
    more = ["population.groups=100", "days=40"] if quick else ["days=365"]
    overrides = [*CITY, "replicates=1", f"threads={min(2, os.cpu_count() or 1)}", *more]
    scenario = composed(overrides)
    played: dict[str, float] = {}
    start = time.perf_counter()

    def tell(done: float, total: float) -> None:
        played.update(seconds=time.perf_counter() - start, peak_gb=peak_gb())

    results = simulate(scenario, progress=tell)
    seconds = time.perf_counter() - start
    return {
        "scenario": overrides,
        "wall_s": seconds,
        "played_after_s": played["seconds"],
        "peak_gb_when_played": played["peak_gb"],
        "peak_gb": peak_gb(),
        **life(results.daily, scenario.population),
    }


def life(daily: Any, population: Any) -> dict[str, float]:
    """Occupancy, and messages per living group and day; a group lives while a member wrote within 28 days."""
    shape = (int(daily["day"].max()) + 1, population.groups)
    size = shape[0] * shape[1]
    at = daily["day"].to_numpy().astype(np.int64) * shape[1] + daily["group"].to_numpy()

    def by_day(column: str) -> np.ndarray:
        return np.bincount(at, weights=daily[column].to_numpy(), minlength=size).reshape(shape)

    written = np.cumsum(by_day("n_member_messages"), axis=0)
    before = np.vstack([np.zeros((28, shape[1])), written[:-28]])[: shape[0]]
    living = (written - before > 0) | (np.arange(shape[0]) < 28)[:, None]
    members, messages = by_day("n_members"), by_day("n_messages")
    days = float(members.sum())
    return {
        "member_days": days,
        "mean_occupancy": days / size / population.seats,
        "occupancy_at_end": float(members[-1].mean()) / population.seats,
        "messages_per_living_group_day": float(messages[living].mean()),
        "share_living_at_end": float(living[-1].mean()),
    }
