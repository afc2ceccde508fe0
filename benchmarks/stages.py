"""``python -m benchmarks.stages``: how often does a host misjudge the stage of a group, how late do they see decline?

What a host can tell on a morning (:mod:`sim.stage_watch`) is held against what the whole curve shows afterwards
(:mod:`sim.analysis.stages`), group by group and day by day, up to the group's death. Beside it a plan by the calendar
that says *growth* from day 14 on, *active* from day 42 and *decline* from day 90.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from benchmarks.harness import composed
from sim.analysis.panel import Panel
from sim.analysis.stages import STAGES as SEEN
from sim.analysis.stages import stages
from sim.replication import simulate
from sim.stage_watch import STAGES, StageWatch

__all__ = ["judged", "main", "seen_afterwards"]

CALENDAR = (14, 42, 90)
WORLDS = {
    "groups of 20 seats": ["population=small", "population.seats=20", "population.founders=10"],
    "groups of 200 seats": ["population=small"],
    "groups of 500 seats": ["population=class", "population.groups=4"],
}


def judged(panel: Panel) -> np.ndarray:
    """(groups, days): what the host says on each morning, as a place in STAGES."""
    wrote, born = panel.dense("n_posters"), panel.groups["day_born"].to_numpy()
    watch = StageWatch(len(wrote))
    groups = np.zeros(len(wrote), [("day_born", "i4"), ("n_posters", "i4")])
    groups["day_born"] = born
    said = np.zeros(wrote.shape, dtype=np.int64)
    for day in range(panel.days):
        groups["n_posters"] = wrote[:, day - 1] if day > 0 else 0
        said[:, day] = watch.judge(groups, day)
    return said


def seen_afterwards(panel: Panel) -> np.ndarray:
    """(groups, days): the stage that the curve shows, as a place in STAGES; −1 before birth and after death."""
    table = stages(panel)
    day = np.arange(panel.days)
    code = np.zeros((len(table), panel.days), dtype=np.int64)
    for k, name in enumerate(SEEN[1:], start=1):
        start = table[f"day_{name}"].to_numpy(dtype=np.int64, na_value=np.iinfo(np.int32).max)
        code[day >= start[:, None]] = k if name != "dead" else -1
    code[day < table["day_born"].to_numpy()[:, None]] = -1
    return code


def _agreement(said: np.ndarray, truth: np.ndarray) -> dict[str, Any]:
    """Shares of group-days on which they agree, in all and by true stage, and of declines called in active days."""
    known = truth >= 0
    by_stage = {name: float(np.mean(said[truth == k] == k)) for k, name in enumerate(STAGES) if (truth == k).any()}
    late = []
    for mine, theirs in zip(said, truth, strict=True):
        fell = np.flatnonzero(theirs == STAGES.index("decline"))
        if fell.size:
            told = np.flatnonzero(mine[fell[0] :] == STAGES.index("decline"))
            late.append(told[0] if told.size else np.inf)
    return {"right": float(np.mean(said[known] == truth[known])), **by_stage,
            "late": float(np.median(late)) if late else np.nan, "n": len(said)}  # fmt: skip


def main() -> int:
    """Print a table."""
    head = "".join(f"{name:>13}" for name in STAGES)
    print(f"{'':<22}{'':<10}{'right':>7}{head}{'days late':>11}{'groups':>8}")
    for world, words in WORLDS.items():
        scenario = composed(["scenario=pet_owners", *words, "replicates=20", "days=365", "record=counts"])
        panel = Panel.of(simulate(scenario).daily)
        truth = seen_afterwards(panel)
        calendar = np.broadcast_to(np.searchsorted(CALENDAR, np.arange(panel.days), side="right"), truth.shape)
        for who, said in (("host", judged(panel)), ("calendar", calendar)):
            found = _agreement(said, truth)
            shares = "".join(f"{found.get(name, np.nan):>13.2f}" for name in STAGES)
            print(f"{world:<22}{who:<10}{found['right']:>7.2f}{shares}{found['late']:>11.0f}{found['n']:>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
