"""``shequn cases``: files read, mistakes told, verdicts that follow from the numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenarios.__main__ import main
from scenarios.config import catalog
from scenarios.errors import ConfigError
from scenarios.experiments.cases.cases import Cases, replayed_of, studies_of, table_of
from scenarios.experiments.cases.file import read_case
from scenarios.reports.cases_report import sentence

CASE = """
title: {en: a case, zh: 案例}
told: {en: it was told, zh: 据说如此}
world: [scenario=pet_owners, operator.hours=2]
arms: {done: [strategy=group_cap], not done: [strategy=nothing]}
measures:
  many: {say: {en: members, zh: 成员}, measure: members, reported: 50, nothing: 0}
  more: {say: {en: more lines, zh: 更多}, measure: {column: n_messages, days: [5, 9]}, against: not done, how: ratio,
         reported: [1.5, .inf], nothing: 1}
silent:
  hours: {say: {en: hours a day, zh: 每天几小时}, values: {one: [operator.hours=1], four: [operator.hours=4]}}
days: 20
"""


def written(folder: Path, text: str = CASE) -> str:
    path = folder / "c77.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_what_is_not_told_is_played_at_other_values_on_ten_worlds(tmp_path: Path) -> None:
    case = read_case(written(tmp_path))
    told, silent = studies_of(case, 30, 1, ())
    assert case.id == "C77"
    assert (told.seeds, silent.seeds) == (30, 10)
    assert list(silent.worlds) == ["hours: one", "hours: four"]
    assert "operator.hours=4" in silent.worlds["hours: four"]
    assert "operator.hours=2" not in silent.worlds["hours: four"]
    assert told.daily


@pytest.mark.parametrize(("old", "new", "why"), [
    ("measure: members", "measure: membrs", "did you mean 'members'"),
    ("reported: 50", "reported: x", "is no number"),
    ("[1.5, .inf]", "[2, 1]", "lower number first"), ("[1.5, .inf]", "[1, 2, 3]", "neither a number nor"),
    ("against: not done", "against: nobody", "no arm 'nobody'"), ("how: ratio", "how: sum", "neither difference nor"),
    ("nothing: 0", "nohting: 0", "no 'nohting'"), ("[5, 9]", "[5, 29]", "no span of days"),
    ("values: {one", "valeus: {one", "'values' is missing"), ("days: 20", "days: -1", "days"),
])  # fmt: skip
def test_a_mistake_is_one_message(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in CASE
    with pytest.raises(ConfigError, match=why):
        read_case(written(tmp_path, CASE.replace(old, new, 1)))


def test_a_wrong_name_is_told_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cases", "only=c99"]) == 2
    assert "no case 'c99'" in capsys.readouterr().err


class Fed:
    """In place of runs: members about ``mean``, lines ``factor`` times those of the other arm."""

    def __init__(self, mean: float, factor: float) -> None:
        self.mean, self.factor = mean, factor

    def of(self, measure: Any, world: str, arm: str) -> np.ndarray:
        spread = np.tile(np.linspace(0.9, 1.1, 10), 3)  # the first ten are as all are
        mean = self.mean if measure.outcome else 10.0 * (self.factor if arm == "done" else 1.0)
        return mean * spread if arm == "done" else np.full(30, mean)


@pytest.mark.parametrize(("mean", "factor", "others", "words"), [
    (50, 2.0, (50, 2.0), ("agrees", "agrees")), (40, 1.0, (40, 1.0), ("disagrees", "disagrees")),
    (46, 1.3, (46, 1.3), ("cannot_tell", "disagrees")), (50, 2.0, (10, 1.0), ("depends", "depends")),
])  # fmt: skip
def test_a_verdict_turns_with_its_numbers(
    tmp_path: Path, mean: float, factor: float, others: tuple[float, float], words: tuple[str, str]
) -> None:
    case = read_case(written(tmp_path))
    runs: Any = [Fed(mean, factor), Fed(*others)]
    found = replayed_of(case, studies_of(case, 30, 1, ()), runs)
    assert tuple(one.verdict for one in found.shown) == words
    table = table_of([found])
    assert list(table["verdict"][table["verdict"] != ""]) == list(words)
    assert len(table) == 2 * 3
    for one in found.shown:
        text = sentence(one, "en")
        assert ("agrees." in text and "disagrees" not in text) == (one.verdict == "agrees")
        assert "the report read as" in text


def test_every_case_that_ships_can_be_read_and_composed() -> None:
    asked = Cases().read("cases", {}, ())
    assert [one.name for one in asked.cases] == catalog.options("case")
    for one in asked.cases:
        assert one.told["en"] != one.told["zh"]
        assert all(shown.say["en"] != shown.say["zh"] for shown in one.measures)
