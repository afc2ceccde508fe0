"""The commands from end to end, on made-up results: what they compose, store, show and refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios import Scenario
from scenarios.__main__ import main
from scenarios.reports.run_report import RunReport
from sim.data.results import Results, load
from sim.plots.run.measured import Measured
from tests.fakes import META, fake_arrays


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Scenario]:
    """Scenarios that were simulated, in an empty folder, by an engine that makes results up."""
    heard: list[Scenario] = []

    def simulate(scenario: Scenario, lane: str, progress: Callable[[float, float], None]) -> Results:
        heard.append(scenario)
        progress(1, 2)
        arrays = fake_arrays(scenario.replicates, 3, scenario.days, seed=scenario.seed)
        meta = {**META, "seed": scenario.seed, "days": scenario.days, "config": scenario.as_dict()}
        return Results.from_arrays(scenario.arm, scenario.world, arrays, meta)

    monkeypatch.setattr("sim.simulate", simulate, raising=False)
    monkeypatch.chdir(tmp_path)
    return heard


def test_run_stores_and_shows(played: list[Scenario], capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "strategy=[red_packet,group_cap]", "strategies.group_cap.limit=44", "replicates=3", "days=60"]
    assert main([*words, "out=mine"]) == 0
    assert [strategy.name for strategy in played[0].strategies] == ["group_cap", "red_packet"]
    stored = load("mine")
    assert stored.arms == ["group_cap+red_packet"]
    assert stored.meta["arms"]["group_cap+red_packet"]["strategies"]["group_cap"]["limit"] == 44
    out = capsys.readouterr().out
    assert "lifetime" in out
    assert "shequn report mine" in out


def test_run_refuses_a_folder_in_use_before_it_plays(
    played: list[Scenario], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", "replicates=2", "days=40", "out=mine"]
    assert main(words) == 0
    assert main(words) == 2
    assert "--replace" in capsys.readouterr().err
    assert len(played) == 1
    assert main([*words, "--replace"]) == 0


def test_run_without_a_folder_uses_date_and_time(played: list[Scenario]) -> None:
    assert main(["run", "replicates=2", "days=40"]) == 0
    assert len(list(Path("outputs").glob("*-*-*/*-*-*/meta.json"))) == 1


def test_run_uses_every_core_unless_told(played: list[Scenario]) -> None:
    import os

    assert main(["run", "replicates=2", "days=40"]) == 0
    assert main(["run", "replicates=2", "days=40", "threads=1", "out=one"]) == 0
    assert [scenario.threads for scenario in played] == [os.cpu_count(), 1]


def test_a_sweep_is_one_folder(played: list[Scenario], capsys: pytest.CaptureFixture[str]) -> None:
    words = ["strategy=nothing,[group_cap,advert_ban]", "replicates=3", "days=60", "out=swept"]
    assert main(["run", *words, "-m"]) == 0
    assert load("swept").arms == ["nothing", "advert_ban+group_cap"]
    assert "advert_ban+group_cap" in capsys.readouterr().out
    assert Path("swept/report.html").exists()


def test_arms_on_one_line_are_a_run_with_a_page(played: list[Scenario], capsys: pytest.CaptureFixture[str]) -> None:
    line = "paid_entry.price=5; nothing; paid_entry.price=5+red_packet"
    assert main(["run", f"arms={line}", "replicates=4", "days=60", "out=mine"]) == 0
    assert load("mine").arms == line.split("; ")
    assert [[s.name for s in one.strategies] for one in played] == [
        ["paid_entry"], ["nothing"], ["paid_entry", "red_packet"],
    ]  # fmt: skip
    told = capsys.readouterr().out
    assert "Arms: paid_entry.price=5 (the reference, with which the others are compared); nothing; paid_entry" in told
    assert "Differences from 'Paid entry price=5'" in told
    assert Path("mine/report.html").stat().st_size > 10_000
    assert "arm,world,outcome" in Path("mine/effects.csv").read_text("utf-8").splitlines()[0]
    assert Measured(load("mine")).reference == "paid_entry.price=5"  # as `shequn report` sees it


def test_a_swept_constant_is_compared(played: list[Scenario], capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "-m", "mind.imitation=0.1,0.2", "strategy=red_packet", "replicates=3", "days=60", "out=swept"]
    assert main([*words, "report=false", "lang=zh"]) == 0
    assert [one.mind.imitation for one in played] == [0.1, 0.2]
    told = capsys.readouterr().out
    assert "方案：red_packet imitation=0.1（参照方案" in told
    assert "与“发红包 imitation=0.1”之差" in told
    assert not Path("swept/report.html").exists()
    found = RunReport(load("swept")).found.study
    assert [texts[-1] for texts in found.arms.values()] == ["mind.imitation=0.1", "mind.imitation=0.2"]
    assert not any("imitation" in text for texts in found.worlds.values() for text in texts)


def test_a_plan_of_a_run_without_a_store_tells_how_to_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["population.groups=2", "population.seats=30", "replicates=3", "days=20", "runner=serial"]
    assert main(["run", "arms=nothing; paid_entry", *words, "plan=true"]) == 0
    told = capsys.readouterr().out
    assert "1 world × 2 arms × 3 seeds = 6 runs" in told
    assert "add store=outputs/store to the command" in told
    assert [path.name for path in Path("outputs").iterdir()] == ["store"]


def test_demo_plays_seven_arms_under_common_luck(played: list[Scenario], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--replicates", "4", "--days", "90"]) == 0
    assert [scenario.arm for scenario in played] == [
        "nothing", "group_cap", "paid_entry", "red_packet", "fixed_time", "advert_ban", "together",
    ]  # fmt: skip
    assert len(played[-1].strategies) == 4
    first = played[0]
    assert all(s.replace(arm=first.arm, strategies=first.strategies) == first for s in played)
    assert (first.population.groups, first.population.seats, first.name) == (20, 50, "pet_owners")
    assert Path("outputs/demo/report.html").stat().st_size > 10_000
    assert "together" in capsys.readouterr().out


def test_a_second_demo_takes_the_place_of_the_first(played: list[Scenario], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.reports.run_report.write_report", lambda folder, **_: folder)
    for replicates in (2, 3):
        assert main(["demo", "--replicates", str(replicates), "--days", "40"]) == 0
    assert load("outputs/demo").daily["replicate"].nunique() == 3


def test_report_draws_a_stored_run(played: list[Scenario]) -> None:
    assert main(["run", "replicates=3", "days=60", "out=mine"]) == 0
    assert main(["report", "mine"]) == 0
    assert Path("mine/report.html").exists()


def test_a_run_goes_into_a_store_or_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "replicates=1", f"store={tmp_path / 's'}"]
    for more in ([f"out={tmp_path / 'o'}"], ["--replace"]):
        assert main([*words, *more]) == 2
        assert "do not go together" in capsys.readouterr().err
    assert not (tmp_path / "s").exists()
