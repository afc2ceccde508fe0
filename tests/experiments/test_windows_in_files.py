"""Nodes and windows in studies and searches."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from scenarios import compose
from scenarios.config.compose import Composer
from scenarios.errors import ConfigError
from scenarios.experiments.axes import settings_of
from scenarios.experiments.cells import cells_of
from scenarios.experiments.kinds import run
from scenarios.experiments.reader import read_study
from scenarios.experiments.search.file import read_search


def test_doses_and_windows_of_nodes_are_searched(conf: Path) -> None:
    (conf.parent / "search" / "packets_until.yaml").write_text(
        "question: how much first, and until when\n"
        "base: ['strategies={a:{use:red_packet,until_day:9},b:{use:fixed_time}}']\n"
        "over: {strategies.a.amount: {low: 1, high: 20}, strategies.a.until_day: {low: 5, high: 30},"
        " strategies.b.from_day: [0, 10]}\n"
        "objectives: {lifetime: maximise}\n"
    )
    search = read_search("packets_until")
    assert [axis.name for axis in search.axes] == ["amount", "until_day", "from_day"]
    arm = Composer().scenario([*search.base, *settings_of([axis.key for axis in search.axes], [7.5, 20, 10])])
    assert [(one.name, one.window) for one in arm.strategies] == [("a", {"until_day": 20}), ("b", {"from_day": 10})]
    assert arm.strategies[0].amount == 7.5  # type: ignore[attr-defined]


def test_a_search_over_nodes_is_played_to_its_end(conf: Path, tmp_path: Path) -> None:
    """Two packets after each other under one luck: the first look, the second look, tables with the nodes' knobs."""
    (conf.parent / "search" / "two.yaml").write_text(
        "question: how much first, how much later\n"
        "base: ['strategies={a:{use:red_packet,amount:20,until_day:9},b:{use:red_packet,from_day:10}}']\n"
        "over: {strategies.b.amount: {low: 1, high: 20}, strategies.a.until_day: {low: 3, high: 9}}\n"
        "objectives: {cost: minimise, member_messages: maximise}\n"
    )
    words = ["search=two", "trials=3", "seeds=2", "fresh_seeds=2", "days=20", "population.groups=2", "runner=serial",
             f"store={tmp_path / 's'}", f"out={tmp_path / 'out'}", "report=false"]  # fmt: skip
    assert run("search", words) == 0
    trials = pd.read_csv(tmp_path / "out" / "trials.csv")
    assert trials["trial"].nunique() == 3
    cost = trials[trials["outcome"] == "cost"].set_index("trial")
    spent = 20 * (cost["strategies.a.until_day"] + 1) + 10 * cost["strategies.b.amount"]  # a day and group
    assert cost["mean"].corr(spent) > 0.9  # what was searched is what was played


def test_arms_of_a_study_have_windows(conf: Path) -> None:
    (conf / "until.yaml").write_text(
        "question: until when\n"
        "arms: {design: grid, base: ['strategies.a.use=red_packet'], over: {strategies.a.until_day: [9, 19]},"
        " also: {nothing: [strategy=nothing]}}\n"
        "outcomes: [lifetime]\n"
    )
    study = read_study("until")
    cells = {cell.arm: cell.scenario.strategies for cell in cells_of(study)}
    assert [one.window for (one,) in list(cells.values())[1:]] == [{"until_day": 9}, {"until_day": 19}]


def test_parts_of_a_plan_are_varied(conf: Path) -> None:
    (conf / "hours.yaml").write_text(
        "question: at which hour\n"
        "arms: {design: grid, base: ['strategy=[stage_plan]'], over: {strategies.growth_content.hour: [9, 20]}}\n"
        "outcomes: [lifetime]\n"
    )
    hours = [{one.name: one for one in cell.scenario.strategies}["growth_content"].hour  # type: ignore[attr-defined]
             for cell in cells_of(read_study("hours"))]  # fmt: skip
    assert hours == [9.0, 20.0]


def test_a_timeline_is_the_worlds(conf: Path) -> None:
    (conf / "fairs.yaml").write_text(
        "question: with or without\n"
        "arms: {with: ['timeline=[{day: 2, say: fair}]'], without: [strategy=nothing]}\n"
        "outcomes: [lifetime]\n"
    )
    with pytest.raises(ConfigError, match="a timeline is the world's"):
        cells_of(read_study("fairs"))


def test_spare_groups_of_a_timeline_follow_the_size_of_the_world(conf: Path) -> None:
    """The short way of composing arms is the long way."""
    (conf.parent / "scenario" / "fair.yaml").write_text(
        "# @package _global_\n# A fair.\ntimeline: [{day: 5, strategies: {halves: {use: split, at: 20}}}]\n"
    )
    words = ["scenario=fair", "population.groups=4"]
    assert Composer().scenario(words).population == compose(words).population


def test_each_is_left_out_with_its_doses(conf: Path) -> None:
    (conf / "parts.yaml").write_text(
        "question: which\n"
        "arms: {design: leave_one_out, base: ['strategy=[paid_entry,advert_ban]', strategies.paid_entry.price=5,"
        " 'strategies={a:{use:red_packet,lucky:false,until_day:9}}', strategies.a.amount=7]}\n"
        "outcomes: [lifetime]\n"
    )
    study = read_study("parts")
    assert list(study.arms) == ["all", "without paid_entry", "without advert_ban", "without a"]
    assert study.reference == "all"
    played = {cell.arm: {one.name: one for one in cell.scenario.strategies} for cell in cells_of(study)}
    for arm, there in played.items():
        assert set(there) == {"paid_entry", "advert_ban", "a"} - {arm.removeprefix("without ")}
        for name, one in there.items():
            assert one == played["all"][name]


@pytest.mark.parametrize(
    ("rest", "said"),
    [("base: [strategy=red_packet]", "two strategies or more"), ("base: []", "two strategies or more"),
     ("base: ['strategy=[paid_entry,red_packet]'], n: 3", "varies nothing but who is there")],
)  # fmt: skip
def test_leaving_out_needs_a_company(conf: Path, rest: str, said: str) -> None:
    arms = f"arms: {{design: leave_one_out, {rest}}}"
    (conf / "alone.yaml").write_text(f"question: which\n{arms}\noutcomes: [lifetime]\n")
    with pytest.raises(ConfigError, match=said):
        read_study("alone")
