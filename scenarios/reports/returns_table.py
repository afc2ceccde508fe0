"""What each strategy earns and costs in the company of the others, where a study leaves each of them out."""

from __future__ import annotations

import pandas as pd

from scenarios.reports.grid import NONE, Cell, Table, bare, measured, table, with_unit
from sim.analysis.experiment.findings import Findings
from sim.analysis.experiment.returns import GAINED, RETURN, SPENT, shown
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.paired import CLEAR
from sim.locale.words import arm_label, join, say
from sim.plots.experiment.frame import inside, label_with_unit

__all__ = ["returns_table"]

MARKS = {1: "up", -1: "down", 0: "moved"}


def returns_table(found: Findings, world: str, lang: str) -> Table:
    """Strategies down, the most profitable first; what each adds to the others, and its return, across."""
    mine = found.returns
    mine = mine[mine["world"] == world] if len(mine) else mine
    names, rows, n = shown(found.study), [], found.replicates(world)[1]
    for strategy, some in mine.groupby("strategy", sort=False) if len(mine) else ():
        by_name = some.set_index("outcome")
        cells = [_brought(by_name.loc[name], OUTCOMES[name].unit, n) for name in names]
        rows.append((arm_label(str(strategy), lang), [*cells, _return(by_name, n, lang)]))
    head = [label_with_unit(name, OUTCOMES[name].unit, lang, difference=True) for name in names]
    made = table(say("table_returns", lang), [*head, say("col_return", lang)], rows, say("returns_note", lang))
    return {**made, "below": _answer(mine[mine["outcome"] == GAINED], lang) if rows else ""}


def _brought(row: pd.Series, unit: str, n: int) -> Cell:
    if not row["n"]:
        return NONE
    mark = MARKS[int(row["better"])] if row["luck"] == CLEAR else ""
    return measured(row["value"], row["low"], row["high"], unit, sign=True, rough=row["rough"], mark=mark,
                    more=_fewer(row, n))  # fmt: skip


def _fewer(row: pd.Series, n: int) -> str:
    """The number of communities where it is not what the heading says."""
    return "" if row["n"] == n else f"n = {int(row['n'])}"


def _return(by_name: pd.DataFrame, n: int, lang: str) -> Cell:
    """Revenue per yuan spent, or why there is none."""
    row, spent = by_name.loc[RETURN], by_name.loc[SPENT]
    if row["value"] == row["value"]:
        return measured(row["value"], row["low"], row["high"], rough=row["rough"], more=_fewer(row, n))
    free = spent["value"] == 0 and spent["low"] != spent["low"]  # the same in every community
    why = "return_free" if free else "return_saves" if spent["luck"] == CLEAR else "return_open"
    return {**NONE, "interval": say(why, lang)}


def _answer(gained: pd.DataFrame, lang: str) -> str:
    """Which strategy brings most and which least, and which cannot be told from nothing."""
    known = gained[gained["n"] > 0]
    if len(known) < 2:
        return ""
    unclear = [arm_label(str(name), lang) for name in known.loc[known["luck"] != CLEAR, "strategy"]]
    rest = say("returns_open" if unclear else "returns_clear", lang, names=join(unclear, lang), of=len(known))
    best, worst = known.iloc[0], known.iloc[-1]
    return say("returns_answer", lang, what=inside(GAINED, lang), n=int(known["n"].min()), rest=rest,
               best=arm_label(str(best["strategy"]), lang), best_by=_size(best, lang),
               worst=arm_label(str(worst["strategy"]), lang), worst_by=_size(worst, lang))  # fmt: skip


def _size(row: pd.Series, lang: str) -> str:
    unit = OUTCOMES[GAINED].unit
    value = with_unit(bare(row["value"], unit, sign=True), GAINED, lang)
    if row["low"] != row["low"]:
        return value
    return say("returns_size", lang, value=value, low=bare(row["low"], unit, sign=True),
               high=bare(row["high"], unit, sign=True))  # fmt: skip
