"""``shequn report FOLDER``: one self-contained HTML page and its PNGs, made from what is stored.

The page holds its pictures, its Chinese letters and a few lines of script for the language switch; it asks nothing of
the network. Everything on it is a prediction of the model, and the page says so first.
"""

from __future__ import annotations

from pathlib import Path

import scenarios.config.catalog  # noqa: F401 - arms are called by the titles of their strategies
from scenarios.reports.grid import NONE, Cell, Table, cell, measured, table
from scenarios.reports.page import Page, asked_languages, file_names, pictures, source, write_page
from scenarios.reports.verdict import combining, verdict
from sim.analysis.outcomes import OUTCOMES
from sim.data.results import Results, load
from sim.locale.words import arm_label, bracket, say, unit_label, world_label
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
    asked_languages(lang)
    results = load(folder) if results is None else results
    worlds = [Measured(results, world) for world in sorted(results.daily["world"].unique())]
    for world in worlds:
        world.measure()
    return write_page("report.html", folder, lang, lambda place, one: _page(place, results, worlds, one))


def _page(place: Path, results: Results, worlds: list[Measured], lang: str) -> Page:
    """Everything the template says in one language."""
    names = [world_label(world.world, lang) for world in worlds]
    files = file_names(world.world for world in worlds)
    most = max(n for world in worlds for n in world.replicates.values())
    return {
        "title": say("report_title", lang, worlds=", ".join(names)),
        "subtitle": say("report_subtitle", lang, arms=len(results.arms), days=worlds[0].days, n=most),
        "worlds": [_section(place, world, lang, f"{files[world.world]}-" if len(worlds) > 1 else "")
                   for world in worlds],
        "reading": [
            say(key, lang) for key in ("reading_unit", "reading_death", "reading_life", "reading_luck", "reading_money")
        ],
        "source": _source(results, lang),
    }


def _section(place: Path, world: Measured, lang: str, prefix: str) -> Page:
    """One world: verdicts, what combining does, the table, the pictures."""
    return {
        "name": world_label(world.world, lang) if prefix else "",
        "verdicts": [{"arm": arm_label(arm, lang), "colour": world.colours[arm], "lines": verdict(world, arm, lang)}
                     for arm in [*world.all_arms[1:], world.reference]],
        "combining": combining(world, lang),
        "table": _table(world, lang, KEY),
        "all": _table(world, lang, tuple(OUTCOMES)),
        "pictures": pictures(place, album(world, lang), lang, prefix),
    }


def _table(world: Measured, lang: str, names: tuple[str, ...]) -> Table:
    """Outcomes down, arms across: mean, interval, and a mark where the difference to the reference is clear."""
    arms, marks = world.all_arms, _marks(world)
    rows = [(say("n_communities", lang), [cell(str(world.replicates[arm])) for arm in arms])]
    for name in names:
        unit = OUTCOMES[name].unit
        cells = [_mean(world.summary[arm].get(name), unit, marks.get((arm, name), "")) for arm in arms]
        if any(one is not NONE for one in cells):
            rows.append((outcome_label(name, lang) + bracket(_shown(unit, lang), lang), cells))
    return table("", [arm_label(arm, lang) for arm in arms], rows)


def _mean(one: dict[str, float] | None, unit: str, mark: str) -> Cell:
    return measured(one["mean"], one["low"], one["high"], unit, mark=mark) if one and one["n"] else NONE


def _shown(unit: str, lang: str) -> str:
    """The unit where the outcome's name does not already say it."""
    return "%" if unit == "share" else unit_label(unit, lang) if unit in ("days", "CNY") else ""


def _marks(world: Measured) -> dict[tuple[str, str], str]:
    if len(world.all_arms) < 2:
        return {}
    clear = world.paired[world.paired["luck"] == "clear"]
    words = {1: "up", -1: "down"}
    return {(row.arm, row.outcome): words.get(int(row.better), "moved") for row in clear.itertuples()}


def _source(results: Results, lang: str) -> list[tuple[str, list[str]]]:
    """Where the numbers come from: enough to make them again."""
    meta = results.meta
    versions = ", ".join(f"{name} {number}" for name, number in dict(meta.get("versions") or {}).items())
    known = {"seed": meta.get("seed"), "lane": meta.get("lane"), "versions": versions, "digest": meta.get("digest")}
    return source({f"source_{key}": "" if value is None else str(value) for key, value in known.items()}, lang)
