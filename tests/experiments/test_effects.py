"""``shequn effects``: what is played for which expectation, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.config import catalog
from scenarios.errors import ConfigError
from scenarios.experiments.cells import cells_of
from scenarios.experiments.trials.asked import trials_of
from scenarios.reports.effects_table import told
from scenarios.strategies.expected import strategy_and_dose
from scenarios.strategies.plans import PLANS
from sim.analysis.experiment.trials import VERDICTS, Trial, judged
from sim.locale.words import arm_label

TINY = ("population.groups=3", "population.seats=30")


def test_every_strategy_that_expects_something_is_tried_at_three_doses_in_its_world() -> None:
    asked = trials_of((), 200, 1, ("population=small",))
    expecting = {name: made.expected for name, made in {**catalog.strategies(), **PLANS}.items() if made.expected}
    assert {case.strategy for case in asked.cases} == set(expecting)
    for name, expected in expecting.items():
        mine = [case for case in asked.cases if case.strategy == name]
        assert len(mine) == 3 * len(expected)
        assert sum(case.is_judged for case in mine) == len(expected)
        for case in mine:
            study = asked.studies[case.study]
            assert case.arm in study.arms
            assert case.expected.outcome in study.outcomes
            assert (study.days, study.seeds) == (case.expected.days, 200)


def test_the_reference_has_what_is_played_beside_and_instead() -> None:
    asked = trials_of((), 2, 1, tuple(word for word in TINY if "seats" not in word))  # some worlds ask for their own
    plays = [{cell.arm: {type(s).config_name() for s in cell.scenario.strategies} for cell in cells_of(study)}
             for study in asked.studies]  # fmt: skip
    for case in asked.cases:
        study, one, by_arm = asked.studies[case.study], case.expected, plays[case.study]
        beside = {strategy_and_dose(one.beside)[0]} - {""}
        parts = {"morning_greeting", "fixed_time", "red_packet", "cull", "irregular_time"}
        assert by_arm[case.arm] == (parts if case.strategy == "stage_plan" else {case.strategy} | beside)
        instead = {strategy_and_dose(one.against)[0]} - {""} | beside
        assert by_arm[study.reference] == (instead or {"nothing"})


@pytest.mark.parametrize(("name", "said"), [("red_pakcet", "did you mean 'red_packet'"), ("nothing", "does not say")])
def test_who_is_not_there_or_expects_nothing(name: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        trials_of((name,), 2, 1, ())


@pytest.mark.slow
def test_the_command_plays_tells_and_repeats_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["effects", "only=red_packet", "seeds=8", *TINY, "runner=serial", "store=s", "out=o"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "1 strategy in 4 arms × 8 seeds; 32 runs: 0 were stored, 32 played" in said
    assert "Of 1 expectation said beforehand 1 came" in said
    table = pd.read_csv("o/effects.csv")
    assert list(table["dose"]) == ["amount=1.0", "amount=5.0", "amount=50.0"]
    assert list(table["verdict"].fillna("")) == ["", "", "as_expected"]
    assert (table["difference"] > 0).all()
    assert table["profit_month"].is_monotonic_decreasing  # fifty yuan a day do not come back
    assert main([*words, "lang=zh"]) == 0
    assert "32 次已存" in capsys.readouterr().out
    assert main(["effects", "only=red_packet", "seeds=9", *TINY, "store=s", "plan=true"]) == 0
    assert "36 runs" in capsys.readouterr().out


def test_what_is_expected_at_some_knobs_is_played_at_them() -> None:
    """Skill makes a staged quarrel draw people, and clumsiness costs trust; how often it is staged is the dose."""
    trials = trials_of(["staged_quarrel"], 2, 1, ())
    arms = [trials.studies[case.study].arms[case.arm] for case in trials.cases if case.is_judged]
    knob = "strategies.staged_quarrel"
    assert [arm[-2:] for arm in arms] == [(f"{knob}.gap=3", f"{knob}.skill={skill}") for skill in (0.9, 0.0)]
    assert trials.cases[2].dose == "gap=3,skill=0.9"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_verdict_is_told(lang: str) -> None:
    row = {"strategy": "red_packet", "world": "pet_owners", "against": "nothing", "outcome": "member_messages",
           "dose": "amount=5", "sign": 1, "least": 1.0, "difference": 2.0, "low": 1.5, "high": 2.5, "n": 9,
           "rough": False, "p": 0.1, "p_holm": 0.1,
           **dict.fromkeys(["profit_month", "profit_month_low", "profit_month_high", "hours_month",
                            "hours_month_low", "hours_month_high"], 1.0)}  # fmt: skip
    table = pd.DataFrame([{**row, "verdict": word} for word in ("", *VERDICTS)])
    lines, tables = told(table, 9, lang)
    assert len(lines) == 4
    verdicts = [one["cells"][3]["value"] for one in tables[0]["rows"]]
    assert verdicts[0] == ""
    assert len(set(verdicts)) == 1 + len(VERDICTS)


def test_fewer_communities_than_played_and_rough_limits_are_said() -> None:
    """An outcome that some communities do not know is no mean over all of them."""
    draws = np.r_[np.full(12, np.nan), np.random.default_rng(4).normal(3.0, 1.0, 8)]
    rare = np.r_[np.zeros(18), 1.0, 3.0]
    found = judged([Trial("red_packet", "pet_owners", "nothing", "trust", "amount=5", 1, 0.1, values)
                    for values in (draws, rare)])  # fmt: skip
    assert found["rough"].tolist() == [False, True]
    money = [f"{name}{side}" for name in ("profit_month", "hours_month") for side in ("", "_low", "_high")]
    _, tables = told(found.assign(**dict.fromkeys(money, 1.0)), 20, "en")
    assert tables[0]["rows"][0]["label"] == "Red packets amount=5"
    _, plans = told(found.assign(**dict.fromkeys(money, 1.0), strategy="stage_plan", dose="a.b_c=1,d.e=2"), 20, "zh")
    assert plans[0]["rows"][0]["label"] == f"{arm_label('stage_plan', 'zh')} a.b_c=1, d.e=2"
    few, rough = (one["cells"][2] for one in tables[0]["rows"])
    assert "n = 8" in few["interval"]
    assert "n = " not in rough["interval"]
    assert rough["value"].endswith("‡")
