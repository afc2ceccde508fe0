"""A search ends with its page, made of what the store holds, and with the same numbers in its tables."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from scenarios.__main__ import main
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import number
from tests.experiments.searches import GOOD, written

pytest.importorskip("optuna")

SMALL = ["population.groups=2", "population.seats=30", "days=40", "runner=serial"]


def searched(conf: Path, tmp_path: Path, out: str, *words: str, **changes: object) -> Path:
    """Play a small search into a folder."""
    name = written(conf, {**GOOD, **changes})
    folder = tmp_path / out
    assert main(["search", f"search={name}", *SMALL, f"store={tmp_path / 's'}", f"out={folder}", *words]) == 0
    return folder


def test_the_page_holds_the_numbers_of_the_front(
    conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = searched(conf, tmp_path, "a", "trials=4")
    assert f"Report: {folder / 'report.html'}" in capsys.readouterr().out
    text = (folder / "report.html").read_text("utf-8")
    front = pd.read_csv(folder / "front.csv")
    assert len(front)
    for row in front.itertuples():
        unit = OUTCOMES[row.outcome].unit
        for look in ("search", "fresh"):
            mean, low, high, n = (getattr(row, f"{key}_{look}") for key in ("mean", "low", "high", "n"))
            limits = f"{number(low, unit)} … {number(high, unit)}; " if low == low else ""
            spelt = rf"{number(mean, unit)}‡?<small>{limits}n = {n}</small>"
            assert len(re.findall(spelt, text)) >= 2, row  # in both languages
    assert "Which?" in text
    assert "哪个？" in text
    assert {path.name for path in folder.glob("*.png")} == {f"{name}-{lang}.png" for name in ("front", "knobs")
                                                            for lang in ("en", "zh")}  # fmt: skip
    again = searched(conf, tmp_path, "b", "trials=4")
    for one in folder.iterdir():
        assert one.read_bytes() == (again / one.name).read_bytes(), one.name


def test_a_budget_nobody_can_keep_has_a_page_too(conf: Path, tmp_path: Path) -> None:
    folder = searched(conf, tmp_path, "a", "trials=2", constraints={"lifetime": {"at_least": 5000}})
    text = (folder / "report.html").read_text("utf-8")
    assert "None of the 2 points tried keeps the limits: life of a group at least 5,000 days" in text
    assert "没有守住限制" in text
    assert pd.read_csv(folder / "front.csv").empty
    assert pd.read_csv(folder / "trials.csv")["trial"].nunique() == 2


def test_one_objective_and_no_page_where_none_is_wanted(conf: Path, tmp_path: Path) -> None:
    folder = searched(conf, tmp_path, "a", "trials=2", objectives={"lifetime": "maximise"})
    assert "the best for life of a group" in (folder / "report.html").read_text("utf-8")
    bare = searched(conf, tmp_path, "b", "trials=2", "report=false", objectives={"lifetime": "maximise"})
    assert {path.name for path in bare.glob("[!.]*")} == {"trials.csv", "front.csv"}
