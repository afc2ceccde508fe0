"""The page of pairs: question, what can be named, one picture of all pairs, the table, how it was done.

One file that asks nothing of the network, drawn into the template of a study's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.experiments.pairs.asked import Pairs
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.page import Page, Place, methods, money, opening, pictures, said, source, write_page, written
from scenarios.reports.pairs_table import answer, rows_table
from sim.locale.words import join, say, world_label
from sim.plots.experiment.frame import inside
from sim.plots.experiment.pairs import draw_pairs

__all__ = ["write_pairs_report"]


def write_pairs_report(
    asked: Pairs, found: pd.DataFrame, folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` and its picture into ``folder`` and return the page's path.

    ``found`` is the table of :func:`sim.analysis.experiment.pairs.second_look`.
    """
    return write_page("study.html", folder, language, lambda place, lang: _page(place, asked, found, lang),
                      formats=formats)  # fmt: skip


def _page(place: Place, asked: Pairs, found: pd.DataFrame, lang: str) -> Page:
    """Everything the template says in one language."""
    n = int(found.groupby(["first", "second"]).ngroups)
    return {
        **opening(asked, lang),
        "subtitle": say("pairs_subtitle", lang, pairs=n, worlds=len(asked.worlds), n=asked.seeds,
                        fresh=asked.fresh_seeds),
        "worlds": [{
            "answer": answer(asked, found, lang), "pictures": pictures(place, _drawn(asked, found, lang), lang),
            "tables": [rows_table(found, lang)],
        }],
        "limits": said({
            "limit_model": True, "pairs_limit_doses": True, "limit_worlds": True, "pairs_limit_fresh": True,
            "pairs_limit_open": True, "limit_money": money(set(found["outcome"])),
        }, lang),
        "methods": methods("pairs_methods", lang),
        "source": _source(asked, lang),
    }  # fmt: skip


def _drawn(asked: Pairs, found: pd.DataFrame, lang: str) -> Iterator[tuple[str, Any]]:
    refused = [(first, second) for first, second, _ in asked.refused]
    yield "pairs", draw_pairs(found, asked.worlds, refused, (asked.seeds, asked.fresh_seeds), lang)


def _source(asked: Pairs, lang: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    worlds = dict.fromkeys(" ".join((world_label(name, lang), written(said, lang), f"days={study.days}"))
                           for study in asked.studies for name, said in study.worlds.items())  # fmt: skip
    return source({
        "source_worlds": [*worlds], "source_base": written(asked.studies[0].extra, lang),
        "source_outcomes": join([inside(name, lang) for name in asked.outcomes], lang),
        "source_replicates": str(asked.seeds), "source_fresh": str(asked.fresh_seeds),
        "source_seed": str(asked.seed),
    }, lang)  # fmt: skip
