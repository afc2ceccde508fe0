"""``python -m docs.effects outputs/effects/effects.csv [more.csv …]``: keep what `shequn effects` found, in the table
that ships (scenarios/strategies/measured.csv) and on the page docs/effects.md. Strategies in a later file were played
again: they replace those of the first, and all are judged together.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from scenarios.config import catalog
from scenarios.reports.grid import bare, span, with_unit
from scenarios.strategies.measured import COLUMNS, FILE
from scenarios.strategies.plans import PLANS
from sim.analysis.experiment.trials import as_one_family, passed
from sim.analysis.registry import OUTCOMES
from sim.locale.words import arm_label, say

ROOT = Path(__file__).resolve().parents[1]
TABLE, PAGE = ROOT / "scenarios" / "strategies" / FILE, ROOT / "docs" / "effects.md"
MONEY = {"profit_month": "CNY", "hours_month": ""}
WAYS = {1: "higher", -1: "lower", 0: "no change"}
HEAD = """# What strategies do in the model

{passed} of {strategies} strategies did all that was expected of them before this table was played. Each was played at
three doses, in {n} communities, in the world it names, against the same communities without it; the strongest dose is
judged, by Holm at 1 % over all {trials} expectations together. The numbers are predictions of the model with 95 %
intervals.

It is the third round. Since the second the baseline's rules were mended and calibrated to lives; nothing was declared
anew, so worlds and doses are those that were chosen on the rules before. [Expectations](expectations.md) tells what
turned or vanished, and why; what asks a price at a door was played again since, with the same luck. A strategy that
passes does what is expected *in the world named*.

`shequn effects` plays it again; this page is written by `python -m docs.effects`.

| id | strategy | expected | world | dose | effect | least worth naming | verdict | CNY a month and group | hours |
|---|---|---|---|---|---|---|---|---|---|
"""


def keep(paths: Sequence[Path]) -> pd.DataFrame:
    """Write the table that ships, with as many digits as intervals deserve."""
    found = as_one_family([_read(path) for path in paths]).sort_values("strategy", kind="stable")[list(COLUMNS)]
    found.to_csv(TABLE, index=False, float_format="%.6g", lineterminator="\n")
    return _read(TABLE)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def page(found: pd.DataFrame) -> str:
    """The page as Markdown."""
    rows = found[found["verdict"].fillna("") != ""]
    did = passed(found.assign(verdict=found["verdict"].fillna("")))
    counts = {"passed": int(did.sum()), "strategies": len(did), "n": int(rows["n"].max()), "trials": len(rows)}
    order = sorted(range(len(rows)), key=lambda k: _number(str(rows.iloc[k]["strategy"])))
    return HEAD.format(**counts) + "".join(_row(rows.iloc[k], counts["n"]) for k in order)


def _number(name: str) -> int:
    """Of an id like S12 the 12."""
    digits = _id(name)[1:]
    return int(digits) if digits.isdigit() else 999


def _id(name: str) -> str:
    """That of the founding material, of a strategy or a plan."""
    made = catalog.strategies().get(name) or PLANS.get(name)
    return made.id if made else ""


def _row(row: pd.Series, usual: int) -> str:
    outcome = OUTCOMES[str(row["outcome"])]
    name = str(row["strategy"])
    n = f"; n = {int(row['n'])}" if row["n"] < usual else ""
    effect = with_unit(bare(row["difference"], outcome.unit, True), outcome.name, "en")
    cells = [
        _id(name), arm_label(name, "en"), f"{outcome.en}: {WAYS[int(row['sign'])]}", str(row["world"]),
        str(row["dose"]), effect + _limits(row, "", outcome.unit, n),
        with_unit(bare(row["least"], outcome.unit), outcome.name, "en"), say(f"effects_v_{row['verdict']}", "en"),
        *(bare(row[key], unit, True) + _limits(row, f"{key}_", unit) for key, unit in MONEY.items()),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def _limits(row: pd.Series, of: str, unit: str, more: str = "") -> str:
    """Both limits in brackets; nothing where there are none."""
    text = (span(row[f"{of}low"], row[f"{of}high"], unit, True) + more).removeprefix("; ")
    return f" ({text})" if text else ""


def _expecting() -> set[str]:
    """Strategies and plans that say what they are expected to do."""
    return {name for name, made in {**catalog.strategies(), **PLANS}.items() if made.expected}


def main(words: list[str]) -> int:
    """Keep the table of the files that are named, and write the page of it; 1 where the first lacks some strategies.

    Holm's correction is over all expectations: a table of ``only=…`` passes what the whole one may not.
    """
    if words and (lacking := _expecting() - {*pd.read_csv(Path(words[0]))["strategy"]}):
        print(f"{words[0]} lacks {', '.join(sorted(lacking))}; play all of them: shequn effects", file=sys.stderr)
        return 1
    found = keep([Path(word) for word in words]) if words else _read(TABLE)
    PAGE.write_text(page(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
