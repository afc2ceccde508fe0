"""From a notebook's cells to the teacher's table: what is handed in, collected, and left out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.course import begin, check, hand_in, handin, predict
from scenarios.course.collect import collect
from scenarios.course.lessons import same_luck
from scenarios.errors import UserError

FACTS = {"sure": "b", "times": 18.0, "widths": 4.2, "correlation": 0.96, "inverse": 0.055, "one_arm": 11.0,
         "difference": -1.9, "low": -2.6, "high": -1.2, "n": 20, "times_low": 9.0, "times_high": 40.0}  # fmt: skip


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """Lesson 07 without playing it, and a folder of the test's own; the seeds that were played."""
    played: list[int] = []

    def play(lesson: object, seed: int) -> int:
        played.append(seed)
        return seed

    def facts(seed: int) -> dict[str, float | str]:
        return {**FACTS, "times": FACTS["times"] + 10 * (seed - 1)}  # type: ignore[operator]

    monkeypatch.setattr(same_luck, "LESSON", replace(same_luck.LESSON, played=play, facts=facts))
    monkeypatch.setattr(handin, "_folder", lambda: tmp_path / "handed")
    return played


def handed(name: str, answers: list[tuple[str, object]], seed: int = 1, lang: str = "en") -> Path:
    """A student's file."""
    session = begin("07", lang, seed)
    predict(12)
    for exercise, answer in answers:
        check(exercise, answer)
    hand_in(name)
    assert session.file is not None
    return session.file


def test_a_students_way_through_a_lesson(capsys: pytest.CaptureFixture[str], quick: list[int]) -> None:
    path = handed("小明", [("07.1", ...), ("07.1", "x"), ("07.1", "a"), ("07.1", "b"), ("07.2", 4.2)], lang="zh")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "运行前已记下：12.0"
    assert [line[:6] for line in said[1:6]] == ["07.1 …", "07.1 ?", "07.1 ✗", "07.1 ✓", "07.2 ✗"]
    assert "用区间重叠代替差的区间" in said[3]
    assert said[6].startswith("已提交：2 道题中目前答对 1 道")
    assert quick == [1]
    data = json.loads(path.read_text("utf-8"))
    assert path.name == "07_小明.json"
    assert (data["name"], data["lesson"], data["seed"], data["prediction"]) == ("小明", "07", 1, 12.0)
    assert data["verdicts"] == {"07.1": "right", "07.2": "unsquared"}
    assert [one["verdict"] for one in data["tries"]] == ["overlap", "right", "unsquared"]
    assert data["program"]


def test_handing_in_again_replaces_ones_own_file_and_nobody_elses() -> None:
    first = handed("../小明?", [("07.1", "a")])
    check("07.1", "b")
    hand_in("../小明?")
    assert [path.name for path in first.parent.iterdir()] == [first.name]
    assert json.loads(first.read_text("utf-8"))["verdicts"] == {"07.1": "right"}
    second = handed("../小明?", [])
    assert second != first
    assert second.parent == first.parent


def test_without_a_name_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin("07", "en")
    predict(...)
    predict(float("nan"))
    predict([1])
    for nobody in (..., "", "  ", 3):
        hand_in(nobody)  # type: ignore[arg-type]
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("No prediction noted yet")
    assert said[1] == said[2] == "A prediction is one number or a few words in quotation marks."
    assert all(line.startswith("Not handed in yet") for line in said[3:])
    assert not (tmp_path / "handed").exists()


@pytest.mark.parametrize(("call", "words"), [
    (lambda: begin("7", "en"), "no lesson '7'; did you mean '07'"),
    (lambda: begin("07", "fr"), "no language 'fr'; there is en, zh"),
    (lambda: begin("07", "en", seed=-1), "seed=-1: a whole number from 0"),
    (lambda: begin("07", "en", seed=1.5), "seed=1.5: a whole number from 0"),  # type: ignore[arg-type]
    (lambda: (begin("07", "en"), check("08.1", 3)), "lesson 07 has no exercise '08.1'; there is 07.1, 07.2"),
])  # fmt: skip
def test_mistakes_of_the_first_cell_are_told(call: Any, words: str) -> None:
    with pytest.raises(UserError) as caught:
        call()
    assert words in str(caught.value)


def test_a_class_in_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str], quick: list[int]) -> None:
    handed("Ann", [("07.1", "a"), ("07.1", "a"), ("07.1", "b"), ("07.2", 18.0)])
    handed("Bo", [("07.1", "a"), ("07.2", 28.0)], seed=2)
    handed("=cmd|x", [("07.1", "c")])
    del quick[:]
    capsys.readouterr()
    table = tmp_path / "class.csv"
    assert main(["course", "collect", str(tmp_path / "handed"), f"out={table}", "lang=en"]) == 0
    assert sorted(quick) == [1, 2]  # once each
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.splitlines() == [
        f"3 hand-ins read; the whole table is {table}. Verdicts were worked out anew.",
        "07.1  right in the end: 1 of 3; at the first try: 0 of 3; answered: 3 of 3",
        "      overlapping intervals: 2 of 3, two means compared without an interval: 1 of 3",
        "07.2  right in the end: 2 of 3; at the first try: 2 of 3; answered: 2 of 3",
    ]
    found = pd.read_csv(table)
    assert len(found) == 6
    assert list(found[found["name"] == "Ann"]["verdicts"]) == ["overlap overlap right", "right"]
    assert "'=cmd|x" in set(found["name"])


def changed(path: Path, **more: object) -> None:
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**data, **more}), "utf-8")


def test_verdicts_are_worked_out_not_believed(tmp_path: Path) -> None:
    path = handed("Cleo", [("07.1", "a"), ("07.2", 3.0)])
    tries = json.loads(path.read_text("utf-8"))["tries"]
    changed(path, tries=[{**one, "verdict": "right"} for one in tries], program="0.0.9")
    found = collect(tmp_path / "handed")
    assert list(found.table["verdict"]) == ["overlap", "other"]
    assert [(key, slots["file"]) for key, slots in found.remarks] == [
        ("collect.version", path.name), ("collect.otherwise", path.name)]  # fmt: skip
    assert found.remarks[0][1]["theirs"] == "0.0.9"
    assert found.remarks[1][1]["exercises"] == "07.1, 07.2"


BROKEN: dict[str, bytes | dict[str, object]] = {
    "cut.json": b'{"format": "shequn hand-in", "ver', "empty.json": b"", "letters.json": "größer".encode("latin-1"),
    "deep.json": b"[" * 100_000, "list.json": b"[1, 2]", "nan.json": b'{"seed": NaN}', "other.json": b'{"cells": []}',
    "large.json": b" " * 1_000_001, "version.json": {"version": 2}, "lesson.json": {"lesson": "99"},
    "seed.json": {"seed": 10**30}, "text_seed.json": {"seed": "1"}, "name.json": {"name": None},
    "tries.json": {"tries": {}}, "try.json": {"tries": [3]},
    "exercise.json": {"tries": [{"exercise": "03.1", "answer": 1, "verdict": "right"}]},
    "answer.json": {"tries": [{"exercise": "07.1", "answer": {"a": 1}, "verdict": "right"}]},
    "many.json": {"tries": [{}] * 2001}, "guess.json": {"prediction": "x" * 201},
}  # fmt: skip


def test_broken_foreign_and_tampered_files_are_left_out_with_one_line_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = handed("Dora\x1b[31m", [("07.1", "b")])
    data = json.loads(good.read_text("utf-8"))
    for name, what in BROKEN.items():
        raw = what if isinstance(what, bytes) else json.dumps({**data, **what}).encode()
        (good.parent / name).write_bytes(raw)
    (good.parent / "sub").mkdir()
    (good.parent / "sub" / "twin.json").write_bytes(good.read_bytes())
    (good.parent / "notes.txt").write_text("no hand-in", "utf-8")
    capsys.readouterr()
    assert main(["course", "collect", str(good.parent), f"out={tmp_path / 'c.csv'}", "lang=en"]) == 0
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert sorted(line.split()[2] for line in lines) == sorted([*BROKEN, str(Path("sub", "twin.json"))])
    assert all(line.startswith("left out: ") and "\x1b" not in line for line in lines)
    assert "1 hand-in read" in said.out
    assert "\x1b" not in (tmp_path / "c.csv").read_text("utf-8")


@pytest.mark.parametrize(("words", "hint"), [
    (["collect", "nowhere"], "nowhere is no folder"), (["collect"], "wants one folder"), (["colect", "x"], "'collect'"),
    (["collect", ".", "out=x.txt"], "out=x.txt is no table"), (["key", "77"], "no lesson '77'"),
    (["key", "07", "seed=x"], "seed=x: a whole number"),
])  # fmt: skip
def test_mistakes_of_teachers_are_told(words: list[str], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["course", *words, "lang=en"]) == 2
    told = capsys.readouterr().err
    assert hint in told
    assert len(told.splitlines()) == 1


def test_a_folder_without_hand_ins_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")
    assert main(["course", "collect", str(tmp_path), "lang=en"]) == 2
    assert "there is no hand-in in" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "name"), [("en", "overlapping intervals"), ("zh", "用区间重叠代替差的区间")])
def test_the_key_tells_answers_reasons_and_mistakes(lang: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["course", "key", "07", f"lang={lang}"]) == 0
    said = capsys.readouterr().out
    assert "07.2  18 ± 0.15" in said
    assert f"  a  {name}" in said
    assert main(["course", f"lang={lang}"]) == 0
    assert [line[:2] for line in capsys.readouterr().out.splitlines()] == [f"0{k}" for k in range(1, 10)]
