"""Every scenario, found by walking: it is explained, named in both languages, and plays the same in both lanes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scenarios import Scenario, compose
from scenarios.cli.finding import explain
from scenarios.cli.list_ import listing
from scenarios.config import catalog
from sim.data.store.identity import config_of
from sim.locale.words import languages, world_label
from tests.plays import ALL_TABLES, differing, model_tables, play
from tests.walking import SCENARIOS, is_chinese

SMALL = ("population.groups=3", "population.seats=24", "population.founders=10", "days=20", "replicates=1")


def small(name: str) -> Scenario:
    """A scenario of the folder at the size of the tests."""
    return compose([f"scenario={name}", *SMALL, "record=messages"])


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_does_the_same_in_both_lanes(name: str) -> None:
    mesa, compiled = play(small(name), "mesa"), play(small(name), "compiled")
    assert differing(mesa, compiled) == []
    assert model_tables(mesa) == ALL_TABLES
    assert sorted(set(mesa["daily"]["day"].tolist())) == list(range(20))
    assert mesa["daily"]["n_members"].sum() > 0
    assert mesa["messages"].size > 0


def test_scenarios_are_different_worlds() -> None:
    played = [play(small(name))["daily"].tobytes() for name in SCENARIOS]
    assert len(set(played)) == len(played)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_says_what_it_is_about(name: str) -> None:
    comment = catalog.file_comment("scenario", name)
    assert len(comment) > 40
    assert comment.split("\ntitle: ")[0].endswith(".")
    assert dict(listing("scenarios"))[name] == comment.split("\n")[0]
    assert comment in explain(name)


@pytest.mark.parametrize("lang", languages())
def test_scenarios_have_names_of_their_own_in_both_languages(lang: str) -> None:
    assert [name for name in SCENARIOS if name not in catalog.titles("scenario")] == []
    labels = [world_label(name, lang) for name in SCENARIOS]
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if not label or is_chinese(label) is not (lang == "zh")] == []


def test_a_title_is_no_part_of_a_run_and_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = small("deals")
    shutil.copytree(catalog.CONF, tmp_path / "conf")
    monkeypatch.setattr(catalog, "CONF", tmp_path / "conf")
    path = tmp_path / "conf" / "scenario" / "deals.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("# title:")), "utf-8")
    assert len(path.read_text("utf-8").splitlines()) == len(lines) - 1
    assert "deals" not in catalog.titles("scenario")
    assert catalog.titles("scenario")["pet_owners"] == ("Pet owners", "养宠群")
    assert small("deals") == named
    assert config_of(small("deals").as_dict()) == config_of(named.as_dict())
