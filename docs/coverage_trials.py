"""The tables of cases and claims in docs/coverage.md, made of their files in conf/case and conf/claim."""

from __future__ import annotations

from scenarios.config import catalog
from scenarios.experiments.cases.file import read_case
from scenarios.experiments.claims.file import read_claim

__all__ = ["CASES", "CLAIMS", "case_table", "claim_table", "trial_holes"]

CASES, CLAIMS = 16, 30
"""How many the founding material names."""


def case_table() -> str:
    """Of each case the numbers set beside the report, and what the report leaves out."""
    head = ["| id | case | file | beside the report | left out by the report |", "|---|---|---|---|---|"]
    rows = []
    for name in catalog.options("case"):
        one = read_case(name)
        beside = "; ".join(each.say["en"] for each in one.measures)
        silent = "; ".join(each.say["en"] for each in one.silent)
        rows.append(f"| {one.id} | {one.title['en']} | [{name}](../conf/case/{name}.yaml) | {beside} | {silent} |")
    return "\n".join(head + rows) + "\n"


def claim_table() -> str:
    """Of each claim the rules that speak for it and are taken away, and what is assumed and what emerges."""
    head = ["| id | claim | file | taken away in turn | assumed, and what emerges |", "|---|---|---|---|---|"]
    rows = []
    for name in catalog.options("claim"):
        one = read_claim(name)
        terms = "; ".join(each.say["en"] for each in one.terms)
        file = f"[{name}](../conf/claim/{name}.yaml)"
        rows.append(f"| {one.id} | {one.title['en']} | {file} | {terms} | {one.rests['en']} |")
    return "\n".join(head + rows) + "\n"


def trial_holes() -> list[str]:
    """Cases and claims that have no file."""
    cases = {f"c{k:02d}" for k in range(1, CASES + 1)} - set(catalog.options("case"))
    claims = {f"h{k:02d}" for k in range(1, CLAIMS + 1)} - set(catalog.options("claim"))
    return [f"{name}: there is no file of it in conf/" for name in sorted(cases | claims)]
