"""Rules say what they are handed: mypy knows every column there is, and no other."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

import numpy as np
import pytest
from mypy import api

from scenarios import Scenario
from sim.engine.mechanism import Mechanism, felt_levers
from sim.mechanisms import mechanisms
from sim.model.entities import KNOCK, PERSON, WAITING, group_type
from sim.model.kinds import KIND
from sim.model.role_columns import row_types
from sim.model.rows import Felt
from sim.model.submodels.conversation_log import LINE, NOTE, NOW, PLANNED, TODAY

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("sim/model", "sim/mechanisms", "agents")
MOST = 20


def test_any_is_rare_in_the_rules() -> None:
    """``Any`` says nothing: a column that does not exist passes for one."""
    found = []
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        found += [f"{path.name}:{one.start[0]}" for one in tokens if one.type == tokenize.NAME and one.string == "Any"]
    assert len(found) <= MOST, found


def ours() -> list[type[Mechanism]]:
    """The mechanisms of the project; tests declare others."""
    return [one for one in mechanisms().values() if one.__module__.startswith("sim.mechanisms.")]


def test_levers_that_roles_feel_are_typed_and_no_others() -> None:
    names = {name for one in ours() for name, lever in one.levers().items() if lever.is_felt}
    assert set(Felt.__annotations__) == names <= {lever.name for lever in felt_levers()}


def rows() -> dict[str, np.dtype]:
    """Types of rows by the names that rules know them by; what a type holds at run time."""
    scenario = Scenario()
    types = row_types(scenario.roles, scenario.sections.values())
    group, felt = group_type(), {lever.name for lever in felt_levers()}
    columns = [name for name in group.names or () if name not in felt or name in Felt.__annotations__]
    found = {
        "Member": types["self"], "Group": np.dtype([(name, group[name]) for name in columns]),
        "World": types["world"], "Line": LINE, "Note": NOTE,
        "Look": NOW, "Planned": PLANNED, "Today": TODAY, "Someone": PERSON, "Waiting": WAITING,
        "Knock": KNOCK, "KindRow": KIND,
    }  # fmt: skip
    for one in ours():
        found |= {f"{one.__name__}.{table}": dtype for table, dtype in one.declared.types.items()
                  if one.declared.columns[table] or (table == "group" and one.levers())}  # fmt: skip
        found |= {one.__name__: one.knob_type()}
    return found


def text() -> list[str]:
    """A function for each type of row with a line for each column, and one for a column that there is not."""
    lines = ["from sim.model.rows import *", "def whole(n: int) -> None: ...", "def number(x: float) -> None: ..."]
    lines += [f"from {one.__module__} import {one.__name__}" for one in ours()]
    for k, (name, dtype) in enumerate(rows().items()):
        lines.append(f"def rule_{k}(row: {name}) -> None:")
        for column in dtype.names or ():
            if column not in ("runs", "none"):  # the engine's own
                take = "whole" if dtype[column].base.kind in "iu" else "number"
                lines.append(f"    {take}(row.{column}{'[0]' if dtype[column].shape else ''})")
        lines.append("    number(row.is_misspelt)")
    return lines


@pytest.mark.slow
def test_mypy_sees_every_column_and_a_misspelt_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of the tables that mypy did not know would be an error in a line that is right."""
    monkeypatch.chdir(ROOT)
    lines, file = text(), tmp_path / "asked.py"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    told, broken, _ = api.run([str(file), "--config-file", "pyproject.toml", "--no-error-summary"])
    assert not broken
    wrong = [int(m[1]) for m in re.finditer(r"asked\.py:(\d+): error:", told)]
    misspelt = [k for k, line in enumerate(lines, 1) if "is_misspelt" in line]
    assert len(misspelt) >= 15
    assert wrong == misspelt, told
