"""Lifetimes against closed forms, against lifelines, and against facts.md's definition of death, case by case."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from scipy import stats

from sim.analysis.lifetimes import groups_table, lives_of_any_line, survival
from sim.analysis.panel import Panel
from sim.analysis.statistics.kaplan_meier import counts, survival_curve, survival_matrix
from tests.fakes import daily_of, fake_results


def talking(*days: int, length: int = 100) -> np.ndarray:
    """Messages of one group that speaks on the days named."""
    out = np.zeros((1, 1, length), dtype=int)
    out[0, 0, list(days)] = 3
    return out


def only(talk: np.ndarray, window: int = 28, **columns: object) -> pd.Series:
    return groups_table(daily_of(talk, **columns), window).iloc[0]


def test_death_is_the_last_message_before_28_silent_days() -> None:
    row = only(talking(*range(40)))
    assert row["day_died"] == 39
    assert row["lifetime"] == 39
    assert row["cause"] == "silent"
    assert not row["censored"]


def test_a_last_message_inside_the_final_28_days_is_censored() -> None:
    assert not only(talking(71))["censored"]  # days 72 … 99 are 28 silent days
    row = only(talking(72))
    assert row["censored"]
    assert row["day_died"] is pd.NA
    assert pd.isna(row["cause"])
    assert row["lifetime"] == 71  # watched until 28 days before the last


@pytest.mark.parametrize(("window", "died"), [(14, True), (28, True), (56, False)])
def test_other_windows(window: int, died: bool) -> None:
    assert only(talking(50), window)["censored"] != died


def test_first_silence_is_kept_though_the_group_woke() -> None:
    row = only(talking(0, 5, 60, 90))
    assert row["day_first_silent"] == 5
    assert row["censored"]
    row = only(talking(0, 5, 60))
    assert row["day_first_silent"] == 5
    assert row["day_died"] == 60
    assert only(talking(*range(0, 100, 28)))["day_first_silent"] is pd.NA
    assert only(talking(*range(0, 100, 29)))["day_first_silent"] == 0


def test_host_and_adverts_keep_no_corpse_alive() -> None:
    row = only(talking(3), n_host_messages=5, n_ads=2, n_messages=8, n_posters=2)
    assert row["day_died"] == 3


def test_a_group_that_never_spoke_died_at_birth() -> None:
    row = only(np.zeros((1, 1, 100), dtype=int))
    assert row["lifetime"] == 0
    assert row["day_died"] == 0
    assert row["day_first_silent"] == 0


def test_dissolving_is_another_end() -> None:
    talk = np.ones((1, 2, 100), dtype=int)
    table = groups_table(daily_of(talk, lengths=np.array([[50, 100]])))
    assert list(table["cause"].isna()) == [False, True]
    assert table["cause"][0] == "dissolved"
    assert table["censored"].all()
    assert list(table["lifetime"]) == [50, 71]
    found = survival(table)["nothing"]
    assert (found.n_died, found.n_dissolved, found.n_censored) == (0, 1, 1)


def test_a_group_born_late_is_counted_from_its_birth() -> None:
    daily = daily_of(np.ones((1, 2, 100), dtype=int))
    daily = daily[(daily["group"] == 0) | (daily["day"] >= 40)]
    daily.loc[(daily["group"] == 1) & (daily["day"] > 50), "n_member_messages"] = 0
    row = groups_table(daily).iloc[1]
    assert row["day_born"] == 40
    assert row["lifetime"] == 10
    assert row["day_died"] == 50


def test_rows_in_any_order_give_the_same() -> None:
    daily = fake_results(arms=("nothing", "paid_entry"), replicates=3, groups=3, days=60).daily
    mixed = daily.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(groups_table(daily), groups_table(mixed))


def exponential(rng: np.random.Generator, replicates: int, groups: int, rate: float, days: int = 180) -> np.ndarray:
    """Groups that speak every day until a death of constant hazard."""
    ends = rng.exponential(1 / rate, (replicates, groups))
    return (np.arange(days) <= np.floor(ends)[..., None]).astype(int)


@pytest.mark.parametrize("rate", [1 / 20, 1 / 60, 1 / 300])
def test_constant_hazard_gives_an_exponential_inside_its_band(rate: float) -> None:
    inside, areas = [], 0
    for seed in range(12):
        talk = exponential(np.random.default_rng(seed), 60, 20, rate)
        found = survival(groups_table(daily_of(talk)))["nothing"]
        truth = np.exp(-rate * (found.time + 1))  # a death on day t is one of the hazard up to t + 1
        many = truth * found.n >= 5  # where fewer than five groups are left there is no telling
        inside.append(((found.low <= truth) & (truth <= found.high))[many].mean())
        areas += found.restricted_mean_low < truth[:-1].sum() < found.restricted_mean_high
        if rate > 1 / 100:
            assert abs(found.median - np.log(2) / rate) < 0.15 * np.log(2) / rate
            assert found.median_low <= found.median <= found.median_high
        else:
            assert np.isnan(found.median)
            assert found.n_censored > found.n_died
    assert np.mean(inside) > 0.93
    assert areas >= 10


def test_censoring_does_not_bend_the_curve() -> None:
    """The same groups watched for 90 days and for 400 have the same survival where both look."""
    talk = exponential(np.random.default_rng(4), 50, 20, 1 / 60, days=400)
    short, long = (survival(groups_table(daily_of(talk[..., :days])))["nothing"] for days in (90, 400))
    np.testing.assert_allclose(short.share[:61], long.share[:61], atol=1e-12)


def test_intervals_cover_also_when_groups_of_a_community_share_a_fate() -> None:
    """Communities differ in hazard: intervals must rest on 30 communities, not on 300 groups."""
    rng = np.random.default_rng(11)
    rates = np.exp(rng.normal(np.log(1 / 50), 0.8, 200_000))
    truth = np.exp(-rates[:, None] * np.array([31.0, 91.0])).mean(axis=0)
    area = np.mean([np.exp(-rates * t).mean() for t in range(1, 152)]) * 151
    hits = np.zeros(3)
    for _ in range(80):
        ends = rng.exponential(1.0, (30, 10)) / np.exp(rng.normal(np.log(1 / 50), 0.8, 30))[:, None]
        talk = (np.arange(180) <= np.floor(ends)[..., None]).astype(int)
        found = survival(groups_table(daily_of(talk)))["nothing"]
        hits[:2] += (found.low[[30, 90]] <= truth) & (truth <= found.high[[30, 90]])
        hits[2] += found.restricted_mean_low <= area <= found.restricted_mean_high
    assert (hits / 80 > 0.90).all(), hits / 80


def lives() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(9)
    duration, end = rng.geometric(0.03, 500) - 1, rng.integers(10, 100, 500)
    return np.minimum(duration, end), duration <= end


def test_kaplan_meier_is_that_of_lifelines() -> None:
    lived, died = lives()
    fitter = KaplanMeierFitter().fit(lived, died)
    ours = survival_matrix(*counts(lived, died, np.zeros(500, dtype=int), 1, 101))[0]
    theirs = fitter.survival_function_at_times(np.arange(101)).to_numpy()
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


def test_one_curve_is_that_of_scipy_to_the_last_bit() -> None:
    lived, died = lives()
    deaths, exits = counts(lived, died, np.zeros(500, dtype=int), 1, 101)
    theirs = stats.ecdf(stats.CensoredData.right_censored(lived, ~died)).sf.evaluate(np.arange(101))
    assert (survival_curve(deaths[0], exits[0]) == theirs).all()


def test_survival_of_a_run_is_that_of_lifelines() -> None:
    groups = groups_table(fake_results(arms=("nothing", "all_four"), replicates=8, groups=6, days=150).daily)
    for arm, found in survival(groups).items():
        rows = groups[groups["arm"] == arm]
        fitter = KaplanMeierFitter().fit(rows["lifetime"], ~rows["censored"])
        np.testing.assert_allclose(found.share, fitter.survival_function_at_times(found.time).to_numpy(), atol=1e-12)
        area = restricted_mean_survival_time(fitter, t=found.horizon)
        assert found.restricted_mean == pytest.approx(area, abs=1e-9)
        median = fitter.median_survival_time_
        assert found.median == median or (np.isnan(found.median) and np.isinf(median))
        assert (found.low <= found.share).all()
        assert (found.share <= found.high).all()


def test_one_community_has_the_limits_of_lifelines() -> None:
    groups = groups_table(daily_of(exponential(np.random.default_rng(1), 1, 80, 1 / 40)))
    found = survival(groups)["nothing"]
    fitter = KaplanMeierFitter().fit(groups["lifetime"], ~groups["censored"])
    theirs = fitter.confidence_interval_survival_function_.reindex(found.time, method="ffill").to_numpy()
    inner = (found.share > 0) & (found.share < 1)
    np.testing.assert_allclose(found.low[inner], theirs[inner, 0], atol=1e-6)
    np.testing.assert_allclose(found.high[inner], theirs[inner, 1], atol=1e-6)
    assert np.isnan(found.restricted_mean_low)
    assert np.isnan(found.restricted_mean_high)


def test_the_horizon_is_shared_by_the_arms() -> None:
    groups = groups_table(fake_results(replicates=3, groups=4, days=100).daily)
    assert {found.horizon for found in survival(groups).values()} == {int(groups["lifetime"].max())}
    assert survival(groups, horizon=30)["nothing"].restricted_mean <= 30


def test_rituals_and_paid_lines_keep_a_group_alive_only_where_they_are_meant_to() -> None:
    """Members speak until day 9; check-ins go on until day 59. In another group only the host goes on."""
    talk = np.zeros((1, 2, 100), int)
    talk[..., :10] = 3
    lines, host = talk.copy(), np.zeros_like(talk)
    lines[0, 0, :60] += 2
    host[0, 1] = 1
    panel = Panel.of(daily_of(talk, n_messages=lines + host, n_host_messages=host))
    assert list(groups_table(panel)["lifetime"]) == [9, 9]
    lived, died = lives_of_any_line(panel, horizon=71)
    assert (list(lived), list(died)) == ([59, 9], [True, True])
    lived, died = lives_of_any_line(panel, horizon=40)
    assert (list(lived), list(died)) == ([40, 9], [False, True])
