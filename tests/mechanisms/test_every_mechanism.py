"""Every mechanism, found by walking: named, documented, silent while neutral, the same in both lanes."""

from __future__ import annotations

import inspect

import pytest

from benchmarks.harness import WithMechanisms
from scenarios.cli.finding import explain
from scenarios.cli.list_ import listing
from scenarios.config.sections import all_knobs
from sim.analysis.outcomes import OUTCOMES
from sim.mechanisms import all_levers, mechanisms
from sim.model.submodels.conversation_log import TODAY
from tests.plays import differing, lively, play
from tests.walking import everything, is_chinese

MECHANISMS = {name: one for name, one in mechanisms().items() if one.__module__.startswith("sim.mechanisms.")}
"""Those of the project; other test files may have made known some of their own."""


@pytest.mark.parametrize("name", MECHANISMS)
def test_it_is_named_in_both_languages_and_tells_its_rule(name: str) -> None:
    one = MECHANISMS[name]
    assert one.title[0]
    assert is_chinese(one.title[1])
    assert len(inspect.getdoc(one) or "") > 40
    for hook in one.hooks:
        assert len(inspect.getdoc(hook.rule) or "") > 10, hook.name
    for column in one.columns("group", "daily").values():
        assert bool(column.en) != bool(column.into)  # named, or a column of the daily table
        assert is_chinese(column.zh) or column.into


@pytest.mark.parametrize("name", MECHANISMS)
def test_its_source_is_told(name: str) -> None:
    text = inspect.getdoc(inspect.getmodule(MECHANISMS[name])) or ""
    assert "Source:" in text + (inspect.getdoc(MECHANISMS[name]) or "")
    assert all(knob.source and knob.doc for knob in MECHANISMS[name].knobs().values())
    assert all(lever.doc and lever.unit for lever in MECHANISMS[name].levers().values())


@pytest.mark.parametrize("name", MECHANISMS)
def test_it_can_be_listed_explained_and_set(name: str) -> None:
    one = MECHANISMS[name]
    assert name in dict(listing("mechanisms"))
    told = explain(name)
    assert one.title[0] in told
    assert all(lever in told for lever in one.levers())
    assert {f"{name}.{knob}" for knob in one.knobs()} <= set(all_knobs())
    assert {c for c, column in one.columns("group", "daily").items() if column.en} <= set(OUTCOMES)


@pytest.mark.parametrize("lane", ["compiled", "mesa"])
@pytest.mark.parametrize("plan", ["nothing", "everything"])
def test_in_play_without_a_lever_turned_it_moves_no_byte(lane: str, plan: str) -> None:
    """All at once: what is silent together is silent alone, since their terms add up."""
    scenario = lively(everything() if plan == "everything" else (), days=8)
    alone = play(scenario, lane)
    beside = play(WithMechanisms(scenario, MECHANISMS.values()), lane)  # type: ignore[arg-type]
    assert [name for name in alone if alone[name].tobytes() != beside[name].tobytes()] == []
    counted = [name for name in beside if name not in alone]
    assert [name for name in counted if len(beside[name])] == []


def test_names_belong_to_one_thing() -> None:
    levers = [lever.name for lever in all_levers()]
    assert len(set(levers)) == len(levers)
    for one in MECHANISMS.values():
        assert not set(one.knobs()) & set(TODAY.names or ()), "a knob would be taken for a pull"


def test_both_lanes_agree_with_everything_in_play() -> None:
    scenario = WithMechanisms(lively(everything(), days=10), MECHANISMS.values())
    assert differing(play(scenario, "mesa"), play(scenario, "compiled")) == []  # type: ignore[arg-type]
