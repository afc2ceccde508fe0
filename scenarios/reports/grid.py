"""Numbers as the pages spell them, and tables of them as ``templates/grid.html`` draws them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.ratios import AS_RATIO
from sim.locale.words import is_money, number, say, signed, unit_label, with_currency

__all__ = ["NONE", "Cell", "Table", "Told", "amount", "bare", "cell", "change", "difference", "interval", "measured",
           "span", "table", "times", "with_unit"]  # fmt: skip

Cell = dict[str, str]
Table = dict[str, Any]
Told = tuple[list[str], list[Table]]
"""What the terminal shows: sentences and tables."""


def cell(value: str, interval: str = "", mark: str = "") -> Cell:
    """A value, its interval in small print beneath, and the class that colours it (``up``, ``down``, ``moved``)."""
    return {"value": value, "interval": interval, "mark": mark}


#: What cannot be told.
NONE = cell("–")


def table(title: str, head: Sequence[str], rows: Iterable[tuple[str, list[Cell]]], note: str = "") -> Table:
    """Rows of (label, cells) under a head, which does not name the column of labels."""
    lines = [{"label": label, "cells": cells} for label, cells in rows]
    return {"title": title, "note": note, "head": ["", *head], "rows": lines}


def measured(value: float, low: float, high: float, unit: str = "", *, sign: bool = False, rough: bool = False,
             mark: str = "", more: str = "", percent: bool = False) -> Cell:  # fmt: skip
    """A number with its limits, ‡ where they are rough; ``more`` follows the limits, ``percent`` the share."""
    text = bare(value, unit, sign) + (" %" if percent and unit == "share" else "") + ("‡" if rough else "")
    return cell(text, "; ".join(part for part in (span(low, high, unit, sign), more) if part), mark)


def change(row: pd.Series, outcome: str, mark: str, lang: str) -> Cell:
    """The cell of a row of effects: a ratio where the outcome is told so and has one, else the difference."""
    if not row["n"]:
        return NONE
    if row["ratio"] == row["ratio"]:
        one = measured(row["ratio"], row["ratio_low"], row["ratio_high"], rough=row["rough"], mark=mark)
        return {**one, "value": say("times", lang, value=one["value"])}
    made = difference(row, OUTCOMES[outcome].unit, mark)
    if outcome not in AS_RATIO:
        return made
    return {**made, "value": with_unit(made["value"], outcome, lang)}


def times(value: float, lang: str) -> str:
    """``×4.8``."""
    return say("times", lang, value=number(value))


def difference(row: pd.Series, unit: str = "", mark: str = "") -> Cell:
    """The cell of a row with ``difference, low, high, rough``."""
    return measured(row["difference"], row["low"], row["high"], unit, sign=True, rough=row["rough"], mark=mark)


def span(low: float, high: float, unit: str, sign: bool = False) -> str:
    """Both limits of an interval; nothing where one is undefined."""
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{bare(low, unit, sign)} … {bare(high, unit, sign)}"


def interval(low: str, high: str, lang: str) -> str:
    """``95 % interval −2 to +3``; said to be missing where nothing varies, or one community is all."""
    return say("no_interval", lang) if low == number(math.nan) else say("interval_95", lang, low=low, high=high)


def bare(value: float, unit: str = "", sign: bool = False) -> str:
    """A number without its unit, per cent among them."""
    return (signed if sign else number)(float(value), unit).removesuffix(" %")


def amount(size: float, outcome: str, lang: str) -> str:
    """The size of a difference: ``3.2 days``; shares differ by points."""
    return with_unit(bare(size, OUTCOMES[outcome].unit), outcome, lang)


def with_unit(value: str, outcome: str, lang: str, difference: bool = True) -> str:
    """``+3.2 days``; shares differ by points, and a share itself has its per cent already."""
    unit = OUTCOMES[outcome].unit
    if is_money(unit):
        return with_currency(value, unit, lang)
    label = unit_label(unit, lang, difference) if difference or unit != "share" else ""
    return value + (" " + label if label else "")
