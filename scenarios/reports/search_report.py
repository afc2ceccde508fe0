"""The page of a search: question, answer in plain words, pictures, every unbeaten point twice, how it was done.

One file that asks nothing of the network, drawn into the template of a study's page; an operator reads
its first screen, a referee the whole.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from scenarios.reports.forked import side_by_side
from scenarios.reports.grid import cell, span
from scenarios.reports.page import (
    asked_languages,
    opening,
    paragraph,
    pictures,
    put,
    rendered,
)
from scenarios.reports.search_answer import curse, search_answer
from scenarios.reports.study_report import MONEY
from sim.analysis.experiment.searched import Searched
from sim.analysis.outcomes import OUTCOMES
from sim.locale.catalogue import paragraphs
from sim.locale.words import bracket, number, say, unit_label
from sim.plots.experiment.frame import inside
from sim.plots.experiment.search_album import search_album
from sim.plots.experiment.searched import in_per_cent, knob_names, limit_text, range_text

__all__ = ["write_search_report"]

SHOWN = 40  # points in the table
NEAREST = 10
MARKS = {"unbeaten": "up", "beaten": "", "breaks": "down", "unknown": ""}


def write_search_report(found: Searched, folder: str | Path, language: str = "both") -> Path:
    """Write ``report.html`` and its PNGs into ``folder`` and return the page's path.

    ``language`` is a language (``en``, ``zh``, …), or ``both`` for all there are (a switch on the page).

    Raises
    ------
    ValueError
        A language that does not exist; no point that could be evaluated.
    """
    langs = asked_languages(language)
    if not found.points:
        raise ValueError("no point of this search could be evaluated: there is nothing to report")
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    return put(place / "report.html", rendered("study.html", side_by_side([partial(_page, place, found, lang)
                                                                           for lang in langs])))  # fmt: skip


def _page(place: Path, found: Searched, lang: str) -> dict[str, Any]:
    """Everything the template says in one language; a search has one world, and the curse where a study has arms."""
    search = found.search
    sizes = {"points": len(found.points), "n": search.seeds, "fresh": search.fresh_seeds, "days": search.days}
    section = {
        "name": "",
        "answer": search_answer(found, lang),
        "arms": curse(found, lang),
        "pictures": pictures(place, search_album(found, lang), lang),
        "tables": [_front_table(found, lang) if found.front.trials else _nearest_table(found, lang)],
    }
    headings = ("answer", "pictures", "figures", "trust", "source")
    return {
        **opening(search, lang),
        "subtitle": say("search_subtitle", lang, **sizes),
        "worlds": [section],
        "limits": _limits(found, lang),
        "methods": _methods(found, lang),
        "source": _source(found, lang),
        "arms_heading": say("search_curse", lang),
        "methods_heading": say("search_methods", lang),
        **{f"{key}_heading": say(f"study_{key}", lang) for key in headings},
    }


def _front_table(found: Searched, lang: str) -> dict[str, Any]:
    """Points down; knobs, fate, and each outcome in the search and on fresh seeds across."""
    ranked, names = found.ranked(), list(found.search.outcomes)
    head = ["", *_knob_heads(found, lang), say("col_fate", lang)]
    for name in names:
        what = in_per_cent(name, lang)
        head += [say("col_in_search", lang, what=what), say("col_on_fresh", lang, what=what)]
    rows = []
    for trial in ranked[:SHOWN]:
        fate = found.front.fate(trial)
        cells = [*_knob_cells(found, trial), cell(say(f"fate_{fate}", lang), mark=MARKS[fate])]
        for name in names:
            cells += [_mean(found, trial, name, fresh, lang) for fresh in (False, True)]
        rows.append({"label": say("search_point", lang, trial=trial), "cells": cells})
    note = say("search_table_note", lang)
    left = len(ranked) - len(rows)
    note += (" " + say("search_table_more", lang, n=left)) if left else ""
    return {"title": say("search_table", lang), "note": note, "head": head, "rows": rows}


def _nearest_table(found: Searched, lang: str) -> dict[str, Any]:
    """The points that come nearest to the limits, each weighed by its own size; only the search has seen them."""

    def off(trial: int) -> float:
        gaps = ((one, one.excess(found.at(trial, one.outcome, False)["mean"])) for one in found.search.constraints)
        return sum(max(0.0, gap) / (abs(one.limit) or 1.0) for one, gap in gaps)

    names = list(found.search.outcomes)
    rows = []
    for trial in sorted(found.points, key=lambda t: (off(t), t))[:NEAREST]:
        cells = [*_knob_cells(found, trial), *(_mean(found, trial, name, False, lang) for name in names)]
        rows.append({"label": say("search_point", lang, trial=trial), "cells": cells})
    head = ["", *_knob_heads(found, lang), *(in_per_cent(name, lang) for name in names)]
    return {"title": say("search_best_table", lang), "note": "", "head": head, "rows": rows}


def _knob_heads(found: Searched, lang: str) -> list[str]:
    axes = found.search.axes
    return [name + bracket(unit_label(dial.unit, lang) if dial.unit != dial.name else "", lang)
            for name, dial in zip(knob_names(axes, lang), axes, strict=True)]  # fmt: skip


def _knob_cells(found: Searched, trial: int) -> list[dict[str, str]]:
    return [cell(_exact(value)) for value in found.points[trial]]


def _exact(value: object) -> str:
    """As it must be written to be played again."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _mean(found: Searched, trial: int, name: str, fresh: bool, lang: str) -> dict[str, str]:
    """Mean, interval, communities; orange where the mean is beyond a limit."""
    row, unit = found.at(trial, name, fresh), OUTCOMES[name].unit
    n = say("with_n", lang, n=int(row["n"]))
    if not row["n"]:
        return cell("–", n)
    limits = span(row["low"], row["high"], unit)
    broken = any(one.outcome == name and one.excess(row["mean"]) > 0 for one in found.search.constraints)
    text = number(float(row["mean"]), unit).removesuffix(" %") + ("‡" if row["rough"] else "")
    return cell(text, f"{limits}; {n}" if limits else n, "down" if broken else "")


def _limits(found: Searched, lang: str) -> list[str]:
    """How far to trust it."""
    search = found.search
    keys = ["limit_model", "search_limit_varied", "search_limit_tried"]
    keys += ["search_limit_again"] if len(found.front.trials) > 1 else []
    keys += ["limit_money"] if set(search.outcomes) & set(MONEY) else []
    trials = _trials(found)
    lost = trials - len(found.points)
    lines = [say(key, lang, points=len(found.points), days=search.days) for key in [*keys, "search_limit_days"]]
    return lines + ([say("search_limit_lost", lang, n=lost, trials=trials)] if lost > 0 else [])


def _trials(found: Searched) -> int:
    """Trials in all; an earlier session may have asked for more than this one."""
    return max(found.search.trials, len(found.points))


def _methods(found: Searched, lang: str) -> list[dict[str, Any]]:
    search = found.search
    words = {"trials": _trials(found), "seeds": search.seeds, "fresh": search.fresh_seeds}
    sampler = say(f"sampler_{search.sampler}", lang)
    return [paragraph(line, sampler=sampler, **words) for line in paragraphs("search_methods", lang)]


def _source(found: Searched, lang: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    search = found.search
    sought = [inside(name, lang) + bracket(say(way, lang), lang) for name, way in search.objectives.items()]
    limits = [limit_text(one, lang) for one in search.constraints]
    rows = [
        ("source_objectives", sought),
        ("source_limits", limits),
        ("source_knobs", [range_text(dial, lang) for dial in search.axes]),
        ("source_base", [" ".join(search.base)]),
        ("source_world", [" ".join((*search.world, *search.extra)) or say("as_they_are", lang)]),
        ("source_sampler", [say(f"sampler_{search.sampler}", lang)]),
        ("source_trials", [say("source_of_trials", lang, points=len(found.points), trials=_trials(found))]),
        ("source_per_point", [str(search.seeds)]),
        ("source_fresh", [str(search.fresh_seeds)]),
        ("source_days", [str(search.days)]),
        ("source_seeds", [say("source_two_seeds", lang, seed=search.seed, fresh=search.fresh_seed)]),
    ]
    return [(say(key, lang), values) for key, values in rows if any(values)]
