"""What is advised: at most three plans beside doing nothing, each with what to do, gain, cost and regret, and how to
try it; and one page to print with the first of them.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from scenarios.experiments.advise.advise import EACH, Advice, Found, Question
from scenarios.experiments.advise.final import drawn, trial_days, watched
from scenarios.reports.advise_words import cost, else_where, gain, left_out, plan_name, situation, steps, trial, worth
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import Table, Told, bare, cell, measured, table
from scenarios.reports.page import Page, asked_languages, methods, opening, rendered, said, source, write_page, written
from sim.analysis.outcomes import OUTCOMES
from sim.locale.speaking import speaking
from sim.locale.words import commas, number, say, sentences
from sim.plots.run.comparison import outcome_label

__all__ = ["PRINTED", "told", "write_advise_report"]

PRINTED = "plan.html"
_SHEET = 12
"""Groups for which a sheet to fill in has room on the page."""


def told(asked: Question, found: Found, lang: str) -> Told:
    """The answer with what to do, then the table of plans."""
    lines = _answer(found, lang)
    for place, one in enumerate(found.advised, 1):
        doing = [say("named", lang, name=when, text=sentences(what, lang)) for when, what in steps(one.plan, lang)]
        lines += [f"{place}.", *(f"  {line}" for line in (*doing, *worth(one, lang), *cost(asked, one, lang),
                                                          else_where(one, lang)))]  # fmt: skip
    lines += [*left_out(found, lang), *(trial(asked, found.advised[0], lang) if found.advised else [])]
    return lines, [_table(asked, found, lang)] if found.advised else []


def write_advise_report(
    asked: Question, found: Found, folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` and, if there is a plan, ``plan.html`` into ``folder``; return the page's path."""
    beside = {PRINTED: _printed(asked, found, language)} if found.advised else {}
    return write_page("advise.html", folder, language, lambda _, lang: _page(asked, found, lang), beside, formats)


def _page(asked: Question, found: Found, lang: str) -> Page:
    """Everything the template says in one language."""
    return {
        **opening(asked, lang),
        "subtitle": situation(asked, lang),
        "worlds": [_world(asked, found, lang)],
        "limits": said({"limit_model": True, "claims_limit_worlds": True, "advise_limit_menu": True,
                        "advise_limit_trial": bool(found.advised), "limit_money": True}, lang),
        "methods": methods("advise_methods", lang),
        "source": source({"source_world": written((*asked.situation.world, *asked.extra), lang),
                          "source_seed": str(asked.seed)}, lang),
    }  # fmt: skip


def _world(asked: Question, found: Found, lang: str) -> Page:
    if not found.advised:
        return {"answer": [*_answer(found, lang), *left_out(found, lang)], "tables": []}
    return {
        "answer": [*_answer(found, lang), _beside(asked, found, lang)],
        "plans": [_card(asked, one, place, lang) for place, one in enumerate(found.advised, 1)],
        "left_out": left_out(found, lang), "trial": trial(asked, found.advised[0], lang),
        "print": say("advise_h_print", lang, file=PRINTED), "tables": [_table(asked, found, lang)],
    }  # fmt: skip


def _answer(found: Found, lang: str) -> list[str]:
    """A line a plan; that nothing is to be done where none was better."""
    if not found.advised:
        key = "advise_nothing_dear" if found.dear else "advise_nothing"
        return [say(key, lang, tried=found.tried, finalists=found.finalists)]
    return [gain(one, place, lang) for place, one in enumerate(found.advised, 1)]


def _card(asked: Question, one: Advice, place: int, lang: str) -> dict[str, Any]:
    return {"gain": f"{place}. {plan_name(one.plan, lang)}", "steps": steps(one.plan, lang),
            "worth": [gain(one, place, lang), *worth(one, lang)], "cost": cost(asked, one, lang),
            "otherwise": else_where(one, lang)}  # fmt: skip


def _beside(asked: Question, found: Found, lang: str) -> str:
    """What matters, where nothing is done, and the hours that takes."""
    names = [*asked.situation.weights, "host_hours"]
    levels = [f"{outcome_label(name, lang)} {number(found.nothing[name], OUTCOMES[name].unit)}" for name in names]
    return say("advise_beside", lang, levels=commas(levels, lang))


def _printed(asked: Question, found: Found, language: str) -> bytes:
    """The page to print, of the first plan."""
    pages = []
    for lang in asked_languages(language):
        with speaking(lang):
            first = {**_card(asked, found.advised[0], 1, lang), "gain": gain(found.advised[0], 1, lang)}
            first["worth"] = worth(found.advised[0], lang)
            pages.append({
                "lang": lang, "title": say("advise_print_title", lang), "subtitle": situation(asked, lang),
                "first": first,
                "others": [gain(one, place, lang) for place, one in enumerate(found.advised, 1) if place > 1],
                "beside": _beside(asked, found, lang), "trial": trial(asked, found.advised[0], lang),
                "sheet": _sheet(asked, found.advised[0], lang),
            })  # fmt: skip
    return rendered(PRINTED, pages)


def _sheet(asked: Question, one: Advice, lang: str) -> dict[str, Any] | None:
    """A row a group, a column a week; nothing where there is no trial or no room."""
    groups = asked.situation.groups
    if math.isnan(one.seen) or groups > _SHEET:
        return None
    what = say("advise_print_sales" if watched(asked) == "revenue" else "advise_print_lines", lang)
    words = [say(f"advise_print_{key}", lang) for key in ("as_now", "tried")]
    return {
        "title": say("advise_print_sheet", lang, what=what),
        "weeks": [say("advise_print_week", lang, n=week) for week in range(1, math.ceil(trial_days(asked) / 7) + 1)],
        "rows": [{"group": group, "what": words[group in drawn(asked)]} for group in range(1, groups + 1)],
    }


def _table(asked: Question, found: Found, lang: str) -> Table:
    """A row a plan, the difference from doing nothing in each outcome."""
    names = [*found.advised[0].effects]
    levels = [cell(number(found.nothing[name], OUTCOMES[name].unit)) for name in names]
    rows = [(say("advise_do_nothing", lang), levels)]
    rows += [(plan_name(one.plan, lang), [_difference(one, name) for name in names]) for one in found.advised]
    return table(say("advise_table", lang), [outcome_label(name, lang) for name in names], rows,
                 say("advise_note", lang, n=asked.sets, each=EACH))


def _difference(one: Advice, name: str) -> dict[str, str]:
    """Coloured only where its interval leaves 0 out."""
    unit, effect = OUTCOMES[name].unit, one.effects[name]
    if math.isnan(effect.low):
        return cell(bare(effect.mean, unit, sign=True))
    better, is_clear = OUTCOMES[name].more_is_better, effect.low > 0 or effect.high < 0
    mark = "" if not is_clear else "moved" if better is None else "up" if (effect.low > 0) == better else "down"
    return measured(effect.mean, effect.low, effect.high, unit, sign=True, mark=mark)
