"""The wall as a class uses it: thirty students from another network, a stranger, the bell, a server that is killed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.network import other_network
from tests.web.students import PLANS

pytestmark = pytest.mark.slow
N = 30
_START, _BELL = 120.0, 300.0
_SMALL = ("days=90", "seats=60", "communities=8", "workers=2", "show=false")


@dataclass
class Wall:
    """A server, and what its terminal says."""

    folder: Path
    port: int
    served: subprocess.Popen[bytes]

    @property
    def said(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    def teacher(self) -> httpx.Client:
        """The teacher's browser, in by their link."""
        key = re.findall(r"key=(\S+)", self.said)[-1]
        one = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", follow_redirects=True, timeout=60.0)
        assert one.get("/wall", params={"key": key}).status_code == 200
        return one

    @property
    def code(self) -> str:
        return re.findall(r"with the code (\w+)", self.said)[-1]

    @property
    def kept(self) -> Path:
        """Folder of the class."""
        return self.folder / re.findall(r"wall=(\S+) goes on", self.said)[-1]


def start(folder: Path, *settings: str) -> Wall:
    """`shequn app wall=…` as a teacher gives it, until it answers."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}  # NiceGUI looks for it
    env |= {"LANG": "C", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with (folder / "log").open("ab") as out:
        served = subprocess.Popen([sys.executable, "-m", "scenarios", "app", "host=0.0.0.0", f"port={port}", *settings],
                                  stdout=out, stderr=out, env=env, cwd=folder)  # fmt: skip
    wall, end = Wall(folder, port, served), time.monotonic() + _START
    while time.monotonic() < end:
        assert served.poll() is None, wall.said
        try:
            if httpx.get(f"http://127.0.0.1:{port}/join").status_code == 200:
                return wall
        except httpx.TransportError:
            time.sleep(0.3)
    raise AssertionError(wall.said)


@pytest.fixture(scope="module")
def wall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wall]:
    one = start(tmp_path_factory.mktemp("class"), "wall=true", *_SMALL)
    yield one
    one.served.send_signal(signal.SIGINT)
    assert one.served.wait(30) in (0, 130), one.said
    assert "Traceback" not in one.said


@pytest.fixture(scope="module")
def students(wall: Wall) -> list[dict[str, Any]]:
    """What thirty scripted students saw."""
    with other_network() as (address, there):
        found = subprocess.run([*there, sys.executable, "-m", "tests.web.students", f"http://{address}:{wall.port}",
                                wall.code, str(N)], capture_output=True, check=True, timeout=500,
                               env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})  # fmt: skip
    seen: list[dict[str, Any]] = json.loads(found.stdout)
    return seen


def test_thirty_students_join_play_refresh_leave_and_return_and_none_is_lost(
    wall: Wall, students: list[dict[str, Any]]
) -> None:
    assert [one for one in students if one["joined"] != 200 or not one["played"] or not one["same"]] == []
    told = wall.teacher().get("/wall/state").json()
    assert (told["joined"], told["played"], told["waiting"]) == (N, N, 0)
    assert sorted(told["names"]) == sorted(one["name"] for one in students)
    assert len(told["dots"]) <= len(PLANS)  # the same plan meets the same luck
    assert sum(n for _, _, n in told["dots"]) == N


def test_a_stranger_without_the_code_gets_nothing(wall: Wall, students: list[dict[str, Any]]) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{wall.port}", timeout=60.0) as stranger:
        for path in ("/", "/wall", "/wall/state", "/wall/result", "/mine", "/mine/state", "/answer", "/advice",
                     "/board", "/_nicegui/3/static/nicegui.js", "/docs", "/openapi.json"):  # fmt: skip
            assert stranger.get(path).status_code == 403, path
        for path in ("/wall/ring", "/wall/again", "/wall/remove", "/mine/play", "/advice/log", "/question"):
            assert stranger.post(path, data={"name": students[0]["name"]}).status_code == 403, path
        wrong = stranger.post("/join", data={"code": "AAAAAA", "name": "stranger", "lang": "en"})
        assert wrong.status_code == 400
        assert "not the code of the class" in wrong.text
    assert "stranger" not in wall.teacher().get("/wall/state").json()["names"]


def test_a_student_does_not_ring(wall: Wall, students: list[dict[str, Any]]) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{wall.port}", timeout=60.0) as phone:
        phone.post("/join", data={"code": wall.code, "name": "naughty", "lang": "en"})
        assert phone.get("/mine").status_code == 200
        assert phone.post("/wall/ring").status_code == 403
    teacher = wall.teacher()
    assert teacher.post("/wall/remove", data={"name": "naughty", "lang": "en"}).status_code == 200
    assert not teacher.get("/wall/state").json()["rung"]


def test_the_bell_rings_the_server_is_killed_and_the_kept_study_replays_to_the_same_bytes(
    wall: Wall, students: list[dict[str, Any]], tmp_path: Path
) -> None:
    """The bell is rung in a server that is killed at once; the next one goes on with the class."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    copy = folder / "class"
    copy.mkdir()
    (copy / "class.json").write_bytes((wall.kept / "class.json").read_bytes())
    first = start(folder, "wall=class", "workers=2", "show=false")
    assert "Ring" in first.teacher().get("/wall", params={"lang": "en"}).text
    first.teacher().post("/wall/ring", data={"lang": "en"})
    first.served.kill()
    first.served.wait()
    second = start(folder, "wall=class", "workers=2", "show=false")
    third = [sys.executable, "-m", "scenarios", "app", "wall=class", f"port={second.port + 1}", "show=false"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C"}
    other = subprocess.run(third, cwd=folder, env=env, capture_output=True, text=True, timeout=120)
    assert (other.returncode, "another wall serves the class" in other.stderr) == (2, True)
    teacher, end = second.teacher(), time.monotonic() + _BELL
    while not (told := teacher.get("/wall/state").json())["done"] and time.monotonic() < end:
        assert not told.get("is_lost"), second.said
        time.sleep(1.0)
    assert told["done"], second.said
    assert told["mistake"] == ""
    assert told["joined"] == N
    page = teacher.get("/wall", params={"lang": "zh"}).text
    assert students[0]["name"] in page
    assert teacher.get("/wall/result").status_code == 200
    second.served.send_signal(signal.SIGINT)
    assert second.served.wait(30) in (0, 130)
    place = copy / "round-1"
    found = json.loads((place / "found.json").read_text("utf-8"))
    command = [sys.executable, "-m", "scenarios", *shlex.split(found["command"])[1:], "store=fresh", "out=again"]
    again = subprocess.run(command, cwd=place, capture_output=True, timeout=500,
                           env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})  # fmt: skip
    assert again.returncode == 0, again.stderr.decode()
    replayed = next((place / "again").rglob("boards.json")).read_bytes()
    assert hashlib.sha256(replayed).hexdigest() == found["digest"]
