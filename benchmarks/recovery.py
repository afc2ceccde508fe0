"""Parameter recovery of ``shequn fit``: 200 logs simulated with known numbers, each fitted through one reference table.

Two kinds of log: twenty rooms over a year from their founding, and one group of 200 people over 90 days; each as a
program exports it that tells who came and left, and as one that does not. Per parameter: how often the 90 % interval
covers the truth (85 to 95 % is honest), and whether it is told (median width at most half of the range). What is
simulated is kept, so a part that was stopped goes on.
"""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.experiments.fit.asked import WORLD, measures
from scenarios.experiments.fit.journal import Journal, identity_of
from scenarios.experiments.fit.play import EARLY, Play, Task, base
from scenarios.experiments.fit.pool import workers
from scenarios.experiments.fit.watch import Watch
from sim.analysis.fit.learned import matrix_of
from sim.analysis.fit.prior import Prior, known_prior
from sim.analysis.fit.recovery import recover
from sim.analysis.fit.summaries import left_untold

__all__ = ["KINDS", "measure"]

TABLE, LOGS = 2_000, 200
QUICK = (150, 20)
#: Kind → overrides, watch, parameters that such a log has none of.
KINDS: dict[str, tuple[tuple[str, ...], Watch, tuple[str, ...]]] = {
    "twenty_rooms": ((f"scenario={WORLD}",), Watch((364.0,) * 20, True, True, joins=True, leaves=True), ()),
    "one_group": ((f"scenario={WORLD}", "population.members=200", "scenario.search_spread=0"),
                  Watch((90.0,), True, True, joins=True, leaves=True),
                  ("population.founders", "scenario.acquaintance", "scenario.search_spread")),
}  # fmt: skip


def measure(quick: bool = False) -> dict[str, Any]:
    """Every kind of log: what is simulated of it, then ``told`` and ``untold``, with and without joins and leaves."""
    sizes = QUICK if quick else (TABLE, LOGS)
    return {name: _recovered(name, *sizes, quick) for name in KINDS}


def _recovered(name: str, table: int, logs: int, quick: bool) -> dict[str, Any]:
    overrides, watch, less = KINDS[name]
    if quick:
        watch = replace(watch, days=tuple(min(days, 45.0) for days in watch.days[:4]))
    prior, play = known_prior().without(less), Play(overrides, watch, 1)
    u, truth = prior.design(table, 1), prior.design(logs, 2)
    began = time.perf_counter()
    rows = _played(name, play, prior, np.vstack([u, truth]))
    seconds = time.perf_counter() - began
    names = sorted({key for row in rows if row for key in row if not key.startswith(EARLY)})
    kept = np.array([row is not None for row in rows])
    in_table, in_logs = kept[:table], kept[table:]
    found = {}
    for told, left_out in (("told", frozenset[str]()), ("untold", left_untold(watch.replies, False, False))):
        seen = [name for name in names if name.partition(".")[0] not in left_out]
        summaries = matrix_of([row or {} for row in rows], seen)
        found[told] = recover(prior.keys, u[in_table], summaries[:table][in_table], seen, truth[in_logs],
                              summaries[table:][in_logs]).table().to_dict("records")  # fmt: skip
    return {"rooms": watch.rooms, "days": max(watch.days), "table": int(in_table.sum()), "logs": int(in_logs.sum()),
            "unplayable": int((~kept).sum()), "seconds": seconds, **found}  # fmt: skip


def _played(name: str, play: Play, prior: Prior, u: np.ndarray) -> list[dict[str, float] | None]:
    """Summaries of a community at each point."""
    from scenarios.experiments.cells import rules_of

    scenario = base(play)
    identity = identity_of(scenario.as_dict(), prior.keys, u.tolist(), rules_of(scenario), asdict(play.watch),
                           measures())
    journal = Journal(Path("outputs") / "benchmarks" / f"recovery-{name}-{identity}.jsonl", identity)
    left = [Task(n, prior.set_of(u[n])) for n in range(len(u)) if n not in journal.entries]
    with workers() as work:
        for block in work(play, left):
            journal.add((n, u[n], found) for n, found, _ in block)
    return [journal.entries[n][1] for n in range(len(u))]
