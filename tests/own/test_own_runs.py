"""Runs with a plugin: known by its text, and the same wherever they are played."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from scenarios import compose
from scenarios.config import own
from scenarios.execution.chunks import jobs_of
from scenarios.execution.job import play_chunk
from scenarios.experiments.cells import Cell, rules_of
from sim.data.store.chunks import decode

ROOT = Path(__file__).resolve().parents[2]
SMALL = ["scenario=mine", "replicates=1", "days=4", "population.groups=1"]
ELSEWHERE = """
import pickle, sys
from scenarios.execution.job import play_chunk
job = pickle.load(open(sys.argv[1], "rb"))
open(sys.argv[2], "wb").write(play_chunk(job).files[0])
"""


def rules(folder: Path, *said: str) -> str:
    return rules_of(compose(["scenario=mine", *said], plugins=folder, conf_dir=folder))


def test_a_run_is_known_by_the_text_of_the_plugins_in_play(my: Path) -> None:
    shipped = rules_of(compose(["scenario=pet_owners"]))
    assert rules(my, "roles.follower=0") == shipped
    played = rules(my)
    assert played != shipped
    assert rules(my, "roles.follower=0", "strategy=weekend_packet") not in (shipped, played)
    (my / "doses.py").write_text("USUAL = 8.8  # of course\n")
    assert rules(my) == played
    (my / "doses.py").write_text("USUAL = 9.8\n")
    assert rules(my) != played


def test_an_edited_plugin_takes_the_place_of_the_old_one(my: Path) -> None:
    """Though the file is as long as before, and of the same second."""
    first = compose(["strategy=weekend_packet"], plugins=my)
    (my / "doses.py").write_text("USUAL = 6.6\n")
    second = compose(["strategy=weekend_packet"], plugins=my)
    assert [scenario.strategies[0].values["amount"] for scenario in (first, second)] == [8.8, 6.6]
    assert len(own.in_use()) == 1


def test_another_name_of_the_folder_is_no_other_run(my: Path) -> None:
    cell = Cell("s", "w", "a", compose(SMALL, plugins=my, conf_dir=my))
    before = cell.runs([0])
    own.forget()
    moved = my.rename(my.with_name("elsewhere"))
    assert Cell("s", "w", "a", compose(SMALL, plugins=moved, conf_dir=moved)).runs([0]) == before


@pytest.mark.slow
@pytest.mark.parametrize("how", ["pickle", "cloudpickle"])
def test_a_worker_needs_neither_the_folder_nor_a_word(my: Path, tmp_path: Path, how: str) -> None:
    """What any runner does with a job: pickle it, and play it in a process that knows nothing."""
    pickler = pytest.importorskip(how)
    cell = Cell("s", "w", "a", compose([*SMALL, "strategy=weekend_packet"], plugins=my, conf_dir=my))
    (job,) = jobs_of(cell, [0], 1, count(), False)
    (tmp_path / "job").write_bytes(pickler.dumps(job))
    here = decode(play_chunk(job).files[0])
    for path in my.glob("*.py"):
        path.unlink()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", ELSEWHERE, "job", "chunk"], cwd=tmp_path, env=env, check=True)
    there = decode((tmp_path / "chunk").read_bytes())
    assert here.to_pandas().equals(there.to_pandas())
