"""Searches that never happened, for tests of page and pictures: points, runs and fates from made-up hills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from scenarios.experiments.axes import Axis, Span
from scenarios.experiments.search.file import Constraint, Search
from scenarios.experiments.search.front import is_unbeaten, looked_at, means_of, runs_of
from sim.analysis.experiment.searched import Searched

__all__ = ["AXES", "FOUR", "fake_search"]

AXES = (
    Axis("strategies.red_packet.amount", Span(0.5, 50, True, False)),
    Axis("strategies.red_packet.shares", Span(2, 50, False, True)),
    Axis("strategies.red_packet.occasion", choices=("daily", "weekly", "quiet")),
)
FOUR = {"lifetime": "maximize", "cost": "minimize", "alive": "maximize", "host_hours": "minimize"}


def fake_search(
    objectives: Mapping[str, str] | int = 2,
    constraints: Sequence[Constraint] = (),
    axes: Sequence[Axis] = AXES,
    points: int = 24,
    seeds: int = 8,
    fresh_seeds: int = 9,
    **more: Any,
) -> Searched:
    """A search with the first so many of :data:`FOUR` as objectives; its front is chosen as a search does."""
    wanted = dict(list(FOUR.items())[:objectives]) if isinstance(objectives, int) else dict(objectives)
    asked: dict[str, Any] = {
             "seed": 1, "days": 180, "sampler": "tpe",
             "title": {"en": "A fake search", "zh": "假想的搜索"}, "world": ("scenario=pet_owners",),
             "question": {"en": "Which dose?", "zh": "多大剂量？"}, "base": ("strategy=red_packet",)}  # fmt: skip
    search = Search(name="fake", axes=tuple(axes), objectives=wanted, constraints=tuple(constraints),
                    trials=points + 1, seeds=seeds, fresh_seeds=fresh_seeds, **{**asked, **more})  # fmt: skip
    dice = np.random.default_rng(5)
    cube = dice.random((points, len(axes)))
    values = {n: tuple(axis.at(u) for axis, u in zip(axes, row, strict=True)) for n, row in enumerate(cube)}
    first, again = (pd.concat([_runs(n, row, k, dice) for n, row in enumerate(cube)]) for k in (seeds, fresh_seeds))
    every = means_of(first, search.outcomes, list(values))
    means = {n: rows.set_index("outcome")["mean"].to_dict() for n, rows in every.groupby("trial")}
    kept = [n for n in means if all(one.excess(means[n][one.outcome]) <= 0 for one in constraints)]
    chosen = [n for n in kept if is_unbeaten(n, kept, means, wanted)]
    before = every[every["trial"].isin(chosen)].reset_index(drop=True)
    front = looked_at(search, before, means_of(again, search.outcomes, chosen))
    runs = runs_of(first, search.outcomes, chosen), runs_of(again, search.outcomes, chosen)
    return Searched(search, values, every, front, runs)


def _runs(n: int, row: np.ndarray, k: int, dice: np.random.Generator) -> pd.DataFrame:
    """More of the first knob is a longer life and a higher cost, the second has a best place, the rest is luck."""
    good = row[0] - (row[1] - 0.6) ** 2
    return pd.DataFrame({
        "arm": f"trial {n}", "replicate": np.arange(k),
        "lifetime": 60 + 30 * good + dice.normal(0, 10, k), "cost": 40 * 10 ** (2 * row[0]) * dice.lognormal(0, 0.3, k),
        "alive": np.clip(0.3 + 0.3 * row[1] + dice.normal(0, 0.1, k), 0, 1), "host_hours": 9 + row[0] + dice.random(k),
    })  # fmt: skip


