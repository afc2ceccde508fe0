"""Differences under common luck: right on average, honest about luck, and blind to nothing that is there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.analysis.outcomes import OUTCOMES, counted, outcomes
from sim.analysis.statistics.paired import CLEAR, LUCK, paired
from sim.data.results import Results
from tests.fakes import ARMS, META, fake_arrays, fake_results


def table_of(world: str = "w", **arms: np.ndarray) -> pd.DataFrame:
    """Outcomes with one outcome ``revenue`` by arm."""
    parts = [
        pd.DataFrame({"arm": arm, "world": world, "replicate": np.arange(len(values)), "revenue": values})
        for arm, values in arms.items()
    ]
    return pd.concat(parts, ignore_index=True).astype({"arm": "category", "world": "category"})


def test_paired_is_the_paired_t_test_of_scipy_where_nothing_is_skewed() -> None:
    rng = np.random.default_rng(1)
    base, half = rng.normal(10, 5, 30), rng.normal(0, 1, 15)
    arm = base + 1 + np.concatenate([half, -half])
    row = paired(table_of(nothing=base, arm=arm)).iloc[0]
    test = stats.ttest_rel(arm, base)
    interval = test.confidence_interval()
    assert [row["low"], row["high"], row["p"]] == pytest.approx([interval.low, interval.high, test.pvalue])
    assert row["difference"] == pytest.approx((arm - base).mean())
    assert row["n"] == 30
    assert row["luck"] == CLEAR
    assert row["better"] == 1


def many_of(world: str = "w", **arms: np.ndarray) -> pd.DataFrame:
    """Outcomes from arrays (replicates, repetitions): each repetition of the experiment is an outcome of its own."""
    parts = []
    for arm, values in arms.items():
        frame = pd.DataFrame(values, columns=[f"o{i}" for i in range(values.shape[1])])
        parts.append(frame.assign(arm=arm, world=world, replicate=np.arange(len(values))))
    return pd.concat(parts, ignore_index=True).astype({"arm": "category", "world": "category"})


def test_intervals_cover_the_truth_19_times_in_20() -> None:
    rng = np.random.default_rng(20)
    common = rng.gamma(2, 5, (25, 4000))
    base, arm = common + rng.exponential(1, common.shape), common * 1.1 + rng.exponential(1, common.shape)
    table = paired(many_of(nothing=base, arm=arm))
    covered = ((table["low"] <= 1.0) & (table["high"] >= 1.0)).mean()  # a tenth of the mean 10 of the common part
    assert 0.93 < covered < 0.97
    found, unpaired = (table["luck"] == CLEAR).mean(), stats.ttest_ind(arm, base).pvalue < 0.05
    assert found > 0.7 > 0.2 > unpaired.mean()  # without pairing the same effect drowns in luck


def test_holm_over_the_arms_of_one_outcome() -> None:
    rng = np.random.default_rng(3)
    base = rng.normal(0, 1, 20)
    arms = {f"arm{i}": base + rng.normal(0.3, 0.6, 20) for i in range(6)}
    table = paired(table_of(nothing=base, **arms))
    ordered = table.sort_values("p")
    assert ordered["p_holm"].iloc[0] == pytest.approx(min(1, 6 * ordered["p"].iloc[0]))
    assert (table["p_holm"] >= table["p"]).all()
    assert ((table["luck"] == CLEAR) == (table["p_holm"] < 0.05)).all()


def test_false_alarms_are_rare_over_all_arms() -> None:
    rng = np.random.default_rng(8)
    base = rng.normal(0, 1, (15, 2000))
    table = paired(many_of(nothing=base, **{f"a{i}": base + rng.normal(0, 1, base.shape) for i in range(6)}))
    alarm = (table["luck"] == CLEAR).groupby(table["outcome"]).any()
    assert alarm.mean() < 0.065


def test_equal_arms_and_constant_differences() -> None:
    base = np.arange(5.0)
    table = paired(table_of(nothing=base, same=base, more=base + 2)).set_index("arm")
    assert table.loc["same", ["difference", "p"]].tolist() == [0, 1]
    assert table.loc["same", "luck"] == LUCK
    assert table.loc["same", "better"] == 0
    assert table["rough"].all()  # five equal values are no perfect knowledge
    assert table[["low", "high"]].isna().all(axis=None)
    assert table.loc["more", "p"] == 2 / 2**5
    assert paired(table_of(nothing=np.arange(9.0), more=np.arange(9.0) + 2)).loc[0, "luck"] == CLEAR


def test_rounding_of_stored_numbers_is_no_effect() -> None:
    base = np.full(8, 1620.0)
    assert paired(table_of(nothing=base, arm=base + 3e-5)).iloc[0]["luck"] == LUCK


def test_only_shared_and_defined_replicates_count() -> None:
    base, arm = np.arange(6.0), np.arange(4.0) + 1
    arm[2] = np.nan
    row = paired(table_of(nothing=base, arm=arm)).iloc[0]
    assert row["n"] == 3
    assert row["difference"] == 1
    assert row["reference_mean"] == pytest.approx(4 / 3)
    row = paired(table_of(nothing=base[:1], arm=base[:1] + 9)).iloc[0]
    assert row["n"] == 1
    assert np.isnan(row["low"])
    assert row["luck"] == LUCK


def test_worlds_are_kept_apart() -> None:
    both = pd.concat(
        [table_of("a", nothing=np.zeros(4), arm=np.ones(4)), table_of("b", nothing=np.zeros(4), arm=-np.ones(4))]
    ).astype({"arm": "category", "world": "category"})
    assert list(paired(both)["difference"]) == [1, -1]


def test_an_unknown_arm_is_named() -> None:
    table = table_of(nothing=np.zeros(4), red_packet=np.ones(4))
    with pytest.raises(ValueError, match=r"'nothin'.*did you mean 'nothing'"):
        paired(table, reference="nothin")


COUNTED = counted()
CORE = [name for name, one in OUTCOMES.items() if name not in COUNTED and not one.needs]
UNTOLD = {"veterans_left", "presence", "without_expert", "after_expert", "willingness", "renewal", "net_promoters",
          "cost_of_leaving", "customers_seen", "new_to_repeat", "repurchase", "opened_messages"}  # fmt: skip
"""What runs that never happened cannot tell: their tables are empty there, and they keep no knobs of the mind."""


@pytest.fixture(scope="module")
def run() -> Results:
    return fake_results(replicates=8, groups=4, days=120)


def test_outcomes_have_one_row_a_community_and_one_column_an_outcome(run: Results) -> None:
    table = outcomes(run)
    assert list(table.columns) == ["arm", "world", "replicate", *CORE]
    assert len(table) == len(ARMS) * 8
    assert table[[name for name in CORE if name not in UNTOLD]].notna().all(axis=None)
    assert table[sorted(UNTOLD - {"repurchase", "after_expert"})].isna().all(axis=None)  # undefined, not 0
    shares = [name for name, outcome in OUTCOMES.items() if outcome.unit == "share" and name in CORE]
    assert ((table[shares].fillna(0) >= 0) & (table[shares].fillna(0) <= 1)).all(axis=None)
    assert all(outcome.zh and outcome.en and outcome.unit for outcome in OUTCOMES.values())


def test_outcomes_are_what_they_say(run: Results) -> None:
    table = outcomes(run).set_index(["arm", "replicate"])
    daily = run.daily[(run.daily["arm"] == "paid_entry") & (run.daily["replicate"] == 3)]
    row, sums = table.loc[("paid_entry", 3)], daily.sum(numeric_only=True)
    assert row["advert_share"] == pytest.approx(sums["n_ads"] / sums["n_messages"])
    assert row["members_adverts"] == pytest.approx(sums["n_ads"] / (sums["n_ads"] + sums["n_member_messages"]))
    assert row["members"] == pytest.approx(daily["n_members"].mean())
    assert row["members_end"] == pytest.approx(daily[daily["day"] == 119]["n_members"].mean())
    assert row["members_peak"] == pytest.approx(daily.groupby("group")["n_members"].max().mean())
    n = daily["n_members"] + daily["new_left"]  # in the morning; the host trusts the host, and is left out
    trust = (daily["mean_trust"] * n - 1)[n > 1].sum() / (n - 1).sum()
    assert row["trust"] == pytest.approx(trust, rel=1e-5)
    assert row["profit"] == pytest.approx(float(daily["revenue"].sum() - daily["cost"].sum()), rel=1e-5)
    last = daily[daily["n_member_messages"] > 0].groupby("group")["day"].max().reindex(range(4), fill_value=0)
    assert row["alive"] == pytest.approx((last > 119 - 28).mean())
    assert row["lifetime"] == pytest.approx(np.minimum(last, 91).mean())


def test_summary_of_results(run: Results) -> None:
    summary = run.summary
    assert list(summary) == list(ARMS)
    assert set(summary["nothing"]) == set(CORE)
    cell = summary["nothing"]["lifetime"]
    values = outcomes(run).query("arm == 'nothing'")["lifetime"]
    assert cell["mean"] == pytest.approx(values.mean())
    assert cell["n"] == 8
    assert cell["low"] < cell["mean"] < cell["high"]


def test_a_real_effect_is_found_and_common_luck_helps(run: Results) -> None:
    table = paired(outcomes(run)).set_index(["arm", "outcome"])
    assert table.loc[("all_four", "lifetime"), "luck"] == CLEAR
    assert table.loc[("all_four", "lifetime"), "better"] == 1
    assert table.loc[("advert_ban", "advert_share"), "better"] == 1
    width = table.loc[("all_four", "lifetime"), "high"] - table.loc[("all_four", "lifetime"), "low"]
    cells = [run.summary[arm]["lifetime"] for arm in ("nothing", "all_four")]
    assert width < np.hypot(*[cell["high"] - cell["low"] for cell in cells])


def test_outcomes_do_not_depend_on_order_of_rows(run: Results) -> None:
    tables = {name: frame.sample(frac=1, random_state=2).reset_index(drop=True) for name, frame in run.tables.items()}
    mixed = outcomes(Results(**tables, meta=run.meta))
    pd.testing.assert_frame_equal(outcomes(run), mixed, rtol=1e-6)


def test_who_is_in_on_the_last_day_is_asked_of_the_runs_last_day() -> None:
    """Where all groups had ended before, that of the last of them was taken, unless another arm stood beside."""
    table = outcomes(Results.from_arrays("nothing", "w", fake_arrays(3, 2, 60), {**META, "days": 90}))
    assert table[["members_end", "strong_pairs", "pairs_per_member"]].isna().all(axis=None)
    assert np.isfinite(table[["members", "lines_each"]]).all(axis=None)


def test_a_community_without_members_has_no_shares() -> None:
    arrays = fake_arrays(3, 2, 60)
    arrays["spells"] = arrays["spells"][arrays["spells"]["replicate"] > 0]
    table = outcomes(Results.from_arrays("nothing", "w", arrays, {**META, "days": 60}))
    assert np.isnan(table["buyers"][0])
    assert np.isfinite(table["buyers"][1])
