"""A study ends with its page, made from what the store holds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from scenarios.experiments.kinds import run
from tests.experiments.shelves import SMALL


def test_a_study_ends_with_its_page_and_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "page"
    words = [word for word in SMALL if not word.startswith(("report=", "days="))]
    words += ["days=40", "seeds=3", "runner=serial", f"store={tmp_path / 'store'}", f"out={out}"]
    assert run("study", words) == 0
    assert str(out / "report.html") in capsys.readouterr().out
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Does a cap on the number of members" in page
    assert "群" in page
    outcomes = pd.read_csv(out / "outcomes.csv")
    assert outcomes.groupby("arm")["replicate"].nunique().eq(3).all()
    assert list(out.glob("*.png"))
    assert run("study", [*words, "lang=zh", "report=false"]) == 0
    said = capsys.readouterr().out
    assert "次运行：36 次已存，0 次新跑，0 次失败" in said
    assert "模型的预测" in said
    assert "养宠群：" in said
