"""Every notebook runs from first cell to last with right answers in it; it is stored without outputs or answers."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from docs.notebooks import originals, translations
from scenarios.course.lessons import LESSONS, lesson_of
from tests.notebooks.answers import ANSWERS

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WRITTEN = originals()


CHECK = re.compile(r'answer = \.\.\.\ncheck\("(\d\d\.\d)", answer\)')


def test_there_is_a_notebook_for_each_lesson() -> None:
    assert [path.stem for path in WRITTEN] == [f"{number}_{name}" for number, name in LESSONS.items()]
    assert {path.name for path in NOTEBOOKS} > {path.name for path in WRITTEN}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_notebook_asks_every_exercise_of_its_lesson_and_answers_none(path: Path) -> None:
    """Of prediction, exercises and name only the three dots are there."""
    book = nbformat.read(path, as_version=4)
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    asked = [found[1] for source in code if (found := CHECK.fullmatch(source))]
    assert asked == [one.id for one in lesson_of(path.stem[:2]).exercises]
    assert [source for source in code if source in ("guess = predict(...)", "hand_in(...)")] == [
        "guess = predict(...)", "hand_in(...)"]  # fmt: skip
    prose = [cell.source for cell in book.cells if cell.cell_type == "markdown"]
    assert all(any(f"## Exercise {exercise}" in text for text in prose) for exercise in asked)
    assert "prediction of a model" in prose[0]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_notebook_is_there_in_chinese_with_the_same_code(path: Path) -> None:
    """So it need not be run a second time."""
    made = translations(path)
    chinese = path.with_suffix(".zh.ipynb")
    assert chinese.read_text("utf-8") == made[chinese]  # else: make docs
    books = [nbformat.reads(text, as_version=4) for text in (path.read_text("utf-8"), made[chinese])]
    kinds = [[cell.cell_type for cell in book.cells] for book in books]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) > 10
    for english, other in zip(*(book.cells for book in books), strict=True):
        if english.cell_type == "code":
            assert other.source == english.source.replace('"en")', '"zh")')
        else:
            assert len(re.findall(r"[\u4e00-\u9fff]", other.source)) > 10
            assert re.findall(r"`[^`]+`", other.source) != [] or "`" not in english.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_clean(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.slow
@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_notebook_runs_and_takes_right_answers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if found := CHECK.fullmatch(cell.source):
                cell.source = cell.source.replace("...", ANSWERS[found[1]])
            cell.source = cell.source.replace("predict(...)", "predict(3.0)")
    place = {"metadata": {"path": str(ROOT)}}
    nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3", resources=place).execute()
    said = "".join(out.text for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs
                   if out.output_type == "stream")  # fmt: skip
    assert re.findall(r"^(\S+) ✓", said, re.MULTILINE) == [one.id for one in lesson_of(path.stem[:2]).exercises]
    assert any("image/png" in out.get("data", {}) for cell in notebook.cells if cell.cell_type == "code"
               for out in cell.outputs)  # fmt: skip
