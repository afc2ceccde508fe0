"""Points of a search as arms of a study: what was played lies in the store and is never played twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from scenarios.config.compose import Composer
from scenarios.errors import ConfigError
from scenarios.execution.executor import Tally, execute
from scenarios.execution.runners.base import Runner
from scenarios.experiments.axes import overrides_at
from scenarios.experiments.cells import Cell, cells_of, rules_version
from scenarios.experiments.search.explore import Values
from scenarios.experiments.search.file import Search
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.data.store import Store

__all__ = ["Evaluator", "arm_of", "fresh", "memory_file", "study_of_points"]

WORLD = "world"


def arm_of(number: int) -> str:
    """What the arm of a trial is called."""
    return f"trial {number}"


def study_of_points(search: Search, points: Mapping[int, Values]) -> Study:
    """The study whose arms are these points, on the seeds of the search."""
    arms = {arm_of(n): (*search.base, *overrides_at(search.axes, values)) for n, values in points.items()}
    return Study(f"search/{search.name}", search.title, search.question, {WORLD: search.world}, arms, next(iter(arms)),
                 search.seeds, search.outcomes, search.days, search.seed, search.extra, part=_key(search))  # fmt: skip


def fresh(search: Search) -> Search:
    """The same search on the seeds of the second look."""
    return replace(search, name=f"{search.name}/fresh", seed=search.fresh_seed, seeds=search.fresh_seeds,
                   first=_key(search))  # fmt: skip


def memory_file(search: Search, store: Store) -> Path:
    """The file of what Optuna knows: another one wherever anything but the number of trials differs, or the rules."""
    return store.folder / "search" / f"{search.name}-{_key(search)}.sqlite"


def _key(search: Search) -> str:
    """Hash of what decides which point a trial is, and on what luck it is played."""
    said: dict[str, object] = {
        "axes": [repr(axis) for axis in search.axes],
        "objectives": list(search.objectives.items()),
        "constraints": list(map(str, search.constraints)),
        "overrides": [search.world, search.base, search.extra],
        "numbers": [search.seeds, search.days, search.seed, search.sampler],
        "rules": rules_version(),
    }
    if search.first:
        said["first"] = search.first
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


class Evaluator:
    """Plays a point (unless the store has it) and tells the mean of every outcome over its communities."""

    def __init__(self, search: Search, store: Store, runner: Runner, progress: Callable[[str, int], None]) -> None:
        self.search, self.store, self.runner, self.progress = search, store, runner, progress
        self.composer, self.tally = Composer(), Tally()

    def __call__(self, number: int, values: Values) -> dict[str, float]:
        """Means over the replicates in which an outcome is defined; nothing where the point cannot be composed."""
        study = study_of_points(self.search, {number: values})
        try:
            cells = cells_of(study, self.composer)
        except ConfigError:  # two knobs that contradict each other at this point
            self.progress(arm_of(number), study.seeds)
            return {}
        self._count(study, cells)
        outcomes = Shelf(study, cells, self.store).outcomes()
        return {name: float(outcomes[name].mean()) for name in self.search.outcomes}

    def _count(self, study: Study, cells: list[Cell]) -> None:
        broken = sum(self.store.check(cell.runs(range(study.seeds))) for cell in cells)
        one = execute(study, cells, self.store, self.runner, self.progress)
        self.progress(study.reference, one.stored)
        tally = self.tally
        for field in ("stored", "done", "failed", "lost", "seconds"):
            setattr(tally, field, getattr(tally, field) + getattr(one, field))
        tally.broken += broken
        tally.failures = [*tally.failures, *one.failures][:20]
