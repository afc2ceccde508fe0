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
from sim.locale.speaking import spoken
from sim.locale.words import say, semicolons, sentences

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
            return _go(study, asked, say("until_nothing", spoken()), n)
        return Step(n, say("until_undefined", spoken(), asked=asked, n=f"{n:,}", outcome=study.primary))
    if not look.more and not look.more_rough:
        return Step(n, _told("until_reached", asked, n=f"{n:,}", so_far=_so_far(look)))
    if look.low > MOST_SEEDS:
        so_far = _so_far(look) + _needs(look)
        return Step(n, _told("until_out_of_reach", asked, n=f"{n:,}", so_far=so_far, most=f"{MOST_SEEDS:,}"))
    if n >= MOST_SEEDS:
        return Step(n, _told("until_not_reached", asked, n=f"{n:,}", so_far=_so_far(look)))
    if not look.more and n >= MOST_ROUGH:
        return Step(n, _told("until_rough", asked, n=f"{n:,}", rough=_rough(look)))
    more = max(look.more, min(look.more_rough, MOST_ROUGH - n))
    why = [_so_far(look) + _needs(look), *([_rough(look)] if look.rough else [])]
    return _go(study, asked, semicolons(why, spoken()), more)


def _told(key: str, asked: str, **values: str) -> str:
    """Why it stops, and that the number of seeds was chosen by looking."""
    return sentences([say(key, spoken(), asked=asked, **values), say("until_looked", spoken())], spoken())


def _go(study: Study, asked: str, why: str, more: int) -> Step:
    step = min(max(more, _STEP), max(study.seeds, _STEP, LEAST - study.seeds))
    seeds = min(MOST_SEEDS, study.seeds + step)
    return Step(seeds, say("until_on", spoken(), asked=asked, n=f"{study.seeds:,}", why=why, more=f"{seeds:,}"))


def _so_far(look: Outlook) -> str:
    if look.half != look.half:
        return say("until_no_interval", spoken())
    return say("until_widest", spoken(), half=number(look.half))


def _needs(look: Outlook) -> str:
    if look.high != look.high:
        return ""
    return say("until_needs", spoken(), low=f"{look.low:,.0f}", high=f"{look.high:,.0f}")


def _rough(look: Outlook) -> str:
    return say("until_few", spoken(), rough=look.rough, comparisons=look.comparisons)
