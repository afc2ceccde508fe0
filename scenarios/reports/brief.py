"""A study in short: one thing to do, what to do for money, what is not worth it, what cannot be told; when it pays."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from scenarios.reports.grid import bare, interval, with_unit
from sim.analysis.ceilings import possible
from sim.analysis.experiment.bottom_line import GAIN, MONEY, BottomLine, First
from sim.analysis.experiment.break_even import break_even
from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.skewed import mean_interval
from sim.locale.words import arm_label, beside, bracket, join, number, quoted, say, semicolons, sentences, signed
from sim.plots.experiment.frame import inside

__all__ = ["in_brief", "pays"]

MOST = 6  # arms named one by one


def in_brief(found: Findings, world: str, lang: str) -> list[str]:
    """The bottom line, then how the reference stands, what leaves most money, who wins something but loses money."""
    line = found.bottom_line(world)
    if line is None:
        return []
    parts = [*_firsts(found, line, lang), *_rest(line, lang)]
    if not parts:
        return []
    head = say("brief", lang, what=semicolons(parts, lang), reference=arm_label(found.reference, lang))
    lines = [head, _stands(found, world, lang)]
    lines += [tell(found, world, line, lang) for tell in (_lives, _money, _dear)]
    return [one for one in lines if one]


def _firsts(found: Findings, line: BottomLine, lang: str) -> list[str]:
    """``one thing for groups alive at the end: 'Red packets' or 'Fixed hour'``."""
    what = inside(found.primary, lang)
    keys = [("brief_one" if line.only_single else "brief_best", line.best), ("brief_alone", line.alone),
            ("brief_money", line.money), ("brief_money_alone", line.money_alone)]  # fmt: skip
    return [say(key, lang, what=what, arm=_either(found, one, lang)) for key, one in keys if one is not None]


def _either(found: Findings, one: First, lang: str) -> str:
    """The first and whoever cannot be told from it; or that nothing clearly helps."""
    if one.helps:
        return _named([one.arm, *one.others], lang, "list_or")
    key = "brief_reference" if one.arm == found.reference else "brief_perhaps"
    return say(key, lang, arm=quoted(arm_label(one.arm, lang), lang))


def _named(arms: Sequence[str], lang: str, last: str = "list_last") -> str:
    """Arms in words, the first few of many."""
    names = [quoted(arm_label(arm, lang), lang) for arm in arms[:MOST]]
    if len(arms) > MOST:
        return say("brief_more", lang, arms=say("list_comma", lang).join(names), n=len(arms) - MOST)
    return join(names, lang, last)


def _rest(line: BottomLine, lang: str) -> list[str]:
    kinds = {"brief_dear": line.dear, "brief_mixed": line.mixed, "brief_not_worth": line.not_worth,
             "brief_cannot_tell": line.cannot_tell}  # fmt: skip
    return [say(key, lang, arms=_named(arms, lang)) for key, arms in kinds.items() if arms]


def _stands(found: Findings, world: str, lang: str) -> str:
    """The reference first: what it comes to in the primary outcome, by group and month in money."""
    rows = found.table[(found.table["world"] == world) & (found.table["arm"] == found.reference)]
    told, n = [], 0
    for name in dict.fromkeys((found.primary, *_also(found), MONEY)):
        if name in rows and rows[name].notna().any():
            level, unit = mean_interval(rows[name].to_numpy(dtype=float)), OUTCOMES[name].unit
            low, high = possible(name, float(level.low), float(level.high), found.ends(world))
            span = "" if low != low else say("from_to", lang, low=bare(low, unit), high=bare(high, unit))
            value = with_unit(number(float(level.mean), unit), name, lang, difference=False)
            told.append(beside(f"{inside(name, lang)} {value}", span, lang).rstrip())
            n = max(n, int(level.n))
    return say("brief_stands", lang, reference=arm_label(found.reference, lang), what=semicolons(told, lang), n=n)


def _also(found: Findings) -> tuple[str, ...]:
    """How long groups live is told beside how many are alive."""
    return ("lifetime",) if found.primary == "alive" and "lifetime" in found.study.outcomes else ()


def _lives(found: Findings, world: str, line: BottomLine, lang: str) -> str:
    """What the best arm does to the life of a group, where the question is how many are alive."""
    if line.best is None or not line.best.helps or not _also(found):
        return ""
    rows = found.effects[(found.effects["world"] == world) & (found.effects["outcome"] == "lifetime")].set_index("arm")
    return say("brief_life", lang, arm=arm_label(line.best.arm, lang), what=inside("lifetime", lang),
               difference=_difference(rows.loc[line.best.arm], lang), n=int(rows.loc[line.best.arm, "n"]))  # fmt: skip


def _money(found: Findings, world: str, line: BottomLine, lang: str) -> str:
    """How much more the arm that leaves most money leaves, by group and month, and when it pays."""
    one = line.money
    if one is None or one.effect is None or not one.helps:
        return ""
    told = say("brief_most_money", lang, arm=arm_label(one.arm, lang), what=inside(MONEY, lang),
               difference=_difference(one.effect, lang), n=int(one.effect["n"]))  # fmt: skip
    return sentences([told, *filter(None, [pays(found, world, one.arm, lang)])], lang)


def _difference(row: pd.Series, lang: str) -> str:
    """``+12 CNY a month (95 % interval +10 to +14)``, of a row of effects."""
    unit = OUTCOMES[str(row["outcome"])].unit
    value, low, high = (signed(float(row[key]), unit) for key in ("difference", "low", "high"))
    return with_unit(value, str(row["outcome"]), lang) + bracket(interval(low, high, lang), lang)


def _dear(found: Findings, world: str, line: BottomLine, lang: str) -> str:
    """Arms that win something and lose money against the reference, each with what it wins and loses."""
    rows = found.with_money
    parts = []
    for arm in line.dear[:MOST]:
        mine = rows[(rows["world"] == world) & (rows["arm"] == arm)]
        gains = mine[mine["verdict"].isin(GAIN) & (mine["better"] > 0)]["outcome"]
        loss = mine[mine["outcome"] == MONEY].iloc[0]
        parts.append(say("brief_wins_loses", lang, arm=arm_label(arm, lang), loss=_difference(loss, lang),
                         what=join([inside(str(name), lang) for name in gains], lang)))  # fmt: skip
    return sentences(parts, lang)


def pays(found: Findings, world: str, arm: str, lang: str) -> str:
    """Up to which wage an arm pays, compared with the reference; nothing where that cannot be told."""
    one = break_even(found.table, world, arm, found.reference)
    if one is None or one.when == "open":
        return ""
    wage = {"value": number(one.wage.value), "n": one.n,
            "interval": interval(number(one.wage.low), number(one.wage.high), lang)}  # fmt: skip
    return say(f"pays_{one.when}", lang, arm=arm_label(arm, lang), **wage)
