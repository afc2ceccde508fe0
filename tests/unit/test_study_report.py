"""The page of a study: it stands alone, answers first, and states every effect with uncertainty and communities."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.reports.study_answer import answer, arm_lines, over_worlds
from scenarios.reports.study_report import write_study_report
from sim.analysis.experiment.findings import Findings
from sim.locale.words import arm_label
from sim.plots.experiment.album import PICTURES
from tests.studies import Ask, fake_study, table_of
from tests.unit.test_report import Reader


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test is about words."""
    for name in list(PICTURES):
        monkeypatch.delitem(PICTURES, name)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_study_report(*fake_study(), tmp_path_factory.mktemp("study"))


def test_the_page_stands_alone(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    assert not reader.open
    assert len(reader.targets) == 2 * (len(PICTURES) - 1)  # no doses here
    assert all(target.startswith("data:image/png;base64,") for target in reader.targets)
    assert not re.search(r"https?://|url\((?!data:)|@import|src=\"(?!data:)", text)
    assert not list(page.parent.glob(".*"))


def test_question_prediction_answer_in_this_order_in_both_languages(page: Path) -> None:
    parts = page.read_text(encoding="utf-8").split("<main ")[1:]
    for part, words in zip(parts, (("What lives longest?", "is a prediction of a model", "does best for"),
                                   ("什么活得最久？", "都是模型在既定假设下", "最好：与")), strict=True):  # fmt: skip
        places = [part.find(word) for word in words] + [part.find("<figure"), part.find("<table")]
        assert places[0] > -1
        assert places == sorted(places)
        assert part.count("<table") == 4


def test_numbers_come_with_the_page(page: Path) -> None:
    found = pd.read_csv(page.parent / "effects.csv")
    assert {"difference", "low", "high", "n", "p_holm", "d_z", "verdict"} <= set(found)
    assert (found["n"] == 12).all()
    row = found.set_index(["arm", "outcome"]).loc[("fixed_time", "lifetime")]
    assert f"+{row['difference']:.1f}" in page.read_text("utf-8")


def test_the_answer_has_interval_communities_and_chance() -> None:
    found = Findings(*fake_study())
    first = answer(found, "pet_owners", "en")[0]
    assert re.search(r"\+[\d.]+ days compared with 'Do nothing' \(95 % interval \+[\d.]+ to \+[\d.]+, 12 paired", first)
    assert re.search(r"best of the 4 arms: (>99|\d+) %", first)
    lines = answer(found, "pet_owners", "en")
    assert any("communities per arm" in line for line in lines)
    assert any(line.startswith("Weighing life of a group, members who buy and cost") for line in lines)


def words_of(change: np.ndarray, outcome: str = "lifetime") -> list[str]:
    base = np.random.default_rng(3).normal(100, 10, len(change))
    study, table = table_of({"w": {"nothing": base, "arm": base + change}}, outcome)
    lifetimes = pd.DataFrame({"arm": ["nothing", "arm"], "world": "w", "replicate": 0, "group": 0, "lifetime": [50, 60],
                              "censored": False, "cause": "silent"})  # fmt: skip
    found = Findings(study, table, lifetimes)
    return [*answer(found, "w", "en"), *arm_lines(found, "w", "arm", "en")]


def test_what_is_not_clear_is_called_luck_and_what_is_tiny_tiny() -> None:
    noise = np.random.default_rng(4).normal(0, 1, 40)
    noise -= noise.mean()
    assert "it could be luck" in words_of(20 * noise + 1)[0]
    assert "cannot be told" in words_of(20 * noise + 1)[-1]
    assert "too small to matter" in words_of(noise + 1)[-1]
    assert "clear, and enough to matter" in words_of(noise + 30)[-1]
    assert "No arm does better" in words_of(noise - 30)[0]
    assert "no difference that matters" in words_of(noise + 0.01)[-1]
    assert words_of(np.array([3.0]))[0].startswith("Too few communities")
    assert "not for the model to say" in words_of(noise + 30, "turned_away")[0]


def test_a_likely_runner_up_is_named() -> None:
    rng = np.random.default_rng(5)
    base = rng.normal(100, 10, 30)
    study, table = table_of(
        {"w": {"nothing": base, "x": base + 20 + rng.normal(0, 5, 30), "y": base + 20 + rng.normal(0, 5, 30)}}
    )
    found = Findings(
        study,
        table,
        pd.DataFrame(
            {"arm": ["x"], "world": "w", "replicate": 0, "group": 0, "lifetime": 9, "censored": True, "cause": None}
        ),
    )
    (line,) = (line for line in answer(found, "w", "en") if "would lose" in line)
    first, second = sorted(("x", "y"), key=lambda arm: -table.loc[table["arm"] == arm, "revenue"].mean())
    assert f"Choosing '{second}' instead of '{first}' would lose" in line


def test_worlds_with_different_winners_and_twins_are_told() -> None:
    base, plus = np.full(12, 10.0) + np.arange(12), np.linspace(2, 4, 12)
    worlds = {
        "a": {"nothing": base, "x": base + plus, "twin": base + plus},
        "b": {"nothing": base + plus, "x": base, "twin": base},
    }
    study, table = table_of(worlds)
    groups = pd.DataFrame(
        {"arm": ["x"], "world": "a", "replicate": 0, "group": 0, "lifetime": 9, "censored": True, "cause": None}
    )
    lines = over_worlds(Findings(study, table, groups), "en")
    assert any("exactly the same numbers" in line and "'twin'" in line for line in lines)
    assert any("differs between the worlds" in line or "depends on the world" in line for line in lines)
    assert any("loses least in the worst case" in line for line in lines)


@pytest.mark.usefixtures("no_pictures")
def test_names_from_users_are_escaped_and_one_language_needs_no_switch(tmp_path: Path) -> None:
    study, table, lifetimes = fake_study(("nothing", "red_packet"), replicates=3, days=60)
    swap = {"red_packet": "<b>x</b>"}
    odd = Ask({"nothing": (), "<b>x</b>": ("a=<i>",)}, study.worlds, study.outcomes, title={"en": "<u>t</u>"})
    page = write_study_report(odd, table.replace(swap), lifetimes.replace(swap), tmp_path / "new" / "folder", "zh")
    text = page.read_text("utf-8")
    assert "<b>x" not in text
    assert "<i>" not in text
    assert "<u>" not in text
    assert "<script" not in text
    assert "The answer" not in text


@pytest.mark.usefixtures("no_pictures")
def test_same_study_same_bytes_whatever_the_order_of_rows(tmp_path: Path) -> None:
    study, table, lifetimes = fake_study(replicates=5, days=60)
    one = write_study_report(study, table, lifetimes, tmp_path / "a", "en").read_bytes()
    other = write_study_report(study, table[::-1], lifetimes[::-1], tmp_path / "b", "en").read_bytes()
    assert one == other


@pytest.mark.usefixtures("no_pictures")
def test_rough_and_uneven_runs_are_admitted(tmp_path: Path) -> None:
    study, table, lifetimes = fake_study(("nothing", "red_packet"), replicates=20, days=60)
    table.loc[table["arm"] == "red_packet", "cost"] = np.r_[np.zeros(18), 5, 900]
    short = table[(table["arm"] != "red_packet") | (table["replicate"] < 20)].iloc[1:]
    text = write_study_report(study, short, lifetimes, tmp_path, "en").read_text("utf-8")
    assert "‡" in text
    assert "rest on few unusual communities" in text
    assert "19 to 20" in text


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    study, table, lifetimes = fake_study(("nothing", "red_packet"), replicates=3, days=60)
    with pytest.raises(ValueError, match="there is en, zh and both"):
        write_study_report(study, table, lifetimes, tmp_path, "fr")
    with pytest.raises(ValueError, match="nothing has been run"):
        write_study_report(study, table[:0], lifetimes[:0], tmp_path)


@pytest.mark.usefixtures("no_pictures")
def test_a_single_arm_says_that_there_is_nothing_to_compare(tmp_path: Path) -> None:
    text = write_study_report(*fake_study(("nothing",), replicates=3, days=60), tmp_path, "en").read_text("utf-8")
    assert "nothing to compare with" in text


def test_labels_are_called_what_the_file_says_on_the_page_in_that_language(tmp_path: Path, no_pictures: None) -> None:
    study, table, lives = fake_study()
    names = {"zh": {"pet_owners": "养猫的人", "paid_entry": "交钱进群"}}
    text = write_study_report(replace(study, labels=names), table, lives, tmp_path).read_text(encoding="utf-8")
    english, chinese = text.split("<main ")[1:]
    assert "交钱进群" in chinese
    assert "付费入群" not in chinese
    assert "交钱进群" not in english
    assert arm_label("paid_entry", "zh") == "付费入群"  # afterwards all is as before
