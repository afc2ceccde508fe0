"""``until=±x``: how many seeds to play next, and when to stop; see :mod:`sim.analysis.experiment.enough`.

The guess of few seeds is poor, so the number at most doubles in one step; and it grows by some, since every step has a
price of its own. Comparisons that rest on few unusual communities, or do not vary at all, are given up at
:data:`MOST_ROUGH` seeds: no interval of theirs can be trusted, and arms that are twins never differ.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from scenarios.experiments.study import Study
from scenarios.terminal import number
from sim.analysis.experiment.enough import LEAST, Outlook, outlook

__all__ = ["MOST_ROUGH", "MOST_SEEDS", "Step", "seeds_until"]

MOST_SEEDS = 10_000
MOST_ROUGH = 200
_STEP = 5


class Step(NamedTuple):
    """``seeds`` to play in all (those the study has, where it stops) and a ``text`` that says why."""

    seeds: int
    text: str


def seeds_until(outcomes: pd.DataFrame, study: Study, target: float) -> Step:
    """What to play next on the way to ± ``target``."""
    look = outlook(study, outcomes, target) if len(outcomes) else None
    asked, n = f"until ±{target:g}", study.seeds
    if look is None:
        if n < LEAST:
            return _go(study, asked, "nothing can be compared yet", n)
        return Step(n, f"{asked}: stopped at {n:,} seeds; {study.primary} is undefined in too many communities")
    if not look.more and not look.more_rough:
        return Step(n, f"{asked}: reached with {n:,} seeds; {_so_far(look)}, as a quarter more confirmed. {_LOOKED}")
    if look.low > MOST_SEEDS:
        return Step(n, f"{asked}: out of reach, stopped at {n:,} seeds; {_so_far(look)}{_needs(look)}, at most "
                       f"{MOST_SEEDS:,} are played. {_LOOKED}")  # fmt: skip
    if n >= MOST_SEEDS:
        return Step(n, f"{asked}: not reached with {n:,} seeds, the most that are played; {_so_far(look)}. {_LOOKED}")
    if not look.more and n >= MOST_ROUGH:
        return Step(n, f"{asked}: stopped at {n:,} seeds; {_rough(look)}: their intervals cannot be trusted. {_LOOKED}")
    more = max(look.more, min(look.more_rough, MOST_ROUGH - n))
    return _go(study, asked, _so_far(look) + _needs(look) + (f"; {_rough(look)}" if look.rough else ""), more)


_LOOKED = "The number of seeds was chosen by looking at the intervals."


def _go(study: Study, asked: str, why: str, more: int) -> Step:
    step = min(max(more, _STEP), max(study.seeds, _STEP, LEAST - study.seeds))
    seeds = min(MOST_SEEDS, study.seeds + step)
    return Step(seeds, f"{asked}: {study.seeds:,} seeds; {why}; going for {seeds:,} seeds")


def _so_far(look: Outlook) -> str:
    return "no interval yet" if look.half != look.half else f"the widest interval is ±{number(look.half)}"


def _needs(look: Outlook) -> str:
    if look.high != look.high:
        return ""
    return f", about {look.low:,.0f} to {look.high:,.0f} are needed"


def _rough(look: Outlook) -> str:
    return f"{look.rough} of {look.comparisons} comparisons rest on few unusual communities or do not vary"
