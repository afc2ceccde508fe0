"""Every claim of ``conf/claim``, found by walking: it can be read, in both languages, and nothing in it is idle."""

from __future__ import annotations

import pytest

from scenarios.config import catalog
from scenarios.experiments.claims.file import FOLDER, read_claim
from tests.walking import is_chinese

CLAIMS = catalog.options(FOLDER)


def test_there_are_claims() -> None:
    assert CLAIMS


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_told_in_both_languages(name: str) -> None:
    claim = read_claim(name)
    texts = [claim.title, claim.rests, *(one.say for one in (*claim.statements, *claim.terms))]
    for text in [*texts, *([claim.by_construction] if claim.by_construction else [])]:
        assert not is_chinese(text["en"])
        assert is_chinese(text["zh"])
    first = (catalog.CONF / FOLDER / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(f"# {claim.id}: ")


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_plays_nothing_that_it_does_not_ask(name: str) -> None:
    claim = read_claim(name)
    places = [place for one in claim.statements for place in (*one.more, *one.less)]
    assert {arm for arm, _ in places} == set(claim.arms)
    assert {world for _, world in places} == set(claim.worlds)
    for one in claim.statements:
        assert not set(one.more) & set(one.less)
