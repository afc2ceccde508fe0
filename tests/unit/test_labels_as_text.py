"""Labels of users are text: to pictures no mathematics, to spreadsheets no formula, to pages no script."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from pathlib import Path

import pandas as pd

from scenarios.reports.run_report import write_report
from scenarios.reports.study_report import write_study_report
from sim.data.spreadsheet import to_csv
from sim.plots.run.album import album
from sim.plots.run.measured import Measured
from sim.plots.style import to_png
from tests.fakes import fake_results
from tests.studies import fake_study

ODD = ("nothing", r"$\frac{1$", "a$b$c")


def test_dollars_are_drawn_as_they_stand() -> None:
    """Half a formula was an error after everything had been played, a whole one lost its letters."""
    measured = Measured(fake_results(ODD, replicates=3, groups=2, days=60, world="w$x^$"))
    drawn = 0
    for _, figure in album(measured, "en"):
        to_png(figure)
        drawn += any("a$b$c" in text.get_text() for text in figure.findobj(lambda one: hasattr(one, "get_text")))
    assert drawn >= 5


def test_a_formula_is_text_in_a_table(tmp_path: Path) -> None:
    arms = pd.Categorical(["=cmd|' /C calc'!A0", "@SUM(A1)", "-x", "plain"])
    table = pd.DataFrame({"arm": arms, "low": [-1.5, 2, 3, 4]})
    read = pd.read_csv(io.StringIO(to_csv(table)))
    assert list(read["arm"]) == ["'=cmd|' /C calc'!A0", "'@SUM(A1)", "'-x", "plain"]
    assert list(read["low"]) == [-1.5, 2, 3, 4]
    harmless = table.iloc[3:]
    assert to_csv(harmless) == harmless.to_csv(index=False, lineterminator="\n")
    odd = pd.DataFrame({"=1+1": [["=2"], ["x"]]})  # an arm as the head of a column, lists as cells: SQL makes such
    assert to_csv(odd) == "'=1+1\n['=2']\n['x']\n"
    study, outcomes, lifetimes = fake_study(("nothing", "=1+1"), replicates=4, days=60)
    write_study_report(study, outcomes, lifetimes, tmp_path, "en")
    assert set(pd.read_csv(tmp_path / "effects.csv")["arm"]) == {"'=1+1"}


def test_a_page_runs_its_own_script_and_nothing_else(tmp_path: Path) -> None:
    run = fake_results(["nothing", "<script>alert(1)</script>"], replicates=2, groups=2, days=40)
    text = write_report(tmp_path, results=run).read_text("utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    own = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{own}&#39;" in policy
    assert "default-src &#39;none&#39;" in policy
    alone = write_report(tmp_path, "en", results=run).read_text("utf-8")
    assert "script-src &#39;none&#39;" in alone
