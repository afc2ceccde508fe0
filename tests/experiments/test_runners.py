"""Runners that cannot play say so in one message; nobody starts more workers than there are jobs."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.errors import UserError
from scenarios.execution import workers
from scenarios.experiments.cells import cells_of
from scenarios.experiments.session import read_words
from scenarios.experiments.studies import Studies

WORDS = ("study", "study=group_size", "population.groups=2", "population.seats=20", "days=15", "seeds=2")


def message_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(words) == 2
    message = capsys.readouterr().err
    assert message.startswith("shequn: runner")
    assert len(message.splitlines()) <= 3
    return message


def test_slurm_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("submitit")
    monkeypatch.setenv("PATH", str(tmp_path))
    words = [*WORDS, f"store={tmp_path / 's'}", "runner=submitit", "runner.address=slurm"]
    assert "runner.address=local" in message_of(words, capsys)


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for Slurm")
def test_a_queue_that_takes_no_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("submitit")
    for name in ("srun", "sbatch"):
        (tmp_path / name).write_text("#!/bin/sh\necho no such account >&2\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    words = [*WORDS, f"store={tmp_path / 's'}", "runner=submitit", "runner.address=slurm"]
    assert main(words) == 2
    message = capsys.readouterr().err
    assert "the queue does not take a job (no such account)" in message
    assert "Traceback" not in message


@pytest.mark.parametrize("runner", [[], ["runner=serial"], ["runner=processes"]])
def test_an_address_that_nobody_uses(tmp_path: Path, runner: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    words = [*WORDS, f"store={tmp_path / 's'}", "runner.address=auto", *runner]
    assert "runner=ray" in message_of(words, capsys)


def test_a_cluster_that_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody listens there and never says a word."""
    pytest.importorskip("ray")
    from scenarios.execution.runners import ray_

    monkeypatch.setattr(ray_, "PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"127.0.0.1:{mute.getsockname()[1]}"
        words = [*WORDS, f"store={tmp_path / 's'}", "runner=ray", f"runner.address={address}"]
        assert "waited 1 s" in message_of(words, capsys)


def test_a_cluster_that_is_not_there_is_told_in_its_own_words() -> None:
    pytest.importorskip("ray")
    from scenarios.execution.runners import ray_

    with pytest.raises(UserError, match="no Ray cluster answers there"):
        ray_._knock("no such address")


@pytest.mark.parametrize(("chunk", "most"), [(0, 5), (2, 3), (100, 2)])
def test_no_more_workers_than_jobs(monkeypatch: pytest.MonkeyPatch, chunk: int, most: int) -> None:
    asked: list[int] = []
    monkeypatch.setattr(workers, "make_runner", lambda name, n, *more: asked.append(n))
    monkeypatch.setattr("scenarios.execution.warm.warm", lambda scenario: None)
    study, options = read_words(Studies(), [*WORDS[1:], "workers=1000", "runner=processes"])
    cells = cells_of(study)
    left = {0: [0, 1], 1: [0, 1, 2]}
    assert workers.most_jobs(left, chunk) == most
    workers.runner_for(options, cells, workers.most_jobs(left, chunk))
    assert asked == [most]
