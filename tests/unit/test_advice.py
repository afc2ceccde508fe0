"""Scores of what matters, regret over worlds, and the chance that a trial of one's own shows a plan."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.experiment.advice import chance_of_seeing, regret, scores


def outcomes(lines: float, revenue: float) -> pd.DataFrame:
    return pd.DataFrame({"member_messages": np.full(20, lines), "revenue": np.full(20, revenue)})


def test_twice_as_much_weighs_as_half_as_much_whatever_the_unit() -> None:
    none = outcomes(10.0, 1000.0)
    weights = {"member_messages": 0.5, "revenue": 0.5}
    assert scores(none, none, weights) == pytest.approx(np.zeros(20))
    twice, half = (scores(outcomes(10.0 * f + f - 1, 1000.0), none, weights) for f in (2.0, 0.5))
    assert twice == pytest.approx(-half)
    assert twice == pytest.approx(np.full(20, 0.5 * np.log(2)))  # (x + ε) doubled
    assert scores(outcomes(10.0, 2100.0), none, {"revenue": 1.0}) == pytest.approx(np.full(20, np.log(2)))


def test_what_there_is_none_of_gives_no_infinite_score() -> None:
    found = scores(outcomes(0.0, 0.0), outcomes(10.0, 0.0), {"member_messages": 0.5, "revenue": 0.5})
    assert np.isfinite(found).all()
    assert (found < -1).all()


def test_regret_is_of_the_worst_world() -> None:
    assert regret(np.array([[1.0, 0.0], [0.5, 0.4]])) == pytest.approx([0.4, 0.5])


def groups(mean: float, seed: int) -> pd.DataFrame:
    dice = np.random.default_rng(seed)
    return pd.DataFrame([{"replicate": r, "group": g, "value": dice.normal(mean, 1.0)}
                         for r in range(20) for g in range(10)])  # fmt: skip


def test_a_strong_effect_is_seen_and_none_is_not() -> None:
    """Ten groups, five of them tried: a shift of 4 sd is seen nearly always, none at most at the level of the test
    (2.5 % of its right half; 400 trials, four standard errors: 3.2 %), and a shift the other way never."""
    assert chance_of_seeing(groups(4.0, 1), groups(0.0, 2), 5) > 0.95
    assert chance_of_seeing(groups(0.0, 1), groups(0.0, 2), 5) < 0.025 + 0.032
    assert chance_of_seeing(groups(-4.0, 1), groups(0.0, 2), 5) == 0.0
    assert np.isnan(chance_of_seeing(groups(0.0, 1), groups(0.0, 2), 0))
