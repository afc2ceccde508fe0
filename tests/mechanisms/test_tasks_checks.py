"""What S13 and S14 are declared to do in a study group, the strong dose alone against its reference.

Eight communities of twenty groups each, the same people in both arms; intervals of 99 % over communities (Student), so
a check that holds by luck alone would pass once in 200 runs. The seed is fixed: a test that passes goes on passing.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from scenarios import Scenario, compose
from scenarios.strategies.base import Strategy
from tests.plays import STEADY, Tables, play, started, strategy

COMMUNITIES, DAYS = 8, 35
T = 3.499  # Student's 99.5 % quantile, 7 degrees of freedom


def study_group(*chosen: Strategy) -> Scenario:
    """The scenario with these strategies, of people who come and write steadily."""
    base = compose(["scenario=study_group", "population=small", "record=counts"])
    return base.replace(replicates=COMMUNITIES, days=DAYS, strategies=chosen, **STEADY)


@cache
def arm(*chosen: Strategy) -> Tables:
    return play(study_group(*chosen))


def share(tables: Tables, part: str, whole: str) -> np.ndarray:
    """Share by community in weeks 2 to 4."""
    daily = tables["daily"]
    weeks = daily[(daily["day"] >= 7) & (daily["day"] < 28)]
    parts, wholes = (np.bincount(weeks["replicate"], weeks[name].astype(float)) for name in (part, whole))
    return parts / wholes  # type: ignore[no-any-return]


def interval(differences: np.ndarray) -> tuple[float, float]:
    """Interval of 99 % of the mean of differences between arms."""
    half = T * differences.std(ddof=1) / np.sqrt(differences.size)
    return float(differences.mean() - half), float(differences.mean() + half)


def test_a_good_morning_brings_noise() -> None:
    """That it brings readers takes more communities to see: S13 in docs/effects.md."""
    greeted, alone = arm(strategy("morning_greeting")), arm()
    _, high = interval(share(greeted, "n_on_topic", "n_messages") - share(alone, "n_on_topic", "n_messages"))
    assert high < 0.0


def done(tables: Tables) -> np.ndarray:
    """Tasks done per member-day, by community."""
    counted, daily = tables["mechanism.tasks"], tables["daily"]
    days = np.bincount(daily["replicate"], daily["n_members"])
    return np.bincount(counted["replicate"], counted["n_checkins"]) / days  # type: ignore[no-any-return]


def test_a_penalty_has_the_task_done_more_often() -> None:
    """Against nothing the task is done at all; against homework without a penalty, more often by those who stay."""
    with_penalty, without = done(arm(strategy("checkin"))), done(arm(strategy("checkin", penalty=0.0)))
    assert without.min() > 0.05
    low, _ = interval(with_penalty - without)
    assert low > 0.0


def left_after_third(chosen: Strategy) -> np.ndarray:
    """Share of those who missed a third task in a row that has left three days later, by community."""
    engine = started(study_group(chosen))
    state, mine = engine.state, engine.in_play.own["tasks"].members
    before, waiting = np.zeros(mine.size, dtype=int), []
    gone, missed = np.zeros(COMMUNITIES), np.zeros(COMMUNITIES)
    community = np.append(np.repeat(state.groups["community"], state.groups["seats"] + 1), 0)
    for day in range(DAYS):
        engine.step()
        person, n = state.members["person"].copy(), mine["n_missed"].copy()
        rows = np.flatnonzero((n == 3) & (before == 2))
        waiting.append((rows, np.where(person[rows] < 0, -1 - person[rows], person[rows])))
        before = n
        if day >= 3:
            rows, who = waiting[day - 3]
            np.add.at(gone, community[rows], person[rows] != who)
            np.add.at(missed, community[rows], 1)
    engine.close()
    return gone / missed  # type: ignore[no-any-return]


def test_after_a_third_doubling_people_rather_leave() -> None:
    with_penalty, without = left_after_third(strategy("checkin")), left_after_third(strategy("checkin", penalty=0.0))
    low, _ = interval(with_penalty - without)
    assert low > 0.3
    assert without.max() < 0.2
