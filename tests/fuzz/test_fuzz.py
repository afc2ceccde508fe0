"""Three thousand mistakes over all commands: one message of at most three lines, exit code 2, and nothing written."""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scenarios import compose
from scenarios.__main__ import main
from scenarios.config import catalog
from sim import simulate
from sim.data.store import Store
from tests.experiments.test_store import chunk
from tests.fuzz import files, others, overrides

SEED = 20250303
CASES = 3000


class Played(BaseException):
    """What was generated was no mistake, and would have been played, or drawn."""


def _played(*_: object, **__: object) -> None:
    raise Played


WRITTEN: list[str] | None = None
"""Paths opened for writing, made, moved or taken away, while it is a list."""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if WRITTEN is None:
        return
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        WRITTEN.append(str(arguments[0]))
    if event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree", "os.symlink"):
        WRITTEN.append(str(arguments[0]))


sys.addaudithook(_watch)  # there is no way to take one off again


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything happens: a folder with a conf/ of its own, a store, a run, and where nothing is played."""
    shutil.copytree(catalog.CONF, tmp_path / "conf")
    simulate(compose(["population.groups=2", "population.seats=20", "replicates=2", "days=20"])).write(tmp_path / "run")
    with Store(tmp_path / "store") as store:
        store.put(chunk()[1])
    (tmp_path / "a_folder.csv").mkdir()
    (tmp_path / "a_folder").mkdir()
    for name in ("a_file", "a_folder/a_file"):
        (tmp_path / name).write_text("mine")
    (tmp_path / "cwd").mkdir()
    monkeypatch.setattr(catalog, "CONF", tmp_path / "conf")
    monkeypatch.chdir(tmp_path / "cwd")
    for name in ("sim.simulation.Engine.__init__", "scenarios.execution.play.play", "scenarios.reports.page.rendered",
                 "scenarios.execution.warm.warm", "scenarios.reports.log_report.summarise"):  # fmt: skip
        monkeypatch.setattr(name, _played)
    monkeypatch.setattr("scenarios.reports.page.side_by_side", lambda tasks: [task() for task in tasks])
    monkeypatch.setattr("scenarios.reports.study_report.pictures", lambda *_, **__: [])
    return tmp_path


def makers(work: Path) -> dict[str, tuple[int, Callable[[random.Random], list[str]]]]:
    """By kind: how many of them, and who makes one."""
    ask = {kind: (250, partial(overrides.of_questions, kind)) for kind in overrides.OWN}
    return {
        "run": (600, overrides.of_runs), **ask, "list": (150, others.of_list), "explain": (250, others.of_explain),
        "demo": (250, partial(others.of_demo, work=work)), "command": (150, others.of_commands),
        "query": (150, partial(others.of_query, store=work / "store")), "store": (60, partial(others.of_stores,
        work=work)),
        "files": (260, partial(files.of_files, conf=work / "conf")), "read": (280, partial(files.of_logs, work=work)),
        "report": (100, partial(files.of_reports, work=work, run=work / "run")),
    }  # fmt: skip


PERHAPS = ("files", "report")
"""Of these a mistake may turn out to be none; of the others not."""


def told(words: list[str]) -> tuple[int | None, str]:
    """Exit code (None: it would have been played) and what stands on stderr."""
    err = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(err):
        try:
            return main(words), err.getvalue()
        except Played:
            return None, err.getvalue()


@contextlib.contextmanager
def watched() -> Iterator[list[str]]:
    global WRITTEN
    WRITTEN = []
    try:
        yield WRITTEN
    finally:
        WRITTEN = None


def wrong(code: int | None, err: str) -> str:
    """What is wrong with an answer to a mistake; empty if nothing is."""
    lines = err.strip().splitlines()
    if code != 2:
        return f"exit code {code}"
    if not err.startswith("shequn: ") or not 1 <= len(lines) <= 3 or "Traceback" in err:
        return f"{len(lines)} lines"
    if len(err) > 1000 or not all(line.isprintable() for line in lines):
        return "no message to be read"
    return ""


def problems(work: Path, share: int = 1) -> tuple[int, list[str]]:
    """How many mistakes were made (one in ``share`` of all), and those that were not answered as they should be."""
    found, counts, valid = [], Counter[str](), Counter[str]()
    for kind, (n, make) in makers(work).items():
        dice = random.Random(f"{SEED} {kind}")
        while counts[kind] < n // share:
            words = make(dice)
            with watched() as written:
                code, err = told(words)
            if code is None and kind in PERHAPS:
                valid[kind] += 1
                assert valid[kind] < 3 * n, f"hardly any of {kind} is a mistake"
                shutil.rmtree(work / "cwd" / "outputs", ignore_errors=True)  # what would be played opens its store
                continue
            counts[kind] += 1
            outside = [path for path in written if not _is_fine(path, work)]
            if problem := wrong(code, err) or (f"wrote {outside}" if outside else ""):
                found.append(f"{problem}: {[word[:200] for word in words]}\n{err[-600:]}")
    assert not list((work / "cwd").iterdir())
    return counts.total(), found


@pytest.mark.slow
def test_three_thousand_mistakes(work: Path) -> None:
    n, found = problems(work)
    assert n == CASES
    assert not found, f"{len(found)} of {n}:\n" + "\n".join(found[:20])


def test_some_of_them(work: Path) -> None:
    n, found = problems(work, share=30)
    assert n > 90
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "words",
    [["list"], ["explain", "window"], ["query", "select 1", "store=STORE"], ["report", "RUN"], ["run", "days=2"],
     ["study", "study=group_size"], ["query", "select 1", "csv=../outside.csv", "store=STORE"]],
)  # fmt: skip
def test_what_is_right_is_no_mistake(words: list[str], work: Path) -> None:
    """And what is written outside is seen."""
    with watched() as written:
        code, err = told([one.replace("STORE", str(work / "store")).replace("RUN", str(work / "run")) for one in words])
    assert code in (0, None)
    assert wrong(code, err) != ""
    assert any(path.endswith("outside.csv") for path in written) == any("csv=" in word for word in words)


def _is_fine(path: str, work: Path) -> bool:
    place = Path(path)
    place = place if place.is_absolute() else work / "cwd" / place
    return os.path.isdir(place) or place.is_relative_to(work) or "__pycache__" in place.parts or path == "/dev/null"
