"""The command of sensitivity: what it plays, prints and writes, and what is said of mistakes."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.config import catalog
from scenarios.experiments.sensitivity.file import read_sensitivity
from scenarios.experiments.sensitivity.sensitivities import Sensitivities, study_of, table_of
from scenarios.experiments.session import read_words
from sim.analysis.experiment.sensitivity import cube
from tests.experiments.mistakes import Mistake, check, end_in_one_message, file_of

pytest.importorskip("SALib")

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
    return file_of(conf, "sensitivity", made)


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
    assert "24 runs: 24 were stored, 0 played" in capsys.readouterr().out
    assert (tmp_path / "indices.csv").read_bytes() == first


def test_failed_runs_leave_their_point_undefined(conf: Path) -> None:
    made, _ = read_words(Sensitivities(), [f"sensitivity={written(conf, GOOD)}"])
    points = cube(made.method, made.knobs, made.n, made.seed)
    arms = list(study_of(made, points).arms)
    rows = [(arm, r, points[n, 1] * 3, 1.0) for n, arm in enumerate(arms) for r in range(2)]
    outcomes = pd.DataFrame(rows, columns=["arm", "replicate", "turned_away", "members"])
    whole = table_of(made, points, outcomes)
    assert whole.loc[0, "knob"] == "strategies.paid_entry.price"
    assert whole.loc[0, "value"] == pytest.approx(3)
    assert table_of(made, points, outcomes.drop(index=[0]))["value"].notna().all()  # its twin is there
    assert table_of(made, points, outcomes.drop(index=[0, 1]))["value"].isna().all()


@pytest.mark.parametrize("name", catalog.options("sensitivity"))
def test_ready_analyses_are_whole(name: str) -> None:
    from scenarios.experiments.cells import cells_of

    made = read_sensitivity(name)
    assert made.title["zh"] != made.title["en"]
    ends = np.array([[0.0] * len(made.axes), [1.0] * len(made.axes)])
    assert len(cells_of(study_of(made, ends))) == 2


def test_the_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "SALib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "SALib", None)
    assert main(["sensitivity", "sensitivity=packets"]) == 2
    assert "shequn[sensitivity]" in capsys.readouterr().err


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
    end_in_one_message("sensitivity", GOOD, mistake, conf, tmp_path / "s", capsys)


@pytest.mark.parametrize(
    ("words", "offender"),
    [([], "sensitivity=NAME"), (["sensitivity=pakets"], "packets"), (["sensitivity=packets", "n=12"], "n=12"),
     (["sensitivity=packets", "n=few"], "n=few"), (["sensitivity=packets", "seeds=0"], "seeds=0"),
     (["sensitivity=packets", "seed=-1"], "seed=-1"),
     (["sensitivity=packets", "strategies.red_packet.hour=9"], "varies this knob"),
     (["sensitivity=packets", "until=3"], "until")],
)  # fmt: skip
def test_mistakes_on_the_command_line(words: list[str], offender: str, tmp_path: Path,
                                      capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    code = main(["sensitivity", *words, f"store={tmp_path}"])
    check(code, capsys.readouterr().err, offender)
