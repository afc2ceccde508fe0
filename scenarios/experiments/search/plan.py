"""``shequn search … plan=true``: how many runs, how long, how much disk; nothing is played into the store.

Nobody knows yet where a search will go, so the price is that of points spread evenly over the knobs (a Latin
hypercube), as many as are left to try. How many points come out unbeaten is not known either: the second look is told
for a few of them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scipy.stats import qmc

from scenarios.execution.chunks import block_size
from scenarios.execution.workers import workers_for
from scenarios.experiments.cells import cells_of
from scenarios.experiments.plan import make_plan, show_cost, told
from scenarios.experiments.search.explore import Values, open_memory, tried
from scenarios.experiments.search.file import Search
from scenarios.experiments.search.options import SearchOptions
from scenarios.experiments.search.points import study_of_points
from sim.data.store import Store

__all__ = ["show_search_plan", "spread_points"]

_MOST_POINTS = 64
_UNBEATEN = 10


def show_search_plan(options: SearchOptions, store: Store, memory: Path) -> int:
    """Print the plan; ``memory`` is the file of what was tried before, if there is one."""
    search = options.search
    done = len(tried(open_memory(search, memory), search)) if memory.exists() else 0
    left = max(0, search.trials - done)
    print(f"{search.title['en']}: {search.question['en']}")
    print(f"{search.trials} points × {search.seeds} seeds = {search.trials * search.seeds:,} runs; {done} points were "
          f"tried, {left * search.seeds:,} runs to do")  # fmt: skip
    if not left:
        return 0
    points = spread_points(search, min(left, _MOST_POINTS))
    play = replace(options.play, study=study_of_points(search, dict(enumerate(points))))
    cells = cells_of(play.study)
    workers = workers_for(play, search.seeds)  # a search plays point by point
    chunk = play.chunk or block_size(cells[0], search.seeds, 1, workers)
    plan = make_plan(replace(play, chunk=chunk), cells, store)
    if plan.measured:
        per_run = plan.seconds / plan.to_do, plan.disk / plan.to_do
        runs = left * search.seeds
        show_cost(replace(plan, seconds=per_run[0] * runs, disk=per_run[1] * runs), play, store)
        again = _UNBEATEN * search.fresh_seeds
        print(f"then each unbeaten point once more on {search.fresh_seeds} fresh seeds: {told(per_run[0] * again)} and "
              f"{per_run[1] * again / 1e6:,.2f} MB for every {_UNBEATEN} of them")  # fmt: skip
    return 0


def spread_points(search: Search, n: int) -> list[Values]:
    """``n`` points spread evenly over the knobs."""
    cube = qmc.LatinHypercube(d=len(search.axes), rng=search.seed).random(n)
    return [tuple(axis.at(float(u)) for axis, u in zip(search.axes, row, strict=True)) for row in cube]
