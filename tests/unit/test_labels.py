"""Names that somebody chose: as they are on the terminal, harmless as names of files."""

from __future__ import annotations

import io
import re
from pathlib import Path

import matplotlib.figure
import pytest
from rich.console import Console

from scenarios import terminal
from scenarios.reports import page
from scenarios.reports.page import Place, file_names, pictures
from sim.data.results import concat
from tests.fakes import fake_results

ODD = ("do [nothing]", "[/x]", ":smile: [red]")


def test_ordinary_names_stay() -> None:
    names = ["pet_owners", "pet owners", "deals", "talk.tie_gain=0.3", "a-b"]
    found = file_names(["pet_owners", "deals", "talk.tie_gain=0.3", "a-b"])
    assert list(found.values()) == ["pet_owners", "deals", "talk.tie_gain_0.3", "a-b"]
    assert file_names(names[1::-1]) == {"pet owners": "pet_owners-2", "pet_owners": "pet_owners"}


@pytest.mark.parametrize(
    "labels",
    [["a/b", "a:b"], ["a/b", "a_b-2", "a:b", "a_b"], ["长" * 300, "短" * 300], ["x" * 90 + "1", "x" * 90 + "2"],
     ["Pets", "pets"], ["..", "."], ["", " "], ["../../etc", "~root"]],
)  # fmt: skip
def test_no_two_names_alike_and_none_too_long(labels: list[str]) -> None:
    found = file_names(labels)
    assert list(found) == labels
    assert len({name.lower() for name in found.values()}) == len(labels)
    for name in found.values():
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}", name)


def test_pictures_of_such_worlds_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "to_png", lambda figure: b"png")
    figure = matplotlib.figure.Figure()
    figure.text(0, 0, "What it shows")
    names = file_names(["长" * 300, "a/b", "a:b"])
    for name in names.values():
        pictures(Place(tmp_path), [("curve", figure)], "en", f"{name}-")
    assert len(list(tmp_path.iterdir())) == 3


def test_labels_are_shown_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    results = concat([fake_results([arm]) for arm in ODD])
    terminal.show_summary(results)
    terminal.show_arms(results, reference=ODD[0])
    shown = capsys.readouterr().out
    for arm in ODD:
        assert shown.count(arm) >= 2


@pytest.mark.parametrize("arm", ODD)
def test_bars_show_labels_as_they_are(arm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for runs, done, shown in ((0, 0.5, "50%"), (5, 1, "1/5")):
        heard = io.StringIO()
        console = Console(file=heard, force_terminal=True, width=120, no_color=True)
        monkeypatch.setattr(terminal, "plain", lambda console=console, **more: console)
        with terminal.progress_bar(runs) as tell:
            tell(arm, done)
        assert arm in heard.getvalue()
        assert shown in heard.getvalue()
