"""A cold start: two processes share the compiling, a warm one starts none, and without the second all goes on."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from agents import ROLES

numba = pytest.importorskip("numba")
from sim.engine.compiled import second_process as helper  # noqa: E402
from sim.engine.compiled.folder import cache_folder  # noqa: E402
from sim.engine.compiled.lane import CompiledLane  # noqa: E402
from sim.model.schedule import SCHEDULE  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PHASES = ["account", "carry", "decide", "fill", "found", "part", "plan", "propose"]
LACKING = ["account", "day", "plan"]
"""What is compiled once more where no second process can be started: the day, without which none is wanted, and of
what that one would compile the two that take least.
"""
RUN = """
import json, subprocess, sys
from scenarios import Scenario
from sim.simulation import Engine
from sim.model.parameters import Population
import sim.engine.compiled.second_process

started, popen = [], subprocess.Popen
def counted(command, **more):
    started.append(command)
    return popen([{program!r}, *command[1:]] if {program!r} else command, **more)
subprocess.Popen = counted

town = Population(groups=2, seats=20, founders=10)
engine = Engine(Scenario(replicates=1, days=4, population=town), "compiled", 1)
for _ in range(4):
    engine.step()
lane = engine.lane
stats = {{name: lane.loop(name).stats for name in {phases}}} | {{"day": lane.loop("day").stats}}
print(json.dumps({{
    "found": sorted(name for name, s in stats.items() if s.cache_hits),
    "compiled": sorted(name for name, s in stats.items() if s.cache_misses and not s.cache_hits),
    "started": len(started),
    "state": [int(engine.state.members[n].sum()) for n in ("person", "n_messages", "role")],
}}))
"""


def start(cache: Path, program: str = "") -> dict[str, Any]:
    """A program of four days in a process of its own: which phases it found compiled, which it compiled itself."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SHEQUN_CACHE": str(cache), "NUMBA_NUM_THREADS": "2"}
    command = [sys.executable, "-c", RUN.format(program=program, phases=PHASES)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_two_processes_share_a_cold_start(tmp_path: Path) -> None:
    cold, warm = start(tmp_path / "one"), start(tmp_path / "one")
    assert (cold["found"], cold["compiled"], cold["started"]) == (PHASES, ["day"], 1)
    assert (warm["found"], warm["compiled"], warm["started"]) == (sorted([*PHASES, "day"]), [], 0)
    indexes = {path.name.split("-")[0] for path in tmp_path.rglob("*.nbi")}
    assert indexes == {*PHASES, "move", "day", "call_in_turn", "offers"}  # nobody is moved there; offers are in play
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    for path in (path for name in LACKING for path in (tmp_path / "other").rglob(f"{name}-*.nb?")):
        path.unlink()
    without = start(tmp_path / "other", program="/no/such/program")
    found = sorted({*PHASES, "day"} - {*LACKING})
    assert (without["found"], without["compiled"], without["started"]) == (found, LACKING, 1)
    assert cold["state"] == warm["state"] == without["state"]


@pytest.fixture
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cores, as far as Numba knows."""
    monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", 2)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every process started."""
    started, popen = [], subprocess.Popen

    def remembered(*args: Any, **more: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **more))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remembered)
    return started


def pretend_worker(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(multiprocessing, "parent_process", lambda: object())


def pretend_one_core(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(numba.config, "NUMBA_NUM_THREADS", 1)


def pretend_no_program(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "executable", None)


@pytest.mark.parametrize("pretend", [pretend_worker, pretend_one_core, pretend_no_program])
def test_who_can_have_no_helper_has_none(
    pretend: Any, cores: None, programs: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch)
    with helper.helping("key", ROLES, SCHEDULE, ()) as is_helped:
        assert not is_helped
    assert programs == []


def test_roles_that_only_this_process_knows_are_not_sent(cores: None, programs: list[Any]) -> None:
    typed = type("Typed", (ROLES[0],), {"__module__": "__main__"})
    local = type("Local", (ROLES[0],), {"__module__": __name__})
    for role in (typed, local):
        with helper.helping("key", [*ROLES, role], SCHEDULE, ()) as is_helped:
            assert not is_helped
    assert programs == []


def test_a_helper_that_fails_is_no_error(cores: None, programs: list[Any]) -> None:
    with helper.helping("the key of other rules", ROLES, SCHEDULE, ()) as is_helped:
        assert is_helped
        assert programs[0].wait(60) == 0
    with helper.helping("key", ROLES, SCHEDULE, lambda: "cannot be sent") as is_helped:
        assert is_helped
    assert len(programs) == 2


def test_ctrl_c_ends_the_helper(cores: None, programs: list[Any]) -> None:
    def interrupted() -> None:
        with helper.helping("key", ROLES, SCHEDULE, ()):
            assert programs[0].poll() is None
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert programs[0].returncode is not None


def test_two_processes_never_give_two_functions_one_name() -> None:
    """Code of both is loaded side by side: with one name for two functions, a phase would run another one's rule."""
    code = (
        "import sim.engine.compiled.inner; from numba.core.bytecode import FunctionIdentity as f;"
        "print(next(f._unique_ids))"
    )
    command = [sys.executable, "-c", code]
    first, second = (int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout) for _ in range(2))
    assert abs(first - second) > 100_000


SLEEPER = """
import os, time
from agents import Member
if os.environ.get("SLEEP"):
    open("asleep", "w").close()
    time.sleep(600)
class Sleeper(Member):
    pass
"""
KILLED = """
import os, signal, subprocess, time
import numba
from pathlib import Path
from sim.engine.compiled import second_process as helper
from sim.model.schedule import SCHEDULE
from sleeper import Sleeper
numba.config.NUMBA_NUM_THREADS = 2
os.environ["SLEEP"] = "1"
popen = subprocess.Popen
def told(*args, **more):
    process = popen(*args, **more)
    print(process.pid, flush=True)
    return process
subprocess.Popen = told
with helper.helping("key", [Sleeper], SCHEDULE, ()):
    while not Path("asleep").exists():
        time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals of POSIX")
def test_the_helper_does_not_outlive_a_killed_program(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, env=env, capture_output=True, timeout=120)
    assert done.returncode < 0, done.stderr
    pid = int(done.stdout)
    for _ in range(200):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    psutil.Process(pid).kill()
    pytest.fail("the helper still runs")


def test_a_folder_that_cannot_be_written_to_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SHEQUN_CACHE", str(tmp_path / "file"))
    assert not cache_folder("key").exists()
    monkeypatch.setenv("SHEQUN_CACHE", str(tmp_path / "folder"))
    store = CompiledLane(SCHEDULE, ROLES, "key").loop("plan")._cache  # type: ignore[attr-defined]
    assert store.cache_path == str(cache_folder("key"))  # named by the rules, wherever the project lies

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store._cache_file, "save", full)
    monkeypatch.setattr(store._impl, "check_cachable", lambda _: True)
    monkeypatch.setattr(store._impl, "reduce", lambda data: data)
    store.save_overload((), type("Code", (), {"codegen": type("G", (), {"magic_tuple": lambda self: ()})()}))
    assert "No space left" in capsys.readouterr().err


def test_an_odd_path_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python ignores entries of its path that are no text; notebooks have them."""
    monkeypatch.setattr(sys, "path", [Path("/tmp"), *sys.path])
    with helper.helping("no such rules", [], SCHEDULE, None) as is_helped:
        assert is_helped in (True, False)
