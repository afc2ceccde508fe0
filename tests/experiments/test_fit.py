"""``shequn fit`` from a log to a study with the fitted world, on a small community whose numbers are known."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from scenarios import compose
from scenarios.__main__ import main
from scenarios.config.own import forget
from scenarios.experiments.fit.play import Play, played, with_knobs
from scenarios.experiments.fit.play import Task as PlayTask
from scenarios.experiments.fit.pool import workers
from scenarios.experiments.fit.watch import Watch, read_seen
from sim import simulate
from tests.experiments.fit_logs import BASE, GROUPS, WORLD, talk, written

FIXED = ("population.seats=60", "scenario.match=0.6", "scenario.need_spread=3.1", "scenario.acquaintance=0.1",
         "scenario.search_spread=0")  # fmt: skip


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(talk(), tmp_path_factory.mktemp("log") / "mine.parquet")


@pytest.fixture(scope="module")
def folder(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("fit") / "out"
    words = ["fit", str(log), "simulations=200", "draws=10", "workers=1", f"out={out}", *FIXED]
    assert main(words) == 0
    return out


def test_everything_is_written_in_both_languages(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "parameters.csv", "checks.csv", "posterior.json", "simulations.jsonl",
            "scenario/fitted_mine.yaml", "numbers-en.png", "checks-zh.png"} <= names  # fmt: skip
    text = (folder / "report.html").read_text("utf-8")
    assert "拟合到记录的世界" in text
    assert "next to nothing" in text or "a little" in text
    assert "Fewer than 5 rooms can be predicted here" in text
    assert "http" not in text.split("<body>")[1]
    numbers = pd.read_csv(folder / "parameters.csv")
    assert set(numbers["key"]) == {"scenario.talk", "scenario.info_need", "scenario.need_days", "scenario.search_rate",
                                   "scenario.weekend", "population.founders"}  # fmt: skip
    assert (numbers["q05"] <= numbers["q50"]).all()
    assert (numbers["low"] <= numbers["q05"]).all()


def test_the_same_command_plays_nothing_twice(folder: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scenarios.experiments.fit import pool

    before = (folder / "parameters.csv").read_bytes()
    numbers: list[int] = []

    def watching(play: Play, task: PlayTask):  # type: ignore[no-untyped-def]
        numbers.append(task.number)
        return played(play, task)

    monkeypatch.setattr(pool, "played", watching)
    words = ["fit", str(log), "simulations=200", "draws=10", "workers=1", f"out={folder}", *FIXED]
    assert main(words) == 0
    assert len(numbers) == 20  # the draws of the posterior, and of its early part
    assert min(numbers) >= 1_000_000
    assert (folder / "parameters.csv").read_bytes() == before


def test_a_study_carries_what_the_log_left_open(folder: Path) -> None:
    try:
        sets = json.loads((folder / "posterior.json").read_text("utf-8"))["sets"]
        assert len(sets) == 10
        said = ["scenario=fitted_mine", f"world={folder / 'posterior.json'}", "days=5", "replicates=2"]
        both = [compose([*said, f"strategy=[{arm}]"], conf_dir=str(folder)) for arm in ("nothing", "group_cap")]
        for r in (0, 1, 11):
            talk = {one.played_by(r).purpose.talk for one in both}
            assert talk == {sets[r % 10]["values"]["scenario.talk"]}
            assert {one.played_by(r).population.founders for one in both} == {
                sets[r % 10]["values"]["population.founders"]}  # fmt: skip
        assert both[0].purpose.match == 0.6
        assert both[0].population.groups == GROUPS
        simulate(both[0])
    finally:
        forget()


def test_workers_give_the_same(log: Path) -> None:
    seen = read_seen(str(log))
    play = Play(BASE, seen.watch, 1)
    tasks = [PlayTask(n, {"scenario.talk": 0.1 + 0.01 * n}) for n in range(10)]
    found = []
    for n in (1, 2):
        with workers(n) as work:
            found.append(sorted((one for block in work(play, tasks) for one in block), key=lambda one: one[0]))
    assert [one[0] for one in found[0]] == list(range(10))
    for one, other in zip(*found, strict=True):
        assert one[1] == pytest.approx(other[1], nan_ok=True)


def test_a_community_that_cannot_be_played_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from scenarios.experiments.fit import play as module
    from sim.simulation import Overflow

    def fail(*_: object, **__: object) -> None:
        raise Overflow("too much talk")

    monkeypatch.setattr(module, "play_talk", fail)
    assert played(Play(BASE, Watch((30.0,), True, True), 1), PlayTask(3, {})) == (3, None, None)


def test_a_full_disk_and_another_at_work_are_said_in_one_sentence(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from scenarios.experiments.fit.asked import JOURNAL
    from scenarios.experiments.fit.journal import Journal
    from scenarios.experiments.search.explore import alone

    words = ["fit", str(log), "simulations=200", "draws=10", "workers=1", f"out={tmp_path}", *FIXED]
    with alone(tmp_path / JOURNAL):
        assert main(words) == 2
    assert "another process is at work" in capsys.readouterr().err

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Journal, "add", full)
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "make room" in said
    assert "Traceback" not in said


def test_the_command_that_is_printed_takes_names_for_names(tmp_path: Path) -> None:
    """Files may be called what they like: whoever pastes the line must not run what a stranger wrote."""
    import shlex
    from types import SimpleNamespace

    from scenarios.reports.fit_report import _command

    seen = SimpleNamespace(name="a; touch pwned")
    found = SimpleNamespace(fitted=SimpleNamespace(seen=seen))
    folder = tmp_path / "a; touch $(pwned) | b"
    words = shlex.split(_command(found, folder))  # type: ignore[arg-type]
    assert words[:3] == ["shequn", "run", f"conf_dir={folder}"]
    assert words[4] == f"world={folder / 'posterior.json'}"


def test_whole_numbers_are_rounded() -> None:
    scenario = with_knobs(compose(list(WORLD)), {"population.founders": 12.7, "scenario.talk": 0.2})
    assert scenario.population.founders == 13
    assert scenario.purpose.talk == 0.2


HEAD = "group,id,t,author,kind,reply_to\n"


@pytest.mark.parametrize(("words", "why"), [
    (["nowhere.csv"], "nowhere.csv"),
    (["short.csv"], "say too little"),
    (["several.csv"], "several simulated communities"),
    (["LOG", "simulation=5"], "simulation"),
    (["LOG", "simulations=5"], "a whole number from 200"),
    (["LOG", "strategy=[group_cap]"], "is not for a fit"),
    (["LOG", "days=9"], "is not for a fit"),
    (["LOG", "population.seats=20"], "fewer founders"),
    (["LOG", "scenario=nowhere"], "nowhere"),
    (["LOG", "scenario.talkk=1"], "talk"),
    (["LOG", "zone=Mars"], "no time zone"),
    (["LOG", "members=1"], "a whole number from 2"),
])  # fmt: skip
def test_mistakes_end_in_one_message(
    words: list[str], why: str, log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.csv").write_text(f"{HEAD}0,0,2024-05-01T10:00:00Z,1,text,\n", "utf-8")
    rows = "".join(f"{r},0,0,2024-05-01T10:00:00Z,1,text,\n" for r in range(2))
    (tmp_path / "several.csv").write_text(f"replicate,{HEAD}{rows}", "utf-8")
    assert main(["fit", *(str(log) if word == "LOG" else word for word in words)]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert 1 <= len(said.strip().splitlines()) <= 3
    assert "Traceback" not in said
    assert not (tmp_path / "outputs").exists()
