"""What each part of a whole earns and costs, against numbers made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.experiments.left_out import each_left_out
from scenarios.reports.returns_table import returns_table
from scenarios.reports.study_report import write_study_report
from scenarios.reports.study_tables import tables
from sim.analysis.experiment.findings import Findings
from sim.analysis.experiment.returns import WHOLE, parts_of, ratio
from sim.analysis.statistics.intervals import t_interval
from sim.analysis.statistics.paired import paired
from sim.locale.words import arm_label
from sim.plots.experiment.album import PICTURES
from tests.studies import Ask, fake_study

N, WAGE = 20, 40.0
LUCK = np.random.default_rng(8).normal(size=(4, N))
LUCK -= LUCK.mean(axis=1, keepdims=True)
#: Strategy → what it adds in each community: revenue, cost, hours of the host.
ADDS = {
    "paid_entry": (300 + 20 * LUCK[0], 100 + 5 * LUCK[1], np.full(N, 1.0)),  # 300 for 140
    "red_packet": (100 + 20 * LUCK[2], 160 + 5 * LUCK[3], np.full(N, 0.5)),  # 100 for 180
    "advert_ban": (50 + 5 * LUCK[1], np.zeros(N), np.zeros(N)),  # 50 for nothing
    "fixed_time": (20 * LUCK[3], 5 * LUCK[0], np.zeros(N)),  # nothing on average
}
LIVES = pd.DataFrame({"arm": [WHOLE], "world": "w", "replicate": 0, "group": 0, "lifetime": 9, "censored": True,
                      "cause": None})  # fmt: skip


@dataclass(frozen=True)
class Left(Ask):
    """A study that says which key it varies."""

    varied: tuple[str, ...] = ("strategy",)


def money(revenue: np.ndarray, cost: np.ndarray, hours: np.ndarray) -> dict[str, np.ndarray]:
    """All outcomes in yuan and hours."""
    spent = cost + WAGE * hours
    return {"revenue": revenue, "cost": cost, "host_hours": hours, "cost_with_hours": spent, "profit": revenue - cost,
            "profit_with_hours": revenue - spent}  # fmt: skip


def study(adds: Mapping[str, object] = ADDS, **more: object) -> Left:
    arms = {"nothing": ("strategy=nothing",), **each_left_out([f"strategy=[{','.join(adds)}]"], "here")}
    given = {"outcomes": ("lifetime", "cost_with_hours"), "reference": WHOLE, **more}
    return Left(arms, **given)  # type: ignore[arg-type]


def table(adds: Mapping[str, tuple[np.ndarray, ...]] = ADDS) -> pd.DataFrame:
    """Every strategy adds what it adds, whoever else is there."""
    base = np.random.default_rng(1).normal(0, 300, N)  # the luck of a community is common to its arms
    parts = []
    for arm, there in {WHOLE: set(adds), "nothing": set(), **{f"without {x}": set(adds) - {x} for x in adds}}.items():
        revenue, cost, hours = (sum((adds[x][k] for x in adds if x in there), start)
                                for k, start in enumerate((2000 + base, 500, 30)))  # fmt: skip
        rows = {"arm": arm, "world": "w", "replicate": np.arange(N), "lifetime": 60 + 0 * base}
        parts.append(pd.DataFrame({**rows, **money(revenue, cost, hours)}))
    return pd.concat(parts, ignore_index=True)


def found(adds: Mapping[str, tuple[np.ndarray, ...]] = ADDS, **more: object) -> Findings:
    return Findings(study(adds, **more), table(adds), LIVES)


def test_every_strategy_brings_what_it_adds_with_interval_and_communities() -> None:
    rows = found().returns.set_index(["strategy", "outcome"])
    for strategy, added in ADDS.items():
        for outcome, d in money(*added).items():
            row = rows.loc[(strategy, outcome)]
            assert row["value"] == pytest.approx(d.mean(), abs=1e-9)
            assert row["n"] == N
            if np.ptp(d) > 0:
                assert row["low"] < d.mean() < row["high"]
                assert row["high"] - row["low"] == pytest.approx(2 * (t_interval(d)[2] - d.mean()), rel=0.15)
    assert list(rows.loc["paid_entry"].index) == ["lifetime", *money(*ADDS["paid_entry"]), "return"]


def test_the_most_profitable_comes_first_and_holm_is_over_the_strategies() -> None:
    rows = found().returns
    assert list(rows["strategy"].unique()) == ["paid_entry", "advert_ban", "fixed_time", "red_packet"]
    gained = table()[["arm", "world", "replicate", "profit_with_hours"]]
    same = paired(gained[gained["arm"] != "nothing"], WHOLE).set_index("arm")  # the arm 'nothing' is no comparison here
    for _, row in rows[rows["outcome"] == "profit_with_hours"].iterrows():
        assert row["p_holm"] == same.loc[f"without {row['strategy']}", "p_holm"]
    luck = rows[rows["outcome"] == "profit_with_hours"].set_index("strategy")
    assert list(luck["luck"]) == ["clear", "clear", "could be luck", "clear"]
    assert list(luck["better"][luck["luck"] == "clear"]) == [1, 1, -1]


def test_a_return_is_told_where_the_cost_is_clearly_above_nothing() -> None:
    rows = found().returns
    told = rows[rows["outcome"] == "return"].set_index("strategy")
    assert told.loc["paid_entry", "value"] == pytest.approx(300 / 140)
    assert told.loc["red_packet", "value"] == pytest.approx(100 / 180)
    assert told.loc["paid_entry", "low"] > 1 > told.loc["red_packet", "high"]
    assert told.loc[["advert_ban", "fixed_time"], ["value", "low", "high"]].isna().all(axis=None)


def test_limits_of_a_ratio_are_fiellers() -> None:
    """Against the closed form, which holds for Student's interval: no skew here."""
    x = np.r_[LUCK[0], -LUCK[0]] * 30 + 200
    y = np.r_[LUCK[1], -LUCK[1]] * 30 + 100
    value, low, high = ratio(x, y)
    n, cov = len(x), np.cov(x, y)
    t2 = ((t_interval(x)[2] - x.mean()) / np.sqrt(cov[0, 0] / n)) ** 2
    pairs = ((y, y, cov[1, 1]), (x, y, cov[0, 1]), (x, x, cov[0, 0]))
    a, b, c = (p.mean() * q.mean() - t2 * s / n for p, q, s in pairs)
    ends = (b + np.array([-1, 1]) * np.sqrt(b * b - a * c)) / a
    assert value == pytest.approx(2.0)
    assert (low, high) == pytest.approx(tuple(ends), rel=0.01)


def test_a_return_beyond_one_is_a_clear_profit() -> None:
    """A profit is revenue less one times the cost: both are judged by the same interval."""
    rng = np.random.default_rng(5)
    sides = []
    for _ in range(40):
        earned, paid = rng.normal(110, 40, 12), rng.normal(100, 10, 12)
        _, low, high = ratio(earned, paid)
        _, least, most, _ = t_interval(earned - paid)
        sides.append((low > 1, high < 1))
        assert (low > 1) <= (least > 0)
        assert (high < 1) <= (most < 0)
    assert any(one for one, _ in sides)


def test_a_ratio_that_never_varies_has_no_interval() -> None:
    value, low, high = ratio(np.array([2.0, 4.0, 8.0]), np.array([1.0, 2.0, 4.0]))
    assert value == 2.0
    assert np.isnan([low, high]).all()


def test_limits_of_a_ratio_hold() -> None:
    rng = np.random.default_rng(2)
    hits = [low <= 1.5 <= high for _, low, high in
            (ratio(150 + rng.normal(0, 60, 15), rng.normal(100, 20, 15)) for _ in range(400))]  # fmt: skip
    assert 0.92 < np.mean(hits) < 0.985


def test_the_page_has_one_row_a_strategy_and_says_what_cannot_be_told() -> None:
    english, chinese = (returns_table(found(), "w", lang) for lang in ("en", "zh"))
    order = ("paid_entry", "advert_ban", "fixed_time", "red_packet")
    assert [row["label"] for row in english["rows"]] == [arm_label(name, "en") for name in order]
    first, last = english["rows"][0], english["rows"][-1]
    assert [one["value"] for one in first["cells"]] == ["0‡", "+300", "+100", "+1.00‡", "+140", "+200", "+160", "2.14"]
    assert "n = " not in str(english["rows"])
    assert first["cells"][1]["mark"] == "up"
    assert first["cells"][2]["mark"] == "down"
    assert last["cells"][6]["value"] == "−80.0"
    why = {row["label"]: row["cells"][7]["interval"] for row in english["rows"] if row["cells"][7]["value"] == "–"}
    assert list(why.values()) == ["costs nothing", "cost not clearly above 0"]
    free, unclear = why
    assert f"'{first['label']}' brings most (+160 CNY in the whole run, +1" in english["below"]
    assert f"'{last['label']}' least (−80.0 CNY" in english["below"]
    assert english["below"].startswith("A prediction of the model")
    assert english["below"].endswith(f"Holm's correction over 4 strategies these cannot be told from 0: {unclear}.")
    assert free not in english["below"]
    assert chinese["below"].startswith("模型的预测")
    assert "无法与 0 区分的是" in chinese["below"]


def test_all_that_is_clear_and_what_saves_is_said() -> None:
    saves = {"paid_entry": ADDS["paid_entry"], "advert_ban": (50 + LUCK[1], -30 + LUCK[0], np.zeros(N))}
    made = returns_table(found(saves), "w", "en")
    assert made["rows"][1]["cells"][7] == {"value": "–", "interval": "saves cost", "mark": ""}
    assert made["below"].endswith("each of them can be told from 0.")


def test_a_community_that_one_arm_lacks_is_not_paired_and_that_is_told() -> None:
    rows = table()
    gone = (rows["arm"] == "without paid_entry") & (rows["replicate"] < 3)
    fewer = Findings(study(), rows[~gone], LIVES)
    some = fewer.returns
    first, *rest = returns_table(fewer, "w", "en")["rows"]
    assert all(one["interval"].endswith(f"n = {N - 3}") for one in first["cells"])
    assert "n = " not in str(rest)
    counts = some[some["outcome"] != "return"].groupby("strategy")["n"].unique()
    assert {name: list(ns) for name, ns in counts.items()} == {name: [N - 3 * (name == "paid_entry")] for name in ADDS}
    assert some.set_index(["strategy", "outcome"]).loc[("paid_entry", "return"), "n"] == N - 3


def test_another_study_has_no_such_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(PICTURES):
        monkeypatch.delitem(PICTURES, name)
    assert parts_of(replace(study(), varied=())) == {}
    assert list(parts_of(study())) == list(ADDS)
    other = fake_study()
    assert not any("in the company" in one["title"] for one in tables(Findings(*other), "pet_owners", "en"))
    assert "in the company of the others" not in write_study_report(*other, tmp_path / "other", "en").read_text("utf-8")
    assert not (tmp_path / "other" / "returns.csv").exists()
    page = write_study_report(study(), table(), LIVES, tmp_path / "left").read_text("utf-8")
    assert "What each strategy brings in the company of the others" in page
    assert "每一招在与其余各招并用时带来什么" in page
    numbers = pd.read_csv(tmp_path / "left" / "returns.csv")
    np.testing.assert_allclose(numbers[["value", "low", "high"]], found().returns[["value", "low", "high"]])
