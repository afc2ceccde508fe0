"""Inequality against closed forms, and group by group against the plain formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.participation import concentration, gini, inequality, lorenz, shares
from tests.fakes import fake_results, spells_of


def test_gini_closed_forms() -> None:
    assert gini(np.full(10, 3)) == pytest.approx(0)
    assert gini(np.array([0] * 9 + [7])) == pytest.approx(0.9)
    assert gini(np.arange(1, 101)) == pytest.approx((100 - 1) / (3 * 100))  # 1 … n: (n − 1) / 3n
    assert np.isnan(gini(np.zeros(5)))
    assert np.isnan(gini(np.array([])))


def test_gini_of_an_exponential_is_one_half_and_of_a_pareto_one_over_2a_minus_1() -> None:
    q = (np.arange(200_000) + 0.5) / 200_000
    assert gini(-np.log(1 - q)) == pytest.approx(0.5, abs=1e-3)
    assert gini((1 - q) ** (-1 / 3)) == pytest.approx(1 / 5, abs=1e-3)


def plain_gini(x: np.ndarray) -> float:
    """Half the relative mean absolute difference."""
    return float(np.abs(x[:, None] - x).mean() / (2 * x.mean()))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30))
def test_gini_is_half_the_relative_mean_difference(counts: list[int]) -> None:
    x = np.array(counts, dtype=float)
    if x.sum():
        assert gini(x) == pytest.approx(plain_gini(x))


@given(st.lists(st.lists(st.integers(0, 50), min_size=1, max_size=25), min_size=1, max_size=5))
def test_concentration_is_the_plain_formula_in_every_group(groups: list[list[int]]) -> None:
    group = np.repeat(np.arange(len(groups)), [len(counts) for counts in groups])
    order = np.random.default_rng(0).permutation(len(group))
    spells = spells_of(group=group, n_messages=np.concatenate(groups)).iloc[order]
    table = concentration(spells)
    for counts, (_, row) in zip(groups, table.iterrows(), strict=True):
        x = np.sort(np.array(counts))[::-1]
        posters = x[x > 0]
        assert (row["n_members"], row["n_posters"], row["n_messages"]) == (len(x), len(posters), x.sum())
        assert row["silent"] == pytest.approx(1 - len(posters) / len(x))
        if x.sum():
            assert row["gini_members"] == pytest.approx(gini(x))
            assert row["gini_posters"] == pytest.approx(gini(posters))
            assert row["top_members"] == pytest.approx(x[: -(-len(x) // 10)].sum() / x.sum())
            assert row["top_posters"] == pytest.approx(posters[: -(-len(posters) // 10)].sum() / x.sum())
        else:
            assert np.isnan([row["gini_members"], row["top_posters"]]).all()


def test_two_spells_of_one_person_are_one_person() -> None:
    row = concentration(spells_of(person=np.array([1, 2, 1]), n_messages=np.array([2, 6, 4]))).iloc[0]
    assert row["n_members"] == 2
    assert row["gini_members"] == pytest.approx(0)


def test_inequality_is_over_communities() -> None:
    results = fake_results(arms=("nothing", "red_packet"), replicates=5, groups=3, days=40)
    table = inequality(results.spells).set_index(["arm", "measure"])
    by_hand = concentration(results.spells).groupby(["arm", "replicate"], observed=True)["gini_posters"].mean()
    row = table.loc[("nothing", "gini_posters")]
    assert row["mean"] == pytest.approx(by_hand["nothing"].mean())
    assert row["n"] == 5
    assert row["low"] < row["mean"]


def test_lorenz_curve_ends_at_one_and_its_area_is_the_gini() -> None:
    spells = spells_of(n_messages=np.arange(0, 200, 2))
    curve = lorenz(spells, points=2001)
    assert curve["messages"].iloc[0] == 0
    assert curve["messages"].iloc[-1] == pytest.approx(1)
    area = np.trapezoid(curve["messages"], curve["members"])
    assert 1 - 2 * area == pytest.approx(concentration(spells)["gini_members"][0], abs=1e-3)
    assert not len(lorenz(spells_of(n_messages=np.zeros(5))))


def test_shares_add_up_to_one() -> None:
    daily = fake_results(arms=("nothing", "paid_entry"), replicates=3, groups=2, days=30).daily
    table = shares(daily)
    np.testing.assert_allclose(table[["posters", "readers", "away"]].sum(axis=1), 1)
    assert (table[["posters", "readers", "away"]] >= -1e-12).all(axis=None)
