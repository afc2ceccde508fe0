"""Who edits a role sees both lanes change at the next run: no compiled code is ever stale."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = """
from scenarios import Scenario
from sim import simulate
from agents.topic import Purpose
from sim.model.parameters import Population
town = Population(groups=2, seats=20, founders=10)
small = Scenario(replicates=1, days=4, population=town, purpose=Purpose(talk=0.5))
print(simulate(small, lane={lane!r}).digest)
"""
SPEAK = "        if u >= chance:\n            return -1\n        if self.is_asking"
SILENT = "        return -1\n        if self.is_asking"


def digests(folder: Path) -> list[str]:
    """Digest of a small run in either lane, each in a process of its own, by the sources in ``folder``.

    What is compiled is shared with all other copies of the same rules: the edit has to be noticed there.
    """
    env = {**os.environ, "PYTHONPATH": str(folder)}
    found = []
    for lane in ("mesa", "compiled"):
        command = [sys.executable, "-c", RUN.format(lane=lane)]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        found.append(done.stdout.strip())
    return found


@pytest.mark.slow
def test_an_edited_role_changes_both_lanes(tmp_path: Path) -> None:
    for room in ("sim", "agents", "scenarios", "conf"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    before = digests(tmp_path)
    assert len(set(before)) == 1
    member = tmp_path / "agents" / "member.py"
    text = member.read_text("utf-8")
    assert SPEAK in text
    member.write_text(text.replace(SPEAK, SILENT), "utf-8")
    after = digests(tmp_path)
    assert len(set(after)) == 1
    assert after[0] != before[0]
