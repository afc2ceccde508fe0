"""A study's answer in plain words: rules, no adjectives. Every number with its uncertainty and its communities.

What may be said follows from :mod:`sim.analysis.experiment.effects`; a difference is called clear only after
Holm's correction, and one that is clear but tiny is called tiny.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from scenarios.reports.brief import pays
from scenarios.reports.grid import amount, bare, times, with_unit
from scenarios.reports.study_needed import needed
from sim.analysis.ceilings import SEATED, at_bound, possible
from sim.analysis.experiment.asked import block, sign_of
from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.paired import CLEAR
from sim.analysis.statistics.skewed import mean_interval
from sim.locale.words import (
    arm_label,
    beside,
    commas,
    join,
    number,
    quoted,
    say,
    semicolons,
    sentences,
    signed,
    world_label,
)
from sim.plots.experiment.best import percent
from sim.plots.experiment.frame import inside, short

__all__ = ["answer", "arm_lines", "over_worlds"]

UNSEEN = 0.05
LEVELS = 3
CENSORED = 0.8  # of the groups that outlive the watch: from there on longer lives do not show
NONE = number(math.nan)
CHANCE = 0.05  # a runner-up less likely than this to be the best is not mentioned


def answer(found: Findings, world: str, lang: str) -> list[str]:
    """The sentences that answer the question in one world."""
    rows = found.effects
    rows = rows[(rows["world"] == world) & (rows["outcome"] == found.primary)] if len(rows) else rows
    if rows.empty:
        return _alone(found, world, lang)
    if (rows["n"] < 2).all():
        return [say("answer_too_few", lang, n=int(rows["n"].max()))]
    if _all_equal(rows):
        return [say("answer_equal", lang, what=inside(found.primary, lang), n=int(rows["n"].max())),
                *filter(None, [_bounded(found, world, lang)])]  # fmt: skip
    rows = rows.set_index("arm")
    lines = [_head(found, world, rows, lang), *_runner_up(found, world, rows, lang)]
    lines += [_bounded(found, world, lang), needed(found, world, lang), _choice(found, world, lang)]
    return [line for line in lines if line]


def _all_equal(rows: pd.DataFrame) -> bool:
    """Had every arm the same as the reference in every community? Then none comes first."""
    return bool((rows["n_equal"] == rows["n"]).all())


def _alone(found: Findings, world: str, lang: str) -> list[str]:
    """The level of the only arm; or, where no run of the reference is finished, that of each arm that has any."""
    rows = found.table[found.table["world"] == world]
    by_arm = {str(arm): some for arm, some in rows.groupby("arm", observed=True, sort=False) if len(some)}
    if list(by_arm) == [found.reference] or len(found.study.arms) == 1:
        return [_level(found, world, some, "only_level", lang) for some in by_arm.values()]
    lines = [say("no_reference", lang, reference=arm_label(found.reference, lang))]
    return lines + [say("named", lang, name=arm_label(arm, lang), text=_level(found, world, some, "level", lang))
                    for arm, some in by_arm.items()]  # fmt: skip


def _level(found: Findings, world: str, rows: pd.DataFrame, key: str, lang: str) -> str:
    """The means of the first outcomes, each with its interval if there is one."""
    told = []
    for name in found.study.outcomes[:LEVELS]:
        level, unit = mean_interval(rows[name].to_numpy(dtype=float)), OUTCOMES[name].unit
        low, high = possible(name, float(level.low), float(level.high), found.ends(world))
        value = with_unit(number(float(level.mean), unit), name, lang, difference=False)
        span = "" if math.isnan(low) else say("from_to", lang, low=bare(low, unit), high=bare(high, unit))
        told.append(f"{inside(name, lang)} {beside(value, span, lang)}".rstrip())
    return say(key, lang, what=semicolons(told, lang), n=int(rows[found.primary].notna().sum()))


def _head(found: Findings, world: str, rows: pd.DataFrame, lang: str) -> str:
    """Who does best and whether that is beyond luck; else what is."""
    words = {"what": inside(found.primary, lang), "reference": arm_label(found.reference, lang)}
    best, clear = _best(found, world), rows[rows["luck"] == CLEAR]
    if not sign_of(found.primary) or best.empty:
        if clear.empty:
            return _luck(found, rows, words, lang)
        arm = str(clear["difference"].abs().idxmax())
        numbers = _numbers(rows.loc[arm], found.primary, lang)
        return say("answer_moves", lang, arm=arm_label(arm, lang), **words, **numbers)
    top = str(best["rank"].idxmin())
    words |= {"chance": say("chance", lang, p=percent(float(best.loc[top, "p_best"]))), "arms": str(len(best))}
    if top == found.reference:
        return sentences([_reference(found, world, words, lang), *_beyond_luck(clear, words, lang)], lang)
    if clear.empty:
        return _luck(found, rows, words, lang)
    row = rows.loc[top]
    words |= {"arm": arm_label(top, lang), "verdict": say(f"v_{row['verdict']}", lang)}
    words |= {"better": f"{row['n_better']:.0f}", **_numbers(row, found.primary, lang)}
    if row["luck"] == CLEAR:
        return say("answer_wins", lang, **words)
    return sentences([say("answer_leads", lang, **words), *_beyond_luck(clear, words, lang)], lang)


def _bounded(found: Findings, world: str, lang: str) -> str:
    """Arms whose primary outcome can hardly show more (or less) than it does: a ceiling is no finding."""
    lives, ends = found.survival.get(world, {}), found.ends(world)
    rows = found.table[found.table["world"] == world]
    means = rows.groupby("arm", observed=True)[found.primary].mean()
    arms = [str(arm) for arm, mean in means.items() if at_bound(found.primary, float(mean), ends)
            or (found.primary == "lifetime" and arm in lives and lives[arm].n_censored >= CENSORED * lives[arm].n)]
    if not arms:
        return ""
    is_full = found.primary in SEATED and means[arms].min() > ends.seats / 2
    key = "answer_full" if is_full else "answer_outlived" if found.primary == "lifetime" else "answer_bounded"
    names = join([quoted(arm_label(arm, lang), lang) for arm in arms], lang)
    return say(key, lang, arms=names, what=inside(found.primary, lang), days=f"{ends.days:g}", seats=f"{ends.seats:g}")


def _luck(found: Findings, rows: pd.DataFrame, words: dict[str, str], lang: str) -> str:
    """Nothing is clear: the largest difference, with limits that mind how many were looked at."""
    arm = str(rows["difference"].abs().idxmax())
    row = rows.loc[arm]
    together = row.drop(["low", "high"]).rename({"low_all": "low", "high_all": "high"})
    numbers = _numbers(together.where(together.index != "ratio"), found.primary, lang)
    return say("answer_luck", lang, arm=arm_label(arm, lang), **words, **numbers)


def _reference(found: Findings, world: str, words: dict[str, str], lang: str) -> str:
    values = block(found.table, world, found.primary)
    level = mean_interval(values.values[:, values.arms.index(found.reference)])
    unit = OUTCOMES[found.primary].unit
    low, high = possible(found.primary, float(level.low), float(level.high), found.ends(world))
    spelt = {"low": number(low, unit), "high": number(high, unit)}
    spelt |= {"mean": with_unit(number(float(level.mean), unit), found.primary, lang, difference=False)}
    return say("answer_reference", lang, n=int(level.n), interval=_interval(spelt, "interval_95", lang), **words,
               **spelt)  # fmt: skip


def _beyond_luck(clear: pd.DataFrame, words: dict[str, str], lang: str) -> list[str]:
    """Which arms clearly do better, and which worse, than the reference."""
    lines = []
    for key, way in (("answer_better", 1), ("answer_worse", -1)):
        arms = [arm_label(str(arm), lang) for arm in clear.index[clear["better"] == way]]
        if arms:
            lines.append(say(key, lang, reference=words["reference"], named=join(arms, lang)))
    return lines


def _interval(spelt: Mapping[str, str], key: str, lang: str) -> str:
    """``95 % interval −2 to +3``; said to be missing where nothing varies, or one community is all."""
    return say("no_interval", lang) if spelt["low"] == NONE else say(key, lang, low=spelt["low"], high=spelt["high"])


def _numbers(row: pd.Series, outcome: str, lang: str) -> dict[str, str]:
    if row["ratio"] == row["ratio"]:
        ratios = {key: number(float(row[name])) for key, name in (("low", "ratio_low"), ("high", "ratio_high"))}
        spans = {"interval": _interval(ratios, "interval_95", lang), "span": _interval(ratios, "interval_plain", lang)}
        return {**ratios, **spans, "difference": times(float(row["ratio"]), lang), "n": str(int(row["n"]))}
    unit = OUTCOMES[outcome].unit
    spelt = {key: signed(float(row[key]), unit) for key in ("difference", "low", "high")}
    spelt |= {"interval": _interval(spelt, "interval_95", lang), "span": _interval(spelt, "interval_plain", lang)}
    return {**spelt, "difference": with_unit(spelt["difference"], outcome, lang), "n": str(int(row["n"]))}


def _best(found: Findings, world: str) -> pd.DataFrame:
    rows = found.best
    return rows[(rows["world"] == world) & (rows["outcome"] == found.primary)].set_index("arm")


def _runner_up(found: Findings, world: str, rows: pd.DataFrame, lang: str) -> list[str]:
    """The likeliest of the others that may be the best, if it may well be better than the one named as first."""
    best = _best(found, world)
    if best.empty:
        return []
    leader = str(best["rank"].idxmin())
    if leader != found.reference and (rows["luck"] != CLEAR).all():
        return []  # the answer names no first
    twins = {arm for some in found.identical if leader in some for arm in some} | {leader}
    line = found.bottom_line(world)
    rivals = line.best.others if line and line.best else ()
    others = best[best.index.isin(rivals) & ~best.index.isin(twins)]
    others = others.sort_values("p_best", ascending=False, kind="stable")
    if others.empty or others["p_best"].iloc[0] < CHANCE:
        return []
    second = others.iloc[0]
    loses = abs(float(best.loc[leader, "mean"]) - float(second["mean"]))
    loss = amount(loses, found.primary, lang)
    chance = say("chance", lang, p=percent(float(second["p_best"])))
    return [say("answer_runner_up", lang, arm=arm_label(str(second.name), lang), leader=arm_label(leader, lang),
                loss=loss, chance=chance, n=int(second["n"]))]  # fmt: skip


def _choice(found: Findings, world: str, lang: str) -> str:
    """What remains to be weighed."""
    rows = found.tradeoff
    rows = rows[rows["world"] == world] if len(rows) else rows
    if rows.empty:
        return ""
    front = rows[rows["on_front"]]
    on = [say("with_chance", lang, arm=arm_label(arm, lang), chance=say("chance", lang, p=percent(float(p))))
          for arm, p in zip(front["arm"], front["p_front"], strict=True)]  # fmt: skip
    what = join([inside(name, lang) for name in found.objectives], lang)
    key = "choice_one" if len(on) == 1 else "choice_of"
    return say(key, lang, what=what, arms=join(on, lang), n=int(front["n"].min()))


def arm_lines(found: Findings, world: str, arm: str, lang: str) -> list[str]:
    """The sentences on one arm: the primary outcome in full, then the others by what can be said of them."""
    rows = found.effects
    rows = rows[(rows["world"] == world) & (rows["arm"] == arm)].set_index("outcome")
    lines = [_primary(found, rows.loc[found.primary], lang)] if found.primary in rows.index else []
    rest = rows.drop(index=found.primary, errors="ignore")
    strong = rest["verdict"].isin(["clear", "clear_size_open"])
    kinds = {
        "arm_gains": rest[strong & (rest["better"] > 0)], "arm_losses": rest[strong & (rest["better"] < 0)],
        "arm_moved": rest[strong & (rest["better"] == 0)], "arm_tiny": rest[rest["verdict"] == "clear_tiny"],
    }  # fmt: skip
    for key, some in kinds.items():
        if len(some):
            parts = [_short(row, str(name), lang) for name, row in some.iterrows()]
            lines.append(say(key, lang, what=semicolons(parts, lang)))
    for key, verdicts in (("arm_equal", ("equal",)), ("arm_same", ("same",)), ("arm_open", ("open", "too_few"))):
        names = [inside(str(name), lang) for name in rest.index[rest["verdict"].isin(verdicts)]]
        if names:
            lines.append(say(key, lang, what=join(names, lang)))
    return [*lines, *filter(None, [pays(found, world, arm, lang)])]


def _primary(found: Findings, row: pd.Series, lang: str) -> str:
    notes = [say(f"v_{row['verdict']}", lang)]
    if row["n"] > 1 and (row["n_equal"] == row["n"] or math.isnan(row["low"])):
        unseen = 1 - UNSEEN ** (1 / row["n"])  # a share this large goes unseen among n with probability UNSEEN
        notes.append(say("v_still", lang, n=int(row["n"]), share=f"{100 * unseen:.0f} %"))
    elif row["rough"]:
        notes.append(say("v_rough", lang))
    ties = say("arm_ties", lang, equal=int(row["n_equal"])) if row["n_equal"] else ""
    verdict = commas(notes, lang)
    key = "arm_primary" if sign_of(found.primary) else "arm_primary_more"
    return say(key, lang, what=short(found.primary, lang), verdict=verdict, ties=ties, better=int(row["n_better"]),
               **_numbers(row, found.primary, lang))  # fmt: skip


def _short(row: pd.Series, outcome: str, lang: str) -> str:
    """``adverts in the talk −12 points (−14 to −9)``."""
    values = _numbers(row, outcome, lang)
    span = say("brackets_alone", lang, text=values["span"])
    return f"{inside(outcome, lang)} {beside(values['difference'], span, lang)}"


def over_worlds(found: Findings, lang: str) -> list[str]:
    """What holds across worlds, and arms that are the same."""
    lines = []
    robust, rows = found.robustness, found.effects
    primary = rows[rows["outcome"] == found.primary] if len(rows) else rows
    if robust is not None and len(robust.table) > 1 and not _all_equal(primary):
        what = inside(found.primary, lang)
        named = [say("winner_in", lang, world=world_label(row.world, lang), arm=arm_label(row.winner, lang),
                     chance=say("chance", lang, p=percent(float(row.p_best))), n=int(row.n))
                 for row in robust.table.itertuples()]  # fmt: skip
        key = "robust_same" if not robust.changes else "robust_change" if robust.surely else "robust_perhaps"
        first = arm_label(robust.table["winner"].iloc[0], lang)
        winners = semicolons(named, lang)
        lines.append(say(key, lang, n=len(robust.table), what=what, arm=first, winners=winners))
        if robust.changes and len(robust.regret):
            least = robust.regret.loc[robust.regret["worst"].idxmin()]
            regret = amount(float(least["worst"]), found.primary, lang)
            lines.append(say("robust_regret", lang, arm=arm_label(str(least["arm"]), lang), regret=regret))
    for twins in found.identical:
        lines.append(say("twins", lang, arms=join([quoted(arm_label(arm, lang), lang) for arm in twins], lang)))
    return lines
