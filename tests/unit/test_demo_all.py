"""``shequn demo all=true``: every strategy can be played in the demo's world; what was played is not played again."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.cli.demo_all import arm_of
from scenarios.cli.sweep import compose_sweep
from scenarios.config import catalog


def test_every_strategy_has_an_arm_that_can_be_played() -> None:
    names = [name for name in catalog.options("strategy") if name != "nothing"]
    line = "; ".join(["nothing", *map(arm_of, names)])
    scenarios, _ = compose_sweep(["scenario=pet_owners", "population=small"], line, is_sweep=False)
    assert len(scenarios) == len(names) + 1 >= 60
    played = {type(one).config_name() for scenario in scenarios for one in scenario.plan}
    assert played == set(catalog.strategies())


def test_what_a_strategy_cannot_do_without_is_played_beside_it() -> None:
    assert arm_of("red_packet") == "red_packet"
    assert arm_of("woven_product") == "fixed_time+woven_product"
    assert arm_of("commission_for_promoters") == "paid_entry+commission_for_promoters"
    assert arm_of("padding").startswith("padding.fakes=")


@pytest.mark.parametrize(
    ("words", "told"),
    [(["all=perhaps"], "all=perhaps: there is no 'perhaps'; there is false, true"),
     (["store=x"], "store= is for `shequn demo all=true`"), (["all=false", "workers=2"], "workers= is for `shequn"),
     (["al=true"], "'al=true' is no setting of demo; did you mean 'all'?"),
     (["all=true", "workers=0"], "workers=0 is out of range"), (["all=true", "--out", ""], "--out= is no folder"),
     (["all=true", "--replicates", "-3"], "replicates")],
)  # fmt: skip
def test_mistakes_are_told_before_anything_is_played(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.simulation.Engine.__init__", lambda *_, **__: pytest.fail("it was played"))
    assert main(["demo", *words]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_second_go_plays_what_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    every = catalog.options
    three = ["advert_ban", "nothing", "paid_entry"]
    monkeypatch.setattr(catalog, "options", lambda group: three if group == "strategy" else every(group))
    monkeypatch.chdir(tmp_path)
    words = ["demo", "all=true", "--days", "20", "runner=serial", "report=false"]
    assert main([*words, "--replicates", "1"]) == 0
    assert "3 runs: 0 were stored, 3 played" in capsys.readouterr().out
    assert main([*words, "--replicates", "2"]) == 0
    told = capsys.readouterr().out
    assert "6 runs: 3 were stored, 3 played" in told
    assert "nothing (the reference, with which the others are compared); advert_ban; paid_entry" in told
    assert (tmp_path / "outputs" / "store" / "ledger.sqlite").exists()
    assert (tmp_path / "outputs" / "demo_all" / "outcomes.csv").read_text("utf-8").count("\n") == 7
