"""``shequn validate data=FOLDER``: the printed numbers of one world are fitted to it, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from scenarios import compose
from scenarios.__main__ import main
from scenarios.experiments import plays_of_facts, validation
from scenarios.scenario import Scenario
from sim import simulate
from sim.analysis.logs.marking import as_people_mark
from sim.data.results import Results

DAYS = 60
WORLD = ("scenario=learners", "population.groups=2", "population.seats=60", "scenario.talk=0.9",
         "population.founders=25", "scenario.search_rate=3", "strategy=[nothing]",
         "record=messages", "replicates=1", f"days={DAYS}")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two logs of two rooms each, as a stranger could bring them."""
    place = tmp_path_factory.mktemp("logs")
    for seed in (5, 6):
        played = simulate(compose([*WORLD, f"seed={seed}"]))
        assert played.messages is not None
        kept = as_people_mark(played.messages)[["group", "id", "t", "author", "kind", "reply_to"]]
        kept.assign(kind=kept["kind"].astype(str)).to_parquet(place / f"{seed}.parquet")
    return place


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Scenario]:
    """What was played to be measured; two worlds, shorter than they are measured."""
    found: list[Scenario] = []

    def watching(plan: Scenario, **more: object) -> Results:
        found.append(plan)
        return simulate(plan, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("sim.simulate", watching)
    monkeypatch.setattr(plays_of_facts, "FURTHER", {})
    monkeypatch.setattr(validation, "WORLDS", {"deals": ("deals",), "learners": ("learners",)})
    monkeypatch.setattr(validation, "DAYS", {"deals": DAYS, "learners": DAYS})
    return found


@pytest.mark.slow
def test_one_world_is_played_with_what_the_folder_tells(
    folder: Path, tmp_path: Path, plans: list[Scenario], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["validate", f"data={folder}", "replicates=3", "workers=1", "simulations=200", f"out={tmp_path}"]
    assert main([*words, "json=true"]) == 0, capsys.readouterr().err
    told = json.loads(capsys.readouterr().out)
    deals, learners = plans
    assert deals.sets is None
    assert learners.sets is not None
    keys = {row["key"] for row in told["refit"]["numbers"]}
    assert {key for row in learners.sets.rows for key in row.values} == keys
    assert len({learners.played_by(r).purpose.talk for r in range(3)}) == 3  # each community a draw of its own
    assert learners.numbers == compose(["scenario=learners"]).numbers
    assert np.isfinite([row["q50"] for row in told["refit"]["numbers"]]).all()
    plans.clear()
    assert main(words) == 0  # what was simulated for the fit is kept
    html = (tmp_path / "report.html").read_text("utf-8")
    assert "4 of its rooms, and nothing else" in html
    assert "是拟合，不是检验" in html
    assert "scenario.talk" in html


def test_rooms_that_cannot_be_compared_are_told_before_the_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"0,{k},2024-05-{1 + k // 10:02}T10:{k % 10:02}:00Z,{k % 3},text,\n" for k in range(160))
    (tmp_path / "short.csv").write_text(f"group,id,t,author,kind,reply_to\n{rows}", "utf-8")
    assert main(["validate", f"data={tmp_path / 'short.csv'}", "replicates=2", f"out={tmp_path / 'out'}"]) == 2
    assert "no room has 100 messages" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_it_can_be_left_out_and_is_about_data(
    folder: Path, tmp_path: Path, plans: list[Scenario], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", f"data={folder}", "replicates=2", "fit=false", "json=true", f"out={tmp_path}"]) == 0
    assert json.loads(capsys.readouterr().out)["refit"] is None
    assert [plan.sets for plan in plans] == [None, None]
    assert not (tmp_path / "fit").exists()
    for word in ("fit=true", "simulations=300", "workers=2"):
        assert main(["validate", word]) == 2
        assert "is about the log of data=" in capsys.readouterr().err
