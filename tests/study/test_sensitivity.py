"""Sensitivity: known indices lie in their intervals, a dead knob comes last, luck is told from effect, mistakes."""

from __future__ import annotations

import copy
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from scenarios.__main__ import main
from scenarios.study.sensitivity.file import read_sensitivity, study_of
from scenarios.study.sensitivity.session import read_words, table_of
from sim.analysis.sensitivity import cube, indices, n_points
from sim.plots.study.sensitivity import draw_sensitivity
from sim.plots.style import to_png

pytest.importorskip("SALib")

NAMES = ("a", "b", "c", "dead")
# Ishigami & Homma (1990): sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 on [−π, π]³; indices by integration.
TRUTH = {("a", "S1"): 0.3139, ("b", "S1"): 0.4424, ("c", "S1"): 0.0, ("dead", "S1"): 0.0,
         ("a", "ST"): 0.5576, ("b", "ST"): 0.4424, ("c", "ST"): 0.2437, ("dead", "ST"): 0.0}  # fmt: skip


def ishigami(u: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def looked_up(found: pd.DataFrame, index: str) -> pd.DataFrame:
    return found[found["index"] == index].set_index("knob")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sobol_indices_of_ishigami_lie_in_their_intervals(seed: int) -> None:
    points = cube("sobol", NAMES, 512, seed)
    assert len(points) == n_points("sobol", 4, 512) == 3072
    found = indices("sobol", NAMES, points, ishigami(points)[:, None]).set_index(["knob", "index"])
    for key, truth in TRUTH.items():
        row = found.loc[key]
        assert row["low"] - 1e-9 <= truth <= row["high"] + 1e-9, (key, row)
        assert row["high"] - row["low"] < 0.35  # it does say something
    assert list(looked_up(found.reset_index(), "ST").index) == list(NAMES)  # the most important first


@pytest.mark.slow
def test_intervals_of_sobol_indices_cover_what_they_should() -> None:
    """30 designs × 6 indices of live knobs; the intervals of one design go along, so the band is wide."""
    hits = []
    for seed in range(100, 130):
        points = cube("sobol", NAMES, 128, seed)
        found = indices("sobol", NAMES, points, ishigami(points)[:, None]).set_index(["knob", "index"])
        for key, truth in TRUTH.items():
            if key[0] != "dead":
                hits.append(found.loc[key, "low"] <= truth <= found.loc[key, "high"])
    assert np.mean(hits) > 0.88


def test_morris_ranks_a_dead_knob_last_and_knows_a_straight_line() -> None:
    points = cube("morris", NAMES, 20, 1)
    y = 6 * points[:, 0] - 3 * points[:, 1] + 4 * points[:, 0] * points[:, 2]
    found = indices("morris", NAMES, points, np.column_stack([y, y + 5]))
    star, mean, sigma = (looked_up(found, name) for name in ("mu_star", "mu", "sigma"))
    assert star.index[-1] == "dead"
    assert star.index[0] == "a"
    assert star.loc["dead", "value"] == star.loc["dead", "high"] == 0
    assert mean.loc["b", "value"] == pytest.approx(-3)  # in the outcome's unit for the whole range
    assert sigma.loc["b", "value"] == pytest.approx(0, abs=1e-9)
    assert sigma.loc["c", "value"] > 0.5  # it works through another knob
    assert star["noise"].max() < 1e-9  # both communities say the same


def test_luck_is_told_from_effect() -> None:
    """A dead knob in a world that reshuffles looks as large as luck alone would make it; a live one does not."""
    points, dice = cube("morris", NAMES, 60, 2), np.random.default_rng(3)
    values = (5 * points[:, 0])[:, None] + dice.normal(size=(len(points), 8))
    star = looked_up(indices("morris", NAMES, points, values), "mu_star")
    assert star.loc["a", "low"] > 3 * star.loc["a", "noise"]
    for knob in ("b", "c", "dead"):
        assert 0.7 < star.loc[knob, "value"] / star.loc[knob, "noise"] < 1.4
    more = (5 * points[:, 0])[:, None] + dice.normal(size=(len(points), 128))
    calmer = looked_up(indices("morris", NAMES, points, more), "mu_star")
    assert calmer.loc["dead", "value"] < star.loc["dead", "value"] / 2


def test_intervals_know_of_luck() -> None:
    points, dice = cube("morris", NAMES, 20, 2), np.random.default_rng(4)
    # Each community has a slope of its own: no design tells that, only more communities do.
    slopes = dice.normal(5, 3, 6)
    values = points[:, :1] * slopes
    row = looked_up(indices("morris", NAMES, points, values), "mu").loc["a"]
    assert row["high"] - row["low"] > 2 * slopes.std() / np.sqrt(6)
    assert row["low"] < 5 < row["high"]


def test_undefined_and_constant_outcomes_have_no_index() -> None:
    points = cube("sobol", NAMES, 16, 1)
    y = ishigami(points)[:, None]
    gap = y.copy()
    gap[3] = np.nan
    assert indices("sobol", NAMES, points, gap)["value"].isna().all()
    assert indices("sobol", NAMES, points, np.ones_like(y))["value"].isna().all()
    some = np.column_stack([y, y])
    some[3, 1] = np.nan  # one community of two
    assert indices("sobol", NAMES, points, some)["value"].notna().all()


def test_same_seed_same_points() -> None:
    for method in ("morris", "sobol"):
        assert (cube(method, NAMES, 8, 1) == cube(method, NAMES, 8, 1)).all()
        assert (cube(method, NAMES, 8, 1) != cube(method, NAMES, 8, 2)).any()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_pictures(method: str, lang: str) -> None:
    points = cube(method, NAMES, 16, 1)
    found = indices(method, NAMES, points, ishigami(points)[:, None] + np.zeros((1, 3)))
    found.insert(0, "outcome", "lifetime")
    figure = draw_sensitivity(found, method, lang)
    first = found["knob"].iloc[0]
    assert f"{first}" in figure.texts[0].get_text()
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == list(dict.fromkeys(found["knob"]))
    assert to_png(figure) == to_png(draw_sensitivity(found, method, lang))
    empty = found.assign(value=np.nan, low=np.nan, high=np.nan)
    assert to_png(draw_sensitivity(empty, method, lang))


# --- the command -----------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "title": {"en": "Cap and price", "zh": "上限与价格"},
    "question": {"en": "Which?", "zh": "哪个？"},
    "world": ["scenario=pet_owners", "population.groups=2", "population.seats=30"],
    "base": ["strategy=[group_cap,paid_entry]"],
    "over": {
        "strategies.group_cap.limit": {"low": 100, "high": 200},  # in a group of 30 seats a cap nobody ever meets
        "strategies.paid_entry.price": {"low": 0.1, "high": 200, "log": True},
    },
    "method": "morris",
    "n": 4,
    "outcomes": ["turned_away", "members"],
    "seeds": 2,
    "days": 30,
}


def written(conf: Path, made: object) -> str:
    """Write an analysis as mine.yaml and return its name."""
    (conf.parent / "sensitivity").mkdir(exist_ok=True)
    (conf.parent / "sensitivity" / "mine.yaml").write_text(yaml.safe_dump(made, allow_unicode=True), "utf-8")
    return "mine"


def test_a_cap_nobody_meets_does_nothing_and_a_price_does(
    conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [f"sensitivity={written(conf, GOOD)}", "runner=serial", f"store={tmp_path / 's'}", f"out={tmp_path}"]
    assert main(["sensitivity", *words]) == 0
    out = capsys.readouterr().out
    assert "12 points × 2 seeds" in out
    assert "14 played, 0 failed" in out  # five points of this small grid come twice, and are played once
    first = (tmp_path / "indices.csv").read_bytes()
    table = pd.read_csv(tmp_path / "indices.csv")
    members = table[(table["outcome"] == "members") & (table["index"] == "mu_star")].set_index("knob")
    assert list(members.index) == ["strategies.paid_entry.price", "strategies.group_cap.limit"]
    assert members.loc["strategies.group_cap.limit", "value"] == 0
    assert members.loc["strategies.paid_entry.price", "value"] > 0
    assert {path.name for path in tmp_path.glob("*.png")} == {f"{name}_{lang}.png" for name in GOOD["outcomes"]
                                                              for lang in ("en", "zh")}  # fmt: skip
    assert main(["sensitivity", *words, "report=false"]) == 0
    assert "24 runs were stored, 0 played" in capsys.readouterr().out
    assert (tmp_path / "indices.csv").read_bytes() == first


def test_failed_runs_leave_their_point_undefined(conf: Path) -> None:
    made, _ = read_words([f"sensitivity={written(conf, GOOD)}"])
    points = cube(made.method, made.knobs, made.n, made.seed)
    arms = list(study_of(made, points.tolist()).arms)
    rows = [(arm, r, points[n, 1] * 3, 1.0) for n, arm in enumerate(arms) for r in range(2)]
    outcomes = pd.DataFrame(rows, columns=["arm", "replicate", "turned_away", "members"])
    whole = table_of(made, points, outcomes)
    assert whole.loc[0, "knob"] == "strategies.paid_entry.price"
    assert whole.loc[0, "value"] == pytest.approx(3)
    assert table_of(made, points, outcomes.drop(index=[0]))["value"].notna().all()  # its twin is there
    assert table_of(made, points, outcomes.drop(index=[0, 1]))["value"].isna().all()


@pytest.mark.parametrize("name", ["host_or_fate", "packets"])
def test_ready_analyses_are_whole(name: str) -> None:
    from scenarios.study.cells import cells_of

    made = read_sensitivity(name)
    assert made.title["zh"] != made.title["en"]
    ends = [[0.0] * len(made.axes), [1.0] * len(made.axes)]
    assert len(cells_of(study_of(made, ends))) == 2


def test_the_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "SALib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "SALib", None)
    assert main(["sensitivity", "sensitivity=packets"]) == 2
    assert "shequn[sensitivity]" in capsys.readouterr().err


Mistake = Callable[[dict[str, Any], random.Random], str]


def misspelt(made: dict[str, Any], dice: random.Random) -> str:
    key = dice.choice(["over", "method", "outcomes", "seeds", "n"])
    made["x" + key] = made.pop(key)
    return "x" + key


def missing(made: dict[str, Any], dice: random.Random) -> str:
    key = dice.choice(["question", "over"])
    made.pop(key)
    return key


def wrong_method(made: dict[str, Any], dice: random.Random) -> str:
    made["method"] = dice.choice(["moris", "fast", 3, ["sobol"]])
    return "method"


def wrong_n(made: dict[str, Any], dice: random.Random) -> str:
    made["method"] = "sobol"
    made["n"] = dice.choice([0, 1, 12, -4, "many", 2.5, 8192, 10**9])
    return "n="


def wrong_outcome(made: dict[str, Any], dice: random.Random) -> str:
    made["outcomes"] = dice.choice([["lifetme"], [], "lifetime", [3], ["members", "members"]])
    return "outcomes"


def wrong_knob(made: dict[str, Any], dice: random.Random) -> str:
    wrong = dice.choice(["limit", "strategies.group_cap.limt", "strategy", "strategies.red_packet.amount"])
    made["over"] = {wrong: "declared"}
    return wrong if "packet" not in wrong else "'red_packet' is not chosen"


def wrong_range(made: dict[str, Any], dice: random.Random) -> str:
    wrong = dice.choice([{"low": 9, "high": 2}, {"low": -5}, {"log": 3}, {"high": 10**9}, 5, "all", [True, 7]])
    made["over"]["strategies.group_cap.limit"] = wrong
    return "limit"


def not_composed(made: dict[str, Any], dice: random.Random) -> str:
    text = dice.choice(["talk.tie_gian=1", "seed=3", "population.seats=-4", "replicates=3"])
    made["world"].append(text)
    return text.split("=")[0].split(".")[-1]


MISTAKES: list[Mistake] = [misspelt, missing, wrong_method, wrong_n, wrong_outcome, wrong_knob, wrong_range,
                           not_composed]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_malformed_analyses_end_in_one_message(
    mistake: Mistake, conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(mistake.__name__)
    for _ in range(4):
        made = copy.deepcopy(GOOD)
        offender = mistake(made, dice)
        code = main(["sensitivity", f"sensitivity={written(conf, made)}", f"store={tmp_path / 's'}"])
        check(code, capsys.readouterr().err, offender)
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    ("words", "offender"),
    [([], "sensitivity=NAME"), (["sensitivity=pakets"], "packets"), (["sensitivity=packets", "n=12"], "n=12"),
     (["sensitivity=packets", "n=few"], "n=few"), (["sensitivity=packets", "seeds=0"], "seeds=0"),
     (["sensitivity=packets", "seed=-1"], "seed=-1"),
     (["sensitivity=packets", "strategies.red_packet.hour=9"], "moves this knob"),
     (["sensitivity=packets", "until=3"], "until")],
)  # fmt: skip
def test_mistakes_on_the_command_line(words: list[str], offender: str, tmp_path: Path,
                                      capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    code = main(["sensitivity", *words, f"store={tmp_path}"])
    check(code, capsys.readouterr().err, offender)


def check(code: int, message: str, offender: str) -> None:
    assert code == 2, message
    assert message.startswith("shequn: ")
    assert 1 <= len(message.strip().splitlines()) <= 3, message
    assert "Traceback" not in message
    assert offender in message, message
