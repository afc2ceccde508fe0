"""The tables of a study's page: differences by outcome, the primary outcome in detail, survival."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pandas as pd

from scenarios.reports.grid import NONE, Cell, Table, bare, cell, change, difference, measured, span, table, times
from scenarios.reports.returns_table import returns_table
from sim.analysis.ceilings import Ends, possible
from sim.analysis.experiment.asked import block, sign_of
from sim.analysis.experiment.findings import Findings
from sim.analysis.experiment.lives import EACH_DIED, MANY_DIED, QUANTILES
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.skewed import Mean, mean_interval
from sim.locale.words import arm_label, number, say
from sim.plots.experiment.best import percent
from sim.plots.experiment.frame import label_with_unit
from sim.plots.experiment.seeds import finite

__all__ = ["change_cell", "differences", "mean_cell", "tables"]

Maker = Callable[[Findings, str, str], Table]

MARKS = {1: "up", -1: "down"}


def tables(found: Findings, world: str, lang: str, makers: Sequence[Maker] = ()) -> list[Table]:
    """Every table of one world that can be filled, or those of some ``makers``: heading, head, rows of cells."""
    lives = (_lives, _dead_by) if found.horizon(world) > 0 else ()
    makers = makers or (returns_table, differences, _primary, *lives)
    if _of(found.effects, world).empty:  # one arm, or no run of the reference: there is nothing to compare
        makers = [levels if make is differences else make for make in makers if make is not _primary]
    made = [make(found, world, lang) for make in makers]
    low, high = found.replicates(world)
    sample = say("of_n", lang, n=high) if low == high else say("of_n_mixed", lang, low=low, high=high)
    return [{**one, "title": f"{one['title']} · {sample}"} for one in made if one["rows"]]


def levels(found: Findings, world: str, lang: str) -> Table:
    """Arms down, the means of the outcomes across."""
    rows = found.table[found.table["world"] == world]
    lines = [(arm_label(str(arm), lang), _means(found, world, some)) for arm, some in
             rows.groupby("arm", observed=True, sort=False) if len(some)]  # fmt: skip
    head = [label_with_unit(name, OUTCOMES[name].unit, lang) for name in found.study.outcomes]
    return table(say("table_levels", lang), head, lines)


def _means(found: Findings, world: str, rows: pd.DataFrame) -> list[Cell]:
    return [mean_cell(mean_interval(rows[name].to_numpy(dtype=float)), name, found.ends(world))
            for name in found.study.outcomes]  # fmt: skip


def differences(found: Findings, world: str, lang: str) -> Table:
    """Arms down, outcomes across; first the mean of the reference over its communities."""
    names = list(found.study.outcomes)
    mine = found.table[(found.table["world"] == world) & (found.table["arm"] == found.reference)]
    effects = _of(found.effects, world)
    ratios = set(effects.loc[effects["ratio"].notna(), "outcome"]) if len(effects) else set()
    first = [cell(times(1, lang)) if name in ratios else mean
             for name, mean in zip(names, _means(found, world, mine), strict=True)]  # fmt: skip
    rows = [(arm_label(found.reference, lang), first)]
    for arm, some in effects.groupby("arm", sort=False) if len(effects) else ():
        cells = [change_cell(row, str(name), lang) for name, row in some.set_index("outcome").loc[names].iterrows()]
        rows.append((arm_label(str(arm), lang), cells))
    head = [label_with_unit(name, OUTCOMES[name].unit, lang, difference=True, ratio=name in ratios) for name in names]
    title = say("table_differences", lang, reference=arm_label(found.reference, lang))
    return table(title, head, rows, say("study_table_note", lang))


def _of(rows: pd.DataFrame, world: str, outcome: str = "") -> pd.DataFrame:
    """The rows of one world and outcome."""
    if rows.empty:
        return rows
    return rows[(rows["world"] == world) & ((rows["outcome"] == outcome) if outcome else True)]


def mean_cell(level: Mean, name: str, ends: Ends, n: int | None = None) -> Cell:
    """A mean with its limits, ‡ where they are rough; ``n`` is told where it is not what the heading says."""
    if not level.n:
        return NONE
    more = f"n = {int(level.n)}" if n not in (None, int(level.n)) else ""
    return measured(float(level.mean), *possible(name, float(level.low), float(level.high), ends),
                    OUTCOMES[name].unit, rough=bool(level.rough), percent=True, more=more)  # fmt: skip


def change_cell(row: pd.Series, name: str, lang: str) -> Cell:
    """The difference of an arm from the reference, coloured where it is clear."""
    return change(row, name, MARKS.get(int(row["better"]), "moved") if row["luck"] == "clear" else "", lang)


def _primary(found: Findings, world: str, lang: str) -> Table:
    """Arms down; everything known of the primary outcome across."""
    name, unit = found.primary, OUTCOMES[found.primary].unit
    parts: list[tuple[pd.DataFrame, tuple[str, ...], Callable[[pd.Series, str, str], list[Cell]]]] = [
        (found.effects, ("difference", "p", "p_holm", "d", "better"), _effect),
        (found.best, ("best", "regret") if sign_of(name) else (), _choice),
        (found.precision, ("needed", "needed_own", "gain"), _need),
    ]
    by_arm = [(_of(rows, world, name), heads, cells) for rows, heads, cells in parts if heads]
    values, rows = block(found.table, world, name), []
    for k, arm in enumerate(values.arms):
        line = [mean_cell(mean_interval(values.values[:, k]), name, found.ends(world), found.replicates(world)[1])]
        for some, heads, cells in by_arm:
            mine = some[some["arm"] == arm] if len(some) else some
            line += cells(mine.iloc[0], unit, lang) if len(mine) else [NONE] * len(heads)
        rows.append((arm_label(arm, lang), line))
    head = [say(f"col_{key}", lang) for key in ("mean", *(key for _, heads, _ in by_arm for key in heads))]
    return table(say("table_primary", lang, what=label_with_unit(name, unit, lang)), head, rows)


def _effect(row: pd.Series, unit: str, lang: str) -> list[Cell]:
    size = measured(row["d_z"], row["d_low"], row["d_high"], sign=True)
    share = cell(say("of_these", lang, k=int(row["n_better"]), n=int(row["n"])),
                 span(row["share_low"], row["share_high"], "share") + " %")  # fmt: skip
    return [difference(row, unit), _p(row["p"]), _p(row["p_holm"]), size, share]


def _choice(row: pd.Series, unit: str, lang: str) -> list[Cell]:
    return [cell(say("chance", lang, p=percent(float(row["p_best"])))), cell(bare(row["regret"], unit))]


def _need(row: pd.Series, unit: str, lang: str) -> list[Cell]:
    """Communities needed with 80 % limits, with and without common luck, and what that gains."""
    counts = [NONE if math.isnan(row[key]) else
              cell(f"{row[key]:,.0f}", f"{row[key + '_low']:,.0f} … {row[key + '_high']:,.0f}")
              for key in ("needed", "needed_own")]  # fmt: skip
    gain = NONE if math.isnan(row["gain_low"]) else \
        cell(number(row["gain"]), f"{finite(row['gain_low'])} … {finite(row['gain_high'])}")  # fmt: skip
    return [*counts, gain]


def _p(value: float) -> Cell:
    return cell("–" if math.isnan(value) else "<0.001" if value < 0.001 else f"{value:.3f}")


def _lives(found: Findings, world: str, lang: str) -> Table:
    """Restricted means, their differences, hazard ratios."""
    against = _of(found.lives, world)
    rows = []
    for arm, one in found.survival.get(world, {}).items():
        mine = against[against["arm"] == arm] if len(against) else against
        means = one.restricted_mean, one.restricted_mean_low, one.restricted_mean_high
        cells = [measured(*means, rough=one.rough), *(_survival(mine.iloc[0], lang) if len(mine) else [NONE] * 4)]
        rows.append((arm_label(arm, lang), [*cells, cell(str(one.n_communities)), cell(f"{one.n:,}")]))
    keys = ("life", "difference", "p_holm", "hazard", "log_rank", "n", "groups")
    note = say("lives_note", lang, many=MANY_DIED, each=EACH_DIED)
    return table(say("table_lives", lang), [say(f"col_{key}", lang) for key in keys], rows, note)


def _survival(row: pd.Series, lang: str) -> list[Cell]:
    few, hazard = say("too_few_deaths", lang), (row["hazard_ratio"], row["hazard_low"], row["hazard_high"])
    ratio = cell(few, span(*hazard[1:], "")) if math.isnan(hazard[0]) else measured(*hazard)
    return [difference(row), _p(row["p_holm"]), ratio, _p(row["p_log_rank_holm"])]


def _dead_by(found: Findings, world: str, lang: str) -> Table:
    """Quantiles of the lifetimes with intervals."""
    lives = found.survival.get(world, {})
    horizon = max((one.horizon for one in lives.values()), default=0)
    rows = []
    for arm, some in _of(found.quantiles, world).groupby("arm", sort=False):
        label = arm_label(str(arm), lang) + ("‡" if lives[str(arm)].rough else "")
        rows.append((label, [_age(row, horizon, lang) for _, row in some.iterrows()]))
    return table(say("table_dead_by", lang), [f"{100 * q:g} %" for q in QUANTILES], rows)


def _age(row: pd.Series, horizon: int, lang: str) -> Cell:
    """A quantile and its limits; beyond the watch is said to be beyond it."""
    late = say("beyond", lang, days=horizon)
    days, low, high = (late if math.isnan(row[key]) else f"{row[key]:.0f}" for key in ("days", "low", "high"))
    return cell(days, "" if low == high == late else f"{low} … {high}")
