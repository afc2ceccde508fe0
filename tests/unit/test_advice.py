"""Scores of what matters, regret over worlds, and the chance that a trial of one's own shows a plan."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.experiment.advice import LEAST_GROUPS, chance_of_seeing, floors, in_one_world, regrets, scores
from sim.analysis.experiment.over_worlds import over_worlds


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


def test_first_sales_count_against_what_is_put_in() -> None:
    """180 days at 1.5 hours and half a year of 500 CNY: a tenth of it is 1,380 CNY; that much doubles, ten times that
    is eleven times as much, and the first yuan is no miracle."""
    least = floors(3_000.0, 270.0, 40.0)
    assert least["revenue"] == pytest.approx(1_380.0)
    found = [float(np.exp(scores(outcomes(1.0, sold), outcomes(1.0, 0.0), {"revenue": 1.0}, least)[0]))
             for sold in (0.0, 1.0, 1_380.0, 13_800.0)]  # fmt: skip
    assert found == pytest.approx([1.0, 1.0007, 2.0, 11.0], rel=1e-3)
    assert floors(0.0, 0.0, 40.0)["revenue"] == 10.0


def test_dying_at_once_is_bad_and_finite_and_so_is_nobody_left_to_speak() -> None:
    """A community that died on its first day, and one in which an outcome is undefined; one that was not played has no
    score, and none of the others changes by it."""
    none = pd.DataFrame({"lifetime": [100.0, 100.0, 100.0], "member_messages": [5.0, 5.0, 5.0]})
    plan = pd.DataFrame({"lifetime": [100.0, 0.0, np.nan], "member_messages": [5.0, np.nan, np.nan]})
    found = scores(plan, none, {"lifetime": 0.5, "member_messages": 0.5})
    assert found[0] == 0.0
    assert found[1] == pytest.approx(np.log(10 / 110) / 2 + np.log(0.5 / 5.5) / 2)
    assert np.isnan(found[2])
    assert scores(plan[:2], none[:2], {"lifetime": 0.5, "member_messages": 0.5}) == pytest.approx(found[:2])
    assert np.isnan(scores(plan * np.nan, none, {"lifetime": 1.0})).all()


WORLD = np.arange(60) % 20


def noisy(by_world: np.ndarray, seed: int) -> np.ndarray:
    return by_world[WORLD] + np.random.default_rng(seed).normal(0, 0.2, len(WORLD))


def test_regret_is_of_the_worst_world_against_others_and_nothing() -> None:
    flat, tilted = np.full(20, 0.5), np.where(np.arange(20) < 10, 1.0, -0.5)
    found = regrets([flat[WORLD], tilted[WORLD]], WORLD)
    assert found == pytest.approx([0.5, 1.0])
    assert regrets([-flat[WORLD]], WORLD) == pytest.approx([0.5])
    assert regrets([flat[WORLD]], WORLD) == pytest.approx([0.0])
    assert len(regrets([], WORLD)) == 0


def test_luck_alone_is_little_regret() -> None:
    """Two plans that are the same but for luck: the raw worst of twenty worlds would be 0.4 or so."""
    flat = np.full(20, 0.5)
    assert regrets([noisy(flat, 1), noisy(flat, 2)], WORLD).max() < 0.2


def test_the_limits_for_one_world_hold_nine_of_ten_and_are_wider_than_the_mean_s() -> None:
    """Worlds that differ much, little and not at all; 200 draws of 90 %: 83 % with a chance of 99.9 %."""
    for apart in (0.3, 0.05, 0.0):
        held = []
        for seed in range(200):
            dice = np.random.default_rng(seed)
            values = noisy(dice.normal(0.3, apart, 20), seed)
            (low, high), mean = in_one_world(values, WORLD), over_worlds(values, WORLD)
            held.append(low <= dice.normal(0.3, apart) <= high)
            assert low < mean.low < mean.high < high
        assert np.mean(held) > 0.83
    assert np.isnan(in_one_world(np.ones(3), np.zeros(3, dtype=int))).all()


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


def test_with_fewer_than_eight_groups_nothing_can_be_seen() -> None:
    """However strong: a rank test of three against four has no p below 0.05."""
    def of(n: int, seed: int, mean: float) -> pd.DataFrame:
        table = groups(mean, seed)
        return table[table["group"] < n]

    assert chance_of_seeing(of(LEAST_GROUPS - 1, 1, 50.0), of(LEAST_GROUPS - 1, 2, 0.0), (LEAST_GROUPS - 1) // 2) == 0.0
    assert chance_of_seeing(of(LEAST_GROUPS, 1, 50.0), of(LEAST_GROUPS, 2, 0.0), LEAST_GROUPS // 2) == 1.0


def test_a_group_that_is_gone_has_none_of_it() -> None:
    one, other = groups(4.0, 1), groups(0.0, 2)
    gone = one[one["group"] > 7]
    assert 0.0 <= chance_of_seeing(gone, other, 5) < chance_of_seeing(one, other, 5)
