"""The search: several starts side by side, a trial of each at a time, every trial kept before the next is proposed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scenarios.execution.tasks import Tasks
from scenarios.experiments.calibration.journal import Journal, Trial
from scenarios.experiments.calibration.playing import Measured, measured
from scenarios.experiments.calibration.proposing import Walk
from scenarios.experiments.calibration.tuned import Point, Tuning
from sim.analysis.facts.loss import total

__all__ = ["Asked", "passing", "rated", "search", "spread_out"]

Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class Asked:
    """How long and how widely: ``trials`` of each start, at most ``hours``, ``communities`` of each world, ``again`` of
    them where the best are rated on fresh luck."""

    starts: int = 6
    trials: int = 200
    hours: float = 2.0
    workers: int = 2
    communities: int = 4
    again: int = 8
    seed: int = 1
    ensemble: int = 30


def search(asked: Asked, tuning: Tuning, known: pd.DataFrame, journal: Journal, tasks: Tasks, until: float,
           tell: Tell = lambda what, n: None) -> bool:  # fmt: skip
    """Try sets until every start has had its trials, or the clock (``time.monotonic``) says ``until``.

    Returns whether all were tried. The start that has had the fewest trials comes first, so that all end alike.
    """
    walks = {start: Walk(tuning, asked.seed, start) for start in range(asked.starts)}
    out: dict[int, Point] = {}

    def proposed(start: int) -> Point:
        """After all that the journal holds of this start."""
        new = journal.of(start)[walks[start].n_told :]
        return walks[start].after([(one.point, total(one.facts, known, tuning.rule)) for one in new])

    while True:
        n_tried = {start: len(journal.of(start)) for start in range(asked.starts) if start not in out}
        waiting = sorted((n, start) for start, n in n_tried.items() if n < asked.trials)
        for _, start in waiting[: max(0, asked.workers - len(out))] if time.monotonic() < until else ():
            out[start] = proposed(start)
            tasks.submit(start, measured, tuning.row(out[start]), asked.communities, asked.seed)
        if not out:
            return not waiting
        for key, found in tasks.ended():
            start = int(str(key))
            assert isinstance(found, Measured)
            point = out.pop(start)
            journal.add(Trial(start, len(journal.of(start)), point, *found))
            tell(f"{start + 1}/{asked.starts}", 1)


def passing(values: dict[str, float], known: pd.DataFrame) -> set[str]:
    """The counted facts all of whose statistics lie in their bands."""
    counted = known[known["counted"] & (known["low"].notna() | known["high"].notna())]
    missed = {str(row["id"]) for row in counted.to_dict("records")
              if not _in_band(values.get(f"{row['id']}.{row['statistic']}", np.nan), row["low"], row["high"])}
    return set(counted["id"]) - missed


def _in_band(value: float, low: float, high: float) -> bool:
    return bool(np.isfinite(value) and not value < low and not value > high)


def rated(trials: Sequence[Trial], tuning: Tuning, known: pd.DataFrame) -> list[tuple[float, Trial]]:
    """The trials that could be played with their losses, the best first."""
    return sorted(((total(one.facts, known, tuning.rule), one) for one in trials if one.facts),
                  key=lambda pair: (pair[0], pair[1].key))  # fmt: skip


def spread_out(
    places: np.ndarray, n: int, apart: float, kept: Sequence[int] = (), out: Sequence[int] = ()
) -> list[int]:
    """``n`` rows more that are far from each other and from those ``kept``: the first, then ever the one whose nearest
    chosen one is farthest; none that is ``out``.

    Distance is the root mean square over columns; none is taken that is nearer than ``apart`` to one that was, so
    there may be fewer.
    """
    chosen: list[int] = []
    nearest = np.full(len(places), np.inf)
    nearest[list(out)] = -1.0

    def take(one: int) -> None:
        np.minimum(nearest, np.sqrt(np.mean((places - places[one]) ** 2, axis=1)), out=nearest)

    for one in kept:
        take(one)
    while len(chosen) < n and nearest.max(initial=-1.0) >= max(apart, 1e-9):
        chosen.append(int(np.argmax(nearest)))
        take(chosen[-1])
    return chosen
