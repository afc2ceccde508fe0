"""Every case, found by walking: it is told in both languages, and each number says what would count as agreement."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scenarios.config import catalog
from scenarios.experiments.cases.cases import Shown
from scenarios.experiments.cases.file import FOLDER, read_case
from scenarios.reports.cases_report import sentence
from tests.walking import is_chinese

CASES = tuple(catalog.options(FOLDER))


def test_all_sixteen_are_there() -> None:
    assert [read_case(name).id for name in CASES] == [f"C{number}" for number in range(1, 17)]


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_told_in_both_languages(name: str) -> None:
    case = read_case(name)
    said = [case.title, case.told, *(one.say for one in (*case.measures, *case.silent))]
    assert [text for text in said if is_chinese(text["en"]) or not is_chinese(text["zh"])] == []
    assert len(catalog.file_comment(FOLDER, name)) > 20


@pytest.mark.parametrize("name", CASES)
def test_a_number_is_reported_and_may_be_missed(name: str) -> None:
    """A range that is open on both sides, or that holds what nothing would give, is no report."""
    case = read_case(name)
    for one in case.measures:
        low, high, nothing = one.reported.low, one.reported.high, one.reported.nothing
        assert math.isfinite(low) or math.isfinite(high), one.name
        assert not low < nothing < high, one.name
    assert all(len(silent.values) == 2 for silent in case.silent)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_no_unit_is_not_said_behind_a_number(lang: str) -> None:
    trust = next(one for one in read_case("c15").measures if one.name == "trust")
    assert "0 to 1" not in sentence(Shown(trust, np.array([-0.1, -0.05]), {}, "agrees"), "en")
    assert sentence(Shown(trust, np.array([-0.1, -0.05]), {}, "agrees"), lang).count("−0.0") >= 1
