"""The best sets of the search are played again, on luck that it has not seen.

Who is best among hundreds of sets tried in a few communities was lucky, too (the winner's curse). So the best of them
are rated anew, by new communities alone, and only that rating says which fit as well and which do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from scenarios.errors import UserError
from scenarios.execution.tasks import Tasks
from scenarios.experiments.calibration.journal import Journal, Trial
from scenarios.experiments.calibration.playing import Measured, measured
from scenarios.experiments.calibration.searching import Asked, Tell, rated
from scenarios.experiments.calibration.tuned import Tuning

__all__ = ["A_SET", "LEAST", "confirmed", "fit_as_well"]

A_SET = 4
"""So many of the best are played again for each set that the ensemble may have,"""
LEAST = 20
"""and no fewer than this: how good a set looked in the search says little of how good it is."""


def confirmed(asked: Asked, tuning: Tuning, known: pd.DataFrame, trials: Sequence[Trial], journal: Journal,
              tasks: Tasks, tell: Tell = lambda what, n: None) -> list[tuple[float, Trial]]:  # fmt: skip
    """The best trials of the search with their losses on luck ``seed + 1``, the best first.

    Those of today's rules are among them, and those that a shorter calibration has rated.

    Raises
    ------
    UserError
        None could be played, in the search or here.
    """
    best = [one for _, one in rated(trials, tuning, known)]
    if not best:
        raise UserError(f"no set could be played in the time (tried: {len(trials)}); the same command with more "
                        "hours= or trials= goes on")  # fmt: skip
    again = [replace(one, stage="again", communities=asked.again) for one in best]
    some = [one for rank, one in enumerate(again) if rank < max(LEAST, A_SET * asked.ensemble)
            or (one.start, one.number) == (0, 0) or one.key in journal.trials]  # fmt: skip
    for place, one in enumerate(some):
        if one.key not in journal.trials:
            tasks.submit(place, measured, tuning.row(one.point), asked.again, asked.seed + 1)
    while len(tasks):
        for key, found in tasks.ended():
            assert isinstance(found, Measured)
            journal.add(replace(some[int(str(key))], facts=found.facts, seconds=found.seconds))
            tell("", 1)
    second = rated([journal.trials[one.key] for one in some], tuning, known)
    if not second:
        raise UserError(f"none of the best {len(some)} sets could be played in {asked.again} communities of seed "
                        f"{asked.seed + 1}; the same command with more trials= goes on")  # fmt: skip
    search = {(one.start, one.number): one for one in best}
    return [(loss, search[one.start, one.number]) for loss, one in second]


def fit_as_well(found: Sequence[tuple[float, Trial]], tuning: Tuning) -> list[tuple[float, Trial]]:
    """Those whose loss is at most ``within`` above the least."""
    return [pair for pair in found if pair[0] <= found[0][0] + tuning.within]
