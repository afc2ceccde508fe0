"""Every strategy, found by walking: class and YAML agree, knobs are declared well, and it can stand alone."""

from __future__ import annotations

import inspect

import pytest

from scenarios import compose
from scenarios.cli.explanations import explain
from scenarios.config import catalog

STRATEGIES = catalog.strategies()


def test_class_and_yaml_go_in_pairs() -> None:
    assert list(STRATEGIES) == catalog.options("strategy")


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_is_explained_and_sourced(name: str) -> None:
    strategy = STRATEGIES[name]
    assert strategy.id
    assert "Source:" in (inspect.getdoc(strategy) or "")
    for knob in strategy.knobs().values():
        assert knob.doc
        assert knob.source
    assert explain(name) == explain(strategy.id)


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_composes_with_the_numbers_of_its_file(name: str) -> None:
    made = compose([f"strategy={name}"]).strategies
    assert [strategy.name for strategy in made] == [name]
    first_line = (catalog.CONF / "strategy" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first_line == f"# @package strategies.{name}"
