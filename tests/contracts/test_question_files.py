"""Every study, search and sensitivity analysis, found by walking: asked in both languages, and its plan can be made."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scenarios.__main__ import main
from scenarios.cli.finding import explain
from scenarios.config import catalog
from tests.walking import QUESTIONS, is_chinese, questions

SMALL = ("population.groups=2", "population.seats=40")
FEW = ("days=10", "seeds=2", "runner=serial", "plan=true")


def text_of(kind: str, name: str) -> str:
    """A file of the folder of this kind."""
    return (catalog.CONF / kind / f"{name}.yaml").read_text(encoding="utf-8")


def test_there_are_questions_of_every_kind() -> None:
    assert {kind for kind, _ in questions()} == set(QUESTIONS)


@pytest.mark.parametrize(("kind", "name"), questions())
def test_a_question_is_asked_in_both_languages(kind: str, name: str) -> None:
    asked: dict[str, Any] = yaml.safe_load(text_of(kind, name))
    for text in (asked["title"], asked["question"]):
        assert not is_chinese(text["en"])
        assert is_chinese(text["zh"])
        assert text["en"] in explain(name) or text is asked["title"]
    assert asked["question"]["en"].endswith("?")
    assert len(catalog.file_comment(kind, name)) > 20


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), questions())
def test_a_question_can_be_planned(
    kind: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With every arm and point it has, in small groups for a few days; what it varies itself is left to it."""
    small = [word for word in SMALL if word.partition("=")[0] not in text_of(kind, name)]
    assert main([kind, f"{kind}={name}", *small, *FEW, f"store={tmp_path}"]) == 0
    said = capsys.readouterr().out
    counts = re.search(r"= ([\d,]+) runs; ([\d,]+) are stored, ([\d,]+) to do", said)
    assert counts is not None, said
    runs, stored, left = (int(count.replace(",", "")) for count in counts.groups())
    assert runs == stored + left >= 10
    assert not left or re.search(r"time: about \d", said)
    assert bool(list(tmp_path.rglob("*.parquet"))) == (stored > 0)  # what was played to know is kept
    assert stored == 0 or kind != "search"  # whose plan plays other points than the search will
