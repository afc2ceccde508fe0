"""What was found of pairs of strategies, in sentences and in a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from scenarios.experiments.pairs.asked import Pairs
from scenarios.reports.grid import NONE, Cell, Table, Told, bare, cell, measured, table
from sim.analysis.experiment.pairs import NAMED
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, bracket, join, number, say, unit_label, world_label
from sim.plots.experiment.frame import inside

__all__ = ["answer", "pair_label", "rows_table", "told"]

MOST = 60
"""Rows that are shown where nothing was predicted or found."""
MOST_NAMED = 20
"""Pairs of one verdict that a sentence names, the largest interactions first."""
COLUMNS = ("predicted", "alone", "both", "interaction", "fresh", "gain", "verdict")
SHORT = ("predicted", "interaction", "fresh", "verdict")
"""Columns of the page, and of the terminal, which is narrower."""


def told(asked: Pairs, found: pd.DataFrame, lang: str) -> Told:
    """What the terminal shows."""
    return answer(asked, found, lang), [rows_table(found, lang, SHORT)]


def answer(asked: Pairs, found: pd.DataFrame, lang: str) -> list[str]:
    """What came of the predictions, what else was found, and the pairs by what they are called."""
    lines = []
    predicted = found[found["family"] == "predicted"]
    fresh = asked.fresh_seeds
    if len(predicted):
        named = predicted["verdict"].isin(NAMED)
        came = predicted["verdict"] == predicted["expected"]
        counts = {"came": came, "other": named & ~came, "open": predicted["verdict"] == "open",
                  "bounded": predicted["verdict"] == "bounded", "few": predicted["verdict"] == "too_few"}  # fmt: skip
        lines.append(say("pairs_predicted", lang, n=len(predicted), seeds=asked.seeds, fresh=fresh,
                         **{f"n_{word}": int(rows.sum()) for word, rows in counts.items()}))  # fmt: skip
    other = found[found["family"] == "other"]
    if len(other):
        lines.append(say("pairs_other", lang, n=len(other), n_named=int(other["verdict"].isin(NAMED).sum())))
    for word in NAMED:
        rows = found[found["verdict"] == word].sort_values("fresh_interaction", key=abs, ascending=False, kind="stable")
        if len(rows):
            names = join([_named(row, lang) for _, row in rows.head(MOST_NAMED).iterrows()], lang)
            more = len(rows) - MOST_NAMED
            names = say("pairs_more", lang, names=names, n=more) if more > 0 else names
            lines.append(say(f"pairs_l_{word}", lang, names=names))
    if not found["verdict"].isin(NAMED).any():
        lines.append(say("pairs_none", lang))
    if asked.refused:
        lines.append(say("pairs_refused", lang, n=len(asked.refused)))
    return lines


def pair_label(row: pd.Series, lang: str) -> str:
    """``Red packets + Daily topic``."""
    return arm_label(f"{row['first']}+{row['second']}", lang)


def _named(row: pd.Series, lang: str) -> str:
    return say("pairs_name", lang, pair=pair_label(row, lang), outcome=inside(row["outcome"], lang),
               world=world_label(row["world"], lang))  # fmt: skip


def rows_table(found: pd.DataFrame, lang: str, columns: Sequence[str] = COLUMNS) -> Table:
    """A row a pair, world and outcome: what was predicted and what can be named; of few pairs the first outcome."""
    telling = (found["expected"] != "") | found["verdict"].isin(NAMED)
    first = ~found.duplicated(["first", "second", "world"])
    shown = found[telling | first] if int(first.sum()) <= MOST else found[telling]
    rows = []
    for _, row in shown.iterrows():
        label = [pair_label(row, lang), _measured(row, lang), world_label(row["world"], lang)]
        cells = _cells(row, lang)
        rows.append((" · ".join(label), [cells[name] for name in columns]))
    heads = [say(f"pairs_col_{name}", lang) for name in columns]
    below = say("pairs_shown", lang, shown=len(shown), n=len(found)) if len(shown) < len(found) else ""
    return {**table(say("pairs_table", lang), heads, rows, say("pairs_note", lang)), "below": below}


def _measured(row: pd.Series, lang: str) -> str:
    """The outcome with its unit."""
    unit = OUTCOMES[str(row["outcome"])].unit
    return inside(str(row["outcome"]), lang) + bracket("%" if unit == "share" else unit_label(unit, lang), lang)


def _cells(row: pd.Series, lang: str) -> dict[str, Cell]:
    unit, verdict = OUTCOMES[str(row["outcome"])].unit, str(row["verdict"])
    alone = " · ".join(bare(row[f"mean_{arm}"], unit) for arm in ("neither", "first", "second"))
    gain = measured(row["gain"], row["gain_low"], row["gain_high"], unit, sign=True) if row["fresh_n"] else NONE
    return {
        "predicted": cell(say(f"pairs_w_{row['expected']}", lang) if row["expected"] else ""),
        "alone": cell(alone),
        "both": cell(bare(row["mean_both"], unit), say("pairs_sum", lang, value=bare(row["mean_sum"], unit))),
        "interaction": _interaction(row, "", unit, lang), "fresh": _interaction(row, "fresh_", unit, lang),
        "gain": gain, "verdict": cell(say(f"pairs_w_{verdict}", lang), mark=_MARKS.get(verdict, "")),
    }  # fmt: skip


_MARKS = {"synergy": "up", "softening": "moved", "substitutes": "moved", "conflict": "down"}


def _interaction(row: pd.Series, look: str, unit: str, lang: str) -> Cell:
    """The interaction of a look with its limits and the number of communities: a factor, or a difference."""
    value, low, high, n = (float(row[look + name]) for name in ("interaction", "low", "high", "n"))
    if not n or not math.isfinite(value):
        return NONE
    rough = bool(row[f"{look}rough"])
    count = say("pairs_n", lang, n=f"{n:.0f}")
    if row["scale"] == "plain":
        return measured(value, low, high, unit, sign=True, rough=rough, more=count)
    found = measured(math.exp(value), math.exp(low), math.exp(high), rough=rough, more=count)
    return {**found, "value": say("times", lang, value=number(math.exp(value)) + ("‡" if rough else ""))}
