"""Funnel and purse of a reel: shared out to groups, with interval or spread, and small."""

from __future__ import annotations

import json

import numpy as np
import pytest

from scenarios.reports.reel import reel
from scenarios.reports.reel_money import PARTS, account
from sim.analysis.funnel import funnel
from sim.data.results import Results
from sim.plots.run.measured import Measured
from tests.fakes import fake_results


@pytest.fixture(scope="module")
def many() -> Results:
    return fake_results(["nothing", "red_packet"], replicates=9, groups=3, days=50)


def test_many_communities_have_the_interval_of_the_analysis(many: Results) -> None:
    found = account(Measured(many))["arms"]["red_packet"]["joined"]
    row = funnel(many.spells).query("arm == 'red_packet' and step == 'joined'").iloc[0]
    assert [found[side][-1] for side in ("mean", "low", "high")] == pytest.approx(
        [row["mean"] / 3, row["low"] / 3, row["high"] / 3], rel=1e-3)  # fmt: skip


def test_few_communities_show_how_far_groups_differ() -> None:
    results = fake_results(["nothing"], replicates=1, groups=30, days=30)
    found = account(Measured(results))["arms"]["nothing"]["knocked"]
    assert (found["low"][-1], found["high"][-1]) == (0, 0)
    sums = results.daily.groupby("group")["n_invitations"].sum()
    found = account(Measured(results))["arms"]["nothing"]["invited"]
    assert [found["low"][-1], found["high"][-1]] == pytest.approx(np.percentile(sums, [10, 90]), rel=1e-3)


def test_what_is_left_is_the_curve_of_money(many: Results) -> None:
    measured = Measured(many)
    for arm, one in reel(measured)["arms"].items():
        told = account(measured)["arms"][arm]["money"]
        for side in ("mean", "low", "high"):
            assert told[side] == pytest.approx(one["curves"]["money"][side], rel=1e-3, abs=0.01)


def test_money_of_groups_that_were_dissolved_is_not_laid_on_the_others() -> None:
    results = fake_results(["red_packet"], replicates=1, groups=2, days=20)
    gone = (results.daily["group"] == 1) & (results.daily["day"] >= 5)
    cut = Results(daily=results.daily[~gone], spells=results.spells, groups=results.groups, meta=results.meta)
    total = (cut.daily["revenue"] - cut.daily["cost"]).sum()
    told = reel(Measured(cut))["arms"]["red_packet"]["curves"]["money"]["mean"]
    assert told[-1] == pytest.approx(total / 2, rel=1e-3)
    assert account(Measured(cut))["arms"]["red_packet"]["money"]["mean"] == pytest.approx(told, rel=1e-3, abs=0.01)


def test_every_row_that_is_named_has_numbers_and_all_of_it_is_small() -> None:
    results = fake_results(["nothing", "paid_entry"], replicates=1, groups=20, days=180)
    found = account(Measured(results))
    rows = [row for part in PARTS for row in found["names"][part]]
    assert {"purchases", "entries"} <= {*rows}
    for arm in found["arms"].values():
        assert [*arm] == rows
        assert {len(side) for row in arm.values() for side in row.values()} == {180}
    assert len(json.dumps(found, separators=(",", ":"), allow_nan=False)) < 100_000
