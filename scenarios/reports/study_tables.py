"""The tables of a study's page: differences by outcome, the primary outcome in detail, survival."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from scenarios.reports.grid import cell, span
from sim.analysis.experiment.asked import block, sign_of
from sim.analysis.experiment.findings import Findings
from sim.analysis.experiment.lives import EACH_DIED, MANY_DIED, QUANTILES
from sim.analysis.outcomes import OUTCOMES, possible
from sim.analysis.statistics.skewed import Mean, mean_interval
from sim.locale.words import arm_label, number, say, signed
from sim.plots.experiment.best import percent
from sim.plots.experiment.frame import label_with_unit
from sim.plots.experiment.seeds import finite

__all__ = ["tables"]

MARKS = {1: "up", -1: "down"}
Table = dict[str, Any]


def tables(found: Findings, world: str, lang: str) -> list[Table]:
    """Every table of one world that can be filled: heading, head, rows of cells."""
    made = [_differences(found, world, lang), _primary(found, world, lang), _lives(found, world, lang)]
    made.append(_dead_by(found, world, lang))
    low, high = found.replicates(world)
    sample = say("of_n", lang, n=high) if low == high else say("of_n_mixed", lang, low=low, high=high)
    return [{**table, "title": f"{table['title']} · {sample}"} for table in made if table["rows"]]


def _differences(found: Findings, world: str, lang: str) -> Table:
    """Arms down, outcomes across."""
    table = found.effects
    table = table[table["world"] == world].set_index(["arm", "outcome"]) if len(table) else table
    names = list(found.study.outcomes)
    rows = [{"label": arm_label(found.reference, lang), "cells": [_level(found, world, name) for name in names]}]
    if len(table):
        for arm in table.index.get_level_values("arm").unique():
            cells = [_difference(table.loc[(arm, name)], name) for name in names]
            rows.append({"label": arm_label(arm, lang), "cells": cells})
    title = say("table_differences", lang, reference=arm_label(found.reference, lang))
    head = [label_with_unit(name, OUTCOMES[name].unit, lang, difference=True) for name in names]
    return {"title": title, "note": say("study_table_note", lang), "head": ["", *head], "rows": rows}


def _level(found: Findings, world: str, name: str) -> dict[str, str]:
    """Mean of the reference over its communities."""
    rows = found.table[(found.table["world"] == world) & (found.table["arm"] == found.reference)]
    return _mean_cell(mean_interval(rows[name].to_numpy(dtype=float)), name)


def _mean_cell(level: Mean, name: str, n: int | None = None) -> dict[str, str]:
    """A mean with its limits, ‡ where they are rough; ``n`` is told where it is not what the heading says."""
    if not level.n:
        return cell("–")
    unit = OUTCOMES[name].unit
    limits = span(*possible(name, float(level.low), float(level.high)), unit)
    told = "; ".join(text for text in (limits, f"n = {int(level.n)}" if n not in (None, int(level.n)) else "") if text)
    return cell(number(float(level.mean), unit) + ("‡" if level.rough else ""), told)


def _difference(row: pd.Series, name: str) -> dict[str, str]:
    if row["n"] == 0:
        return cell("–")
    unit = OUTCOMES[name].unit
    mark = MARKS.get(int(row["better"]), "moved") if row["luck"] == "clear" else ""
    text = signed(float(row["difference"]), unit) + ("‡" if row["rough"] else "")
    return cell(text, span(row["low"], row["high"], unit, sign=True), mark)


def _primary(found: Findings, world: str, lang: str) -> Table:
    """Arms down; everything known of the primary outcome across."""
    name = found.primary
    unit = OUTCOMES[name].unit
    effects = _of(found.effects, world, name)
    best, needs = _of(found.best, world, name), _of(found.precision, world, name)
    values = block(found.table, world, name)
    rows = []
    for k, arm in enumerate(values.arms):
        cells = [_mean_cell(mean_interval(values.values[:, k]), name, found.replicates(world)[1])]
        cells += _effect_cells(effects.loc[arm] if arm in effects.index else None, unit, lang)
        cells += _choice_cells(best.loc[arm] if arm in best.index else None, unit, lang) if sign_of(name) else []
        cells += _need_cells(needs.loc[arm] if arm in needs.index else None)
        rows.append({"label": arm_label(arm, lang), "cells": cells})
    keys = ["mean", "difference", "p", "p_holm", "d", "better", *(["best", "regret"] if sign_of(name) else [])]
    keys += ["needed", "needed_own", "gain"]
    title = say("table_primary", lang, what=label_with_unit(name, unit, lang))
    return {"title": title, "note": "", "head": ["", *(say(f"col_{key}", lang) for key in keys)], "rows": rows}


def _of(table: pd.DataFrame, world: str, outcome: str) -> pd.DataFrame:
    if table.empty:
        return table
    return table[(table["world"] == world) & (table["outcome"] == outcome)].set_index("arm")


def _effect_cells(row: pd.Series | None, unit: str, lang: str) -> list[dict[str, str]]:
    if row is None:
        return [cell("–")] * 5
    text = signed(row["difference"], unit) + ("‡" if row["rough"] else "")
    difference = cell(text, span(row["low"], row["high"], unit, sign=True))
    size = cell(signed(row["d_z"]), span(row["d_low"], row["d_high"], "", sign=True))
    share = cell(say("of_these", lang, k=int(row["n_better"]), n=int(row["n"])),
                  span(row["share_low"], row["share_high"], "share") + " %")  # fmt: skip
    return [difference, cell(_p(row["p"])), cell(_p(row["p_holm"])), size, share]


def _choice_cells(row: pd.Series | None, unit: str, lang: str) -> list[dict[str, str]]:
    if row is None:
        return [cell("–")] * 2
    chance = say("chance", lang, p=percent(float(row["p_best"])))
    return [cell(chance), cell(number(float(row["regret"]), unit).removesuffix(" %"))]


def _need_cells(row: pd.Series | None) -> list[dict[str, str]]:
    if row is None:
        return [cell("–")] * 3
    counts = [_counts(row, key) for key in ("needed", "needed_own")]
    if math.isnan(row["gain_low"]):
        return [*counts, cell("–")]
    return [*counts, cell(number(row["gain"]), " … ".join(finite(row[f"gain_{side}"]) for side in ("low", "high")))]


def _counts(row: pd.Series, key: str) -> dict[str, str]:
    """Communities needed, with 80 % limits."""
    if math.isnan(row[key]):
        return cell("–")
    return cell(f"{row[key]:,.0f}", f"{row[key + '_low']:,.0f} … {row[key + '_high']:,.0f}")


def _p(value: float) -> str:
    return "–" if math.isnan(value) else "<0.001" if value < 0.001 else f"{value:.3f}"


def _lives(found: Findings, world: str, lang: str) -> Table:
    """Restricted means, their differences, hazard ratios."""
    table = found.lives
    table = table[table["world"] == world].set_index("arm") if len(table) else table
    rows = []
    for arm, one in found.survival.get(world, {}).items():
        limits = span(one.restricted_mean_low, one.restricted_mean_high, "")
        cells = [cell(number(one.restricted_mean) + _rough(one.rough), limits)]
        if len(table) and arm in table.index:
            row = table.loc[arm]
            difference = signed(row["difference"]) + _rough(row["rough"])
            cells.append(cell(difference, span(row["low"], row["high"], "", sign=True)))
            cells.append(cell(_p(row["p_holm"])))
            few, ratio = math.isnan(row["hazard_ratio"]), number(row["hazard_ratio"])
            limits = span(row["hazard_low"], row["hazard_high"], "")
            cells.append(cell(say("too_few_deaths", lang) if few else ratio, limits))
            cells.append(cell(_p(row["p_log_rank_holm"])))
        else:
            cells += [cell("–")] * 4
        cells += [cell(str(one.n_communities)), cell(f"{one.n:,}")]
        rows.append({"label": arm_label(arm, lang), "cells": cells})
    keys = ("life", "difference", "p_holm", "hazard", "log_rank", "n", "groups")
    return {
        "title": say("table_lives", lang),
        "note": say("lives_note", lang, many=MANY_DIED, each=EACH_DIED),
        "head": ["", *(say(f"col_{key}", lang) for key in keys)],
        "rows": rows,
    }


def _rough(rough: bool) -> str:
    return "‡" if rough else ""


def _dead_by(found: Findings, world: str, lang: str) -> Table:
    """Quantiles of the lifetimes with intervals."""
    table = found.quantiles[found.quantiles["world"] == world]
    horizon = max((one.horizon for one in found.survival.get(world, {}).values()), default=0)
    rows = []
    for arm, some in table.groupby("arm", sort=False):
        cells = [_age(row, horizon, lang) for _, row in some.iterrows()]
        label = arm_label(str(arm), lang) + _rough(found.survival[world][str(arm)].rough)
        rows.append({"label": label, "cells": cells})
    head = ["", *(f"{100 * q:g} %" for q in QUANTILES)]
    return {"title": say("table_dead_by", lang), "note": "", "head": head, "rows": rows}


def _age(row: pd.Series, horizon: int, lang: str) -> dict[str, str]:
    """A quantile and its limits; beyond the watch is said to be beyond it."""
    late = say("beyond", lang, days=horizon)
    days, low, high = (late if math.isnan(row[key]) else f"{row[key]:.0f}" for key in ("days", "low", "high"))
    return cell(days, "" if low == high == late else f"{low} … {high}")
