"""The notebooks in other languages: the same code, the prose from the file of the language.

``notebooks/NAME.ipynb`` is English. ``notebooks/NAME.zh.ipynb`` is made of it by `make docs`: a cell of prose is looked
up by its English in the catalogue of the course (scenarios/course/locale, context ``declared``), and what the code says
is said in the language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scenarios.course.words import prose as told
from sim.locale.catalogue import SOURCE, languages

__all__ = ["FOLDER", "originals", "prose", "translated", "translations"]

LANGUAGE = f'"{SOURCE}")'  # the end of the call that names the language
FOLDER = Path(__file__).resolve().parents[1] / "notebooks"


def originals() -> list[Path]:
    """The notebooks that people write."""
    return sorted(path for path in FOLDER.glob("*.ipynb") if "." not in path.stem)


def prose(path: Path) -> Iterator[str]:
    """The cells of prose of a notebook."""
    yield from ("".join(cell["source"]) for cell in _read(path)["cells"] if cell["cell_type"] == "markdown")


def translations(path: Path) -> dict[Path, str]:
    """A notebook's files in the other languages that have all of its prose, and what they hold."""
    whole = [lang for lang in languages() if lang != SOURCE and all(told(text, lang) != text for text in prose(path))]
    return {path.with_suffix(f".{lang}.ipynb"): translated(path, lang) for lang in whole}


def translated(path: Path, lang: str) -> str:
    """A notebook in a language."""
    book = _read(path)
    for cell in book["cells"]:
        text = "".join(cell["source"])
        is_prose = cell["cell_type"] == "markdown"
        text = told(text, lang) if is_prose else text.replace(LANGUAGE, LANGUAGE.replace(SOURCE, lang))
        cell["source"] = text.splitlines(keepends=True)
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
