"""All arms of a world in one table, the best in the first outcome at the top: place, level, difference, money.

``templates/many.html`` draws it. Intervals lie on one scale, so that the column of bars is a forest plot.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from scenarios.reports.grid import NONE, Cell
from scenarios.reports.page import Page
from scenarios.reports.study_tables import change_cell, mean_cell
from sim.analysis.experiment.asked import sign_of
from sim.analysis.experiment.bottom_line import MONEY
from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.skewed import mean_interval
from sim.locale.words import arm_label, bracket, say, sentences, unit_label
from sim.plots.experiment.frame import has_families, inside, label_with_unit, tones
from sim.plots.marks import is_ratio

__all__ = ["REFERENCE", "family_of", "ranked"]

REFERENCE = "reference"
"""What the reference is filed under: it belongs beside every family."""


def family_of(found: Findings, arm: str) -> str:
    """The family under which a page files an arm."""
    return REFERENCE if arm == found.reference else found.family(arm)


def ranked(found: Findings, world: str, lang: str) -> Page:
    """Head, rows and note of the table; rows in the study's order where no value is better than another."""
    primary = found.primary
    effects, money = _effects(found.effects, world, primary), _effects(found.with_money, world, MONEY)
    has_money = primary != MONEY and not money.empty
    names = ("ratio", "ratio_low", "ratio_high") if is_ratio(effects) else ("difference", "low", "high")
    scale = _Scale.of(effects, names)
    places = found.places(world).set_index("arm")
    rows = []
    for arm in found.ranked(world):
        known = arm in effects.index
        rows.append({
            **_place(places, arm, lang), "arm": arm_label(arm, lang), "family": family_of(found, arm),
            "label": _kind(found, arm, lang), "colour": tones(found)[arm], "mean": _level(found, world, arm, primary),
            "change": change_cell(effects.loc[arm], primary, lang) if known else NONE,
            "bar": scale.bar(effects.loc[arm], names) if known else None,
            "n": _count(found, world, arm), "money": _money(found, world, arm, money, lang) if has_money else NONE,
        })  # fmt: skip
    unit, reference = OUTCOMES[primary].unit, arm_label(found.reference, lang)
    times = say("unit.times_reference", lang) if is_ratio(effects) else unit_label(unit, lang, difference=True)
    change = say("ranked_change", lang, reference=reference)
    head = ["", say("ranked_arm", lang), change + bracket(times, lang), "",
            label_with_unit(primary, unit, lang), "n",
            *([say("named", lang, name=change, text=_money_label(lang))] if has_money else [])]  # fmt: skip
    key, heading = ("ranked_note", "ranked_heading") if sign_of(primary) else _UNRANKED
    note = [say(key, lang, what=inside(primary, lang)), say("ranked_marks", lang, reference=reference)]
    return {"heading": say(heading, lang), "head": head,
            "rows": rows, "note": sentences(note, lang), "neutral": scale.at(scale.neutral),
            "has_money": has_money}  # fmt: skip


_UNRANKED = ("ranked_note_unranked", "ranked_heading_unranked")


def _money_label(lang: str) -> str:
    return label_with_unit(MONEY, OUTCOMES[MONEY].unit, lang, difference=True)


@dataclass(frozen=True)
class _Scale:
    """Where numbers lie, in per cent of the width of a bar."""

    low: float
    high: float
    neutral: float

    @classmethod
    def of(cls, effects: pd.DataFrame, names: tuple[str, str, str]) -> _Scale:
        """A scale that holds every interval and the place where nothing differs."""
        neutral = 1.0 if names[0] == "ratio" else 0.0
        ends = [neutral, *(float(x) for name in names for x in (effects[name] if len(effects) else ()) if x == x)]
        return cls(min(ends), max(ends), neutral)

    def at(self, value: float) -> float:
        """The place of a value, with a margin for the marks."""
        span = self.high - self.low
        return round(3 + 94 * ((value - self.low) / span if span else 0.5), 2)

    def bar(self, row: pd.Series, names: tuple[str, str, str]) -> Page | None:
        """An interval, filled where clear; nothing where it is not known."""
        value, low, high = (float(row[name]) for name in names)
        if math.isnan(value):
            return None
        low, high = (value if math.isnan(side) else side for side in (low, high))
        wide = round(self.at(high) - self.at(low), 2)
        return {"low": self.at(low), "width": wide, "value": self.at(value), "is_clear": row["luck"] == "clear"}


def _effects(rows: pd.DataFrame, world: str, outcome: str) -> pd.DataFrame:
    """The differences of one outcome in one world by arm."""
    if rows.empty:
        return rows
    return rows[(rows["world"] == world) & (rows["outcome"] == outcome)].set_index("arm")


def _place(places: pd.DataFrame, arm: str, lang: str) -> dict[str, str]:
    """``3``, ``3=`` where another has the same place; beneath it between which places the arm may lie."""
    if arm not in places.index:
        return {"place": "–", "span": ""}
    row = places.loc[arm]
    place = say("ranked_shared", lang, place=int(row["rank"])) if row["shared"] else str(int(row["rank"]))
    ends = dict.fromkeys(f"{row[side]:.0f}" for side in ("low", "high") if row[side] == row[side])
    return {"place": place, "span": "–".join(ends)}


def _kind(found: Findings, arm: str, lang: str) -> str:
    """The name of the family, or that it is the reference."""
    if arm == found.reference:
        return say("ranked_reference", lang)
    return say(f"family_{found.family(arm)}", lang) if has_families(found) else ""


def _level(found: Findings, world: str, arm: str, outcome: str) -> Cell:
    rows = found.table[(found.table["world"] == world) & (found.table["arm"] == arm)]
    return mean_cell(mean_interval(rows[outcome].to_numpy(dtype=float)), outcome, found.ends(world))


def _count(found: Findings, world: str, arm: str) -> str:
    """Communities in which the first outcome is known."""
    rows = found.table[(found.table["world"] == world) & (found.table["arm"] == arm)]
    return str(int(rows[found.primary].notna().sum()))


def _money(found: Findings, world: str, arm: str, money: pd.DataFrame, lang: str) -> Cell:
    """How much more is left by group and month than under the reference; of the reference itself nothing."""
    return change_cell(money.loc[arm], MONEY, lang) if arm in money.index else NONE
