"""``shequn export``: a file for each group of a stored run; mistakes end in exit code 2 and leave nothing behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from scenarios.__main__ import main
from sim.exchange.reading import read_export
from tests.fakes import fake_results


def stored(folder: Path, talk: bool = True) -> Path:
    """A made-up run of two arms, two replicates and two groups, in each of which two members talk."""
    results = fake_results(["nothing", "red_packet"], replicates=2, groups=2, days=40)
    keys = results.spells[["arm", "world", "replicate", "group"]].drop_duplicates()
    said = pd.DataFrame({"id": [0, 1], "author": [3, 4], "kind": ["question", "answer"], "reply_to": [None, 0]})
    times = pd.to_datetime(["2025-03-03T01:00:00.5Z", "2025-03-03T01:00:01Z"], format="ISO8601")
    said["t"] = times.astype("datetime64[us, UTC]")
    messages = keys.merge(said, how="cross").astype({"kind": "category", "id": "int32", "reply_to": "Int32"})
    return (replace(results, messages=messages.assign(on_topic=False)) if talk else results).write(folder / "run")


@pytest.mark.parametrize(("words", "files"), [
    (["format=whatsapp"], 4), (["format=telegram", "replicate=all"], 8), (["format=chatlab", "arm=nothing"], 2),
    (["format=whatsapp", "replicate=1", "arm=red_packet", "lang=zh"], 2),
])  # fmt: skip
def test_each_group_becomes_a_file(
    words: list[str], files: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(stored(tmp_path)), *words, f"out={tmp_path / 'out'}"]) == 0
    assert str(files) in capsys.readouterr().out
    found = sorted((tmp_path / "out").iterdir())
    assert len(found) == files
    messages = read_export(found[0], zone="Asia/Shanghai").messages
    assert {"question", "answer", "join"} <= set(messages["kind"])
    assert main(["export", str(tmp_path / "run"), *words, f"out={tmp_path / 'out'}"]) == 2  # it holds files now
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out", "run"]


@pytest.mark.parametrize("words", [
    [], ["format=signal"], ["format=wecom"], ["format=whatsapp", "replicate=7"], ["format=whatsapp", "replicate=-1"],
    ["format=whatsapp", "replicate=²"], ["format=whatsapp", "arm=gone"], ["format=whatsapp", "out="],
    ["format=whatsapp", "lang=fr"], ["format=whatsapp", "more=1"],
])  # fmt: skip
def test_mistakes_are_said_once(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = stored(tmp_path)
    asked = words if any(word.startswith("out=") for word in words) else [*words, f"out={tmp_path / 'out'}"]
    assert main(["export", str(place), *asked]) == 2
    said = capsys.readouterr().err
    assert 1 <= len(said.strip().splitlines()) <= 3
    assert "Traceback" not in said
    assert [one.name for one in tmp_path.iterdir()] == ["run"]


def test_a_run_without_recorded_talk_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["format=whatsapp", f"out={tmp_path / 'out'}"]
    assert main(["export", str(stored(tmp_path, talk=False)), *words]) == 2
    assert "record=messages" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "nowhere"), *words]) == 2
    assert not (tmp_path / "out").exists()
