"""The command line: help at once, honest exit codes, UTF-8 everywhere."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time

import pytest

from scenarios.__main__ import COMMANDS, main


@pytest.mark.parametrize("command", [[], *[[name] for name in COMMANDS]], ids=lambda words: " ".join(words) or "alone")
def test_help_in_under_a_second(command: list[str]) -> None:
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "scenarios", *command, "--help"], capture_output=True)
    assert done.returncode == 0
    assert b"shequn" in done.stdout
    assert time.perf_counter() - began < 1.0


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from scenarios.__main__ import main; main(['run', '--help']); "
        "print([name for name in ('numpy', 'numba', 'pandas', 'mesa', 'hydra', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["lst"], "did you mean 'list'"),
        (["claims", "only=h99"], "no claim 'h99'"),
        (["study"], "study=NAME"),
        (["days=3"], "shequn run days=3"),
        (["list", "strategy"], "strategies"),
        (["list", "studys"], "studies"),
        (["search"], "search=NAME"),
        (["sensitivity"], "sensitivity=NAME"),
        (["explain", "group_sizes"], "group_size"),
        (["explain", "group_cup"], "group_cap"),
        (["explain"], "name"),
        (["demo", "--replicates", "few"], "few"),
        (["demo", "--replicates", "-3"], "replicates"),
        (["report", "nowhere/at/all"], "nowhere"),
        (["read", "nowhere.csv"], "nowhere.csv"),
        (["run", "out=pyproject.toml/x"], "pyproject.toml"),
    ],
)
def test_mistakes_exit_with_2(words: list[str], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    message = capsys.readouterr().err
    assert hint in message
    assert len(message.splitlines()) <= 3


@pytest.mark.parametrize("kind", ["searches", "sensitivities"])
def test_list_of_what_can_be_asked(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", kind]) == 0
    name, line = capsys.readouterr().out.splitlines()[1].split(maxsplit=1)
    assert name
    assert line.endswith("?") or "." in line


@pytest.mark.parametrize("kind", ["", "knobs", "roles", "strategies", "studies"])
def test_list(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", *filter(None, [kind])]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 7


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("group_cap", "strategies.group_cap.limit"),
        ("S1", "strategies.group_cap.limit"),
        ("limit", "founding material"),
        ("strategies.group_cap.limit", "2,000"),
        ("deals", "bargains"),
        ("city", "10000"),
        ("mind", "source:"),
        ("KOL", "意见领袖"),
        ("lurker", "潜水者"),
        ("seed", "determines"),
        ("group_size", "限制群人数"),
        ("spells", "membership"),
        ("packet_dose", "minimise"),
        ("host_or_fate", "听天由命"),
    ],
)
def test_explain(name: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    assert says in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_explanations_have_no_marks_of_code_and_no_empty_heads(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("poacher", "poaching"):
        assert main(["explain", name, f"lang={lang}"]) == 0
    shown = capsys.readouterr().out
    assert "sim.mechanisms.poaching" in shown
    assert ":mod:" not in shown
    lines = shown.splitlines()
    heads = ("levers:", "可调的操作：")
    assert all(after.startswith("    ") for line, after in itertools.pairwise(lines) if line in heads)


def test_chinese_on_a_console_that_is_not_utf8() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "scenarios", "explain", "KOL"], capture_output=True, env=environment
    )
    assert done.returncode == 0
    assert "意见领袖" in done.stdout.decode("utf-8")


def test_ctrl_c_gives_one_line_and_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("scenarios.execution.play.play", interrupted)
    assert main(["run", "days=3", "replicates=1"]) == 130
    assert capsys.readouterr().err.strip().splitlines() == ["shequn: stopped; nothing was written"]


def test_a_failed_run_exits_with_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def failing(*arguments: object) -> None:
        raise ZeroDivisionError("a strategy divided by nobody")

    monkeypatch.setattr("scenarios.execution.play.play", failing)
    assert main(["run", "days=3", "replicates=1"]) == 1
    assert "a strategy divided by nobody" in capsys.readouterr().err.splitlines()[-1]


def test_the_parameter_page_names_every_knob() -> None:
    from docs.build import page
    from scenarios.config.sections import shown_knobs
    from scenarios.strategies.window import Window

    text, window = page(), [f"strategies.NAME.{name}" for name in Window.window_knobs()]
    assert [name for name in [*shown_knobs(), *window] if f"`{name}`" not in text] == []
