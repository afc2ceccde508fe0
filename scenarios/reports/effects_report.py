"""The page of what strategies do: how many expectations came, a picture of all of them, and the table of doses."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scenarios.experiments.trials.asked import Trials
from scenarios.reports.effects_table import told
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.page import Page, Place, methods, opening, pictures, said, source, write_page, written
from sim.analysis.experiment.trials import LEVEL
from sim.locale.words import say
from sim.plots.experiment.verdicts import draw_verdicts

__all__ = ["write_effects_report"]


def write_effects_report(
    asked: Trials, found: pd.DataFrame, folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` and its picture into ``folder`` and return the page's path.

    ``found`` is the table of :func:`sim.analysis.experiment.trials.judged`, with what each dose costs.
    """
    return write_page("study.html", folder, language, lambda place, lang: _page(place, asked, found, lang),
                      formats=formats)  # fmt: skip


def _page(place: Place, asked: Trials, found: pd.DataFrame, lang: str) -> Page:
    """Everything the template says in one language."""
    lines, tables = told(found, asked.seeds, lang)
    drawn = [("verdicts", draw_verdicts(found, asked.seeds, lang))]
    return {
        **opening(asked, lang),
        "subtitle": say("effects_subtitle", lang, n=found["strategy"].nunique(), seeds=asked.seeds),
        "worlds": [{"answer": lines, "pictures": pictures(place, drawn, lang), "tables": tables}],
        "limits": said({"limit_model": True, "effects_limit_world": True, "effects_limit_declared": True,
                        "limit_money": True}, lang),
        "methods": methods("effects_methods", lang, level=f"{LEVEL:.0%}".replace("%", " %")),
        "source": _source(asked, lang),
    }  # fmt: skip


def _source(asked: Trials, lang: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    first = asked.studies[0]
    rows = {"source_world": written(first.extra, lang), "source_seeds": str(asked.seeds),
            "source_seed": str(first.seed)}  # fmt: skip
    return source(rows, lang)
