"""Verdicts in plain words: what each arm did, how sure that is, and what combining does. Rules, no adjectives.

A difference is stated as *clear* only if its paired interval holds after Holm's correction; the rest is listed as what
could be luck. Every sentence is a prediction of the model, and says so.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from scenarios.reports.grid import bare, with_unit
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, beside, join, number, say, semicolons, signed, unit_label
from sim.plots.run.combination import STRENGTHS, strength
from sim.plots.run.comparison import KEY
from sim.plots.run.measured import Measured

__all__ = ["combining", "verdict"]

FIRST = "lifetime"


def verdict(measured: Measured, arm: str, lang: str) -> list[str]:
    """The sentences on one arm: its length of life first, then what else is clear, then what could be luck."""
    if arm == measured.reference:
        return [_level(measured, arm, lang)]
    table = measured.paired
    rows = table[table["arm"] == arm].set_index("outcome")
    shown = [name for name in KEY if name in rows.index and rows.loc[name, "n"] > 1]
    lines = [_headline(measured, rows.loc[FIRST], lang)] if FIRST in shown else []
    others = [name for name in shown if name != FIRST]
    clear = [_short(rows.loc[name], name, lang) for name in others if rows.loc[name, "luck"] == "clear"]
    luck = [_name(name, lang) for name in others if rows.loc[name, "luck"] != "clear"]
    if clear:
        lines.append(say("also_clear", lang, what=semicolons(clear, lang)))
    if luck:
        lines.append(say("could_be_luck", lang, what=join(luck, lang)))
    return lines or [say("too_few", lang)]


def combining(measured: Measured, lang: str) -> list[str]:
    """For every combined arm: which outcomes are less or more than the sum of the parts, with the gap in life."""
    lines = []
    for arm, parts in measured.combinations.items():
        table = measured.combination
        rows = table[table["arm"] == arm].set_index("outcome")
        shown = [name for name in KEY if name in rows.index]
        names = join([arm_label(part, lang) for part in parts], lang)
        lines.append(say("combined_of", lang, arm=arm_label(arm, lang), parts=names))
        if FIRST in shown:
            lines.append(_sum(rows.loc[FIRST], lang))
        for word in STRENGTHS:
            found = [_name(name, lang) for name in shown if strength(rows.loc[name]) == word]
            if found:
                lines.append(say(f"list_{word}", lang, what=join(found, lang)))
    return lines


def _name(outcome: str, lang: str) -> str:
    """The short name as it stands inside a sentence."""
    name = say(f"short_{outcome}", lang)
    return name[0].lower() + name[1:]


def _level(measured: Measured, arm: str, lang: str) -> str:
    one = measured.summary[arm]
    what = []
    for name in ("lifetime", "alive", "advert_share"):
        if name in one:
            value = with_unit(number(one[name]["mean"], OUTCOMES[name].unit), name, lang, difference=False)
            span = _span(one[name], OUTCOMES[name].unit, lang)
            what.append(f"{_name(name, lang)} {beside(value, span, lang)}")
    text = semicolons(what, lang)
    key = "reference_level" if len(measured.all_arms) > 1 else "only_level"
    return say(key, lang, what=text, n=measured.replicates[arm])


def _headline(measured: Measured, row: pd.Series, lang: str) -> str:
    """Life in a full sentence, whether clear or not."""
    low, high, n = signed(float(row["low"])), signed(float(row["high"])), int(row["n"])
    days, gain = number(abs(float(row["difference"]))), float(row["difference"]) > 0
    key = ("live_longer" if gain else "live_shorter") if row["luck"] == "clear" else "live_luck"
    if key == "live_shorter":
        low, high = number(-float(row["high"])), number(-float(row["low"]))
    elif key == "live_longer":
        low, high = number(float(row["low"])), number(float(row["high"]))
    other = arm_label(measured.reference, lang)
    point = signed(float(row["difference"])) if key == "live_luck" else days
    return say(key, lang, days=point, low=low, high=high, n=n, other=other)


def _short(row: pd.Series, name: str, lang: str) -> str:
    """``share of adverts −12 points (−14 to −9)``."""
    unit = OUTCOMES[name].unit
    value = signed(float(row["difference"]), unit) + ("‡" if row["rough"] else "")
    label = unit_label(unit, lang, difference=True)
    span = say("from_to", lang, low=signed(float(row["low"]), unit), high=signed(float(row["high"]), unit))
    return f"{_name(name, lang)} {beside(value + (' ' if label else '') + label, span, lang)}"


def _sum(row: pd.Series, lang: str) -> str:
    values = {key: signed(float(row[key])) for key in ("together", "sum_of_parts", "difference", "low", "high")}
    return say("sum_in_days", lang, n=int(row["n"]), **values)


def _span(one: dict[str, Any], unit: str, lang: str) -> str:
    return say("from_to", lang, low=bare(one["low"], unit), high=bare(one["high"], unit))
