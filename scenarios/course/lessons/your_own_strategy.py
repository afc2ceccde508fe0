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

__all__ = ["DOSES", "LESSON", "OUTCOME", "Tried", "against_nothing", "lead"]

DOSES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # yuan a packet
OUTCOME = "member_messages"
_FEW, _MANY = 4, 20  # communities


@dataclass(frozen=True)
class Tried:
    """Differences from doing nothing, a row a community and a column a dose: few communities, then fresh ones."""

    first: pd.DataFrame
    fresh: pd.DataFrame


def against_nothing(lesson: Lesson, seed: int, n: int, tried: Sequence[tuple[str, Strategy]]) -> pd.DataFrame:
    """By community, what each strategy changes in what members write for each group and day; under common luck."""
    nothing = compose(all_cores([*lesson.overrides("nothing", seed), f"replicates={n}"]))
    arms = [nothing, *(nothing.replace(strategies=(one,), arm=label) for label, one in tried)]
    table = outcomes(play(arms, lambda arm, share: None)).pivot(index="replicate", columns="arm", values=OUTCOME)
    return table[[label for label, _ in tried]].sub(table["nothing"], axis=0)


def _tried(lesson: Lesson, seed: int) -> Tried:
    """Six doses in four communities, then the same doses in twenty others, whose luck begins at the next seed."""
    doses = [(f"{yuan:g}", WeekendPacket(amount=yuan)) for yuan in DOSES]
    return Tried(against_nothing(lesson, seed, _FEW, doses), against_nothing(lesson, seed + 1, _MANY, doses))


def lead(differences: pd.DataFrame, dose: str) -> pd.Series:
    """By how much a dose is ahead of the mean of all doses, community by community."""
    return differences[dose] - differences.mean(axis=1)


def facts(tried: Tried) -> Facts:
    """The lead of the best of six where it was chosen, and on fresh communities."""
    best = tried.first.mean().idxmax()
    looked, found = lead(tried.first, best), interval(lead(tried.fresh, best))
    return {
        "fresh": found.mean, "low": found.low, "high": found.high, "n": found.n, "best": best,
        "doses": len(DOSES), "few": len(looked), "looked": float(looked.mean()),
        "pooled": float(pd.concat([looked, lead(tried.fresh, best)]).mean()),
        "whole": float(tried.fresh[best].mean()),
        "honest": "c" if found.low > 0 else "b",
    }  # fmt: skip


LESSON = Lesson(
    number="06",
    minutes=90,
    shared=["scenario=pet_owners", "population.groups=2", "population.seats=40", "days=60"],
    arms={"nothing": ["strategy=[nothing]"]},
    facts=facts,
    exercises=(
        Exercise("06.1", "fresh", {"best_of_many": "looked", "pooled": "pooled", "not_lead": "whole"}, within=0.03),
        Exercise("06.2", "honest", {"best_of_many": "a", "no_interval": "c", "luck_no_effect": "d"}, choices="abcd"),
    ),
    played=_tried,
)
