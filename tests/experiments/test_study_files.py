"""Study files: the ready ones, and the designs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenarios import compose
from scenarios.config.compose import Composer
from scenarios.config.overrides import merged
from scenarios.config.sections import all_knobs
from scenarios.experiments.axes import axes_of
from scenarios.experiments.cells import cells_of
from scenarios.experiments.reader import read_study, studies
from tests.experiments.shelves import GOOD, written


@pytest.mark.parametrize("name", studies())
def test_ready_studies(name: str) -> None:
    study = read_study(name)
    cells = cells_of(study)
    assert len(cells) == len(study.worlds) * len(study.arms) >= 5
    assert len({cell.config for cell in cells}) == len(cells)  # every arm is another one
    for text in (study.title, study.question):
        assert text["en"] != text["zh"]
        assert any("一" <= letter <= "鿿" for letter in text["zh"])


def test_the_study_of_the_guide_can_be_played(conf: Path) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "guide.md").read_text("utf-8")
    (text,) = re.findall(r"```yaml\n(# conf/study/.*?)```", guide, re.DOTALL)
    study = read_study(written(conf, text))
    assert study.reference == "founders=15"
    assert len(cells_of(study)) == 4


@pytest.mark.parametrize("name", studies())
def test_the_short_way_of_composing_is_the_long_way(name: str) -> None:
    study = read_study(name)
    own = (f"days={study.days}", f"seed={study.seed}", "record=spells")
    for cell in cells_of(study):
        long = compose(merged(study.worlds[cell.world], study.arms[cell.arm], own))
        assert cell.scenario == long.replace(arm=cell.arm, world=cell.world, threads=1)


@pytest.mark.parametrize(
    "overrides",
    [
        ["population=small", "talk.tie_gain=0.3", "seed=7"],
        ["strategy=[group_cap,red_packet]", "strategies.group_cap.limit=77", "scenario.match=0.2"],
        ["strategy=paid_entry", "strategies.paid_entry.price=${population.seats}"],
        ["roles=plain", "luck=philox", "same_members=true"],
        ["strategy=[]"],
    ],
)
def test_simple_and_other_overrides(overrides: list[str]) -> None:
    assert Composer().scenario(overrides) == compose(overrides)


def test_designs(conf: Path) -> None:
    over = {"strategies.group_cap.limit": [20, 50], "population.founders": [10, 15]}
    arms = {"design": "grid", "base": ["strategy=group_cap"], "over": over}
    study = read_study(written(conf, {**GOOD, "arms": arms, "reference": "limit=20 founders=10"}))
    assert list(study.arms) == [f"limit={limit} founders={f}" for limit in (20, 50) for f in (10, 15)]
    assert study.arms["limit=50 founders=10"][0] == "strategy=group_cap"
    paired = read_study(written(conf, {**GOOD, "arms": {**arms, "design": "paired"}, "reference": None}))
    assert list(paired.arms) == ["limit=20 founders=10", "limit=50 founders=15"]


@pytest.mark.parametrize("design", ["latin_hypercube", "sobol"])
def test_points_fill_the_ranges(conf: Path, design: str) -> None:
    over = {"strategies.group_cap.limit": {"low": 20, "high": 200, "scale": "log"}, "mind.leave": "declared"}
    arms = {"design": design, "base": ["strategy=group_cap"], "over": over, "n": 16, "seed": 3}
    name = written(conf, {**GOOD, "arms": arms, "reference": None})
    scenarios = [cell.scenario for cell in cells_of(read_study(name)) if cell.world == "pets"]
    knob = type(scenarios[0].mind).knobs()["leave"]
    sixteenths = sorted(int(16 * (s.mind.leave - knob.low) / (knob.high - knob.low)) for s in scenarios)
    limits = sorted(s.strategies[0].limit for s in scenarios)
    assert len(sixteenths) == 16
    assert len(set(sixteenths)) >= 15  # one point in each sixteenth, but for rounding at an edge
    assert 20 <= limits[0] <= 24
    assert 165 <= limits[-1] <= 200
    assert 55 <= limits[7] <= 75  # the middle of the logarithms
    assert read_study(name) == read_study(name)


def test_whole_numbers_reach_both_ends() -> None:
    (axis,) = axes_of({"strategies.red_packet.shares": {"low": 1, "high": 4}}, "here", all_knobs())
    assert [axis.at(u) for u in (0.0, 0.24, 0.26, 0.74, 0.76, 0.9999)] == [1, 1, 2, 3, 4, 4]
