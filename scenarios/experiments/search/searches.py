"""Searches: Optuna proposes points, the store keeps what was played; the unbeaten ones are played again on fresh seeds.

Nobody knows beforehand where a search will go, so a plan measures points spread evenly over the knobs (a Latin
hypercube), as many as are left to try, and tells the price of the second look for a few points: how many come out
unbeaten is not known either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from scenarios.config.compose import Composer
from scenarios.errors import ConfigError
from scenarios.experiments.cells import cells_of
from scenarios.experiments.designs import sampled
from scenarios.experiments.exploration import Values
from scenarios.experiments.kind import Answer, Kind, Planner
from scenarios.experiments.options import Reader, refuse_varied, setting, whole_number
from scenarios.experiments.plan import Plan, told
from scenarios.experiments.player import Player
from scenarios.experiments.search.explore import alone, best, explore, open_memory, tried, untried
from scenarios.experiments.search.file import MOST_TRIALS, Search, read_search
from scenarios.experiments.search.front import arm_of, looked_at, means_of, runs_of
from scenarios.experiments.study import Study
from sim.analysis.experiment.searched import Searched
from sim.data.store import Store
from sim.locale.words import say

__all__ = ["Searches", "memory_file"]

_MOST_POINTS = 64
_UNBEATEN = 10


class Searches(Kind[Search]):
    """``shequn search``."""

    name, what, example = "search", "search", "packet_dose"
    words: ClassVar[Mapping[str, Reader]] = {
        "trials": whole_number, "seeds": setting, "fresh_seeds": setting, "days": setting, "seed": setting,
    }  # fmt: skip

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Search:
        """The search of that name; its own knobs cannot be set."""
        search = replace(read_search(name), **said, extra=extra)
        if not 1 <= search.trials <= MOST_TRIALS:
            raise ConfigError(f"trials={search.trials} is out of range: it goes from 1 to {MOST_TRIALS:,}")
        refuse_varied([axis.key for axis in search.axes], extra, f"the search {search.name}")
        cells_of(_middle(search.fresh()))  # as the points are, in the second look too
        return search

    def outline(self, asked: Search) -> Study:
        """The point in the middle of all ranges."""
        return _middle(asked)

    def size(self, asked: Search, lang: str) -> str:
        """Points, seeds."""
        return say("size_search", lang, points=asked.trials, seeds=asked.seeds)

    def plan(self, asked: Search, plan: Planner, store: Store, lang: str) -> tuple[Plan, str]:
        """The price of the points left to try, by some that are spread evenly; what the second look will cost."""
        path = memory_file(asked, store)
        done = min(asked.trials, len(tried(open_memory(asked, path), asked))) if path.exists() else 0
        left, runs = asked.trials - done, asked.trials * asked.seeds
        if not left:
            return Plan(runs, 0, 0, 0.0, 0.0, 0, 0, 1), ""
        points = sampled("latin_hypercube", asked.axes, min(left, _MOST_POINTS), asked.seed)
        some = plan(asked.study_of({arm_of(n): values for n, values in enumerate(points)}), at_once=1, keep=False)
        again = some.for_runs(_UNBEATEN * asked.fresh_seeds, 0)
        more = say("plan_again", lang, fresh=asked.fresh_seeds, time=told(again.seconds), points=_UNBEATEN,
                   disk=f"{again.disk / 1e6:,.2f}")  # fmt: skip
        return some.for_runs(left * asked.seeds, runs), more

    def lacking(self, asked: Search, store: Store, composer: Composer) -> int:
        """The runs of the points that have not been tried."""
        path = memory_file(asked, store)
        return asked.seeds * (untried(open_memory(asked, path), asked) if path.exists() else asked.trials)

    def play(self, asked: Search, player: Player) -> Answer:
        """Try what is left to try, then look again at the unbeaten points."""
        path = memory_file(asked, player.store)
        with alone(path):
            memory = open_memory(asked, path)
            _explore(asked, player, memory)
            return _look_again(asked, player, memory)


def memory_file(search: Search, store: Store) -> Path:
    """The file of what Optuna knows: another one wherever anything but the number of trials differs, or the rules."""
    return store.folder / "search" / f"{search.name}-{search.part}.sqlite"


def _middle(search: Search) -> Study:
    return search.study_of({arm_of(0): search.at([0.5] * len(search.axes))})


def _explore(search: Search, player: Player, memory: Any) -> None:
    """Try what is left to try: one set of workers and one bar for all points, which come one at a time."""
    left = max(0, search.trials - len(tried(memory, search)))
    with player.steadily(left * search.seeds, search.seeds) as progress:

        def evaluate(number: int, values: Values) -> dict[str, float]:
            """Means over communities of what is looked at; nothing where the point cannot be composed."""
            study = search.study_of({arm_of(number): values})
            try:
                point = cells_of(study, player.composer)
            except ConfigError:  # two knobs that contradict each other at this point
                progress(arm_of(number), study.seeds)
                return {}
            outcomes = player.play(study, point).outcomes()
            return {name: float(outcomes[name].mean()) for name in search.outcomes}

        explore(memory, search, evaluate)


def _look_again(search: Search, player: Player, memory: Any) -> Answer:
    """Play the unbeaten points on fresh seeds; the answer tells both looks."""
    points = tried(memory, search)
    if not points:
        return Answer(search, len(player.asked), lambda lang: ([], []), why="why_no_point")
    chosen = best(memory)
    first = _runs(search, player, points)
    again = _runs(search.fresh(), player, {number: points[number] for number in chosen})
    every = means_of(first, search.outcomes, list(points))
    before = every[every["trial"].isin(chosen)].reset_index(drop=True)
    front = looked_at(search, before, means_of(again, search.outcomes, chosen))
    runs = runs_of(first, search.outcomes, chosen), runs_of(again, search.outcomes, chosen)
    found = Searched(search, points, every, front, runs)

    from scenarios.reports.search_report import told as show
    from scenarios.reports.search_report import write_search_report

    return Answer(search, len(player.asked), partial(show, found), _tables(found), partial(write_search_report, found))


def _runs(search: Search, player: Player, points: Mapping[int, Values]) -> pd.DataFrame:
    """Every run at some points; what the store lacks is played."""
    if not points:
        return pd.DataFrame(columns=["arm", "replicate", *search.outcomes])
    return player.play(search.study_of({arm_of(n): values for n, values in points.items()})).outcomes()


def _tables(found: Searched) -> dict[str, pd.DataFrame]:
    """All trials, and the front on both sets of seeds (empty if no point keeps the constraints), with their knobs."""
    front = found.front
    knobs = pd.DataFrame.from_dict(found.points, orient="index", columns=[axis.key for axis in found.search.axes])
    both = front.before.merge(front.after, on=["trial", "outcome"], suffixes=("_search", "_fresh"))
    both["keeps_constraints"] = both["trial"].isin(front.kept)
    both["unbeaten"] = both["trial"].isin(front.unbeaten)
    tables = {"trials": found.every, "front": both}
    return {name: table.astype({"trial": int}).merge(knobs, left_on="trial", right_index=True)
            for name, table in tables.items()}  # fmt: skip
