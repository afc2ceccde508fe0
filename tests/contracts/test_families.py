"""Every strategy is of a family, as the founding material groups them; lists and explanations tell which."""

from __future__ import annotations

import pytest

from scenarios.cli.finding import explain
from scenarios.cli.list_ import listing
from scenarios.config import catalog
from scenarios.strategies.base import Strategy
from scenarios.strategies.families import FAMILIES, OWN
from sim.data.store.identity import bare_source
from sim.locale.speaking import speaking
from sim.locale.words import say

FOUNDING = {
    "entry": (1, 2, 3, 4, 5, 6, 7, 56), "welcome": (8,), "content": range(9, 16), "rewards": (16, 17, 18, 57),
    "people": range(19, 23), "order": (*range(23, 28), 47, 48, 49, 50, 51), "renewal": (*range(28, 34), 46, 60),
    "growth": (*range(34, 40), 52, 53), "events": (40, 58, 59), "money": (*range(41, 46), 54, 55),
}  # fmt: skip


def test_every_strategy_is_of_the_family_of_the_founding_material() -> None:
    by_id = {f"S{number}": family for family, numbers in FOUNDING.items() for number in numbers}
    assert len(by_id) == 60
    found = {made.id: made.family for made in catalog.strategies().values()}
    assert {one: found[one] for one in by_id if one in found} == {one: by_id[one] for one in by_id if one in found}
    assert set(found) - set(by_id) == {"S40b"}
    assert found["S40b"] == found["S40"]


def test_every_plan_has_one_too_and_it_is_no_part_of_what_is_said_of_it() -> None:
    found = catalog.families()
    assert set(found) == set(catalog.options("strategy"))
    assert OWN not in found.values()
    assert {found[name] for name in catalog.plans()} == {"renewal", "rewards"}
    assert "family" not in catalog.file_comment("strategy", "penny_packet")


def test_who_names_none_is_listed_apart_and_one_that_is_none_is_refused() -> None:
    assert type("Mine", (Strategy,), {}).family == OWN
    with pytest.raises(TypeError, match=r"Mine\.family='foo': there is no such family; take one of entry, welcome"):
        type("Mine", (Strategy,), {"family": "foo"})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lists_and_explanations_tell_it(lang: str) -> None:
    with speaking(lang):
        lines = dict(listing("strategies"))
        assert f"S16  {say('family_rewards', lang)}" in lines["red_packet"]
        assert say("family_rewards", lang) in lines["penny_packet"]
        assert say("explain_family", lang, family=say("family_rewards", lang)) in explain("S16")
        assert say("explain_family", lang, family=say("family_rewards", lang)) in explain("penny_packet")
        assert len({say(f"family_{one}", lang) for one in FAMILIES}) == len(FAMILIES)


def test_a_family_voids_no_stored_run() -> None:
    text = "class A(Strategy):\n    family = '{}'\n    limit = 3\n"
    assert bare_source(text.format("money")) == bare_source(text.format("growth"))
