"""Every strategy, found by walking: class and YAML agree, knobs are declared well, and it can stand alone."""

from __future__ import annotations

import inspect

import pytest

from scenarios import compose
from scenarios.cli.finding import explain
from scenarios.cli.list_ import listing
from scenarios.config import catalog
from scenarios.strategies.base import Strategy
from sim.locale.names import ARMS
from sim.locale.words import arm_label, languages
from tests.plays import ALL_TABLES, differing, lively, model_tables, play
from tests.walking import STRATEGIES, is_chinese, said


def test_class_and_yaml_go_in_pairs() -> None:
    """A file without a class is a plan of strategies."""
    assert sorted([*STRATEGIES, *catalog.plans()]) == catalog.options("strategy")


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_is_explained_and_sourced(name: str) -> None:
    strategy = STRATEGIES[name]
    assert strategy.id
    assert "Source:" in (inspect.getdoc(strategy) or "")
    for knob in strategy.knobs().values():
        assert knob.doc
        assert knob.source
    assert explain(name) == explain(strategy.id)


def composed(name: str) -> tuple[Strategy, ...]:
    """A strategy as its file says, beside what it cannot be played without."""
    return compose([said(name)]).strategies


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_composes_with_the_numbers_of_its_file(name: str) -> None:
    assert name in [one.name for one in composed(name)]
    first_line = (catalog.CONF / "strategy" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first_line == f"# @package strategies.{name}"


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_as_its_file_says_does_the_same_in_both_lanes(name: str) -> None:
    scenario = lively(composed(name), days=20, replicates=1)
    mesa, compiled = play(scenario, "mesa"), play(scenario, "compiled")
    assert differing(mesa, compiled) == []
    assert model_tables(mesa) == ALL_TABLES
    assert mesa["daily"]["day"].max() == 19


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_is_listed_and_its_file_begins_with_what_it_is(name: str) -> None:
    assert catalog.file_comment("strategy", name).startswith(f"{STRATEGIES[name].id}: ")
    assert dict(listing("strategies"))[name].split(maxsplit=1)[0] == STRATEGIES[name].id


@pytest.mark.parametrize("lang", languages())
def test_strategies_have_names_of_their_own_in_both_languages(lang: str) -> None:
    assert [name for name in STRATEGIES if name not in ARMS] == []
    labels = [arm_label(name, lang) for name in STRATEGIES]
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if not label or is_chinese(label) is not (lang == "zh")] == []
