"""Strategies and what came of what was expected of them, for the terminal."""

from __future__ import annotations

import pandas as pd

from scenarios.reports.grid import Cell, Told, cell, measured, table
from sim.analysis.experiment.trials import VERDICTS, passed
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, bracket, join, say, unit_label, world_label
from sim.plots.run.comparison import outcome_label

__all__ = ["told"]

_WAYS = {1: "more", -1: "less", 0: "same"}


def told(found: pd.DataFrame, seeds: int, lang: str) -> Told:
    """How many expectations came, who did not do what was expected; then a row for each strategy, outcome and dose."""
    asked = found[found["verdict"] != ""]
    counts = {f"n_{word}": int((asked["verdict"] == word).sum()) for word in VERDICTS}
    did = passed(found)
    lines = [say("effects_passed", lang, passed=int(did.sum()), strategies=len(did)),
             say("effects_counts", lang, n=len(asked), seeds=seeds, **counts)]  # fmt: skip
    for word in ("opposite", "not_shown"):
        names = list(dict.fromkeys(asked.loc[asked["verdict"] == word, "strategy"]))
        if names:
            lines.append(say(f"effects_{word}", lang, names=join([arm_label(name, lang) for name in names], lang)))
    heads = [say(f"effects_col_{key}", lang) for key in ("outcome", "expected", "effect", "verdict", "money", "hours")]
    rows = [(f"{arm_label(str(row['strategy']), lang)} {str(row['dose']).replace(',', ', ')}", _cells(row, seeds, lang))
            for _, row in found.iterrows()]  # fmt: skip
    return lines, [table(say("effects_table", lang), heads, rows, say("effects_note", lang))]


def _cells(row: pd.Series, seeds: int, lang: str) -> list[Cell]:
    outcome = OUTCOMES[str(row["outcome"])]
    name = outcome_label(outcome.name, lang) + bracket(unit_label(outcome.unit, lang, difference=True), lang)
    verdict = str(row["verdict"])
    return [
        cell(f"{name} · {world_label(row['world'], lang)}"), cell(say(f"effects_{_WAYS[int(row['sign'])]}", lang)),
        measured(row["difference"], row["low"], row["high"], outcome.unit, sign=True, rough=bool(row["rough"]),
                 more=say("pairs_n", lang, n=int(row["n"])) if row["n"] < seeds else ""),
        cell(say(f"effects_v_{verdict}", lang) if verdict else ""),
        _limits(row, "profit_month"), _limits(row, "hours_month"),
    ]  # fmt: skip


def _limits(row: pd.Series, key: str) -> Cell:
    return measured(row[key], row[f"{key}_low"], row[f"{key}_high"], sign=True)
