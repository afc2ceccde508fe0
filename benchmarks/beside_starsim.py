"""Cost per event beside Starsim's per contact and step, measured in one run, Starsim in an environment of its own.

The two do not do the same. In Starsim's SIR on random networks (ten contacts) an event is a contact looked at in a
step. Here it is a line read, a look, or a line written: each is one person meeting another's words.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.harness import composed, ns_per_member_day, spread, warmed
from sim.simulation import Engine

__all__ = ["measure"]

STARSIM = "3.7.2"
PLACE = Path("outputs") / "benchmarks" / f"starsim-{STARSIM}"
OURS = ["scenario=pet_owners", "population=small", "record=counts", "threads=1",
        "strategy=[advert_ban,fixed_time,paid_entry,red_packet]"]  # fmt: skip
THEIRS = """
import json, sys, time
import starsim as ss
for line in sys.stdin:
    n, days = map(int, line.split())
    net = ss.RandomNet(n_contacts=10)
    sim = ss.Sim(n_agents=n, dur=days, dt=1, diseases=ss.SIR(beta=0.05), networks=net, verbose=0)
    sim.init()
    start = time.perf_counter()
    sim.run()
    spent = time.perf_counter() - start
    print(json.dumps([spent, len(sim.networks[0].edges.p1) * len(sim.t.timevec)]), flush=True)
"""


def measure(quick: bool) -> dict[str, Any]:
    """Nanoseconds per event of each, runs taken in turns, the first of each left out."""
    repeats, agents = (2, 10_000) if quick else (7, 100_000)
    engine = warmed(composed(OURS), "compiled", 20, 10 if quick else 40)
    rows: dict[str, list[float]] = {"ours": [], "starsim": []}
    with subprocess.Popen([_python(), "-c", THEIRS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdin is not None
        assert peer.stdout is not None
        for _ in range(repeats + 1):
            peer.stdin.write(f"{agents} 50\n")
            peer.stdin.flush()
            seconds, contacts = json.loads(peer.stdout.readline())
            rows["starsim"].append(1e9 * seconds / contacts)
            rows["ours"].append(_ns_per_event(engine))
        peer.stdin.close()
    found = {name: spread(values[1:]) for name, values in rows.items()}
    return {"scenario": OURS, "starsim_version": STARSIM, "agents": agents, "ns": found}


def _ns_per_event(engine: Engine) -> float:
    """Nanoseconds per event over some days; everything a day consists of is in it."""
    spent = events = 0.0
    for _ in range(5):
        members = float(engine.state.groups["n_members"].sum())
        spent += ns_per_member_day(engine, 1) * members
        rows = engine.state.members
        came = (rows["person"] >= 0) & (rows["n_looks"] > 0)
        events += float(np.sum(rows["n_read"], where=came) + np.sum(rows["n_looks"], where=came))
        events += float(engine.state.groups["n_messages"].sum())
    return spent / events


def _python() -> str:
    """The interpreter of an environment that holds Starsim; it is made if there is none."""
    python = PLACE / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"installing Starsim {STARSIM} into {PLACE} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", f"starsim=={STARSIM}"], check=True)
    return str(python)
