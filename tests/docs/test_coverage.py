"""The table of strategies in docs/coverage.md is what the declarations say, and nothing asked for is passed over."""

from __future__ import annotations

import pytest

from docs import coverage
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
