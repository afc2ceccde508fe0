"""Compiled code lies in folders of our own: nothing else is removed, nothing is taken from where others can write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.engine.compiled import folder as home
from sim.engine.compiled.folder import MARK, cache_folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of compiled code, in a cache folder of one's own."""
    monkeypatch.setenv("SHEQUN_CACHE", str(tmp_path))
    home._for_now.cache_clear()
    return tmp_path / "shequn" / "compiled"


def test_only_what_bears_the_mark_is_removed(place: Path) -> None:
    for number in range(12):  # a clone, a folder of somebody's, a link to one
        (place.parent / f"clone {number}").mkdir(parents=True)
        (place / f"mine {number}").mkdir(parents=True)
        (place / f"mine {number}" / "work.txt").write_text("a year's work")
    (place / "link").symlink_to(place.parent / "clone 0")
    (place.parent / "clone 0" / MARK).touch()
    for number in range(12):
        folder = cache_folder(f"key {number}")
        os.utime(folder, (number, number))
    assert len(list(place.parent.glob("clone *"))) == 12
    assert len(list(place.glob("mine */work.txt"))) == 12
    assert (place / "link").is_symlink()
    assert sorted(path.name for path in place.glob("key *")) == sorted(f"key {n}" for n in range(4, 12))


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="on Windows folders of users are their own")
@pytest.mark.parametrize("level", ["shequn", "compiled", "key"])
def test_a_folder_that_others_can_write_to_is_not_used(
    level: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.umask(before := os.umask(0o002))
    os.umask(0o002)  # as many systems have it: one's group may write
    folder = cache_folder("key")
    os.umask(before)
    assert folder == cache_folder("key") == place / "key"
    open_one = {"shequn": place.parent, "compiled": place, "key": folder}[level]
    open_one.chmod(0o777)
    other = cache_folder("key")
    assert not other.is_relative_to(place.parent)
    message = capsys.readouterr().err
    assert str(open_one) in message
    assert "SHEQUN_CACHE" in message
    assert cache_folder("key") == other  # and it is said once
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="on Windows folders of users are their own")
def test_a_folder_of_somebody_else_is_not_used(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache_folder("key")
    mine = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    assert not cache_folder("key").is_relative_to(place)
