"""The tables of roles and measures in docs/coverage.md, of docs/coverage_rows.toml and of what is declared.

Unlike a strategy, a role or a measure has no file in conf/ of its own, so the rows name what is theirs; here it is
looked up: every module and test must be there, every class a role, every outcome in the registry, every knob settable.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scenarios.config import catalog
from scenarios.config.sections import all_knobs
from sim.analysis.registry import OUTCOMES, complete

__all__ = ["measure_table", "missing_rows", "role_table", "row_holes", "rows"]

ROOT = Path(__file__).resolve().parents[1]
ROWS = ROOT / "docs" / "coverage_rows.toml"

Row = Mapping[str, Any]


def rows() -> Mapping[str, Row]:
    """What is asked for of roles and measures, by id."""
    return tomllib.loads(ROWS.read_text("utf-8"))


def row_holes() -> list[str]:
    """Everything that a row names and that is not there."""
    complete()
    return [f"{key}: {hole}" for key, one in rows().items() if not one.get("is_missing") for hole in _holes(one)]


def missing_rows() -> list[str]:
    """What is asked for and not begun."""
    return [key for key, one in rows().items() if one.get("is_missing")]


def _holes(one: Row) -> Iterator[str]:
    if not one.get("module"):
        yield "no module is named"
    yield from (f"there is no {path}" for path in one.get("module", ()) if not (ROOT / path).is_file())
    role = one.get("role")
    if role and role not in catalog.role_texts():
        yield f"there is no role {role}"
    yield from (f"there is no outcome {name}" for name in one.get("outcomes", ()) if name not in OUTCOMES)
    if not (role or one.get("outcomes") or one.get("config") or one.get("says")):
        yield "neither a role, an outcome nor a knob is named"
    yield from (f"nothing is set by {name}" for name in one.get("config", ()) if not _is_set_by(name))
    test = ROOT / one.get("test", "")
    words = [one["says"]] if "says" in one else [role] if role else list(one.get("outcomes", ()))
    if not test.is_file():
        yield "no test is named that is there"
    elif not any(re.search(re.escape(word), test.read_text("utf-8")) for word in words):
        yield f"{one['test']} holds none of {', '.join(words)}"


def _is_set_by(word: str) -> bool:
    """Is it a knob, or a choice of a config group (``strategy=…``, ``record=…``)?"""
    group, _, choice = word.partition("=")
    return choice in catalog.options(group) if choice else word in all_knobs()


def role_table() -> str:
    """The table of roles as Markdown."""
    head = ["| id | role | what it is to do | status, module | config | a test | left out, notes |", "|---" * 7 + "|"]
    lines = [f"| {key} | {one['name']} | {_cells(one)} |" for key, one in rows().items() if key.startswith("R")]
    return "\n".join(head + lines) + "\n"


def measure_table() -> str:
    """The table of measures as Markdown."""
    head = ["| id | measure | status, module | outcomes, config | a test | left out, notes |", "|---" * 6 + "|"]
    lines = [f"| {key} | {_cells(one)} |" for key, one in rows().items() if key.startswith("M")]
    return "\n".join(head + lines) + "\n"


def _cells(one: Row) -> str:
    if one.get("is_missing"):
        return f"{one['asked']} | not yet | | | {one.get('left_out', '')}"
    status = "partly" if one.get("left_out") else "built"
    where = ", ".join(f"[{Path(path).stem}](../{path})" for path in one["module"])
    by = ", ".join(f"`{name}`" for name in (*one.get("outcomes", ()), *one.get("config", ())))
    test = f"[{Path(one['test']).stem.removeprefix('test_')}](../{one['test']})"
    notes = "; ".join(filter(None, (one.get("left_out", ""), one.get("note", ""))))
    return f"{one['asked']} | {status}: {where} | {by} | {test} | {notes}"
