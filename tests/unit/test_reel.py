"""The numbers that a player draws are those of the analyses."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.reports.reel import WALL, percentiles, reel
from sim.analysis.lifecycle import curve
from sim.data.results import Results
from sim.plots.run.measured import Measured
from tests.fakes import fake_results


@pytest.fixture(scope="module")
def many() -> Results:
    return fake_results(["nothing", "red_packet"], replicates=9, groups=3, days=50)


@pytest.mark.parametrize(("name", "measure"), [("members", "n_members"), ("messages", "n_messages")])
def test_curves_are_those_of_the_lifecycle(many: Results, name: str, measure: str) -> None:
    found = reel(Measured(many))
    assert found["band"] == "interval"
    for arm in ("nothing", "red_packet"):
        wanted = curve(many.daily, measure).query("arm == @arm")
        for side in ("mean", "low", "high"):
            got = np.array(found["arms"][arm]["curves"][name][side], dtype=float)
            np.testing.assert_allclose(got, wanted[side], rtol=1e-3)


def test_last_values_are_those_of_each_community_in_their_order(many: Results) -> None:
    last = many.daily.query("day == 49 and arm == 'red_packet'").groupby("replicate")["n_members"].mean()
    got = reel(Measured(many))["arms"]["red_packet"]["curves"]["members"]["ends"]
    np.testing.assert_allclose(got, last, rtol=1e-3)


def test_adverts_are_a_share_of_a_weeks_messages(many: Results) -> None:
    week = many.daily.query("arm == 'nothing' and 13 <= day <= 19").groupby("replicate")[["n_ads", "n_messages"]].sum()
    got = reel(Measured(many))["arms"]["nothing"]["curves"]["adverts"]
    assert got["share"]
    assert got["mean"][19] == pytest.approx((week["n_ads"] / week["n_messages"]).mean(), rel=1e-3)


def test_money_adds_up(many: Results) -> None:
    mine = many.daily.query("arm == 'red_packet'")
    total = (mine["revenue"] - mine["cost"]).sum() / 27
    assert reel(Measured(many))["arms"]["red_packet"]["curves"]["money"]["mean"][-1] == pytest.approx(total, rel=1e-3)


def test_few_communities_show_how_far_groups_differ() -> None:
    results = fake_results(["nothing"], replicates=1, groups=30, days=30)
    found = reel(Measured(results))
    assert found["band"] == "spread"
    last = results.daily.query("day == 29")["n_members"]
    curves = found["arms"]["nothing"]["curves"]["members"]
    assert [curves["low"][-1], curves["high"][-1]] == pytest.approx(np.percentile(last, [10, 90]), rel=1e-3)


def test_the_wall_shows_the_first_groups_and_counts_all() -> None:
    arm = reel(Measured(fake_results(["nothing"], replicates=2, groups=20, days=20)))["arms"]["nothing"]
    assert arm["groups"] == 40
    assert {len(rows) for rows in arm["wall"].values()} == {WALL}
    assert arm["wall"].pop("of") == [[k // 20, k % 20] for k in range(WALL)]
    assert {len(row) for rows in arm["wall"].values() for row in rows} == {20}


def test_groups_that_are_not_there_yet_are_marked() -> None:
    results = fake_results(["nothing"], replicates=1, groups=2, days=20)
    late = (results.daily["group"] == 1) & (results.daily["day"] < 5)
    cut = Results(daily=results.daily[~late], spells=results.spells, groups=results.groups, meta=results.meta)
    wall = reel(Measured(cut))["arms"]["nothing"]["wall"]
    assert wall["members"][1][:6].count(-1) == 5
    assert wall["stage"][1][:6].count(-1) == 5


def test_percentiles_are_those_of_numpy() -> None:
    values = np.random.default_rng(1).normal(size=(13, 40))
    values[np.random.default_rng(2).random(values.shape) < 0.3] = np.nan
    values[:, 0] = [1.0, *[np.nan] * 12]
    np.testing.assert_allclose(percentiles(values), np.nanpercentile(values, [10, 90], axis=0))
    assert np.isnan(percentiles(np.full((3, 2), np.nan))).all()
