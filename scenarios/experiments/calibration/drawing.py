"""Of every constant of a mechanism that is an assumption, each set of the ensemble has a draw of its own.

Facts of groups that nobody manages say nothing of what strategies do, so what is assumed of that is drawn: half to
twice the default by ratios, within the knob's range, from a scrambled Sobol sequence. Terms that stand at 0 since no
log tells their size (``unseen`` in ``tuned.toml``) are 0 in half of the draws, else anything up to their high. A draw
with which the set no longer fits as well as the best is drawn anew, :data:`MOST_DRAWS` draws at most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from scenarios.config.ensemble import Row
from scenarios.execution.tasks import Tasks
from scenarios.experiments.calibration.journal import Journal, Trial
from scenarios.experiments.calibration.playing import Measured, measured
from scenarios.experiments.calibration.proposing import cube_points
from scenarios.experiments.calibration.searching import Asked, Tell, passing
from scenarios.experiments.calibration.tuned import Tuning
from sim.analysis.facts.loss import total
from sim.mechanisms import mechanisms

__all__ = ["MOST_DRAWS", "Drawn", "assumed", "drawn", "factors_of", "terms_of"]

MOST_DRAWS = 5
_LONG = 8_192  # more than an ensemble has sets; a power of two, so that halves stay halves


def assumed(but: Sequence[str] = ()) -> dict[str, tuple[float, float]]:
    """Constants of mechanisms whose source is marked an assumption, with the least and largest factor of each."""
    found = {}
    for name, made in mechanisms().items():
        for key, knob in made.knobs().items():
            full, is_number = f"{name}.{key}", knob.kind in ("number", "whole number")
            if full in but or "assumption" not in knob.source or not is_number or not knob.default:
                continue
            ends = sorted(edge / knob.default for edge in (knob.low, knob.high))
            low, high = max(0.5, ends[0]), min(2.0, ends[1])
            if low < high:
                found[full] = low, high
    return found


def factors_of(number: int, seed: int, ranges: dict[str, tuple[float, float]]) -> dict[str, float]:
    """The ``number``-th draw of a factor for each constant."""
    if not ranges:
        return {}
    places = cube_points(len(ranges), number + 1, seed)[-1]
    return {key: float(f"{low * math.exp(place * math.log(high / low)):.4g}")
            for (key, (low, high)), place in zip(ranges.items(), places, strict=True)}  # fmt: skip


def terms_of(number: int, seed: int, unseen: Sequence[tuple[str, float]]) -> dict[str, float]:
    """A draw of the terms that no log tells, ``number`` as for :func:`factors_of`: half of the sets have 0 of each."""
    if not unseen:
        return {}
    place, draw = divmod(number, MOST_DRAWS)
    at = cube_points(len(unseen), place + 1 + draw * _LONG, seed)[-1]
    return {key: float(f"{max(0.0, 2 * one - 1) * high:.4g}") for (key, high), one in zip(unseen, at, strict=True)}


class Drawn(NamedTuple):
    """A set with its draw, its loss where the best were rated, and how many counted facts pass there."""

    row: Row
    loss: float
    passes: int


def drawn(asked: Asked, tuning: Tuning, known: pd.DataFrame, chosen: Sequence[Trial], before: int, most: float,
          journal: Journal, tasks: Tasks, tell: Tell = lambda what, n: None) -> list[Drawn | None]:  # fmt: skip
    """Each set with a draw under which its loss is at most ``most``, in the communities in which the best were rated;
    None where no draw was found. ``before`` sets were drawn for already.
    """
    ranges = assumed([one.knob for one in tuning.tuned])
    found: dict[int, Drawn] = {}
    left = {place: 0 for place in range(len(chosen))}

    def trial_of(place: int, draw: int) -> Trial:
        """The set, and which draw it is: longer calibrations choose others, and in another order."""
        number = (before + place) * MOST_DRAWS + draw
        return replace(chosen[place], stage="draw", communities=asked.again, variant=number)

    def row_of(one: Trial) -> Row:
        row = tuning.row(one.point)
        return replace(row, values={**row.values, **terms_of(one.variant, asked.seed, tuning.unseen)},
                       factors=factors_of(one.variant, asked.seed, ranges))  # fmt: skip

    while left:
        now = {place: trial_of(place, draw) for place, draw in left.items()}
        for place, one in now.items():
            if one.key not in journal.trials:
                tasks.submit(place, measured, row_of(one), asked.again, asked.seed + 1)
        while len(tasks):
            for key, result in tasks.ended():
                assert isinstance(result, Measured)
                journal.add(replace(now[int(str(key))], facts=result.facts, seconds=result.seconds))
                tell("", 0)
        for place, one in now.items():
            facts = journal.trials[one.key].facts
            loss = total(facts, known, tuning.rule) if facts else math.inf
            draw = left.pop(place)
            if loss <= most:
                found[place] = Drawn(row_of(one), loss, len(passing(facts, known)))
            elif draw + 1 < MOST_DRAWS:
                left[place] = draw + 1
    return [found.get(place) for place in range(len(chosen))]
