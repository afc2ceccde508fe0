"""What a search counts: runs that fail, and points that come twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenarios.__main__ import main
from tests.experiments.searches import GOOD, written

pytest.importorskip("optuna")

SMALL = ["population.groups=2", "population.seats=30", "days=40", "runner=serial"]


def test_runs_that_fail_are_tried_and_counted_once(
    conf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from scenarios.execution import job as work

    whole, tried = work._play, []

    def play_or_fail(job: work.Job, first: int, n: int) -> bytes:
        if job.labels["arm"] == "trial 1" and n == 1:
            tried.append((job.labels["study"], first))
        if job.labels["arm"] == "trial 1" and first <= 0 < first + n:
            raise ValueError("too much talk")
        return whole(job, first, n)

    monkeypatch.setattr(work, "_play", play_or_fail)
    words = ["search", f"search={written(conf, GOOD)}", *SMALL, f"store={tmp_path / 's'}", f"out={tmp_path}", "chunk=1"]
    assert main([*words, "trials=3"]) == 1
    out = capsys.readouterr().out
    said = re.findall(r"(\d+) runs: (\d+) were stored, (\d+) played, (\d+) failed", out)
    runs, stored, done, failed = map(int, said[0])
    assert stored == 0
    assert runs == done + failed
    assert len(tried) == len(set(tried))  # each once
    assert failed == sum(first == 0 for _, first in tried)


def test_twins_among_the_points_are_entered_under_both_names(conf: Path, tmp_path: Path) -> None:
    """Three trials of two choices: twins are played once, and each trial can be asked for by its name."""
    pytest.importorskip("duckdb")
    from sim.data.store.query import query

    mine = {**GOOD, "over": {"strategies.red_packet.occasion": ["daily", "weekly"]}, "constraints": {}}
    store = tmp_path / "s"
    words = ["search", f"search={written(conf, mine)}", *SMALL, f"store={store}", f"out={tmp_path}", "report=false"]
    assert main([*words, "trials=3"]) == 0
    found = query(store, "select arm, run from outcomes where study = 'search/mine'", lambda text: None)
    assert set(found["arm"]) == {"trial 0", "trial 1", "trial 2"}
    assert len(found) == 6 > found["run"].nunique()
