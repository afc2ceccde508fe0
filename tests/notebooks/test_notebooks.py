"""Every notebook runs from first cell to last, and is stored without outputs."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from docs.notebooks import originals, translations

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WRITTEN = originals()


def test_there_are_notebooks() -> None:
    assert WRITTEN
    assert {path.name for path in NOTEBOOKS} > {path.name for path in WRITTEN}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_notebook_is_there_in_chinese_with_the_same_code(path: Path) -> None:
    """So it need not be run a second time."""
    made = translations(path)
    chinese = path.with_suffix(".zh.ipynb")
    assert chinese.read_text("utf-8") == made[chinese]  # else: make docs
    books = [nbformat.reads(text, as_version=4) for text in (path.read_text("utf-8"), made[chinese])]
    kinds = [[cell.cell_type for cell in book.cells] for book in books]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) > 20
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
def test_a_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(ROOT)}}
    nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3", resources=place).execute()
