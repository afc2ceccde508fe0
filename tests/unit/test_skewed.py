"""The interval of a mean difference covers the truth 93 to 97 % of the time, skewed or not, with 20 communities."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from sim.analysis.statistics.skewed import mean_interval

REPEATS = 10_000  # Monte Carlo error of a coverage of 95 %: 0.22 points
Draw = Callable[[np.random.Generator, tuple[int, int]], np.ndarray]


def restricted(rng: np.random.Generator, shape: tuple[int, int], mean: float = 150.0) -> np.ndarray:
    """Mean lives of communities: exponential lives of five groups, watched for 150 days only."""
    return np.minimum(rng.exponential(mean, (*shape, 5)), 150.0).mean(axis=-1)


def truth(mean: float) -> float:
    """E min(X, 150) of an exponential."""
    return mean * (1 - np.exp(-150 / mean))


#: Differences of communities, and their true mean.
LAWS: dict[str, tuple[Draw, float]] = {
    "normal": (lambda rng, shape: rng.normal(0.3, 1, shape), 0.3),
    "heavy tails, symmetric": (lambda rng, shape: rng.laplace(0.3, 1, shape), 0.3),
    "student with 4 degrees": (lambda rng, shape: rng.standard_t(4, shape), 0.0),
    "skewed (exponential)": (lambda rng, shape: rng.exponential(1, shape), 1.0),
    "skewed to the left (gamma)": (lambda rng, shape: -rng.gamma(1.5, 1, shape), -1.5),
    "half of them unchanged": (lambda rng, shape: rng.normal(0.5, 1, shape) * (rng.random(shape) < 0.5), 0.25),
    "restricted means": (
        lambda rng, shape: restricted(rng, shape, 400.0) - restricted(rng, shape, 60.0),
        truth(400.0) - truth(60.0),
    ),
}


@pytest.mark.parametrize("law", LAWS)
def test_intervals_cover_the_truth(law: str) -> None:
    draw, mean = LAWS[law]
    values = draw(np.random.default_rng(11), (20, REPEATS))
    found = mean_interval(values)
    covered = ((found.low <= mean) & (mean <= found.high)).mean()
    assert 0.93 < covered < 0.97


def test_student_alone_would_not_do_for_skewed_values() -> None:
    values = np.random.default_rng(11).exponential(1, (20, REPEATS))
    half = stats.t.ppf(0.975, 19) * values.std(axis=0, ddof=1) / np.sqrt(20)
    assert (np.abs(values.mean(axis=0) - 1) <= half).mean() < 0.93


def test_without_skewness_it_is_the_t_test_of_scipy() -> None:
    half = np.random.default_rng(2).normal(0, 1, 12)
    values = 0.4 + np.concatenate([half, -half])
    found, test = mean_interval(values), stats.ttest_1samp(values, 0)
    interval = test.confidence_interval()
    assert [found.mean, found.low, found.high, found.p] == pytest.approx([0.4, *interval, test.pvalue], rel=1e-6)


def test_p_is_below_the_level_exactly_where_the_interval_leaves_zero_out() -> None:
    found = mean_interval(np.random.default_rng(4).gamma(1, 1, (15, 4000)) - 0.4)
    assert np.array_equal(found.p < 0.05, (found.low > 0) | (found.high < 0))
    assert 0.05 < (found.p < 0.05).mean() < 0.9


def test_a_long_tail_towards_zero_does_not_hide_what_every_community_shows() -> None:
    """All twenty are better, few of them by little: Hall's statistic alone cannot pass √19/|γ|."""
    values = 6.1 - stats.gamma.ppf((np.arange(20) + 0.5) / 20, 2)
    skew, t = stats.skew(values), values.mean() / values.std()
    assert values.min() > 0
    assert 2 * stats.t.sf(np.sqrt(19) * abs((1 + skew * t / 3) ** 3 - 1) / abs(skew), 19) > 1e-4
    assert 1e-6 < mean_interval(values).p < 3e-6  # what twenty equal signs can tell: 2^−19


def test_every_column_may_have_a_level_of_its_own() -> None:
    values = np.random.default_rng(4).gamma(1, 1, (15, 2))
    found = mean_interval(values, np.array([0.95, 0.9975]))
    for column, level in enumerate((0.95, 0.9975)):
        alone = mean_interval(values[:, column], level)
        assert [found.low[column], found.high[column]] == pytest.approx([float(alone.low), float(alone.high)])


def test_far_tails_are_not_students_alone() -> None:
    """What Holm asks of twenty arms: p < 0.0025. A mean of twenty exponentials falls short of its own by luck too often
    for Student; the larger of both p values keeps such alarms below half of his. 20 000 tries: ± 0.1 points."""
    values = np.random.default_rng(8).exponential(1, (20, 20_000)) - 1
    ours = (mean_interval(values).p < 0.0025).mean()
    students = (stats.ttest_1samp(values, 0).pvalue < 0.0025).mean()
    assert students > 0.01
    assert ours < students / 2


def test_it_is_never_shorter_than_students() -> None:
    values = np.random.default_rng(5).exponential(1, (9, 500))
    half = stats.t.ppf(0.975, 8) * values.std(axis=0, ddof=1) / 3
    found = mean_interval(values)
    assert (found.low <= found.mean - half + 1e-12).all()
    assert (found.high >= found.mean + half - 1e-12).all()


def test_scale_and_sign_go_through() -> None:
    values = np.random.default_rng(6).exponential(1, 20)
    one, other = (mean_interval(scale * values[:, None]) for scale in (1, -100))
    turned = np.concatenate([-100 * one.high, -100 * one.low, one.p])
    assert turned == pytest.approx(np.concatenate([other.low, other.high, other.p]))


def test_edges() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = np.array([[0.0, 2.0, 1.0, np.nan], [0.0, 2.0, np.nan, np.nan], [0.0, 2.0, np.nan, np.nan]])
        found = mean_interval(values)
    assert found.n.tolist() == [3, 3, 1, 0]
    assert found.mean[:3].tolist() == [0, 2, 1]
    assert found.p[:2].tolist() == [1, 0.25]  # three of three: as a test of signs
    assert np.isnan([*found.low, *found.high, *found.p[2:], found.mean[3]]).all()
    assert found.rough.tolist() == [True, True, False, False]


def test_lumps_are_called_rough() -> None:
    rare = np.zeros(40)
    rare[:3] = [5, 9, 40]
    assert mean_interval(rare).rough
    assert not mean_interval(np.random.default_rng(7).normal(0, 1, 20)).rough
    assert mean_interval(np.full(20, 3.0)).rough  # that nothing varied among twenty is no perfect knowledge
