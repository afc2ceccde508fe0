"""Ten strategies against four: time for each message said, and memory of a city in which ten are played.

Days of both engines are taken in turns, so that a noisy machine is noisy for both; ratios are per pair of days.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

import numpy as np

from benchmarks.harness import composed, peak_gb, spread, warmed
from benchmarks.threads import CITY
from sim.simulation import Engine

__all__ = ["measure"]

FOUR = ("group_cap", "paid_entry", "red_packet", "fixed_time")
TEN = (*FOUR, "introductions", "morning_greeting", "levels", "goods", "graded_sanctions", "packet_per_invite")
HOURS = ["operator.hours=2000", "operator.purse=10000000"]  # so that all of them are played in every group


def measure(quick: bool) -> dict[str, Any]:
    """The ratio of times for a message, and the most memory the city needs, with ten strategies in it."""
    city = [*CITY, *HOURS, "threads=1", f"population.groups={60 if quick else 300}"]
    warm, days = (3, 6) if quick else (20, 40)
    four, ten = (warmed(composed([*city, f"strategy=[{','.join(names)}]"]), "compiled", warm) for names in (FOUR, TEN))
    ratios = []
    for k in range(days):
        order = (four, ten) if k % 2 else (ten, four)
        spent = {id(engine): _ns_per_message(engine) for engine in order}
        ratios.append(spent[id(ten)] / spent[id(four)])
    draws = np.random.default_rng(1).choice(ratios, (2_000, days))  # resampled days
    low, high = np.quantile(np.median(draws, axis=1), [0.025, 0.975])
    found = {**spread(ratios), "low": float(low), "high": float(high)}
    return {"scenario": city, "four": FOUR, "ten": TEN, "ratio": found, "city": _city(quick)}


def _ns_per_message(engine: Engine) -> float:
    """Time of one day for each message said on it."""
    start = time.perf_counter_ns()
    engine.step()
    took = time.perf_counter_ns() - start
    return took / max(1, int(engine.state.groups["n_messages"].sum()))


def _city(quick: bool) -> dict[str, float]:
    """Memory of a whole city, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.ten", *(["quick"] if quick else [])]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _told_city(quick: bool) -> dict[str, float]:
    more = ["population.groups=200"] if quick else []
    engine = warmed(composed([*CITY, *HOURS, f"strategy=[{','.join(TEN)}]", *more]), "compiled", 3 if quick else 30)
    return {"members": int(engine.state.groups["n_members"].sum()), "days": engine.day, "peak_gb": peak_gb()}


if __name__ == "__main__":
    print(json.dumps(_told_city("quick" in sys.argv)))
