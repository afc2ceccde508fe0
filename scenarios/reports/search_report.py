"""The page of a search: question, answer in plain words, pictures, every unbeaten point twice, how it was done.

One file that asks nothing of the network, drawn into the template of a study's page; an operator reads
its first screen, a referee the whole.
"""

from __future__ import annotations

from pathlib import Path

from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import NONE, Cell, Table, Told, cell, measured, table
from scenarios.reports.page import Page, Place, dialled, methods, money, opening, pictures, said, source, write_page
from scenarios.reports.search_answer import curse, search_answer
from sim.analysis.experiment.searched import Searched
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import bracket, say, unit_label
from sim.plots.experiment.frame import inside
from sim.plots.experiment.search_album import search_album
from sim.plots.experiment.searched import in_per_cent, knob_names, limit_text

__all__ = ["told", "write_search_report"]

SHOWN = 40  # points in the table
FEW = 12  # on the terminal
NEAREST = 10
MARKS = {"unbeaten": "up", "beaten": "", "breaks": "down", "unknown": ""}


def write_search_report(
    found: Searched, folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` and its pictures into ``folder`` and return the page's path.

    ``language`` is ``en``, ``zh`` or ``both`` (a switch on the page); ``formats`` are those of the pictures beside it.

    Raises
    ------
    ValueError
        A language that does not exist; no point that could be evaluated.
    """
    if not found.points:
        raise ValueError("no point of this search could be evaluated: there is nothing to report")
    return write_page("study.html", folder, language, lambda place, lang: _page(place, found, lang), formats=formats)


def told(found: Searched, lang: str) -> Told:
    """What the terminal shows: the answer, what the choice flattered, the points that matter most."""
    flattery = [say("named", lang, name=one["arm"], text=line) for one in curse(found, lang) for line in one["lines"]]
    lines = [*search_answer(found, lang), *flattery, say("told_marks_search", lang)]
    return lines, [_front_table(found, lang, FEW) if found.front.trials else _nearest_table(found, lang)]


def _page(place: Place, found: Searched, lang: str) -> Page:
    """Everything the template says in one language; a search has one world, and the curse where a study has arms."""
    search = found.search
    trials = max(search.trials, len(found.points))  # an earlier session may have asked for more than this one
    words = {"points": len(found.points), "trials": trials, "n": search.seeds, "seeds": search.seeds,
             "fresh": search.fresh_seeds, "days": search.days, "sampler": say(f"sampler_{search.sampler}", lang)}
    return {
        **opening(search, lang),
        "subtitle": say("search_subtitle", lang, **words),
        "worlds": [{
            "answer": search_answer(found, lang),
            "arms": curse(found, lang),
            "pictures": pictures(place, search_album(found, lang), lang),
            "tables": [_front_table(found, lang) if found.front.trials else _nearest_table(found, lang)],
        }],
        "limits": _limits(found, lang, words),
        "methods": methods("search_methods", lang, **words),
        "source": _source(found, lang, words),
        "arms_heading": "search_curse",
        "methods_heading": "search_methods",
    }  # fmt: skip


def _front_table(found: Searched, lang: str, most: int = 0) -> Table:
    """Points down; knobs, fate, and each outcome in the search and on fresh seeds across."""
    ranked, names = found.ranked(), list(found.search.outcomes)
    head = [*_knob_heads(found, lang), say("col_fate", lang)]
    for name in names:
        what = in_per_cent(name, lang)
        head += [say("col_in_search", lang, what=what), say("col_on_fresh", lang, what=what)]
    rows = []
    for trial in ranked[: most or SHOWN]:
        fate = found.front.fate(trial)
        looks = [_mean(found, trial, name, fresh, lang) for name in names for fresh in (False, True)]
        rows.append(_row(found, trial, [cell(say(f"fate_{fate}", lang), mark=MARKS[fate]), *looks], lang))
    left = len(ranked) - len(rows)
    more = " " + say("search_table_more", lang, n=left) if left else ""
    return table(say("search_table", lang), head, rows, say("search_table_note", lang) + more)


def _nearest_table(found: Searched, lang: str) -> Table:
    """The points that come nearest to the limits, each weighed by its own size; only the search has seen them."""

    def off(trial: int) -> float:
        gaps = ((one, one.excess(found.at(trial, one.outcome, False)["mean"])) for one in found.search.constraints)
        return sum(max(0.0, gap) / (abs(one.limit) or 1.0) for one, gap in gaps)

    names = list(found.search.outcomes)
    rows = [_row(found, trial, [_mean(found, trial, name, False, lang) for name in names], lang)
            for trial in sorted(found.points, key=lambda t: (off(t), t))[:NEAREST]]  # fmt: skip
    head = [*_knob_heads(found, lang), *(in_per_cent(name, lang) for name in names)]
    return table(say("search_best_table", lang), head, rows)


def _knob_heads(found: Searched, lang: str) -> list[str]:
    axes = found.search.axes
    return [name + bracket(unit_label(dial.unit, lang) if dial.unit != dial.name else "", lang)
            for name, dial in zip(knob_names(axes, lang), axes, strict=True)]  # fmt: skip


def _row(found: Searched, trial: int, cells: list[Cell], lang: str) -> tuple[str, list[Cell]]:
    """A point: its knobs as they must be written to be played again, then ``cells``."""
    knobs = [cell(f"{value:g}" if isinstance(value, float) else str(value)) for value in found.points[trial]]
    return say("search_point", lang, trial=trial), [*knobs, *cells]


def _mean(found: Searched, trial: int, name: str, fresh: bool, lang: str) -> Cell:
    """Mean, interval, communities; orange where the mean is beyond a limit."""
    row = found.at(trial, name, fresh)
    n = say("with_n", lang, n=int(row["n"]))
    if not row["n"]:
        return {**NONE, "interval": n}
    broken = any(one.outcome == name and one.excess(row["mean"]) > 0 for one in found.search.constraints)
    return measured(row["mean"], row["low"], row["high"], OUTCOMES[name].unit, rough=row["rough"],
                    mark="down" if broken else "", more=n)  # fmt: skip


def _limits(found: Searched, lang: str, words: Page) -> list[str]:
    """How far to trust it."""
    lost = words["trials"] - words["points"]
    sentences = {
        "limit_model": True,
        "search_limit_varied": True,
        "search_limit_tried": True,
        "search_limit_again": len(found.front.trials) > 1,
        "limit_money": money(found.search.outcomes),
        "search_limit_days": True,
        "search_limit_lost": lost > 0,
    }
    return said(sentences, lang, **{**words, "n": lost})


def _source(found: Searched, lang: str, words: Page) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    search = found.search
    rows = {
        "source_objectives": [inside(name, lang) + bracket(say(way, lang), lang)
                              for name, way in search.objectives.items()],
        "source_limits": [limit_text(one, lang) for one in search.constraints],
        **dialled(search, lang),
        "source_sampler": words["sampler"],
        "source_trials": say("source_of_trials", lang, **words),
        "source_per_point": str(search.seeds),
        "source_fresh": str(search.fresh_seeds),
        "source_days": str(search.days),
        "source_seeds": say("source_two_seeds", lang, seed=search.seed, fresh=search.fresh_seed),
    }  # fmt: skip
    return source(rows, lang)
