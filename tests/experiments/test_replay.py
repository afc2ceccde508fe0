"""`shequn replay`: one file that plays a run, whoever wrote the names in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.reports.replay import write_replay
from scenarios.reports.run_report import write_report
from sim.data.results import Results, concat
from tests.fakes import fake_results

MEGABYTES = 3


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    results = fake_results(["nothing", "red_packet"], replicates=1, groups=20, days=180)
    return results.write(tmp_path_factory.mktemp("played") / "run")


def _block(page: str, name: str) -> object:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def test_a_file_stands_alone_and_is_small(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(run)]) == 0
    assert str(run / "replay.html") in capsys.readouterr().out
    page = (run / "replay.html").read_text("utf-8")
    assert len(page.encode()) < MEGABYTES * 2**20
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert not re.search(r"(src|href)=\"(?!data:)", page)
    assert not re.search(r"https?://", page)


def test_the_player_has_every_word_it_says_in_each_language(run: Path) -> None:
    page = write_replay(run).read_text("utf-8")
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)[-1]
    said = {*re.findall(r'(?:word|said)\("(\w+)"', script), *re.findall(r'button\("(\w+)"', script)}
    words = _block(page, "words")
    assert isinstance(words, dict)
    assert len(said) > 15
    for lang in ("en", "zh"):
        assert said <= {*words[lang]}, lang
        assert all(words[lang][word] for word in ("measure_money", "guess_same", "end_a", "band_interval"))
        own = [word for word in words[lang] if ":" not in word]
        unasked = [word for word in own if f'"{word}"' not in script and f"`{word.split('_')[0]}_${{" not in script]
        assert unasked == []
    assert words["zh"]["arm:red_packet"] == "发红包"


def test_names_of_strangers_cannot_end_the_block_they_are_in(tmp_path: Path) -> None:
    name = "</script><script>alert(1)</script>"
    results = fake_results(["nothing", name], replicates=1, groups=2, days=10)
    page = write_replay(results.write(tmp_path / "run")).read_text("utf-8")
    assert "<script>alert" not in page
    assert name in _block(page, "reel")["arms"]  # type: ignore[index]


def test_the_world_that_is_named_is_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    worlds = [fake_results(["nothing"], 1, 2, 10, world=world) for world in ("pet_owners", "deals")]
    both: Results = concat(worlds)
    folder = both.write(tmp_path / "run")
    assert main(["replay", str(folder), "world=deals"]) == 0
    assert _block((folder / "replay.html").read_text("utf-8"), "reel")["world"] == "deals"  # type: ignore[index]
    capsys.readouterr()
    assert main(["replay", str(folder), "world=moon"]) == 2
    assert "world=moon is none of this run; it has" in capsys.readouterr().err


def test_what_is_no_run_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_report_of_a_run_leads_to_its_replay(run: Path, tmp_path: Path) -> None:
    page = write_report(tmp_path, results=fake_results(["nothing", "red_packet"], replicates=2, groups=2, days=40))
    assert 'href="replay.html"' in page.read_text("utf-8")
    results = fake_results(["nothing", "red_packet"], replicates=2, groups=2, days=40)
    assert results.digest[:12] in (tmp_path / "replay.html").read_text("utf-8")
    assert (tmp_path / "replay.html").read_text("utf-8").startswith("<!DOCTYPE html>")
