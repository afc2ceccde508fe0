"""What mechanisms cost: silent ones, ten rules over all visitors, and the first use of a rule on a fresh machine.

Days of the engines compared are taken in turns, so that a noisy machine is noisy for both; ratios are per pair of days.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

import numpy as np

from benchmarks.harness import WithMechanisms, composed, ns_per_member_day, spread, warmed
from benchmarks.threads import CITY
from sim.engine.mechanism import Mechanism
from sim.mechanisms import mechanisms
from sim.simulation import Engine

__all__ = ["measure"]

ALL = "strategy=[advert_ban,checkin,cull,fixed_time,group_cap,morning_greeting,paid_entry,red_packet]"
FIRST = ["scenario=pet_owners", "population=small", "record=counts"]


class Dummy(Mechanism):
    """Ten rules over the visitors of every group that count and do nothing else. Source: a benchmark."""

    title = ("Dummy", "空")

    class member:
        n_seen: int

    class group:
        n_dummy: int


def look_in(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any) -> None:
    """One more."""
    mine.n_seen += 1
    ours.n_dummy += 1


for _ in range(10):
    Dummy.each_visitor(after="talk")(look_in)
del Mechanism.known[Dummy.name()]


def measure(quick: bool) -> dict[str, Any]:
    """Ratios of a city's day with silent mechanisms and with ten rules to the day without; seconds of a first use."""
    city = [*CITY, "threads=1", f"population.groups={60 if quick else 300}"]
    scenario, days = composed(city), 6 if quick else 40
    warm = 3 if quick else 20
    found: dict[str, dict[str, float]] = {}
    members = 0
    for name, more in (("silent", list(mechanisms().values())), ("ten", [Dummy])):
        plain = warmed(scenario, "compiled", warm)  # as old as the other: what a member-day costs depends on the day
        found[name] = _ratio(plain, warmed(WithMechanisms(scenario, more), "compiled", warm), days)
        members = int(plain.state.groups["n_members"].sum())
    return {"scenario": city, "members": members, **found, "first_use": _first_use()}


def _ratio(plain: Engine, other: Engine, days: int) -> dict[str, float]:
    """Median of the ratios of pairs of days, with a 95 % interval of the bootstrap."""
    ratios = []
    for k in range(days):
        order = (plain, other) if k % 2 else (other, plain)
        spent = {id(engine): ns_per_member_day(engine, 1) for engine in order}
        ratios.append(spent[id(other)] / spent[id(plain)])
    draws = np.random.default_rng(1).choice(ratios, (2_000, days))  # resampled days
    low, high = np.quantile(np.median(draws, axis=1), [0.025, 0.975])
    return {**spread(ratios), "low": float(low), "high": float(high)}


def _first_use() -> dict[str, float]:
    """Seconds per rule that its first use takes, with nothing compiled before, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.mechanisms"]
        place = os.environ | {"SHEQUN_CACHE": folder}
        done = subprocess.run(command, env=place, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def _told_first_use() -> dict[str, float]:
    """The first days without and with mechanisms, then the second's again with all compiled."""
    seconds = []
    for overrides in (FIRST, [*FIRST, ALL], [*FIRST, ALL]):
        scenario = composed(overrides)
        start = time.perf_counter()
        engine = Engine(scenario, "compiled", 1)
        engine.step()
        seconds.append(time.perf_counter() - start)
    n = sum(len(calls) for calls in engine.in_play._active.values())
    return {"without": seconds[0], "rules": n, "each": (seconds[1] - seconds[2]) / n}


if __name__ == "__main__":
    print(json.dumps(_told_first_use()))
