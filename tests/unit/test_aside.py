"""A second process changes nothing that comes out: not when it works, fails, hangs, is interrupted or is not there."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from scenarios.reports import forked as aside
from scenarios.reports.forked import side_by_side
from scenarios.reports.run_report import write_report
from tests.fakes import fake_results

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
HERE = os.getpid()


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork though other threads (of the test runner) may run and the machine may have one core."""
    monkeypatch.setattr(aside, "_forking_is_sound", lambda: True)


def own(task: Callable[[], object]) -> object:
    """What ``task`` does in the second process alone; here it is 'home'."""
    return task() if os.getpid() != HERE else "home"


def leave() -> None:
    os._exit(3)


def refuse() -> None:
    raise ValueError("no")


def interrupt() -> None:
    raise KeyboardInterrupt


@linux
def test_the_last_task_is_done_in_another_process_and_comes_back_in_order(forking: None) -> None:
    first, second = side_by_side([os.getpid, os.getpid])
    assert first == HERE
    assert second != HERE
    assert not multiprocessing.active_children()


@linux
@pytest.mark.parametrize("task", [leave, refuse, interrupt])
def test_what_the_child_cannot_do_is_done_here(
    forking: None, task: Callable[[], None], capfd: pytest.CaptureFixture[str]
) -> None:
    assert side_by_side([lambda: 1, partial(own, task)]) == [1, "home"]
    assert capfd.readouterr() == ("", "")
    assert not multiprocessing.active_children()


@linux
def test_where_no_process_is_to_be_had_all_is_done_here(forking: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(os, "fork", refused)
    assert side_by_side([lambda: 1, lambda: 2]) == [1, 2]


def test_a_child_killed_while_it_sends_is_replaced(forking: None) -> None:
    def kill() -> bytes:
        time.sleep(0.5)
        for child in multiprocessing.active_children():
            child.kill()
        return b"here"

    assert side_by_side([kill, lambda: b"x" * 1_000_000]) == [b"here", b"x" * 1_000_000]


def test_a_child_that_hangs_is_not_waited_for(forking: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "PATIENCE", (0.2, 3.0))
    assert side_by_side([lambda: 1, partial(own, partial(time.sleep, 600))]) == [1, "home"]
    assert not multiprocessing.active_children()


@linux
def test_an_interrupt_here_leaves_no_child_behind(forking: None) -> None:
    with pytest.raises(KeyboardInterrupt):
        side_by_side([interrupt, partial(time.sleep, 600)])
    assert not multiprocessing.active_children()


@linux
def test_an_error_is_told_once_and_from_here(forking: None, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match=r"^no$"):
        side_by_side([lambda: 1, refuse])
    assert capfd.readouterr() == ("", "")


def test_where_forking_is_not_sound_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_forking_is_sound", lambda: False)
    assert side_by_side([os.getpid, os.getpid]) == [HERE, HERE]


@linux
def test_nothing_is_forked_beside_another_thread_or_on_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert aside._forking_is_sound()
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not aside._forking_is_sound()
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert not aside._forking_is_sound()


@linux
def test_page_and_pictures_are_the_same_bytes_with_one_process_or_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = fake_results(arms=("nothing", "paid_entry"), replicates=3, groups=3, days=60)
    found = []
    for sound in (True, False):
        monkeypatch.setattr(aside, "_forking_is_sound", lambda sound=sound: sound)
        place = tmp_path / str(sound)
        place.mkdir()
        write_report(place, results=results)
        found.append({path.name: path.read_bytes() for path in place.iterdir()})
    assert found[0] == found[1]
    assert any(name.endswith("-zh.png") for name in found[0])
