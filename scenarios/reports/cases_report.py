"""The page of cases: what was told, the numbers side by side with verdicts, a picture, what the report leaves out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from scenarios.experiments.cases.cases import Question, Replayed, Shown, table_of
from scenarios.reports.claims_words import unit_of
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import Table, Told, cell, table
from scenarios.reports.page import Page, Place, methods, opening, pictures, said, source, write_page, written
from sim.analysis.experiment.case_verdict import VERDICTS, Reported, bands
from sim.locale.words import declared, join, number, say, unit_label
from sim.plots.experiment.cases import draw_case

__all__ = ["sentence", "told", "write_cases_report"]

_BARE = ("", "share", "0 to 1")
"""Units that are not said behind a number: there are none, or the number has it already, or it is a scale."""


def told(replayed: Sequence[Replayed], lang: str) -> Told:
    """How many numbers came out how; then a row for each."""
    heads = [say(f"cases_col_{key}", lang) for key in ("reported", "model", "verdict")]
    rows = [(f"{one.case.id} {declared(shown.beside.say, lang)}", [
        cell(_reported(shown, lang)), cell(_model(shown, lang)), cell(say(f"case_v_{shown.verdict}", lang)),
    ]) for one in replayed for shown in one.shown]  # fmt: skip
    return [_counts(replayed, lang)], [table(say("cases_table", lang), heads, rows, say("cases_note", lang))]


def write_cases_report(
    asked: Question, replayed: Sequence[Replayed], folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` and its pictures into ``folder`` and return the page's path."""
    return write_page("trial.html", folder, language, lambda place, lang: _page(place, asked, replayed, lang),
                      formats=formats)  # fmt: skip


def _page(place: Place, asked: Question, replayed: Sequence[Replayed], lang: str) -> Page:
    """Everything the template says in one language."""
    return {
        **opening(asked, lang),
        "subtitle": say("cases_subtitle", lang, n=len(replayed), communities=asked.communities),
        "index": [{"name": _counts(replayed, lang),
                   "rows": [(_anchor(one, lang), _entry(one, lang)) for one in replayed]}],
        "worlds": [_section(place, one, lang) for one in replayed],
        "limits": said({"limit_model": True, "cases_limit_success": True, "cases_limit_tuned": True,
                        "claims_limit_worlds": True}, lang),
        "methods": methods("cases_methods", lang),
        "source": _source(asked, lang),
    }  # fmt: skip


def _section(place: Place, one: Replayed, lang: str) -> Page:
    """One case."""
    figure = draw_case(one.case.id, table_of([one]), {s.beside.name: declared(s.beside.say, lang) for s in one.shown},
                       lang)  # fmt: skip
    return {"anchor": _anchor(one, lang),
            "name": say("case_headline", lang, id=one.case.id, title=declared(one.case.title, lang)),
            "brief": [say("case_told", lang, told=declared(one.case.told, lang))],
            "answer": [sentence(shown, lang) for shown in one.shown],
            "pictures": pictures(place, [(f"case-{one.case.name}", figure)], lang),
            "tables": [_otherwise(one, lang)] if one.case.silent else []}  # fmt: skip


def _entry(one: Replayed, lang: str) -> str:
    """A case in the index, with how many of its numbers came out how."""
    found = Counter(shown.verdict for shown in one.shown)
    told = [say(f"case_v_{word}", lang) + f" ×{found[word]}" * (found[word] > 1) for word in VERDICTS if found[word]]
    return say("case_entry", lang, id=one.case.id, title=declared(one.case.title, lang), verdicts=join(told, lang))


def _anchor(one: Replayed, lang: str) -> str:
    """Where its section is; a page holds both languages."""
    return f"{one.case.name}-{lang}"


def sentence(shown: Shown, lang: str) -> str:
    """``… : reported 5,000; in the model 4,100 (…). It agrees.``"""
    return say("case_sentence", lang, say=declared(shown.beside.say, lang), reported=_reported(shown, lang),
               model=_model(shown, lang), verdict=say(f"case_s_{shown.verdict}", lang))  # fmt: skip


def _otherwise(one: Replayed, lang: str) -> Table:
    """What comes with other values of what the report does not tell."""
    labels = {f"{silent.name}: {value}": say("case_silent", lang, say=declared(silent.say, lang), value=value)
              for silent in one.case.silent for value in silent.values}  # fmt: skip
    heads = [declared(shown.beside.say, lang) for shown in one.shown]
    rows = [(say("case_as_told", lang), [cell(_spread(shown.values, shown, lang)) for shown in one.shown])]
    rows += [(label, [cell(_spread(shown.otherwise[world], shown, lang)) for shown in one.shown])
             for world, label in labels.items()]  # fmt: skip
    return table(say("case_otherwise", lang), heads, rows, say("case_otherwise_note", lang))


def _counts(replayed: Sequence[Replayed], lang: str) -> str:
    found = Counter(shown.verdict for one in replayed for shown in one.shown)
    return say("cases_counts", lang, n=sum(found.values()), **{f"n_{word}": found[word] for word in VERDICTS})


def _reported(shown: Shown, lang: str) -> str:
    """``5,000``, ``30 to 60``, ``at least 1,000``."""
    one: Reported = shown.beside.reported
    low, high = (_amount(end, shown, lang) for end in (one.low, one.high))
    if one.low == one.high:
        return low
    if math.isinf(one.high):
        return say("at_least", lang, value=low)
    if math.isinf(one.low):
        return say("at_most", lang, value=high)
    return say("case_range", lang, low=_amount(one.low, shown, lang, is_bare=True), high=high)


def _model(shown: Shown, lang: str) -> str:
    return _spread(shown.values, shown, lang)


def _spread(values: object, shown: Shown, lang: str) -> str:
    """``4,100 (3,200 to 5,300)``: median and middle 80 % of communities."""
    _, low, middle, high, _ = bands(values)  # type: ignore[arg-type]
    known = int((~np.isnan(np.asarray(values, dtype=float))).sum())
    return say("case_spread", lang, middle=_amount(middle, shown, lang), low=_amount(low, shown, lang, is_bare=True),
               high=_amount(high, shown, lang, is_bare=True), n=known)  # fmt: skip


def _amount(value: float, shown: Shown, lang: str, is_bare: bool = False) -> str:
    """A number with its unit; shares that were subtracted differ by points."""
    if math.isinf(value):
        return say("never", lang)
    one = shown.beside
    unit = unit_of(one.measure) if one.how == "difference" else ""
    if one.against and unit == "share":
        return number(value, unit).removesuffix(" %") + f" {unit_label(unit, lang, difference=True)}" * (not is_bare)
    return number(value, unit) + f" {unit_label(unit, lang)}" * (unit not in _BARE and not is_bare)


def _source(asked: Question, lang: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    first = asked.studies[0]
    return source({"source_world": written(first.extra, lang), "source_seeds": str(asked.communities),
                   "source_seed": str(first.seed)}, lang)  # fmt: skip
