"""What a strategy is expected to do and what it did in the model, for ``shequn explain``."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from scenarios.strategies.base import Strategy
from scenarios.strategies.expected import Expected
from scenarios.strategies.measured import Measured, measured
from sim.analysis.registry import OUTCOMES
from sim.engine.knobs import Value
from sim.locale.speaking import spoken
from sim.locale.words import (
    arm_label,
    bracket,
    declared,
    is_money,
    say,
    signed,
    unit_label,
    with_currency,
    world_label,
)

__all__ = ["expectations"]

_WAYS = {1: "more", -1: "less", 0: "same"}


def expectations(name: str, one: type[Strategy]) -> str:
    """Each expectation with what came at each dose, and what the strongest dose costs; empty where none is declared."""
    if not one.expected:
        return ""
    rows = [row for expected in one.expected for row in measured(name, expected, one.doses)]
    n = max((int(row.values["n"]) for row in rows), default=0)
    lines = [line for expected in one.expected for line in _lines(name, expected, one.doses)]
    head = say("explain_expected", spoken(), n=n) if n else say("explain_expected_only", spoken())
    return "\n".join([head, *(f"    {line}" for line in lines), *_cost(rows)])


def _lines(name: str, one: Expected, doses: Sequence[Mapping[str, Value]]) -> Iterator[str]:
    lang, rows = spoken(), list(measured(name, one, doses))
    outcome = OUTCOMES[one.outcome]
    what = {"way": say(f"effects_{_WAYS[one.sign]}", lang), "what": declared((outcome.en, outcome.zh), lang),
            "world": " ".join([world_label(one.world, lang), *one.settings])}  # fmt: skip
    if not rows:
        yield say("explain_not_measured", lang, name=name, **what)
    for row in rows:
        verdict = row.words["verdict"]
        yield say("explain_expected_one", lang, **what, dose=row.words["dose"], against=arm_label(one.against, lang),
                  effect=_limited(row, "difference", one.outcome, ("low", "high")),
                  verdict=say(f"effects_v_{verdict}" if verdict else "effects_v_unjudged", lang))  # fmt: skip


def _cost(rows: list[Measured]) -> list[str]:
    """What the strongest dose brings in or costs."""
    if not rows:
        return []
    money, hours = (_limited(rows[-1], key, key, (f"{key}_low", f"{key}_high"))
                    for key in ("profit_month", "hours_month"))  # fmt: skip
    return ["    " + say("explain_expected_money", spoken(), dose=rows[-1].words["dose"], money=money, hours=hours)]


def _limited(row: Measured, key: str, outcome: str, sides: tuple[str, str]) -> str:
    """A difference with its unit and its limits, as far as there are any.

    As a page spells it, without what pages need to be drawn: an explanation is there at once.
    """
    unit, lang = OUTCOMES[outcome].unit, spoken()
    value, low, high = (signed(row.values[name], unit).removesuffix(" %") for name in (key, *sides))
    label = unit_label(unit, lang, difference=True)
    told = with_currency(value, unit, lang) if is_money(unit) else f"{value} {label}".rstrip()
    known = all(math.isfinite(row.values[side]) for side in sides)
    return told + bracket(f"{low} … {high}" if known else "", lang)
