"""Intervals cover what they should; Holm's correction does what its paper says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.analysis.statistics.intervals import holm, interval_frame, t_interval


def test_t_interval_is_that_of_scipy() -> None:
    values = np.random.default_rng(3).normal(2, 5, (12, 3))
    mean, low, high, n = t_interval(values)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    np.testing.assert_allclose([low, high], [expected.low, expected.high])
    np.testing.assert_allclose(mean, values.mean(axis=0))
    assert (n == 12).all()


def test_missing_values_are_left_out_and_one_value_has_no_interval() -> None:
    mean, low, high, n = t_interval(np.array([[1.0, np.nan, np.nan], [3.0, 5.0, np.nan]]))
    np.testing.assert_array_equal(n, [2, 1, 0])
    assert mean[0] == 2
    assert mean[1] == 5
    assert np.isnan(mean[2])
    assert np.isfinite(low[0])
    assert np.isnan([low[1], high[1], low[2]]).all()


def test_t_interval_covers_the_truth() -> None:
    values = np.random.default_rng(5).exponential(3.0, (40, 4000))
    _, low, high, _ = t_interval(values)
    assert 0.92 < ((low < 3) & (high > 3)).mean() < 0.96


@pytest.mark.parametrize(
    ("p", "corrected"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.5], [0.5]),
        ([0.6, 0.9], [1.0, 1.0]),
        ([0.01, np.nan, 0.02], [0.02, np.nan, 0.02]),
    ],
)
def test_holm(p: list[float], corrected: list[float]) -> None:
    np.testing.assert_allclose(holm(np.array(p)), corrected)


def test_spread_is_of_the_communities() -> None:
    units = pd.DataFrame({"arm": pd.Categorical(["a"] * 101), "world": pd.Categorical(["w"] * 101)})
    frame = interval_frame(units, np.arange(101.0)[:, None], "day", [0], "spread")
    assert frame["low"][0] == pytest.approx(2.5)
    assert frame["high"][0] == pytest.approx(97.5)
