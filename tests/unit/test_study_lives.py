"""Survival of a study: right beside lifelines, and honest where the groups of one community share their fate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
from lifelines.utils import restricted_mean_survival_time

from sim.analysis.kaplan import counts
from sim.analysis.study.lives import _score, lives, log_rank, prepared, quantiles
from tests.studies import Ask

RNG = np.random.default_rng
HORIZON = 150
STUDY = Ask({"nothing": (), "arm": ()}, outcomes=("lifetime",))


def groups_of(**arms: np.ndarray) -> pd.DataFrame:
    """Lifetimes from arrays (communities, groups) of ages at death; censored beyond the horizon."""
    parts = []
    for arm, life in arms.items():
        n, groups = life.shape
        frame = pd.DataFrame({"replicate": np.repeat(np.arange(n), groups), "group": np.tile(np.arange(groups), n)})
        days = np.floor(life.ravel()).astype(int)
        frame["lifetime"], frame["censored"] = np.minimum(days, HORIZON), days > HORIZON
        frame["cause"] = np.where(frame["censored"], None, "silent")
        parts.append(frame.assign(arm=arm, world="w"))
    return pd.concat(parts, ignore_index=True)


def clustered(rng: np.random.Generator, n: int, groups: int, mean: float, shared: np.ndarray) -> np.ndarray:
    """Exponential lives whose mean differs by community (shared by both arms: common luck)."""
    return rng.exponential(mean * shared[:, None], (n, groups))


def test_restricted_means_are_those_of_lifelines() -> None:
    rng = RNG(1)
    table = groups_of(nothing=rng.exponential(80, (12, 5)), arm=rng.exponential(140, (12, 5)))
    row = lives(STUDY, prepared(STUDY, table)).iloc[0]
    for arm, key in (("arm", "mean"), ("nothing", "reference_mean")):
        some = table[table["arm"] == arm]
        fit = KaplanMeierFitter().fit(some["lifetime"], ~some["censored"])
        assert row[key] == pytest.approx(restricted_mean_survival_time(fit, t=HORIZON))
    assert row["difference"] == pytest.approx(row["mean"] - row["reference_mean"])
    assert row["low"] < row["difference"] < row["high"]
    assert row["n"] == 12


def test_log_rank_is_that_of_lifelines() -> None:
    rng = RNG(2)
    table = groups_of(nothing=rng.exponential(80, (15, 4)), arm=rng.exponential(120, (15, 4)))
    sides = [table[table["arm"] == arm] for arm in ("arm", "nothing")]
    days = [
        counts(one["lifetime"].to_numpy(), ~one["censored"].to_numpy(), one["replicate"].to_numpy(), 15, HORIZON + 1)
        for one in sides
    ]
    score, variance = _score(*(part.sum(axis=0) for side in days for part in side))
    expected = logrank_test(
        sides[0]["lifetime"], sides[1]["lifetime"], ~sides[0]["censored"], ~sides[1]["censored"]
    ).test_statistic
    assert score**2 / variance == pytest.approx(expected)
    ratio, without = log_rank(days[0], days[1])
    assert ratio == pytest.approx(score / variance)
    assert len(without) == 15


def test_hazard_ratio_of_proportional_hazards() -> None:
    """Peto's estimate is near the truth where hazards differ little: ratio 80 / 100."""
    rng = RNG(3)
    table = groups_of(nothing=rng.exponential(80, (600, 5)), arm=rng.exponential(100, (600, 5)))
    row = lives(STUDY, prepared(STUDY, table)).iloc[0]
    assert row["hazard_ratio"] == pytest.approx(0.8, abs=0.04)
    assert row["hazard_low"] < 0.8 < row["hazard_high"]


def many(effect: float, studies: int, n: int = 20, groups: int = 6) -> pd.DataFrame:
    """Studies of clustered lives under common luck; one row each."""
    rng, rows = RNG(5), []
    for _ in range(studies):
        shared = rng.gamma(3, 1 / 3, n)
        table = groups_of(
            nothing=clustered(rng, n, groups, 100, shared), arm=clustered(rng, n, groups, 100 * effect, shared)
        )
        rows.append(lives(STUDY, prepared(STUDY, table)).iloc[0])
    return pd.DataFrame(rows)


def area(mean: np.ndarray) -> np.ndarray:
    """Sum over days 0 … HORIZON − 1 of P(life > day), lives rounded down to whole days: Σ exp(−(t + 1) / mean)."""
    day = np.arange(1, HORIZON + 1)
    return np.exp(-day[None, :] / mean[:, None]).sum(axis=1)


def test_intervals_of_the_difference_cover_the_truth_with_clusters() -> None:
    """600 studies: Monte Carlo error 0.9 points; the bounds of 93 and 97 % are widened by one error."""
    found = many(1.6, 600)
    shared = RNG(6).gamma(3, 1 / 3, 40_000)
    truth = float((area(160 * shared) - area(100 * shared)).mean())
    covered = ((found["low"] <= truth) & (truth <= found["high"])).mean()
    assert 0.921 < covered < 0.979
    assert (found["p"] < 0.05).mean() > 0.5


def test_false_alarms_without_an_effect() -> None:
    """Stated 5 %; 600 studies: Monte Carlo error 0.9 points, at most 7.7 % may be seen (three errors)."""
    found = many(1.0, 600)
    assert (found["p_log_rank"] < 0.05).mean() < 0.077
    assert (found["p"] < 0.05).mean() < 0.077


def test_groups_that_share_one_fate_are_one_witness() -> None:
    """Luck of its own in each arm, all groups of a community dying together: the naive test is fooled, ours is not."""
    rng, naive, honest = RNG(7), [], []
    for _ in range(200):
        table = groups_of(**{arm: np.repeat(rng.exponential(100, (15, 1)), 8, axis=1) for arm in STUDY.arms})
        honest.append(lives(STUDY, prepared(STUDY, table)).iloc[0]["p_log_rank"])
        sides = [table[table["arm"] == arm] for arm in ("arm", "nothing")]
        test = logrank_test(sides[0]["lifetime"], sides[1]["lifetime"], ~sides[0]["censored"], ~sides[1]["censored"])
        naive.append(test.p_value)
    assert np.mean(np.array(naive) < 0.05) > 0.3
    assert np.mean(np.array(honest) < 0.05) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)


def test_quantiles_are_ages_by_which_so_many_are_dead() -> None:
    life = np.arange(1.0, 101.0).reshape(10, 10) * 2  # 2, 4, … 200 days; beyond 150 nobody looks
    found = quantiles(prepared(STUDY, groups_of(nothing=life, arm=life))).set_index(["arm", "share"])["days"]
    assert found["arm", 0.1] == 20
    assert found["arm", 0.5] == 100
    assert np.isnan(found["arm", 0.9])


def test_nobody_dies_and_one_community_are_no_error() -> None:
    never = np.full((4, 3), 999.0)
    row = lives(STUDY, prepared(STUDY, groups_of(nothing=never, arm=never))).iloc[0]
    assert (row["difference"], row["hazard_ratio"], row["p"]) == (0, 1, 1)
    assert np.isnan([row["low"], row["hazard_low"]]).all()  # that nobody died among four is no perfect knowledge
    one = np.array([[10.0, 20.0]])
    row = lives(STUDY, prepared(STUDY, groups_of(nothing=one, arm=one * 2))).iloc[0]
    assert np.isnan([row["low"], row["p_log_rank"]]).all()
    assert row["luck"] == "could be luck"
