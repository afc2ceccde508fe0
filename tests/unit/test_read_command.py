"""``shequn read``: a page, pictures and numbers; a user's mistake ends in exit code 2 and at most three lines."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from scenarios.__main__ import main
from scenarios.reports.log_report import read_log

DATA = Path(__file__).parents[1] / "data"
LOG, ROOMS = DATA / "rooms_extract.parquet", DATA / "rooms_extract_rooms.csv"


def test_the_command_writes_page_pictures_and_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(LOG), f"rooms={ROOMS}", f"out={tmp_path}"]) == 0
    printed = capsys.readouterr().out
    assert "K13" in printed
    assert "report.html" in printed.replace("\n", "")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 10
    assert "群寿命中位数" in page
    assert "http" not in page.split("<body>")[1]
    assert {p.name for p in tmp_path.glob("*.png")} == {
        f"{name}{end}.png" for name in ("week", "rooms", "survival", "gaps", "replies") for end in ("", ".zh")
    }
    facts = pd.read_csv(tmp_path / "facts.csv")
    assert set(facts["id"]) >= {"K1", "K4", "K18"}


def test_without_rooms_and_in_chinese(tmp_path: Path) -> None:
    console = Console(record=True, width=200, file=open(tmp_path / "screen", "w", encoding="utf-8"))  # noqa: SIM115
    read_log(LOG, tmp_path, lang="zh", console=console)
    text = console.export_text()
    assert "未提供群列表" in text
    assert "达标" in text
    console.file.close()


def test_a_tiny_log_is_drawn_too(tmp_path: Path) -> None:
    (tmp_path / "tiny.csv").write_text("group,id,t,author,kind,reply_to\n0,0,2024-05-01T10:00:00Z,1,text,\n", "utf-8")
    log = read_log(tmp_path / "tiny.csv", tmp_path / "out", console=Console(quiet=True))
    assert log.talk.n == 1
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere.csv"],
        [str(LOG), "room=x"],
        [str(LOG), "rooms=nowhere.csv"],
        [str(LOG), "rooms="],
        [str(LOG), "lang=fr"],
        [str(LOG), "names=hiden"],
        [str(LOG), "names="],
        [str(LOG), "zone=Mars/Olympus"],
        [str(ROOMS)],
        [],
    ],
)
def test_mistakes_end_in_exit_code_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", *arguments]) == 2
    said = capsys.readouterr().err
    assert 1 <= len(said.strip().splitlines()) <= 3
    assert "Traceback" not in said


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["read", str(LOG), f"out={tmp_path / 'file'}"]) == 2
    assert "out=" in capsys.readouterr().err
