"""``python -m docs.verdicts CLAIMS.csv CASES.csv``: what came of claims and cases, kept on docs/verdicts.md."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.experiments.cases.file import read_case
from scenarios.experiments.claims.file import read_claim
from scenarios.reports.claims_words import signed_finely, unit_of, worth
from sim.locale.words import number, say

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "verdicts.md"
HEAD = """# What came of claims and cases

Predictions of the model, over {worlds} worlds that fit the facts about as well; which of them is true is not known. The
rules for verdicts are told in the [guide](guide.md#cases-claims-advice); what each claim takes for granted stands in
[coverage.md](coverage.md#h-folk-claims). The reports behind the cases are success stories, and no constant was tuned to
one. This page is written by `python -m docs.verdicts` from the tables that `shequn claims` and `shequn cases` leave.

## Claims

Effects are means over worlds with 95 % intervals, in {n} communities ({fewest} where rules were taken away, unless more
were needed to tell).

| id | claim | verdict | what was said | effect | worth naming | of it |
|---|---|---|---|---|---|---|
"""
CASES = """
## Cases

The model's number is the median of {n} communities with the middle 80 %.

| id | case | beside the report | reported | in the model | verdict |
|---|---|---|---|---|---|
"""

_NUMBERS = ("reported_low", "reported_high", "median", "q10", "q90")


def page(claims: pd.DataFrame, cases: pd.DataFrame) -> str:
    """The page as Markdown."""
    whole = claims[claims["without"].isna()]
    told = cases[cases["verdict"].notna()]
    off = claims.loc[claims["without"].notna(), "n"]
    fewest = int(off.min()) if len(off) else 0
    text = HEAD.format(worlds=int(whole["worlds"].max()), n=int(whole["n"].max()), fewest=fewest)
    text += "".join(_claims(whole)) + CASES.format(n=int(told["n"].max())) + "".join(_cases(told))
    return text


def _claims(whole: pd.DataFrame) -> Iterator[str]:
    for name, rows in whole.groupby("claim", sort=False):
        claim = read_claim(f"h{int(str(name)[1:]):02d}")
        statements = {one.name: one for one in claim.statements}
        for row in rows.to_dict("records"):
            one, least = statements[row["statement"]], float(row["least"])
            unit = unit_of(one.measure)
            mean, low, high = (signed_finely(float(row[key]), unit, least) for key in ("effect", "low", "high"))
            cells = [
                claim.id, claim.title["en"], say(f"claim_v_{row['claim_verdict']}", "en"), one.say["en"],
                f"{mean} ({low} … {high})", worth(least, unit, "en"), _on(row),
            ]  # fmt: skip
            yield f"| {' | '.join(cells)} |\n"


def _on(row: Mapping[Hashable, Any]) -> str:
    """The verdict on a statement, and on what it hangs."""
    word, on = say(f"claim_v_{row['statement_verdict']}", "en"), row["depends_on"]
    return f"{word} ({', '.join(on.split(';'))})" if isinstance(on, str) and on else word


def _cases(told: pd.DataFrame) -> Iterator[str]:
    for row in told.to_dict("records"):
        case = read_case(f"c{int(str(row['case'])[1:]):02d}")
        beside = next(one for one in case.measures if one.name == row["measure"])
        unit = unit_of(beside.measure) if beside.how == "difference" else ""
        low, high, *middle = (_told(float(row[key]), unit) for key in _NUMBERS)
        cells = [
            case.id, case.title["en"], beside.say["en"], low if low == high else f"{low} to {high}",
            "{} ({} … {})".format(*middle), say(f"case_v_{row['verdict']}", "en"),
        ]  # fmt: skip
        yield f"| {' | '.join(cells)} |\n"


def _told(value: float, unit: str) -> str:
    """A number; infinity is a thing that never comes, or an open end."""
    return "∞" if value == float("inf") else "−∞" if value == float("-inf") else number(value, unit)


def main(claims: str, cases: str) -> None:
    """Write the page."""
    PAGE.write_text(page(pd.read_csv(claims), pd.read_csv(cases)), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
