"""The page of a sensitivity analysis: question, which knobs matter in plain words, pictures, tables, how it was done.

One file that asks nothing of the network, drawn into the template of a study's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.experiments.sensitivity.file import Sensitivity
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
from scenarios.reports.sensitivity_answer import beyond_luck, sensitivity_answer
from scenarios.reports.study_report import MONEY
from sim.analysis.experiment.sensitivity import DRAWS, INDICES
from sim.analysis.outcomes import OUTCOMES
from sim.locale.catalogue import paragraphs
from sim.locale.words import number, say
from sim.plots.experiment.frame import label_with_unit, short
from sim.plots.experiment.searched import range_text
from sim.plots.experiment.sensitivity import draw_sensitivity

__all__ = ["write_sensitivity_report"]

FEW = 64  # base points; see sim.analysis.experiment.sensitivity


def write_sensitivity_report(
    made: Sensitivity, table: pd.DataFrame, folder: str | Path, language: str = "both"
) -> Path:
    """Write ``report.html`` and a picture of each outcome into ``folder`` and return the page's path.

    ``table`` holds all indices: ``outcome`` and the columns of :mod:`sim.analysis.experiment.sensitivity`.
    """
    langs = asked_languages(language)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    pages = side_by_side([partial(_page, place, made, table, lang) for lang in langs])
    return put(place / "report.html", rendered("study.html", pages))


def _page(place: Path, made: Sensitivity, table: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Everything the template says in one language; there is one world."""
    sizes = {"knobs": len(made.axes), "points": f"{made.points:,}", "n": made.seeds, "days": made.days}
    counts = {"seeds": made.seeds, "n": made.n, "draws": DRAWS}
    section = {
        "name": "",
        "answer": [line for name in made.outcomes for line in sensitivity_answer(made, _of(table, name), lang)],
        "arms": [],
        "pictures": pictures(place, _album(made, table, lang), lang, joint="_"),
        "tables": [_table(made, _of(table, name), lang) for name in made.outcomes],
    }
    headings = ("answer", "pictures", "figures", "trust", "methods", "source")
    return {
        **opening(made, lang),
        "subtitle": say("sens_subtitle", lang, **sizes),
        "worlds": [section],
        "limits": _limits(made, lang),
        "methods": [paragraph(line, **counts) for line in paragraphs(f"sensitivity_methods.{made.method}", lang)],
        "source": _source(made, lang),
        **{f"{key}_heading": say(f"study_{key}", lang) for key in headings},
    }


def _of(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table[table["outcome"] == name]


def _album(made: Sensitivity, table: pd.DataFrame, lang: str) -> Iterator[tuple[str, Any]]:
    for name in made.outcomes:
        yield name, draw_sensitivity(_of(table, name), made.method, lang)


def _table(made: Sensitivity, rows: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Knobs down, indices across."""
    outcome, names = str(rows["outcome"].iloc[0]), INDICES[made.method]
    morris = made.method == "morris"
    unit = OUTCOMES[outcome].unit if morris else "share"
    keys = [*(f"col_{name}" for name in names), "col_luck", f"col_{made.method}"]
    lines = []
    for knob in dict.fromkeys(rows["knob"]):
        mine = rows[rows["knob"] == knob].set_index("index")
        first = mine.iloc[0]
        mark = "up" if beyond_luck(first) else ""
        cells = [_index(mine.loc[name], unit, mark if name == names[0] else "") for name in names]
        cells.append(cell(number(float(first["noise"]), unit).removesuffix(" %")))
        cells.append(cell(f"{first['n_base']:.0f} × {first['n_replicates']:.0f}"))
        lines.append({"label": knob, "cells": cells})
    head = label_with_unit(outcome, unit, lang, difference=True) if morris else short(outcome, lang)
    return {"title": say("sens_table", lang, what=head), "note": say(f"sens_table_{made.method}", lang),
            "head": ["", *(say(key, lang) for key in keys)], "rows": lines}  # fmt: skip


def _index(row: pd.Series, unit: str, mark: str) -> dict[str, str]:
    value = number(float(row["value"]), unit).removesuffix(" %")
    return cell(value, span(float(row["low"]), float(row["high"]), unit), mark)


def _limits(made: Sensitivity, lang: str) -> list[str]:
    """How far to trust it."""
    keys = ["limit_model", "search_limit_varied", "sens_limit_ranges", "sens_limit_average"]
    keys += ["sens_limit_seed"] if made.seeds == 1 else []
    keys += ["limit_money"] if set(made.outcomes) & set(MONEY) else []
    keys += ["sens_limit_few"] if made.method == "sobol" and made.n < FEW else []
    return [say(key, lang, days=made.days, n=made.n) for key in [*keys, "search_limit_days"]]


def _source(made: Sensitivity, lang: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    rows = [
        ("source_knobs", [range_text(axis, lang) for axis in made.axes]),
        ("source_base", [" ".join(made.base)]),
        ("source_world", [" ".join((*made.world, *made.extra)) or say("as_they_are", lang)]),
        ("sens_method", [say(f"sens_{made.method}", lang, n=made.n)]),
        ("source_per_point", [str(made.seeds)]),
        ("source_days", [str(made.days)]),
        ("source_seed", [str(made.seed)]),
    ]
    return [(say(key, lang), values) for key, values in rows if any(values)]
