"""`make setup` tells what it does from its first second, and how it ended; tried with a Python that only pretends."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRETENDS = """#!/bin/sh
case "$*" in
-c*) exit 0 ;;
--version) echo Python 3.12.0 ;;
"-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*--require-hashes*)
    echo "Collecting alembic==1.0 (from -r lock)"
    echo "  Downloading alembic-1.0.whl (247 kB)"
    [ -z "$BROKEN" ] || { echo "ERROR: No matching distribution found for numba"; exit 1; }
    echo "Processing /stick/wheels/numba-0.1.whl (from -r lock)"
    echo "Installing collected packages: alembic, numba" ;;
esac
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A clone with a Python that pretends, beside the system's own tools."""
    for name in ("sh", "grep", "cat", "mv", "rm", "mktemp", "mkdir", "cp", "touch", "sleep"):
        if (found := shutil.which(name)) is None:
            pytest.skip(f"no {name} here")
        (tmp_path / "tools").mkdir(exist_ok=True)
        (tmp_path / "tools" / name).symlink_to(found)
    python = tmp_path / "tools" / "python3.12"
    python.write_text(PRETENDS)
    python.chmod(0o755)
    (tmp_path / "some.lock").write_text("alembic==1.0 \\\n  --hash=sha256:0\nnumba==0.1 \\\n  --hash=sha256:0\n")
    return tmp_path


def command(place: Path, **more: str) -> dict[str, object]:
    """How the script is called: nothing of this machine is found but the tools."""
    environment = {"PATH": str(place / "tools"), "HOME": str(place), "TMPDIR": str(place), "BROKEN": "", **more}
    return {"args": ["sh", str(ROOT / ".ci" / "setup"), ".venv/bin", "some.lock"], "cwd": place, "env": environment}


def test_it_tells_its_steps(place: Path) -> None:
    done = subprocess.run(**command(place), capture_output=True, text=True, check=True)  # type: ignore[call-overload]
    assert [line.removeprefix("setup: ") for line in done.stdout.splitlines()] == [
        ".venv by Python 3.12.0 and pip, up to 2 packages: a minute or two where the network is fast", "making .venv",
        "looking for packages", "installing 2 packages", "installing shequn itself", "done",
    ]  # fmt: skip
    assert not list(place.glob("tmp.*"))
    again = subprocess.run(**command(place), capture_output=True, text=True, check=True)  # type: ignore[call-overload]
    assert "bringing .venv up to date by pip" in again.stdout


def test_on_a_terminal_one_line_tells_what_and_how_long(place: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    work = subprocess.Popen(**command(place), stdout=theirs, stderr=theirs)  # type: ignore[call-overload]
    os.close(theirs)
    said = b""
    try:
        while data := os.read(ours, 4096):
            said += data
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(ours)
    assert work.wait() == 0
    assert re.search(rb"setup: \w[^\r]* \(0 s\)", said)
    assert said.rstrip().endswith(b"setup: done")


def test_what_pip_could_not_do_is_an_error(place: Path) -> None:
    done = subprocess.run(**command(place, BROKEN="yes"), capture_output=True, text=True)  # type: ignore[call-overload]
    assert done.returncode == 1
    assert "ERROR: No matching distribution found for numba" in done.stdout
    assert "Run make setup again" in done.stderr
    assert "done" not in done.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
def test_make_notebook_opens_a_notebook_that_is_there() -> None:
    said = subprocess.run(["make", "-n", "-W", "requirements-notebook.lock", "notebook"], cwd=ROOT, capture_output=True,
                          text=True, check=True).stdout  # fmt: skip
    assert "sh .ci/setup \".venv/bin\" requirements-notebook.lock" in said
    opened = re.search(r"jupyter lab (\S+\.ipynb)", said)
    assert opened is not None
    assert (ROOT / opened[1]).exists()
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text("utf-8")
        assert "make notebook" in text
        assert opened[1].replace("/", "\\") in text  # the same without make
