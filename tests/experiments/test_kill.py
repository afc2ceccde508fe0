"""kill -9 of the parent or of a worker while some but not all runs are done: the tables come out as if nothing was."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.experiments.shelves import ROOT, command, count_done, play, tables

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of Unix")]

SEEDS, TOTAL = 16, 2 * 6 * 16
WORDS = (f"seeds={SEEDS}", "chunk=2", "workers=2", "runner=processes")
KILLS = 6
STARTS = 3
"""Kills after each of which Python starts anew with its workers, which takes longer than what is tested: at the
beginning of a store, and twice in the middle.
"""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of the same study, played in peace by one worker into another store."""
    place = tmp_path_factory.mktemp("peace")
    done = play(place / "store", f"seeds={SEEDS}", "runner=serial", f"out={place}")
    assert done.returncode == 0, done.stderr
    assert tables(place)["outcomes.csv"].count(b"\n") == TOTAL + 1
    return tables(place)


def start(store: Path) -> subprocess.Popen[bytes]:
    """The study in the background, in a session of its own."""
    return subprocess.Popen(command(store, *WORDS), cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip


def wait_for(process: subprocess.Popen[bytes], store: Path, more_than: int) -> int:
    """Wait until more runs are done than before; return how many are."""
    while process.poll() is None:
        if (done := count_done(store)) > more_than:
            return done
        time.sleep(0.005)
    return count_done(store)


def workers_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Its live worker processes; those that have just been killed, or the whole study, may be gone."""
    found = []
    with contextlib.suppress(psutil.NoSuchProcess):
        for child in psutil.Process(process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):  # a zombie is none either
                if any("spawn_main" in word for word in child.cmdline()):
                    found.append(child)
    return found


def test_killed_parents(tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    dice, store, kills, done = random.Random(20250303), tmp_path / "store", 0, 0
    while kills < STARTS:
        process = start(store)
        before = wait_for(process, store, done)
        assert 0 < before < TOTAL, "the study is too short for so many kills"
        time.sleep(dice.uniform(0.0, 0.05))
        workers = workers_of(process)
        process.kill()
        assert process.wait() == -signal.SIGKILL
        done, kills = count_done(store), kills + 1
        assert before <= done < TOTAL
        psutil.wait_procs(workers, timeout=30)
        assert not any(worker.is_running() for worker in workers)  # nobody is left behind
    finished = play(store, *WORDS, f"out={tmp_path}")
    assert finished.returncode == 0, finished.stderr
    assert int(finished.stdout.split("runs: ")[1].split(" were stored")[0]) >= done  # nothing finished was lost
    assert tables(tmp_path) == undisturbed
    assert not list((store / "chunks").glob(".*.part"))


def test_killed_workers(tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    dice, store, kills, done = random.Random(7), tmp_path / "store", 0, 0
    process = start(store)
    while kills < KILLS and done < TOTAL:
        done = wait_for(process, store, done)
        time.sleep(dice.uniform(0.0, 0.05))
        workers = workers_of(process)
        if workers and done < TOTAL:
            dice.choice(workers).kill()
            kills += 1
    assert kills == KILLS
    assert process.wait(timeout=300) == 0  # it went on by itself
    again = play(store, *WORDS, f"out={tmp_path}")
    assert f"{TOTAL} were stored, 0 played, 0 failed" in again.stdout
    assert tables(tmp_path) == undisturbed


def hearing() -> None:
    """In the child: Ctrl-C is heard, even where these tests run in the background of a shell, which is deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_says_how_to_go_on(tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    for attempt in range(5):  # on a quiet machine the study may end before the signal comes
        store = tmp_path / f"store{attempt}"
        process = subprocess.Popen(command(store, *WORDS), cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                                   preexec_fn=hearing)  # fmt: skip
        assert 0 < wait_for(process, store, 0) <= TOTAL
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to everybody
        _, message = process.communicate(timeout=60)
        if process.returncode != 0:
            break
    assert process.returncode == 130
    assert b"same command" in message
    assert b"Traceback" not in message
    finished = play(store, *WORDS, f"out={tmp_path}")
    assert finished.returncode == 0
    assert tables(tmp_path) == undisturbed




def test_killed_searches(tmp_path: Path) -> None:
    """kill -9 at three moments of a search: the same trials as in peace, and no finished run is played again."""
    pytest.importorskip("optuna")
    words = ["search=packet_dose", "population.groups=2", "population.seats=30", "days=60", "trials=24", "seeds=2",
             "fresh_seeds=2", "runner=serial"]  # fmt: skip

    def search(place: Path) -> list[str]:
        return [sys.executable, "-m", "scenarios", "search", *words, f"store={place / 's'}", f"out={place}"]

    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    peace, war = tmp_path / "peace", tmp_path / "war"
    subprocess.run(search(peace), cwd=ROOT, env=environment, check=True, capture_output=True, timeout=600)
    dice, done = random.Random(11), 0
    for _ in range(STARTS):
        process = subprocess.Popen(search(war), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)  # fmt: skip
        wait_for(process, war / "s", done)
        time.sleep(dice.uniform(0.0, 0.1))
        process.kill()
        assert process.wait() == -signal.SIGKILL, "the search is too short for so many kills"
        before, done = done, count_done(war / "s")
        assert done > before
    last = subprocess.run(search(war), cwd=ROOT, env=environment, check=True, capture_output=True, timeout=600)
    assert b"winner's curse" in last.stdout
    for name in ("trials.csv", "front.csv"):
        assert (war / name).read_bytes() == (peace / name).read_bytes()
    assert count_done(war / "s") == count_done(peace / "s")
