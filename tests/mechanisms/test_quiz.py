"""A mechanism that nobody designed, added as a contributor would: what it does is seen, counted, paid for and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pytest

from scenarios.strategies.base import GroupFacts, Strategy
from sim.analysis.outcomes import OUTCOMES, outcomes
from sim.engine.knobs import Knob
from sim.engine.levers import Levers
from sim.engine.mechanism import Mechanism
from sim.replication import simulate
from tests.plays import Tables, differing, lively, play


class QuizNight(Strategy):
    """A quiz, every day or in the rhythm of its window."""

    id: ClassVar[str] = "S99"
    title: ClassVar[tuple[str, str]] = ("Quiz night", "问答之夜")
    prize = Knob(3.0, 0.0, 1_000.0, "CNY", "prize for the first good answer", "assumption")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Announce today's quiz."""
        levers.quiz_today.any_of()
        levers.quiz_hour.only_one(12.0)
        levers.quiz_prize.only_one(self.prize)


@pytest.fixture(autouse=True)
def quiz() -> Iterator[None]:
    """The quiz is known during these tests only."""
    import tests.mechanisms.quiz as module

    Mechanism.known["quiz"] = module.Quiz
    yield
    del Mechanism.known["quiz"]
    for name in module.Quiz.columns("group", "daily"):
        OUTCOMES.pop(name, None)


def counted(tables: Tables, name: str) -> float:
    return float(tables["mechanism.quiz"][name].sum())


def test_quizzes_are_asked_answered_paid_for_and_booked() -> None:
    played = play(lively([QuizNight(every=2)], days=20))
    assert 20 <= counted(played, "n_quizzes") <= 60  # two communities of three groups, ten days
    won = counted(played, "n_prizes")
    assert 0 < won < counted(played, "n_quizzes")
    assert counted(played, "fen_prizes") == 3.0 * won  # in CNY
    assert np.isclose(played["daily"]["cost"].sum(dtype=float), 3.0 * won)
    assert np.isclose(played["ledger"]["CNY"].sum(dtype=float), 3.0 * won)
    days = played["mechanism.quiz"]["day"]
    assert set(days.tolist()) <= set(range(0, 20, 2))


def test_an_empty_purse_promises_nothing() -> None:
    played = play(lively([QuizNight(every=2)], days=10, operator={"purse": 1.0, "margin": 0.0}))
    assert counted(played, "n_quizzes") == counted(played, "fen_prizes") == 0


def test_curiosity_draws_visitors_and_a_prize_does_winners_good() -> None:
    """Common luck: the same people, so that only the quiz can differ."""
    from tests.mechanisms.quiz import Quiz

    plan = lively([QuizNight(every=2)], days=12, replicates=20)
    visitors = {pull: play(plan.replace(tuned=(Quiz(pull=pull),)))["daily"]["n_visitors"].sum() for pull in (0.0, 3.0)}
    assert visitors[3.0] > 1.2 * visitors[0.0]


def test_both_lanes_agree() -> None:
    scenario = lively([QuizNight(every=2)], days=12)
    assert differing(play(scenario, "mesa"), play(scenario, "compiled")) == []


def test_its_counts_are_outcomes_of_every_run_beside_it() -> None:
    from sim import concat

    with_quiz = simulate(lively([QuizNight(every=2)], days=8))
    both = concat([with_quiz, simulate(lively(days=8))])
    table = outcomes(both).set_index("arm")
    assert (table.loc["quiz_night", "n_quizzes"] > 0).all()
    assert (table.loc["nothing", "n_quizzes"] == 0).all()
    assert OUTCOMES["n_prizes"].zh == "问答得奖次数"
    assert "n_prizes" in with_quiz.summary["quiz_night"]
