"""Retention, funnel, revenue and cost: against lifelines, against sums by hand, and against known answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

from sim.analysis.funnel import STEPS, funnel, funnel_by_channel, funnel_by_rung, revenue
from sim.analysis.money import costs, returns
from sim.analysis.outcomes import outcomes
from sim.analysis.retention import reasons, retention, stays
from sim.data.results import Results, concat
from sim.data.tables import CHANNELS, REASONS
from tests.fakes import fake_results, spells_of


@pytest.fixture(scope="module")
def run() -> Results:
    return fake_results(arms=("nothing", "paid_entry", "red_packet"), replicates=5, groups=3, days=100)


@pytest.mark.parametrize("by", ["cohort", "channel", "role"])
def test_retention_is_kaplan_meier(run: Results, by: str) -> None:
    table = retention(run.spells, by=by, days=100)
    spells = run.spells[run.spells["arm"] == "nothing"]
    label = spells["day_joined"] // 28 * 28 if by == "cohort" else spells[by]
    stayed, left = stays(spells, days=100)
    for name in label.unique():
        rows = (label == name).to_numpy()
        curve = table[(table["arm"] == "nothing") & (table[by] == name)]
        fitter = KaplanMeierFitter().fit(stayed[rows], left[rows])
        np.testing.assert_allclose(curve["share"], fitter.survival_function_at_times(curve["age"]), atol=1e-12)
        assert (curve["n"] == rows.sum()).all()
        assert curve["age"].max() == stayed[rows].max()
        assert ((curve["low"] <= curve["share"]) & (curve["share"] <= curve["high"])).all()


def test_members_still_in_are_censored_not_dropped() -> None:
    left = np.array([10, -1, -1, -1])
    spells = spells_of(day_joined=np.zeros(4), day_left=left, reason=(left >= 0) * REASONS.index("left"))
    table = retention(spells, days=50).set_index("age")
    assert table.loc[9, "share"] == 1
    assert table.loc[10, "share"] == 0.75
    assert table.index.max() == 49


def test_dissolving_and_moving_are_not_leaving() -> None:
    reason = [REASONS.index(name) for name in ("dissolved", "transferred", "left", "removed")]
    spells = spells_of(day_joined=np.zeros(4), day_left=np.full(4, 10), reason=np.array(reason))
    stayed, left = stays(spells)
    assert list(stayed) == [10] * 4
    assert list(left) == [False, False, True, True]


def test_retention_by_an_unknown_set_is_refused() -> None:
    with pytest.raises(ValueError, match="by='colour'"):
        retention(spells_of(person=np.arange(3)), by="colour")


def test_reasons_are_shares_of_memberships(run: Results) -> None:
    table = reasons(run.spells)
    spells = run.spells[run.spells["arm"] == "nothing"]
    by_hand = (spells["reason"] == "left").groupby(spells["replicate"]).mean().mean()
    row = table[(table["arm"] == "nothing") & (table["reason"] == "left")].iloc[0]
    assert row["mean"] == pytest.approx(by_hand)
    assert row["low"] < row["mean"] < row["high"]


def test_funnel_counts_ordinary_members() -> None:
    spells = spells_of(
        role=np.array([0, 3, 3, 4, 5]),  # a host, two lurkers, a regular, an advertiser
        n_messages=np.array([50, 0, 1, 9, 3]),
        n_purchases=np.array([9, 2, 1, 0, 0]),
        day_trusting=np.array([0, 4, -1, 0, -1]),
        n_invited=np.array([99, 5, 0, 1, 0]),
        channel=np.full(5, CHANNELS.index("search")),
    )
    table = funnel(spells).set_index("step")
    assert list(table["mean"]) == [6, 4, 3, 2, 2, 1]
    assert list(table.index) == list(STEPS)
    assert table.loc["bought", "of_joined"] == 0.5
    assert table.loc["bought_again", "of_previous"] == 0.5
    assert np.isnan(table.loc["invited", "of_previous"])


def test_the_funnel_by_channel_is_that_of_those_who_came_by_it(run: Results) -> None:
    """By hand: two by search, one invited; and all channels together are the whole funnel."""
    search, invited = CHANNELS.index("search"), CHANNELS.index("invited")
    spells = spells_of(
        role=np.array([0, 3, 3, 4]), channel=np.array([search, search, search, invited]),
        n_messages=np.array([9, 0, 1, 4]), n_purchases=np.array([9, 2, 1, 0]), n_invited=np.array([9, 5, 0, 1]),
    )  # fmt: skip
    table = funnel_by_channel(spells).set_index(["channel", "step"])
    assert list(table.loc["search", "mean"]) == [5, 2, 1, 0, 2, 1]
    assert list(table.loc["invited", "mean"]) == [1, 1, 1, 0, 0, 0]
    assert table.loc[("search", "bought_again"), "of_joined"] == 0.5
    assert set(table.index.get_level_values(0)) == {"search", "invited"}
    parts = funnel_by_channel(run.spells).groupby(["arm", "step"], observed=True)["mean"].sum()
    whole = funnel(run.spells).set_index(["arm", "step"])["mean"]
    assert np.allclose(parts.loc[whole.index], whole)


def test_the_funnel_by_rung_counts_buyers_once_a_rung(run: Results) -> None:
    daily = run.daily[(run.daily["arm"] == "nothing") & (run.daily["replicate"] < 2)]
    bought = pd.DataFrame({"replicate": [0, 0, 0, 1], "group": 0, "person": [7, 7, 8, 9], "day": 3,
                           "rung": [1, 1, 2, 1], "price": [10.0, 10.0, 99.0, 12.0]})  # fmt: skip
    for name in ("arm", "world"):
        bought[name] = pd.Categorical([daily[name].iloc[0]] * 4, categories=daily[name].cat.categories)
    table = funnel_by_rung(bought, daily).set_index(["rung", "measure"])["mean"]
    assert list(table.loc[1]) == [1.0, 1.5, 16.0]
    assert list(table.loc[2]) == [0.5, 0.5, 49.5]
    assert not len(funnel_by_rung(bought.iloc[:0], daily))


def test_revenue_per_member(run: Results) -> None:
    table = revenue(run.daily, run.spells).set_index(["arm", "measure"])["mean"]
    for arm in run.arms:
        daily, spells = run.daily[run.daily["arm"] == arm], run.spells[run.spells["arm"] == arm]
        ordinary = spells[~spells["role"].isin(["Host", "KOL", "Moderator"])]
        total = daily.groupby("replicate")["revenue"].sum()
        assert table[arm, "revenue"] == pytest.approx(total.mean(), rel=1e-5)
        assert table[arm, "sales"] == pytest.approx(spells.groupby("replicate")["spent"].sum().mean(), rel=1e-5)
        assert table[arm, "entries"] == pytest.approx(spells.groupby("replicate")["entry_paid"].sum().mean(), rel=1e-5)
        per_member = (total / ordinary.groupby("replicate").size()).mean()
        assert table[arm, "per_member"] == pytest.approx(per_member, rel=1e-5)


def test_costs_by_strategy(run: Results) -> None:
    assert run.ledger is not None
    table = costs(run.ledger, run.daily).set_index(["arm", "strategy", "measure"])
    paid = run.ledger[run.ledger["arm"] == "red_packet"]
    assert table.loc[("red_packet", "red_packet", "CNY"), "mean"] == pytest.approx(paid["CNY"].sum() / 5)
    hours = paid["host_minutes"].sum() / 60 / 5
    assert table.loc[("red_packet", "red_packet", "host_hours"), "mean"] == pytest.approx(hours)
    assert ("nothing", "red_packet", "CNY") not in table.index
    assert ("nothing", "operator", "CNY") in table.index


def test_a_community_without_an_entry_cost_nothing(run: Results) -> None:
    assert run.ledger is not None
    ledger = run.ledger[(run.ledger["replicate"] > 0) & (run.ledger["arm"] == "red_packet")]
    table = costs(ledger, run.daily)
    assert set(table["arm"]) == {"red_packet"}
    assert (table["n"] == 5).all()
    assert not len(costs(ledger.iloc[:0], run.daily))


def test_an_hour_of_the_host_costs_his_wage() -> None:
    """In two worlds that have an arm of the same name; where no wage is kept nothing is made up."""
    runs = []
    for world, wage in (("cheap", 40.0), ("dear", 90.0)):
        one = fake_results(["nothing"], replicates=3, groups=2, days=40, world=world)
        one.meta["arms"]["nothing"]["operator"] = {"wage": wage}
        runs.append(one)
    table = outcomes(concat(runs)).set_index("world")
    assert (table["host_hours"] > 0).all()
    for world, wage in (("cheap", 40.0), ("dear", 90.0)):
        row = table.loc[world]
        assert np.allclose(row["cost_with_hours"], row["cost"] + wage * row["host_hours"])
        assert np.allclose(row["profit_with_hours"], row["revenue"] - row["cost_with_hours"])
        months = 2 * 40 / 30  # groups on the first day, days of the run
        assert np.allclose(row["profit_month"], row["profit_with_hours"] / months)
        assert np.allclose(row["hours_month"], row["host_hours"] / months)
    unkept = fake_results(["nothing"], replicates=3, groups=2, days=40)
    del unkept.meta["arms"]["nothing"]["operator"]
    unknown = outcomes(unkept)
    assert unknown[["cost_with_hours", "profit_with_hours"]].isna().all(axis=None)
    assert unknown["profit"].notna().all()


def test_returns(run: Results) -> None:
    table = returns(run.daily).set_index(["arm", "measure"])
    assert np.isnan(table.loc[("nothing", "return"), "mean"])
    assert table.loc[("nothing", "return"), "n"] == 0
    daily = run.daily[run.daily["arm"] == "red_packet"]
    sums = daily.groupby("replicate")[["revenue", "cost", "host_minutes"]].sum().astype(float)
    profit = sums["revenue"] - sums["cost"]
    assert table.loc[("red_packet", "profit"), "mean"] == pytest.approx(profit.mean(), rel=1e-5)
    assert table.loc[("red_packet", "return"), "mean"] == pytest.approx((profit / sums["cost"]).mean(), rel=1e-5)
    hourly = (profit / sums["host_minutes"] * 60).mean()
    assert table.loc[("red_packet", "profit_per_hour"), "mean"] == pytest.approx(hourly, rel=1e-5)


def test_tables_of_different_runs_do_not_mix(run: Results) -> None:
    other = fake_results(arms=("nothing",), replicates=9, groups=2, days=30)
    spells = other.spells.assign(arm=pd.Categorical(["other"] * len(other.spells)))
    with pytest.raises(ValueError, match="do not belong together"):
        revenue(run.daily, spells)
