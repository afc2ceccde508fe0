"""Write the tables of docs/coverage.md: of each role, strategy and measure its module, config and tests; of each case
and claim its file and what it rests on (:mod:`docs.coverage_trials`).

What was asked for of strategies and what is left out of it stands in docs/coverage.toml, of roles and measures in
docs/coverage_rows.toml (:mod:`docs.coverage_rows`); the rest follows from the declarations. Run it as ``python
docs/coverage.py``; it exits with 1 while anything is missing, and names every hole: an id without a class, a class
without a file in conf/strategy or without a test of its own.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docs.coverage_rows import measure_table, missing_rows, role_table, row_holes
from docs.coverage_trials import case_table, claim_table, trial_holes
from scenarios.config import catalog
from scenarios.strategies import plans
from scenarios.strategies.base import Strategy
from sim.engine.mechanism import Mechanism
from sim.mechanisms import mechanisms

__all__ = ["PAGE", "holes", "strategy_table", "written"]

ROOT = Path(__file__).resolve().parents[1]
PAGE, ASKED = ROOT / "docs" / "coverage.md", ROOT / "docs" / "coverage.toml"
PLANS = {plan.id: name for name, plan in plans.PLANS.items()}
"""Strategies that are files of others."""


def asked() -> Mapping[str, Mapping[str, Any]]:
    """What the founding material asks for, by id."""
    return tomllib.loads(ASKED.read_text("utf-8"))


def built() -> dict[str, type[Strategy]]:
    """The class of each id."""
    ours = (made for made in catalog.strategies().values() if made.__module__.startswith("scenarios."))
    return {made.id: made for made in ours if made.id}


@cache
def _texts() -> dict[str, str]:
    """Every test file by its path in the project."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files}


def tests_of(name: str) -> list[str]:
    """Files that play a strategy by its name, beside those that walk over all: the one most about it first."""
    words = (f'"{name}"', f"strategy={name}", f"strategy=[{name}")
    counts = {path: sum(text.count(word) for word in words) for path, text in _texts().items()}
    apart = ("tests/mechanisms/", "tests/contracts/")
    order = {path: (name not in path, not path.startswith(apart), -n, path) for path, n in counts.items() if n}
    return sorted(order, key=order.__getitem__)


def mechanisms_of(made: type[Strategy]) -> list[type[Mechanism]]:
    """The mechanisms whose levers it turns, in the order of their names."""
    turned = made.turns()
    return [one for one in mechanisms().values() if turned & one.levers().keys() and one.__module__.startswith("sim.")]


def holes() -> list[str]:
    """Everything that is asked for and not there."""
    found = []
    for key, one in asked().items():
        name = PLANS.get(key) or (built()[key].config_name() if key in built() else "")
        if not name:
            found += [] if one.get("is_missing") else [f"{key}: there is no class of this id"]
            continue
        if one.get("is_missing"):
            found.append(f"{key}: there is a class; coverage.toml calls it missing")
        if not (ROOT / "conf" / "strategy" / f"{name}.yaml").exists():
            found.append(f"{key}: there is no conf/strategy/{name}.yaml")
        if not tests_of(name):
            found.append(f"{key}: no test names {name}")
    unknown = [f"{key}: coverage.toml does not know it" for key in built() if key not in asked()]
    return found + unknown + row_holes() + trial_holes()


def _row(key: str, one: Mapping[str, Any]) -> str:
    if one.get("is_missing"):
        return f"| {key} | {one['asked']} | not yet | | | {one['left_out']} |"
    status = "partly" if one.get("is_part") else "built"
    if key in PLANS:
        where, parts, name = f"[{PLANS[key]}](../conf/strategy/{PLANS[key]}.yaml)", [], PLANS[key]
    else:
        made = built()[key]
        name, parts = made.config_name(), mechanisms_of(made)
        where = f"[{name}](../{made.__module__.replace('.', '/')}.py)"
    acts = ", ".join(f"[{part.name()}](../{part.__module__.replace('.', '/')}.py)" for part in parts)
    tested = ", ".join(f"[{Path(path).stem.removeprefix('test_')}](../{path})" for path in tests_of(name)[:1])
    return f"| {key} | {one['asked']} | {status}: {where} | {acts} | {tested} | {one['left_out']} |"


def strategy_table() -> str:
    """The table as Markdown."""
    head = ["| id | strategy | status, class | mechanisms | a test | left out |", "|---|---|---|---|---|---|"]
    return "\n".join(head + [_row(key, one) for key, one in asked().items()]) + "\n"


def written(page: str) -> str:
    """The page with its tables made anew."""
    tables = {"roles": role_table, "strategies": strategy_table, "measures": measure_table, "cases": case_table,
              "claims": claim_table}  # fmt: skip
    for name, table in tables.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
        before, rest = page.split(begin)
        page = before + begin + table() + end + rest.split(end)[1]
    return page


def main() -> int:
    """Write the page; 1 while anything is missing."""
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
    missing = [key for key, one in asked().items() if one.get("is_missing")] + missing_rows()
    missing = [f"{key}: not yet" for key in missing]
    for line in [*holes(), *missing]:
        print(line, file=sys.stderr)
    return 1 if holes() or missing else 0


if __name__ == "__main__":
    sys.exit(main())
