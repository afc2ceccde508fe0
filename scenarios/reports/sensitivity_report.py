"""The page of a sensitivity analysis: question, which knobs matter in plain words, pictures, tables, how it was done.

One file that asks nothing of the network, drawn into the template of a study's page.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scenarios.experiments.sensitivity.file import Sensitivity
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import Cell, Table, Told, bare, cell, measured, table
from scenarios.reports.page import Page, Place, dialled, methods, money, opening, pictures, said, source, write_page
from scenarios.reports.sensitivity_answer import beyond_luck, sensitivity_answer
from sim.analysis.experiment.sensitivity import DRAWS, INDICES
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import say
from sim.plots.experiment.frame import label_with_unit, short
from sim.plots.experiment.sensitivity import draw_sensitivity

__all__ = ["told", "write_sensitivity_report"]

FEW = 64  # base points; see sim.analysis.experiment.sensitivity


def write_sensitivity_report(
    made: Sensitivity, table: pd.DataFrame, folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` and a picture of each outcome into ``folder`` and return the page's path.

    ``table`` holds all indices: ``outcome`` and the columns of :mod:`sim.analysis.experiment.sensitivity`.
    """
    rows = {name: table[table["outcome"] == name] for name in made.outcomes}
    return write_page("study.html", folder, language, lambda place, lang: _page(place, made, rows, lang),
                      formats=formats)  # fmt: skip


def told(made: Sensitivity, table: pd.DataFrame, lang: str) -> Told:
    """What the terminal shows: the answers and the table of each outcome."""
    parts = {name: table[table["outcome"] == name] for name in made.outcomes}
    lines = [line for rows in parts.values() for line in sensitivity_answer(made, rows, lang)]
    known = {name: rows for name, rows in parts.items() if rows["value"].notna().any()}
    lines += [say(f"told_marks_{made.method}", lang)] if known else []
    return lines, [_table(made, *one, lang) for one in known.items()]


def _page(place: Place, made: Sensitivity, rows: dict[str, pd.DataFrame], lang: str) -> Page:
    """Everything the template says in one language; there is one world."""
    sizes = {"knobs": len(made.axes), "points": f"{made.points:,}", "n": made.seeds, "days": made.days}
    drawn = ((name, draw_sensitivity(some, made.method, lang)) for name, some in rows.items())
    return {
        **opening(made, lang),
        "subtitle": say("sens_subtitle", lang, **sizes),
        "worlds": [{
            "answer": [line for some in rows.values() for line in sensitivity_answer(made, some, lang)],
            "pictures": pictures(place, drawn, lang, end=f"_{lang}"),
            "tables": [_table(made, name, some, lang) for name, some in rows.items()],
        }],
        "limits": _limits(made, lang),
        "methods": methods(f"sensitivity_methods.{made.method}", lang, seeds=made.seeds, n=made.n, draws=DRAWS),
        "source": _source(made, lang),
    }  # fmt: skip


def _table(made: Sensitivity, outcome: str, rows: pd.DataFrame, lang: str) -> Table:
    """Knobs down, indices across; the first is marked where it is beyond luck."""
    names, morris = INDICES[made.method], made.method == "morris"
    unit = OUTCOMES[outcome].unit if morris else "share"
    lines = []
    for knob, some in rows.groupby("knob", sort=False):
        mine, first = some.set_index("index"), some.iloc[0]
        marks = {names[0]: "up" if beyond_luck(first) else ""}
        cells = [_index(mine.loc[name], unit, marks.get(name, "")) for name in names]
        cells.append(cell(bare(first["noise"], unit)))
        cells.append(cell(f"{first['n_base']:.0f} × {first['n_replicates']:.0f}"))
        lines.append((str(knob), cells))
    what = label_with_unit(outcome, unit, lang, difference=True) if morris else short(outcome, lang)
    head = [say(f"col_{name}", lang) for name in (*names, "luck", made.method)]
    return table(say("sens_table", lang, what=what), head, lines, say(f"sens_table_{made.method}", lang))


def _index(row: pd.Series, unit: str, mark: str) -> Cell:
    return measured(row["value"], row["low"], row["high"], unit, mark=mark)


def _limits(made: Sensitivity, lang: str) -> list[str]:
    """How far to trust it."""
    sentences = {
        "limit_model": True,
        "search_limit_varied": True,
        "sens_limit_ranges": True,
        "sens_limit_average": True,
        "sens_limit_seed": made.seeds == 1,
        "limit_money": money(made.outcomes),
        "sens_limit_few": made.method == "sobol" and made.n < FEW,
        "search_limit_days": True,
    }
    return said(sentences, lang, days=made.days, n=made.n)


def _source(made: Sensitivity, lang: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    rows = {
        **dialled(made, lang),
        "sens_method": say(f"sens_{made.method}", lang, n=made.n),
        "source_per_point": str(made.seeds),
        "source_days": str(made.days),
        "source_seed": str(made.seed),
    }
    return source(rows, lang)
