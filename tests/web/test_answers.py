"""Answers of the page: whole, the same as the command line's, kept once, no more than may wait."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from concurrent.futures import Future
from typing import Any

import psutil
import pytest

from scenarios.__main__ import main
from scenarios.errors import UserError
from scenarios.web import answers as module
from scenarios.web.answers import KEPT, WAITING, Answers, Busy, answer, packed
from scenarios.web.question import Question

SMALL = Question(second="group_cap.limit=30", groups=2, days=10)


def _told(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(data))
    return found


def test_an_answer_has_the_digest_of_its_command(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    import shlex

    told = _told(packed(answer, SMALL))
    words = shlex.split(told["command"])
    assert main([*words[1:], f"out={tmp_path / 'run'}", "report=false"]) == 0
    assert json.loads((tmp_path / "run" / "meta.json").read_text())["digest"] == told["digest"]
    assert [*told["reel"]["arms"]] == ["nothing", "group_cap.limit=30"]
    assert told["words"]["zh"]["arm:nothing"]


def test_a_mistake_of_the_question_is_told_as_one() -> None:
    with pytest.raises(UserError, match="group_capp"):
        packed(answer, Question(second="group_capp"))


class Pool:
    """Work that is done when the test says so."""

    def __init__(self) -> None:
        self.asked: list[Future[bytes]] = []

    def submit(self, *work: object) -> Future[bytes]:
        self.asked.append(Future())
        return self.asked[-1]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> tuple[Answers, Pool]:
    pool = Pool()
    monkeypatch.setattr(module.Answers, "_made", lambda self: pool)
    return Answers(1), pool


def test_one_question_is_played_once(shelf: tuple[Answers, Pool]) -> None:
    answers, pool = shelf
    assert answers.ask(SMALL) is answers.ask(SMALL)
    assert len(pool.asked) == 1


def test_what_failed_is_tried_again(shelf: tuple[Answers, Pool]) -> None:
    answers, pool = shelf
    answers.ask(SMALL)
    pool.asked[0].set_exception(UserError("no"))
    answers.ask(SMALL)
    assert len(pool.asked) == 2


def test_the_shelf_does_not_grow(shelf: tuple[Answers, Pool]) -> None:
    answers, pool = shelf
    for seed in range(3 * KEPT):
        answers.ask(Question(seed=seed))
        pool.asked[-1].set_result(b"")
    assert len(answers._shelves[answer]) == KEPT
    answers.ask(Question(seed=0))
    assert len(pool.asked) == 3 * KEPT + 1  # it had gone


def test_too_many_are_told_to_come_again(shelf: tuple[Answers, Pool]) -> None:
    answers, _ = shelf
    for seed in range(WAITING):
        answers.ask(Question(seed=seed))
    with pytest.raises(Busy):
        answers.ask(Question(seed=WAITING))


def test_what_is_done_once_is_not_kept_and_waits_in_turn(shelf: tuple[Answers, Pool]) -> None:
    answers, pool = shelf
    assert answers.once(answer, SMALL) is not answers.once(answer, SMALL)
    assert (answers.waiting, answers._shelves) == (2, {})
    pool.asked[0].set_result(b"")
    assert answers.waiting == 1
    for seed in range(WAITING - 1):
        answers.ask(Question(seed=seed))
    with pytest.raises(Busy):
        answers.once(answer, SMALL)


def test_what_is_handed_to_a_free_worker_does_not_count_as_waiting(shelf: tuple[Answers, Pool]) -> None:
    answers, _ = shelf
    answers.submit(answer, SMALL)
    assert answers.waiting == 0


SERVER = """
import os, time
from scenarios.web.answers import Answers
answers = Answers(1)
print(answers.submit(os.getpid).result(), flush=True)
time.sleep(600)
"""


def test_workers_end_with_their_server_even_if_it_is_killed() -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    worker = psutil.Process(int(server.stdout.readline()))
    server.kill()
    server.wait()
    worker.wait(60)  # raises where it goes on
