"""06 Your own strategy: a class of ten lines, tried at many doses; is the best of them as good as it looked?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from scenarios.config.compose import compose
from scenarios.course.intervals import interval
from scenarios.course.lesson import Exercise, Facts, Lesson
from scenarios.course.weekend_packet import WeekendPacket
from scenarios.execution.play import all_cores, play
from scenarios.strategies.base import Strategy
from sim.analysis.outcomes import outcomes

__all__ = ["DOSES", "LESSON", "OUTCOME", "Tried", "against_nothing"]

DOSES = (1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0)  # yuan a packet
OUTCOME = "answered"
_FEW, _MANY = 5, 20  # communities


@dataclass(frozen=True)
class Tried:
    """Differences from doing nothing, a row a community and a column a dose: few communities, then fresh ones."""

    first: pd.DataFrame
    fresh: pd.DataFrame
    best: float


def against_nothing(lesson: Lesson, seed: int, n: int, tried: Sequence[tuple[str, Strategy]]) -> pd.DataFrame:
    """By community, what each strategy changes in the share of openers that somebody answers; under common luck."""
    nothing = compose(all_cores([*lesson.overrides("nothing", seed), f"replicates={n}"]))
    arms = [nothing, *(nothing.replace(strategies=(one,), arm=label) for label, one in tried)]
    table = outcomes(play(arms, lambda arm, share: None)).pivot(index="replicate", columns="arm", values=OUTCOME)
    return table[[label for label, _ in tried]].sub(table["nothing"], axis=0)


def _tried(lesson: Lesson, seed: int) -> Tried:
    """Eight doses in five communities; the best of them once more in twenty others."""
    first = against_nothing(lesson, seed, _FEW, [(f"{yuan:g}", WeekendPacket(amount=yuan)) for yuan in DOSES])
    best = first.mean().idxmax()
    fresh = against_nothing(lesson, seed + 1, _MANY, [(best, WeekendPacket(amount=float(best)))])
    return Tried(first, fresh, float(best))


def facts(tried: Tried) -> Facts:
    """What the best of eight looked like, and what it is on fresh communities."""
    label = f"{tried.best:g}"
    looked, found = interval(tried.first[label]), interval(tried.fresh[label])
    pooled = pd.concat([tried.first[label], tried.fresh[label]])
    return {
        "fresh": found.mean, "low": found.low, "high": found.high, "n": found.n, "best": tried.best,
        "doses": len(tried.first.columns), "few": looked.n, "looked": looked.mean,
        "pooled": float(pooled.mean()),
        "luckiest": float(tried.fresh[label].max()),
        "first": float(tried.fresh[label].iloc[0]),
        "honest": "b" if found.low <= 0 <= found.high else "c",
    }  # fmt: skip


LESSON = Lesson(
    number="06",
    minutes=90,
    shared=["scenario=pet_owners", "population.groups=4", "population.seats=40", "days=120"],
    arms={"nothing": ["strategy=[nothing]"]},
    facts=facts,
    exercises=(
        Exercise("06.1", "fresh", {"best_of_many": "looked", "pooled": "pooled", "extreme": "luckiest",
                                   "one_run": "first"}, within=0.001),  # fmt: skip
        Exercise("06.2", "honest", {"best_of_many": "a", "no_interval": "c", "luck_no_effect": "d"}, choices="abcd"),
    ),
    played=_tried,
)
