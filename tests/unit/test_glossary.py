"""One Chinese word for each term, in every Chinese text there is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import yaml

from scenarios.config import catalog
from sim.analysis.facts.targets import targets
from sim.analysis.logs.summary import NAMES
from sim.analysis.registry import OUTCOMES, complete
from sim.mechanisms import mechanisms

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "sim" / "locale" / "glossary.toml").read_text("utf-8"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TYPED = r"`[^`]*`|\"[^\"]*\"|\{[^}]*\}|\S*[_=./]\S*"  # commands, SQL, slots, names


def pairs() -> Iterator[tuple[str, str, str]]:
    """Where a Chinese text stands, its English, and the text."""
    for folder in ("sim", "scenarios/course"):
        for entry in polib.pofile(str(ROOT / folder / "locale" / "zh.po")):
            yield f"{folder}: zh.po, line {entry.linenum}", entry.msgid, entry.msgstr
    complete()
    named = [(name, one.en, one.zh) for name, one in OUTCOMES.items()]
    named += [(name, *one.title) for name, one in (*catalog.strategies().items(), *mechanisms().items())]
    named += [(name, *title) for name, title in (*catalog.plans().items(), *catalog.titles("scenario").items())]
    named += [(name, *names) for name, names in NAMES.items()]
    named += [("fact", *names) for names in zip(*(targets()[lang] for lang in ("en", "zh")), strict=True)]
    yield from named
    for path in (ROOT / "conf").rglob("*.yaml"):
        found = yaml.safe_load(path.read_text("utf-8"))
        yield from ((str(path.relative_to(ROOT)), "", text) for text in texts_in(found))


def texts_in(found: object) -> Iterator[str]:
    """Every Chinese text of a file."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from (*texts_in(key), *texts_in(value))
    elif isinstance(found, list):
        for value in found:
            yield from texts_in(value)
    elif isinstance(found, str) and CHINESE.search(found):
        yield found


def pages() -> Iterator[tuple[str, str]]:
    """Whole pages in Chinese."""
    yield "README.zh.md", (ROOT / "README.zh.md").read_text("utf-8")
    for path in (ROOT / "notebooks").glob("*.zh.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        yield path.name, "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def forbidden(text: str) -> list[str]:
    """Words that are not to be used."""
    found = []
    for term, said in GLOSSARY.items():
        for word in said.get("not", ()):
            rest = text
            for innocent in said.get("but", ()):
                rest = rest.replace(innocent, "")
            found += [f"{word} → {said['zh']} ({term})"] if word in rest else []
    return found


def test_no_text_uses_another_word() -> None:
    given = list(pairs())
    assert len(given) > 1_800
    assert [(place, wrong) for place, _, text in given if (wrong := forbidden(text))] == []
    assert [(place, wrong) for place, text in pages() if (wrong := forbidden(text))] == []


def test_where_english_has_a_term_chinese_has_its_word() -> None:
    strict = {term: said for term, said in GLOSSARY.items() if said.get("always")}
    assert len(strict) >= 5
    missing = []
    for place, english, text in pairs():
        words = re.sub(TYPED, " ", english)
        for term, said in strict.items():
            plural = re.sub("y$", "ies", term) if term.endswith("y") else f"{term}s"
            if text and re.search(rf"\b({term}|{plural})\b", words, re.IGNORECASE) \
                    and not any(word in text for word in (said["zh"], *said.get("or", ()))):  # fmt: skip
                missing.append((place, term, english[:70], text[:40]))
    assert missing == []


def test_the_check_can_fail() -> None:
    assert forbidden("配对社群 12 个") == ["配对社群 → 社群 (community)"]
    assert forbidden("社群 12 个") == []
    assert any("入群费" in wrong for wrong in forbidden("门槛价"))
