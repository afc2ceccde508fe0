"""Curves are means over communities; stages are found where a person would see them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.lifecycle import STAGES, curve, stage_shares, stages
from sim.analysis.statistics.intervals import t_interval
from tests.fakes import daily_of, fake_results


def stage_days(level: np.ndarray, **columns: object) -> list[int | None]:
    """Days of growth, activity, decline and death of one group with so many posters a day."""
    talk = np.rint(level).astype(int)[None, None, :]
    row = stages(daily_of(talk, **columns)).iloc[0]
    return [None if row[f"day_{name}"] is pd.NA else int(row[f"day_{name}"]) for name in STAGES[1:]]


DAY = np.arange(180)


def test_a_whole_life_has_all_stages_in_order() -> None:
    level = np.interp(DAY, [0, 20, 60, 100, 130, 131], [2, 2, 20, 20, 1, 0])
    growth, activity, decline, dead = stage_days(level)
    assert growth is not None
    assert activity is not None
    assert decline is not None
    assert 20 <= growth <= 35 < activity <= 60 < 100 <= decline <= 120
    assert dead == 131


def test_a_group_that_never_grows_is_active_as_long_as_it_lasts() -> None:
    rng = np.random.default_rng(1)
    for seed in range(20):
        rng = np.random.default_rng(seed)
        growth, activity, decline, dead = stage_days(rng.poisson(6, 180))
        assert (growth, activity, decline, dead) == (None, 7, None, None)


def test_a_group_that_fades_from_the_first_day_declines_without_growth() -> None:
    growth, _, decline, dead = stage_days(np.round(12 * np.exp(-DAY / 8)))
    assert growth is None
    assert decline is not None
    assert decline <= 10
    assert dead is not None
    assert dead < 60


def test_a_group_that_never_came_to_life_only_germinates_and_dies() -> None:
    level = np.zeros(180)
    assert stage_days(level) == [None, None, None, 1]
    level[[0, 3, 9]] = 1
    assert stage_days(level) == [None, None, None, 10]


def test_a_group_still_growing_at_the_end_is_in_growth() -> None:
    growth, activity, decline, dead = stage_days(2 + DAY / 8)
    assert growth is not None
    assert growth < 70
    assert (activity, decline, dead) == (None, None, None)
    steep = stage_days(np.where(DAY < 150, 3, 3 * np.exp((DAY - 150) / 12)))
    assert steep[0] is not None
    assert steep[0] >= 145
    assert steep[1:] == [None, None, None]


def test_a_plateau_reached_before_the_end_is_activity() -> None:
    growth, activity, decline, dead = stage_days(np.minimum(2 + DAY / 4, 20))
    assert growth is not None
    assert activity is not None
    assert activity < 80
    assert (decline, dead) == (None, None)


def test_a_slump_with_recovery_is_part_of_activity() -> None:
    level = np.interp(DAY, [0, 30, 60, 80, 90, 110, 179], [2, 20, 20, 3, 3, 20, 20])
    assert stage_days(level)[2] is None


def test_sudden_death_has_no_decline() -> None:
    level = np.where(DAY < 100, 10, 0)
    assert stage_days(level)[2:] == [None, 100]


def test_the_host_alone_is_no_life() -> None:
    talk = np.zeros((1, 1, 180), dtype=int)
    row = stages(daily_of(talk, n_posters=3, n_host_messages=9)).iloc[0]
    assert row["day_dead"] == 1
    assert row["day_activity"] is pd.NA


@pytest.mark.parametrize("seed", range(5))
def test_stages_are_ordered_and_shares_add_up(seed: int) -> None:
    daily = fake_results(replicates=3, groups=6, days=150, seed=seed).daily
    table = stages(daily)
    days = table[["day_born", "day_growth", "day_activity", "day_decline", "day_dead"]].astype("Float64")
    filled = days.bfill(axis=1).to_numpy(dtype=float, na_value=np.inf)
    assert (filled[:, :-1] <= filled[:, 1:]).all()
    share = stage_shares(daily)
    np.testing.assert_allclose(share[[*STAGES, "dissolved"]].sum(axis=1), 1)
    assert (share.groupby(["arm"], observed=True)["dead"].diff().dropna() >= 0).sum() > 0


def test_a_dissolved_group_is_not_dead() -> None:
    daily = daily_of(np.full((2, 2, 100), 5), lengths=np.array([[50, 100], [50, 100]]))
    share = stage_shares(daily).set_index("day")
    assert share.loc[49, "dissolved"] == 0
    assert share.loc[50, "dissolved"] == 0.5
    assert share.loc[99, "dead"] == 0


def test_groups_not_born_yet_are_in_no_share() -> None:
    daily = daily_of(np.full((1, 2, 100), 5))
    daily = daily[(daily["group"] == 0) | (daily["day"] >= 60)]
    share = stage_shares(daily).set_index("day")
    assert share.loc[30, "activity"] == 1
    assert share.loc[60, "germination"] == 0.5


def test_curve_is_the_mean_over_communities_of_the_mean_over_groups() -> None:
    daily = fake_results(arms=("nothing", "red_packet"), replicates=5, groups=3, days=40).daily
    found = curve(daily, "n_posters").set_index(["arm", "day"])
    by_hand = daily.groupby(["arm", "day", "replicate"], observed=True)["n_posters"].mean().unstack()
    for key, values in by_hand.iterrows():
        mean, low, high, n = t_interval(values.to_numpy())
        assert found.loc[key, ["mean", "low", "high", "n"]].tolist() == pytest.approx([mean, low, high, n])


def test_units_ratios_and_totals() -> None:
    daily = fake_results(arms=("nothing",), replicates=4, groups=3, days=30).daily
    sums = daily.groupby(["replicate", "day"])[["n_ads", "n_messages", "n_members", "revenue", "cost"]].sum()

    def by_day(values: pd.Series) -> np.ndarray:
        return values.groupby("day").mean().to_numpy()

    np.testing.assert_allclose(curve(daily, "advert_share")["mean"], by_day(sums["n_ads"] / sums["n_messages"]))
    np.testing.assert_allclose(curve(daily, "n_ads", unit="member")["mean"], by_day(sums["n_ads"] / sums["n_members"]))
    np.testing.assert_allclose(curve(daily, "n_ads", unit="community")["mean"], by_day(sums["n_ads"]))
    profit = curve(daily, "profit", unit="community", total=True)["mean"]
    np.testing.assert_allclose(profit, np.cumsum(by_day(sums["revenue"] - sums["cost"])), rtol=1e-5)
    n = daily["n_members"] + daily["new_left"]  # in the morning; the host trusts the host, and is left out
    by = [daily["replicate"], daily["day"]]
    trust = (daily["mean_trust"] * n - 1).where(n > 1, 0.0).groupby(by).sum() / (n - 1).groupby(by).sum()
    np.testing.assert_allclose(curve(daily, "mean_trust")["mean"], by_day(trust), rtol=1e-5)


def test_curve_counts_only_groups_that_exist() -> None:
    daily = daily_of(np.full((3, 2, 20), 4), lengths=np.array([[10, 20]] * 3))
    found = curve(daily, "n_messages")
    assert (found["mean"] == 4).all()
    assert curve(daily, "n_messages", unit="community")["mean"].iloc[-1] == 4


def test_spread_is_wider_than_the_interval_of_the_mean() -> None:
    daily = fake_results(arms=("nothing",), replicates=20, groups=2, days=40).daily
    mean, spread = curve(daily, "n_messages"), curve(daily, "n_messages", band="spread")
    assert (spread["high"] - spread["low"]).mean() > (mean["high"] - mean["low"]).mean()


def test_an_unknown_measure_is_named() -> None:
    daily = daily_of(np.ones((1, 1, 5), dtype=int))
    with pytest.raises(ValueError, match="'n_mesages'"):
        curve(daily, "n_mesages")
    with pytest.raises(ValueError, match="'head'"):
        curve(daily, "n_messages", unit="head")
