"""What is kept beside the bytecode is the same as found anew, and is found anew when a source changes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sim.data.store.derived import remembered


def asked(folder: Path, found: list[str]) -> str:
    """The word for the sources in a folder; ``found`` counts how often they were looked at."""
    sources = sorted(folder.glob("*.py"))

    def find() -> str:
        found.append("again")
        return "+".join(path.read_text("utf-8") for path in sources)

    return remembered("word", folder, sources, find)


def test_found_once_until_a_source_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    found: list[str] = []
    (tmp_path / "a.py").write_text("1")
    assert [asked(tmp_path, found) for _ in range(3)] == ["1"] * 3
    assert len(found) == 1
    (tmp_path / "a.py").write_text("2")
    assert asked(tmp_path, found) == "2"
    (tmp_path / "b.py").write_text("3")
    assert asked(tmp_path, found) == "2+3"
    (tmp_path / "b.py").rename(tmp_path / "c.py")
    asked(tmp_path, found)
    assert len(found) == 4


def test_a_broken_note_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    found: list[str] = []
    (tmp_path / "a.py").write_text("1")
    asked(tmp_path, found)
    (note,) = (tmp_path / "__pycache__").iterdir()
    whole = note.read_bytes()
    for cut in (b"", whole[:10], whole[: whole.index(b"\n")], whole[: whole.index(b"\n") + 1], b"\xff\xfe", whole[:-1]):
        note.write_bytes(cut)
        assert asked(tmp_path, found) == "1"
        assert note.read_bytes() == whole


def test_nothing_is_left_where_no_bytecode_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    found: list[str] = []
    (tmp_path / "a.py").write_text("1")
    assert asked(tmp_path, found) == asked(tmp_path, found) == "1"
    assert len(found) == 2
    assert not (tmp_path / "__pycache__").exists()
