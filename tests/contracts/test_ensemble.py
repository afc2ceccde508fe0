"""``world=ensemble``: each replicate plays constants of its own, the same ones in every arm."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scenarios import Scenario, compose
from scenarios.config.ensemble import SHIPPED, read_sets
from scenarios.errors import ConfigError
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.reader import read_study
from scenarios.reports.described import described
from scenarios.reports.remarks import notes_of, of_ensemble
from sim import Community, replication, simulate
from sim.simulation import Engine

SMALL = ("scenario=learners", "population.groups=2", "population.seats=40", "days=12", "replicates=4")
SETS = [
    {"values": {"mind.reply": 0.05}, "factors": {"order.unfair": 1.5}},
    {"values": {"mind.reply": 0.6}, "worlds": {"learners": {"scenario.talk": 0.3}, "deals": {"scenario.talk": 0.5}}},
    {"values": {"mind.reply": 0.2, "mind.weary": 0.2}},
]


@pytest.fixture
def sets(tmp_path: Path) -> str:
    return _written(tmp_path, SETS)


def _written(folder: Path, sets: Any) -> str:
    path = folder / "mine.json"
    path.write_text(json.dumps({"sets": sets}), "utf-8")
    return f"world={path}"


def _of(frame: pd.DataFrame, replicate: int) -> pd.DataFrame:
    return frame[frame["replicate"] == replicate].drop(columns=["arm", "world"]).reset_index(drop=True)


@pytest.mark.parametrize("arm", ["nothing", "group_cap"])
def test_replicate_r_plays_set_r_mod_n_in_every_arm(sets: str, arm: str) -> None:
    played = simulate(compose([*SMALL, f"strategy=[{arm}]", sets]))
    for replicate in range(4):
        values = SETS[replicate % 3]["values"] | SETS[replicate % 3].get("worlds", {}).get("learners", {})
        alone = compose([*SMALL, f"strategy=[{arm}]", *(f"{key}={value}" for key, value in values.items())])
        same = simulate(alone)
        for name in ("daily", "spells"):
            pd.testing.assert_frame_equal(_of(getattr(played, name), replicate), _of(getattr(same, name), replicate))


def test_a_replicate_is_the_same_whoever_plays_it(sets: str) -> None:
    scenario = compose([*SMALL, sets])
    whole = simulate(scenario)
    assert simulate(scenario, workers=2).digest == whole.digest
    assert simulate(scenario, lane="mesa").digest == whole.digest
    third = simulate(scenario.replace(replicates=1), first=2)
    pd.testing.assert_frame_equal(_of(third.daily, 2), _of(whole.daily, 2))
    model = Community(scenario, replicate=1)
    assert model.plan.mind.reply == 0.6


RICH = ("scenario=pet_owners", "population.groups=2", "population.seats=40", "days=40", "world=ensemble",
        "record=messages", "strategy=[fixed_time,red_packet,advert_ban,group_cap,levels,goods]",
        "operator.hours=6",
        "timeline=[{day: 10, until: 19, shock: {scenario.search_rate: 4, content.habit_gain: 0.5}, "
        "set: {mind.reply: 0.2}}]")  # fmt: skip


def test_communities_with_numbers_of_their_own_are_played_side_by_side() -> None:
    """The shipped sets with strategies, mechanisms that are tuned, and shocks of numbers that differ: the same bytes as
    each community alone, on one thread or several, in either lane.
    """
    scenario = compose([*RICH, "replicates=9"])
    whole = simulate(scenario)
    alone = [simulate(scenario.replace(replicates=1), first=k) for k in range(9)]
    for name, table in whole.tables.items():
        parts = pd.concat([one.tables[name] for one in alone if name in one.tables], ignore_index=True)
        pd.testing.assert_frame_equal(table.reset_index(drop=True), parts, check_exact=True, obj=name)
    assert simulate(scenario, workers=3).digest == whole.digest
    few = scenario.replace(replicates=2)
    assert simulate(few, lane="mesa").digest == simulate(few).digest
    assert whole.daily.groupby("replicate")["n_messages"].sum().nunique() > 7


def test_they_are_played_in_the_same_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Unless the sets decide how many people of a role there are: then one by one."""
    made: list[int] = []
    monkeypatch.setattr(replication, "Engine", lambda *of, **named: made.append(of[2]) or Engine(*of, **named))
    simulate(compose([*SMALL, _written(tmp_path, SETS)]))
    assert made == [4]
    simulate(compose([*SMALL, _written(tmp_path, [{"values": {"roles.connectors": share}} for share in (0.05, 0.2)])]))
    assert made == [4, 1, 1, 1, 1]
    simulate(compose([*SMALL, _written(tmp_path, SETS), "population.members=20"]))
    assert made[5:] == [1, 1, 1, 1]


def test_what_is_said_holds_in_all_sets(sets: str) -> None:
    scenario = compose([*SMALL, sets, "mind.reply=0.3"])
    assert {scenario.played_by(r).mind.reply for r in range(3)} == {0.3}
    assert scenario.played_by(2).mind.weary == 0.2
    assert scenario.played_by(1).purpose.talk == 0.3


def test_what_is_said_as_a_mapping_holds_too(sets: str) -> None:
    scenario = compose([*SMALL, sets, "mind={reply:0.3}"])
    assert {scenario.played_by(r).mind.reply for r in range(3)} == {0.3}
    assert scenario.played_by(2).mind.weary == 0.2


def test_factors_multiply_what_the_world_says_within_the_range(tmp_path: Path) -> None:
    factors = ({"market.people_per_seat": 2.0}, {"market.people_per_seat": 1e9})
    sets = _written(tmp_path, [{"factors": one} for one in factors])
    scenario = compose([*SMALL, sets])
    base = compose(SMALL).market
    assert scenario.played_by(0).market.people_per_seat == 2 * base.people_per_seat
    assert scenario.played_by(1).market.people_per_seat == type(base).people_per_seat.high


def test_a_mechanism_that_one_set_puts_in_play_is_in_play_in_all(tmp_path: Path) -> None:
    """So all replicates have the same tables; where a set says 0 nobody quarrels. Both lanes agree."""
    sets = _written(tmp_path, [{"values": {"quarrels.temper": 0.0}}, {"values": {"quarrels.temper": 1.0}}])
    scenario = compose([*(word for word in SMALL if word != "days=12"), sets, "scenario.talk=0.8", "days=40"])
    assert "quarrels" in {one.name() for one in scenario.mechanisms}
    played = simulate(scenario)
    quarrels = played.mechanisms["quarrels"].groupby("replicate")["n_quarrels"].sum().reindex(range(4), fill_value=0)
    assert (quarrels[[0, 2]] == 0).all()
    assert (quarrels[[1, 3]] > 0).all()
    assert simulate(scenario, lane="mesa").digest == played.digest
    said = compose([*SMALL, sets, "quarrels.temper=0"])
    assert said.held == ()
    assert "quarrels" not in {one.name() for one in said.mechanisms}
    assert compose(SMALL).held == ()


def test_the_sets_are_part_of_what_a_run_is(sets: str, tmp_path: Path) -> None:
    plain, varied = compose(SMALL), compose([*SMALL, sets])
    other = compose([*SMALL, _written(tmp_path, SETS[:2])])
    assert "ensemble" not in plain.as_dict()
    configs = {Cell("s", "w", "a", one).config for one in (plain, varied, other)}
    assert len(configs) == 3
    assert simulate(varied).meta["arms"]["nothing"]["ensemble"]["sets"] == 3
    assert varied.world == "learners (mine)"
    assert "world=mine.json" in described([("w", "a", varied.as_dict())]).worlds["w"]
    assert "3 sets" in of_ensemble(varied.as_dict(), "en")[0]
    assert of_ensemble(plain.as_dict(), "en") == []
    assert [key for key, _ in notes_of([("w", "a", varied.as_dict()), ("w", "b", varied.as_dict())]).remarks] == [
        "remark_ensemble"
    ]


def test_a_study_takes_it_for_all_arms_and_no_arm_takes_its_own(sets: str) -> None:
    from dataclasses import replace

    study = read_study("group_size")
    cells = cells_of(replace(study, extra=(sets,)))
    assert {cell.scenario.sets for cell in cells if cell.world == "pet owners"} == {cells[0].scenario.sets}
    assert {cell.world for cell in cells} == set(study.worlds)
    assert isinstance(cells[0].scenario, Scenario)
    arms = {**study.arms, "mine": (sets,)}
    with pytest.raises(ConfigError, match="an ensemble is the world's"):
        cells_of(replace(study, arms=arms))


def test_a_file_of_ones_own_is_not_packed(sets: str, tmp_path: Path) -> None:
    from scenarios.errors import UserError
    from scenarios.experiments.bundle import Left
    from scenarios.experiments.kinds import kind_of
    from sim.data.store import Store

    left = Left(tmp_path, kind_of("study"), ("study=group_size", sets), str(tmp_path / "store"), ())
    with Store(tmp_path / "store") as store, pytest.raises(UserError, match="the archive would lack"):
        left.bundle(store)


@pytest.mark.parametrize(("found", "why"), [
    ([{"values": {"mind.replly": 1}}], "no knob 'mind.replly'; did you mean 'mind.reply'"),
    ([{"values": {"mind.reply": 99}}], "out of range"),
    ([{"values": {"mind.reply": "1"}}], "is no number"), ([{"values": {"mind.reply": 10**400}}], "is no number"),
    ([{"factors": {"mind.reply": -1.5}}], "is no number"), ([{"factors": {"mind.reply": 1e300}}], "is no number"),
    ([{"values": {"population.groups": 3}}], "share their population"),
    ([{"value": {}}], "write values, worlds or factors"),
    ([{"worlds": {"learners": 3}}], "write each with its knobs"),
    ([], "no list of sets"), ({"a": 1}, "no list of sets"),
])  # fmt: skip
def test_a_wrong_file_gets_one_message(tmp_path: Path, found: Any, why: str) -> None:
    with pytest.raises(ConfigError, match=why) as caught:
        compose([*SMALL, _written(tmp_path, found)])
    assert len(str(caught.value).splitlines()) == 1


def test_no_file_or_no_json_gets_one_message(tmp_path: Path) -> None:
    (tmp_path / "torn.json").write_text('{"sets": [', "utf-8")
    names = ["torn.json", "none.json"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.json")  # nobody will write into it: not to be waited for
        names.append("pipe.json")
    for name in names:
        with pytest.raises(ConfigError, match="no file of sets can be read there"):
            compose([*SMALL, f"world={tmp_path / name}"])


def test_the_shipped_sets_can_be_played_in_every_world() -> None:
    assert len(read_sets(SHIPPED)) >= 1
    for name in ("learners", "everyday", "tech_channel"):
        scenario = compose([f"scenario={name}", "world=ensemble"])
        assert scenario.world == f"{name} (ensemble)"
        scenario.played_by(0)
