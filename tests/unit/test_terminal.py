"""The table of arms in a terminal: whole numbers, as many columns as there is room for."""

from __future__ import annotations

import pytest
from rich.console import Console

from scenarios import terminal
from tests.fakes import fake_results

ARMS = ("nothing", "group_cap", "all_four")


@pytest.mark.parametrize("width", [20, 50, 90, 200])
def test_no_number_loses_its_uncertainty(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        terminal, "Console", lambda **more: Console(force_terminal=True, no_color=True, **{"width": width, **more})
    )
    terminal.show_arms(fake_results(ARMS))
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert all(arm in shown for arm in ARMS)
    assert shown.count("±") >= 3


def test_a_wide_terminal_shows_more() -> None:
    columns = {name: ["1.25±0.25 "] * 2 for name in terminal.HEADLINES}
    narrow, _ = terminal._fitting(columns, ["nothing", "cap"], 40)
    wide, width = terminal._fitting(columns, ["nothing", "cap"], 400)
    assert 1 <= len(narrow) < len(wide) == len(terminal.HEADLINES)
    assert terminal._fitting(columns, ["nothing", "cap"], 1)[0] == ["alive"]
    assert width < 400
