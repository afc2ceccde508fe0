"""The code of the two tutorials is code that runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)


def test_the_mechanism_of_the_page_is_the_one_the_tests_play() -> None:
    played = (ROOT / "tests" / "mechanisms" / "quiz.py").read_text("utf-8")
    shown = blocks("add_a_mechanism.md", "python")
    assert len(shown) == 2
    assert all(block.strip() in played for block in shown)
    assert len(played.splitlines()) <= 80


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the quiz, a strategy of it and the strategy of the page added: new files only."""
    place = tmp_path_factory.mktemp("house")
    for room in ("sim", "agents", "scenarios", "conf", "tests", "benchmarks", "docs", "notebooks"):
        shutil.copytree(ROOT / room, place / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "CHANGELOG.md", "README.md", "README.zh.md"):
        shutil.copy(ROOT / name, place / name)
    shutil.copy(ROOT / "tests" / "mechanisms" / "quiz.py", place / "sim" / "mechanisms" / "quiz.py")
    (text,) = blocks("add_a_strategy.md", "python")
    (place / "scenarios" / "strategies" / "weekend_packet.py").write_text(text, "utf-8")
    (text,) = blocks("add_a_strategy.md", "yaml")
    (place / "conf" / "strategy" / "weekend_packet.yaml").write_text(text, "utf-8")
    source = (ROOT / "tests" / "mechanisms" / "test_quiz.py").read_text("utf-8")
    made = source[source.index("class QuizNight") : source.index("@pytest.fixture")]
    head = (
        '"""S99 quiz."""\n\nfrom __future__ import annotations\n\nfrom typing import ClassVar\n\n'
        "from scenarios.strategies.base import GroupFacts, Strategy\nfrom sim.engine.knobs import Knob\n"
        'from sim.engine.levers import Levers\n\n__all__ = ["QuizNight"]\n\n\n'
    )
    made = made.replace('its window."""', 'its window.\n\n    Source: assumption.\n    """')
    (place / "scenarios" / "strategies" / "quiz_night.py").write_text(head + made, "utf-8")
    doses = "# @package strategies.quiz_night\n# S99: a quiz every few days.\nevery: 2\n"
    (place / "conf" / "strategy" / "quiz_night.yaml").write_text(doses, "utf-8")
    return place


def said(house: Path, *words: str) -> str:
    """What a command prints there."""
    env = {**os.environ, "PYTHONPATH": str(house)}
    done = subprocess.run([sys.executable, "-m", *words], cwd=house, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_new_files_alone_make_a_mechanism_and_two_strategies(house: Path) -> None:
    """Listed, explained, run and reported in both languages, without an edit."""
    assert "quiz" in said(house, "scenarios", "list", "mechanisms")
    assert "n_prizes" in said(house, "scenarios", "list", "outcomes")
    assert "有奖问答" in said(house, "scenarios", "explain", "quiz")
    assert "red packet on Saturdays" in said(house, "scenarios", "explain", "weekend_packet")
    small = ["population.groups=2", "population.seats=24", "replicates=3", "days=20", "scenario.talk=0.3", "out=run"]
    said(house, "scenarios", "run", "scenario=pet_owners", "strategy=[quiz_night,weekend_packet]", *small)
    assert (house / "run" / "mechanism.quiz.parquet").exists()
    said(house, "scenarios", "report", "run")
    page = (house / "run" / "report.html").read_text("utf-8")
    assert "Quiz night" in page
    assert "问答之夜" in page


@pytest.mark.slow
def test_their_tests_come_by_themselves(house: Path) -> None:
    words = "quiz or weekend_packet"
    found = said(house, "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-k", words,
                 "tests/mechanisms/test_every_mechanism.py", "tests/contracts/test_strategy_files.py")  # fmt: skip
    assert int(re.search(r"(\d+) passed", found).group(1)) >= 8  # type: ignore[union-attr]


@pytest.mark.slow
def test_no_test_page_or_list_has_to_be_edited_for_them(house: Path) -> None:
    """Pages that are made, pages written by hand, and the list of names to be translated do without them for now."""
    lists = "parameters_are or names_to_be or what_coverage or every_knob or ids_tell"
    found = said(house, "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-k", lists, "tests/docs/test_pages.py",
                 "tests/contracts/test_strategies.py")  # fmt: skip
    assert int(re.search(r"(\d+) passed", found).group(1)) == 5  # type: ignore[union-attr]
