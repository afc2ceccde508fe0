"""The tables of docs/coverage.md are what the declarations say, and nothing asked for is passed over."""

from __future__ import annotations

import pytest

from docs import coverage, coverage_rows
from docs.coverage import PAGE, asked, holes, written


def test_every_strategy_has_a_class_a_config_and_a_test() -> None:
    assert holes() == []
    assert [key for key in asked() if key[1:].isdigit()] == [f"S{n}" for n in range(1, 61)]


def test_the_page_is_made_anew() -> None:
    """``python docs/coverage.py`` was run after the last change."""
    page = PAGE.read_text("utf-8")
    assert written(page) == page


def test_a_strategy_that_is_gone_or_never_tested_is_a_hole(monkeypatch: pytest.MonkeyPatch) -> None:
    left = {key: made for key, made in coverage.built().items() if key != "S23"}
    monkeypatch.setattr(coverage, "built", lambda: left)
    assert holes() == ["S23: there is no class of this id"]
    monkeypatch.undo()
    monkeypatch.setattr(coverage, "_texts", dict)
    assert "S23: no test names advert_ban" in holes()


def test_every_role_and_measure_has_a_module_a_config_and_a_test() -> None:
    assert [*coverage_rows.rows()] == [f"R{n}" for n in range(1, 14)] + [f"M{n}" for n in range(1, 20)]
    assert coverage_rows.row_holes() == []
    assert coverage_rows.missing_rows() == []


@pytest.mark.parametrize(("key", "column", "value", "hole"), [
    ("R3", "role", "Sleeper", "R3: there is no role Sleeper"),
    ("R4", "config", ["roles.adverts"], "R4: nothing is set by roles.adverts"),
    ("R13", "config", ["record=words"], "R13: nothing is set by record=words"),
    ("M17", "outcomes", ["attendance"], "M17: there is no outcome attendance"),
    ("M18", "module", ["sim/analysis/board.py"], "M18: there is no sim/analysis/board.py"),
    ("M18", "module", [], "M18: no module is named"),
    ("M12", "test", "tests/unit/test_silence.py", "M12: no test is named that is there"),
    ("M12", "test", "tests/unit/test_ceilings.py",
     "M12: tests/unit/test_ceilings.py holds none of without_expert, after_expert"),
])  # fmt: skip
def test_a_row_that_names_what_is_not_there_is_a_hole(
    key: str, column: str, value: object, hole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {**coverage_rows.rows()}
    broken[key] = {**broken[key], column: value}
    monkeypatch.setattr(coverage_rows, "rows", lambda: broken)
    assert hole in holes()
