"""What a study leaves behind, and how it ends: its folder, closed pipes, failed runs, Ctrl-C."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scenarios import pipes
from scenarios.__main__ import main
from scenarios.execution import executor as execute
from scenarios.execution import job as work
from scenarios.experiments import player
from scenarios.experiments.kinds import run
from scenarios.experiments.output_folder import MARK, Leaving
from tests.experiments.shelves import GOOD, ROOT, written

SMALL = ("population.groups=2", "population.seats=20", "days=15", "seeds=2", "runner=serial")
TABLES = {"outcomes.csv", "lifetimes.csv"}


@pytest.fixture
def words(tmp_path: Path, conf: Path) -> list[str]:
    """A small study, its store, its folder."""
    study = GOOD | {"arms": {"free": ["strategy=nothing"], "pay": ["strategy=paid_entry"]}, "reference": "free"}
    return ["study", f"study={written(conf, study)}", *SMALL, f"store={tmp_path / 'store'}", f"out={tmp_path / 'out'}"]


def seen(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name[0] != "."}


def nobody_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    def play(*arguments: object, **more: object) -> None:
        raise AssertionError("it plays")

    monkeypatch.setattr(player, "execute", play)


@pytest.mark.parametrize("case", ["a file", "below a file", "too long", "a run", "other tables", "another study"])
def test_the_folder_is_looked_at_before_anything_is_played(
    tmp_path: Path, words: list[str], case: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody_plays(monkeypatch)
    out = tmp_path / "out"
    if case in ("a file", "below a file"):
        out.write_text("mine")
        words = [*words[:-1], f"out={out}" + "/deeper" * (case == "below a file")]
    elif case == "too long":
        words = [*words[:-1], f"out={tmp_path}/{'长' * 200}"]
    else:
        out.mkdir()
        name = {"a run": "meta.json", "other tables": "outcomes.csv", "another study": MARK}[case]
        (out / name).write_text(json.dumps({"kind": "study", "name": "else", "files": []}))
    assert main(words) == 2
    message = capsys.readouterr().err
    assert message.startswith("shequn: out=")
    assert len(message.splitlines()) <= 3
    if case in ("a run", "other tables", "another study"):
        assert "replace=true" in message
        with pytest.raises(AssertionError, match="it plays"):
            run("study", [*words[1:], "replace=true"])


def test_a_study_goes_on_in_its_own_folder(tmp_path: Path, words: list[str]) -> None:
    out = tmp_path / "out"
    assert main(words) == 0
    whole = seen(out)
    assert {"report.html", *TABLES} < whole
    (out / "notes.txt").write_text("mine")
    (out / "old.png").write_text("mine too")
    assert main([*words, "report=false"]) == 0
    assert seen(out) == {*TABLES, "notes.txt", "old.png"}
    assert main(words) == 0
    assert seen(out) == {*whole, "notes.txt", "old.png"}
    assert main([*words, "format=svg,pdf"]) == 0  # pictures as files of other kinds, and none of the kind before
    stems = {name.removesuffix(".png") for name in whole if name.endswith(".png")}
    pictures = {f"{stem}{end}" for stem in stems for end in (".svg", ".pdf")}
    assert seen(out) == {*pictures, *(name for name in whole if not name.endswith(".png")), "notes.txt", "old.png"}


def test_a_page_older_than_marks_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = Leaving("study", "s")
    place.folder.mkdir(parents=True)
    for name in ("report.html", "outcomes.csv", "mine.txt"):
        (place.folder / name).write_text("old")
    place.check()  # its own folder, from before there were marks
    with place.filling() as folder:
        (folder / "outcomes.csv").write_text("new")
    assert seen(place.folder) == {"outcomes.csv", "mine.txt"}


def test_a_mark_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "keep").write_text("mine")
    place = Leaving("study", "s", str(tmp_path / "out"))
    place.folder.mkdir()
    (place.folder / MARK).write_text(json.dumps({"kind": "study", "name": "s", "files": ["../keep", 7, "gone"]}))
    with place.filling():
        pass
    assert (tmp_path / "keep").exists()
    (place.folder / MARK).write_text("no json")
    with place.filling():
        pass
    assert json.loads((place.folder / MARK).read_text())["files"] == []


def test_only_the_folders_own_troubles_are_blamed_on_it(tmp_path: Path) -> None:
    place = Leaving("study", "s", str(tmp_path / "out"))
    with pytest.raises(FileNotFoundError), place.filling():
        (tmp_path / "a font that is missing").read_bytes()
    (place.folder / "outcomes.csv").mkdir()
    with pytest.raises(ValueError, match=r"out=.*Is a directory"), place.filling() as folder:
        (folder / "outcomes.csv").write_text("")
    with pytest.raises(ValueError, match=r"out=.*No space"), place.filling():
        raise OSError(errno.ENOSPC, "No space left on device")


CLOSED = """
import os, sys
from scenarios import pipes
from scenarios.__main__ import main
read, write = os.pipe()
os.dup2(write, 1); os.close(write); os.close(read)   # whoever read is gone before a word is said
sys.exit(main({words!r}))
"""


def test_a_closed_pipe_is_no_failure(tmp_path: Path, words: list[str]) -> None:
    words = [words[0], "study=group_size", *words[2:], "days=40"]
    words.remove("days=15")
    done = subprocess.run([sys.executable, "-c", CLOSED.format(words=words)], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=300)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert {"report.html", *TABLES} < seen(tmp_path / "out")


def test_rich_may_not_end_the_program() -> None:
    def rich() -> None:
        try:
            raise BrokenPipeError
        except BrokenPipeError:
            raise SystemExit(1)  # noqa: B904  # as it does

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipes, "_hush", lambda: None)
        with pipes.telling():
            rich()
        with pytest.raises(SystemExit), pipes.telling():
            raise SystemExit(1)


def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replicate 1 of the arm 'pay' cannot be played."""
    play = work._play

    def sometimes(job: work.Job, first: int, n: int) -> bytes:
        if job.scenario.strategies and job.scenario.strategies[0].name == "paid_entry" and first <= 1 < first + n:
            raise ValueError("no")
        return play(job, first, n)

    monkeypatch.setattr(work, "_play", sometimes)


def test_a_failed_run_is_exit_code_1(tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch)
    assert main([*words, "report=false"]) == 1
    assert (tmp_path / "out" / "outcomes.csv").read_text().count("\n") == 1 + 6
    small = [word.replace("seeds", "replicates") for word in SMALL[:-1]]
    assert main(["run", *small, "strategy=paid_entry", f"store={tmp_path / 'store'}"]) == 1
    monkeypatch.undo()


def test_ctrl_c_tells_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                   capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    small = [word.replace("seeds", "replicates") for word in SMALL[:-1]]
    words = ["run", "-m", *small, "strategy=nothing,paid_entry", f"store={tmp_path / 'store'}"]
    store = execute._Work._store

    def stopped(self: Any, job: work.Job, played: work.Played) -> None:
        store(self, job, played)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(execute._Work, "_store", stopped)
        assert main(words) == 130
    message = capsys.readouterr().err
    assert "nothing was written" not in message
    assert f"kept in {tmp_path / 'store'}" in message
    assert "same command" in message
    assert "(2 more than before)" in message or "(1 more than before)" in message
    assert main(words) == 0
    assert "stored" in capsys.readouterr().out
