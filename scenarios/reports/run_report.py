"""``shequn report FOLDER``: one self-contained HTML page and its PNGs, made from what is stored.

The page holds its pictures, its Chinese letters and a few lines of script for the language switch; it asks nothing of
the network. Everything on it is a prediction of the model, and the page says so first.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import scenarios.config.catalog  # noqa: F401 - arms are called by the titles of their strategies
from scenarios.reports.forked import side_by_side
from scenarios.reports.grid import cell
from scenarios.reports.page import asked_languages, file_names, language_of, pictures, put, rendered
from scenarios.reports.verdict import combining, verdict
from sim.analysis.outcomes import OUTCOMES
from sim.data.results import Results, load
from sim.locale.words import arm_label, bracket, number, say, unit_label, world_label
from sim.plots.run.album import album
from sim.plots.run.comparison import KEY, outcome_label
from sim.plots.run.measured import Measured

__all__ = ["write_report"]


def write_report(folder: str | Path, lang: str = "both", results: Results | None = None) -> Path:
    """Write ``report.html`` and its PNGs into a run folder and return the page's path.

    Parameters
    ----------
    folder
        A run folder as :func:`sim.data.results.load` reads it.
    lang
        A language (``en``, ``zh``, …), or ``both`` for all there are (a switch on the page).
    results
        The run itself, where it is at hand: it is then not read again.

    Raises
    ------
    ValueError
        There is no such language.
    sim.data.results.ResultsError
        The folder holds no whole run.
    """
    langs = asked_languages(lang)
    place = Path(folder)
    results = load(place) if results is None else results
    worlds = [Measured(results, world) for world in sorted(results.daily["world"].unique())]
    for world in worlds:
        world.measure()
    pages = side_by_side([partial(_page, place, results, worlds, one) for one in langs])
    return put(place / "report.html", rendered("report.html", pages))


def _page(place: Path, results: Results, worlds: list[Measured], lang: str) -> dict[str, Any]:
    """Everything the template says in one language."""
    headings = ("verdict", "all", "combining", "table", "pictures", "reading", "source")
    names = [world_label(world.world, lang) for world in worlds]
    files = file_names(world.world for world in worlds)
    return {
        **language_of(lang),
        "title": say("report_title", lang, worlds=", ".join(names)),
        "subtitle": say("report_subtitle", lang, arms=len(results.arms), days=worlds[0].days, n=_most(worlds)),
        "honest": say("honest", lang),
        "worlds": [_section(place, world, lang, f"{files[world.world]}-" if len(worlds) > 1 else "")
                   for world in worlds],
        "reading": [
            say(key, lang) for key in ("reading_unit", "reading_death", "reading_life", "reading_luck", "reading_money")
        ],
        "source": _source(results, lang),
        **{f"{key}_heading": say(f"{key}_heading", lang) for key in headings},
        "table_note": say("table_note", lang),
    }


def _most(worlds: list[Measured]) -> int:
    return max(n for world in worlds for n in world.replicates.values())


def _section(place: Path, measured: Measured, lang: str, prefix: str) -> dict[str, Any]:
    """One world: verdicts, what combining does, the table, the pictures."""
    verdicts = [
        {"arm": arm_label(arm, lang), "colour": measured.colours[arm], "lines": verdict(measured, arm, lang)}
        for arm in [*measured.all_arms[1:], measured.reference]
    ]
    return {
        "name": world_label(measured.world, lang) if prefix else "",
        "verdicts": verdicts,
        "combining": combining(measured, lang),
        "table": _table(measured, lang, KEY),
        "all": _table(measured, lang, tuple(OUTCOMES)),
        "pictures": pictures(place, album(measured, lang), lang, prefix),
    }


def _table(measured: Measured, lang: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Outcomes down, arms across: mean, interval, and a mark where the difference to the reference is clear."""
    arms = measured.all_arms
    marks = _marks(measured)
    rows = [{"label": say("n_communities", lang), "cells": [cell(str(measured.replicates[arm])) for arm in arms]}]
    for name in names:
        unit = OUTCOMES[name].unit
        ones = [measured.summary[arm].get(name) for arm in arms]
        if all(one is None or one["n"] == 0 for one in ones):
            continue
        label = outcome_label(name, lang) + bracket(_shown(unit, lang), lang)
        cells = [_value(one, unit, marks.get((arm, name), "")) for arm, one in zip(arms, ones, strict=True)]
        rows.append({"label": label, "cells": cells})
    return {"head": ["", *(arm_label(arm, lang) for arm in arms)], "rows": rows}


def _shown(unit: str, lang: str) -> str:
    """The unit where the outcome's name does not already say it."""
    return "%" if unit == "share" else unit_label(unit, lang) if unit in ("days", "CNY") else ""


def _marks(measured: Measured) -> dict[tuple[str, str], str]:
    if len(measured.all_arms) < 2:
        return {}
    clear = measured.paired[measured.paired["luck"] == "clear"]
    words = {1: "up", -1: "down"}
    return {(row.arm, row.outcome): words.get(int(row.better), "moved") for row in clear.itertuples()}


def _value(one: dict[str, float] | None, unit: str, mark: str) -> dict[str, str]:
    if one is None or one["n"] == 0:
        return cell("–")
    mean, low, high = (number(one[key], unit).removesuffix(" %") for key in ("mean", "low", "high"))
    return cell(mean, f"{low} … {high}" if low != "–" else "", mark)


def _source(results: Results, lang: str) -> list[tuple[str, str]]:
    """Where the numbers come from: enough to make them again."""
    meta = results.meta
    versions = ", ".join(f"{name} {number}" for name, number in dict(meta.get("versions") or {}).items())
    known = {"seed": meta.get("seed"), "lane": meta.get("lane"), "versions": versions, "digest": meta.get("digest")}
    return [(say(f"source_{key}", lang), str(value)) for key, value in known.items() if value not in (None, "")]
