"""What is advised: at most three plans beside doing nothing, each with gain, cost and regret, and how to try it."""

from __future__ import annotations

import math
from pathlib import Path

from scenarios.experiments.advise.advise import EACH, TRIAL_DAYS, Advice, Found, Question
from scenarios.experiments.advise.menu import Plan, label
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import Table, Told, bare, cell, measured, table
from scenarios.reports.page import Page, Place, methods, opening, said, source, write_page, written
from sim.analysis.experiment.over_worlds import OverWorlds
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, join, number, say
from sim.plots.run.comparison import outcome_label

__all__ = ["told", "write_advise_report"]

_MONTH = 30.0


def told(asked: Question, found: Found, lang: str) -> Told:
    """The answer, then the table of plans."""
    return _answer(asked, found, lang), [_table(asked, found, lang)] if found.advised else []


def write_advise_report(
    asked: Question, found: Found, folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` into ``folder`` and return the page's path."""
    return write_page("study.html", folder, language, lambda place, lang: _page(place, asked, found, lang),
                      formats=formats)  # fmt: skip


def _page(place: Place, asked: Question, found: Found, lang: str) -> Page:
    """Everything the template says in one language."""
    return {
        **opening(asked, lang),
        "subtitle": _situation(asked, lang),
        "worlds": [{"answer": _answer(asked, found, lang),
                    "tables": [_table(asked, found, lang)] if found.advised else []}],
        "limits": said({"limit_model": True, "claims_limit_worlds": True, "advise_limit_menu": True,
                        "limit_money": True}, lang),
        "methods": methods("advise_methods", lang),
        "source": source({"source_world": written((*asked.situation.world, *asked.extra), lang),
                          "source_seed": str(asked.seed)}, lang),
    }  # fmt: skip


def _situation(asked: Question, lang: str) -> str:
    one = asked.situation
    return say("advise_situation", lang, groups=one.groups, hours=number(one.hours), yuan=number(one.yuan),
               days=one.days, sets=asked.sets)  # fmt: skip


def _answer(asked: Question, found: Found, lang: str) -> list[str]:
    """What to do, what it brings, what it could not be told from, and how to try it."""
    if not found.advised:
        return [say("advise_nothing", lang, tried=f"{found.tried:,}")]
    lines = [_one(asked, one, number_, lang) for number_, one in enumerate(found.advised, 1)]
    if found.alike:
        lines.append(say("advise_alike", lang, plans=join([_name(plan, lang) for plan in found.alike], lang)))
    lines.append(_trial(asked, found.advised[0], lang))
    return lines


def _one(asked: Question, one: Advice, place: int, lang: str) -> str:
    """``1. Content at a fixed hour: 1.8 times as much of what matters (1.5 to 2.1) …``"""
    key = "advise_plan" if one.score.low > 0 else "advise_plan_unsure"
    months = asked.situation.days / _MONTH
    return say(key, lang, place=place, plan=_name(one.plan, lang), times=number(math.exp(one.score.mean)),
               low=number(math.exp(one.score.low)), high=number(math.exp(one.score.high)),
               hours=number(one.levels["host_hours"] / asked.situation.days),
               yuan=number(one.levels["cost"] / months), regret=number(1 - math.exp(-one.regret), "share"))  # fmt: skip


def _trial(asked: Question, one: Advice, lang: str) -> str:
    tried = asked.situation.groups // 2
    if math.isnan(one.seen):
        return say("advise_no_trial", lang)
    return say("advise_trial", lang, tried=tried, groups=asked.situation.groups, days=TRIAL_DAYS,
               seen=number(one.seen, "share"))  # fmt: skip


def _name(plan: Plan, lang: str) -> str:
    return arm_label(label(plan), lang)


def _table(asked: Question, found: Found, lang: str) -> Table:
    """A row a plan, the difference from doing nothing in each outcome."""
    names = [*found.advised[0].effects]
    levels = [cell(number(found.nothing[name], OUTCOMES[name].unit)) for name in names]
    rows = [(say("advise_do_nothing", lang), levels)]
    rows += [(_name(one.plan, lang), [_difference(one.effects[name], name) for name in names]) for one in found.advised]
    return table(say("advise_table", lang), [outcome_label(name, lang) for name in names], rows,
                 say("advise_note", lang, n=asked.sets, each=EACH))


def _difference(effect: OverWorlds, name: str) -> dict[str, str]:
    unit = OUTCOMES[name].unit
    if math.isnan(effect.low):
        return cell(bare(effect.mean, unit, sign=True))
    return measured(effect.mean, effect.low, effect.high, unit, sign=True)
