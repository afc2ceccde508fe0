"""The page of a study: question, answer in plain words, pictures, tables, how far to trust it, methods.

One file that asks nothing of the network; an operator reads its first screen, a referee the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reports.brief import in_brief
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import Told
from scenarios.reports.many import of_many
from scenarios.reports.page import (
    Page,
    Place,
    file_names,
    methods,
    money,
    opening,
    pictures,
    said,
    source,
    write_page,
    written,
)
from scenarios.reports.remarks import remarks
from scenarios.reports.returns_table import returns_table
from scenarios.reports.running_start import has_running_start
from scenarios.reports.study_answer import answer, arm_lines, over_worlds
from scenarios.reports.study_needed import looked
from scenarios.reports.study_tables import differences, tables
from sim.analysis.experiment.asked import Asked
from sim.analysis.experiment.findings import Findings, Notes
from sim.analysis.experiment.resample import DRAWS
from sim.data.spreadsheet import to_csv
from sim.locale.names import named
from sim.locale.words import arm_label, bracket, join, say, world_label
from sim.plots.experiment.album import album
from sim.plots.experiment.frame import inside, is_many, tones

__all__ = ["numbers", "study_page", "template_of", "told", "write_study_report"]

Drawn = Iterable[tuple[str, Any]]

TABLES = ("effects", "best", "lives", "quantiles", "precision", "tradeoff")
MANY = 4  # arms from which on the first is said to be flattered


def write_study_report(
    study: Asked,
    outcomes: pd.DataFrame,
    lifetimes: pd.DataFrame,
    folder: str | Path,
    language: str = "both",
    until: float | None = None,
    notes: Notes | None = None,
    formats: Formats = PNG,
    weeks: pd.DataFrame | None = None,
) -> Path:
    """Write ``report.html``, its pictures and the numbers as CSV into ``folder`` and return the page's path.

    Parameters
    ----------
    study
        Question, worlds, arms, reference, outcomes (see :class:`sim.analysis.experiment.asked.Asked`).
    outcomes
        One row a run: ``arm, world, replicate`` and a column for each outcome.
    lifetimes
        One row a group: ``arm, world, replicate, group, lifetime, censored, cause``.
    language
        A language (``en``, ``zh``, …), or ``both`` for all there are (a switch on the page).
    until
        The half width of the primary outcome's differences until which communities were added, if that is how their
        number was chosen.
    notes
        What is known of the arms besides (:func:`scenarios.reports.remarks.notes_of`).
    formats
        Of the pictures beside the page.
    weeks
        Members and messages of every run week by week (:func:`sim.analysis.weeks.weeks`), for the page of many arms.

    Raises
    ------
    ValueError
        A language, outcome or reference that does not exist; a run twice; nothing run yet.
    """
    found = Findings(study, outcomes, lifetimes, notes, weeks)
    with named(getattr(study, "labels", {})):
        return write_page(template_of(found), folder, language, lambda place, lang: _page(place, found, lang, until),
                          numbers(found), formats)  # fmt: skip


def template_of(found: Findings) -> str:
    """Of few arms one picture can tell; many are ranked, and each has a picture of its own."""
    return "many.html" if is_many(found) else "study.html"


def numbers(found: Findings) -> dict[str, bytes]:
    """What the page stands on, as CSV files by name."""
    names = (*TABLES, "returns") if len(found.returns) else TABLES
    return {f"{name}.csv": to_csv(getattr(found, name)).encode() for name in names}


def told(found: Findings, lang: str) -> Told:
    """What the terminal shows: the answer of each world, and every arm's differences."""

    def of(world: str, text: str) -> str:
        return say("named", lang, name=world_label(world, lang), text=text) if len(found.worlds) > 1 else text

    with named(getattr(found.study, "labels", {})):
        answers = [of(world, line) for world in found.worlds for tell in (in_brief, answer)
                   for line in tell(found, world, lang)]  # fmt: skip
        shown = [{**one, "title": of(world, one["title"])} for world in found.worlds
                 for one in tables(found, world, lang, (returns_table, differences))]  # fmt: skip
        last = [say("told_marks", lang), *looked(found, getattr(found.study, "until", None), lang)]
        return [*remarks(found, lang), *over_worlds(found, lang), *answers, *last], shown


def _page(place: Place, found: Findings, lang: str, until: float | None) -> Page:
    page = study_page(place, found, lang, lambda world: album(found, world, lang))
    page["over_pictures"] = pictures(place, album(found, None, lang), lang)
    page["limits"] += looked(found, until, lang)
    return page


def study_page(place: Place, found: Findings, lang: str, drawn: Callable[[str], Drawn]) -> Page:
    """Everything the template says of arms under common luck in one language; ``drawn`` are a world's pictures."""
    study, many = found.study, len(found.worlds) > 1
    counts = [found.replicates(world) for world in found.worlds]
    low, high = min(low for low, _ in counts), max(high for _, high in counts)
    n = str(high) if low == high else f"{low}–{high}"
    sizes = {"arms": len(found.arms), "worlds": len(found.worlds), "n": n, "days": study.days}
    page = {
        **opening(study, lang),
        "subtitle": say("study_subtitle", lang, **sizes),
        "over_worlds": [*remarks(found, lang), *over_worlds(found, lang)],
        "worlds": [_section(place, found, world, lang, f"{name}-" if many else "", drawn(world))
                   for world, name in file_names(found.worlds).items()],
        "limits": _limits(found, lang, sizes, low, high),
        "methods": methods("study_methods", lang, draws=f"{DRAWS:,}"),
        "source": _source(found, lang, n),
    }
    return of_many(page, found, lang) if is_many(found) else page


def _section(place: Place, found: Findings, world: str, lang: str, prefix: str, drawn: Drawn) -> Page:
    """One world: the answer, arm by arm, pictures, tables."""
    tone = tones(found)
    arms = [arm for arm in found.ranked(world) if arm != found.reference and len(found.effects)]
    lines = {arm: arm_lines(found, world, arm, lang) for arm in arms}
    return {
        "name": world_label(world, lang) if prefix else "",
        "brief": in_brief(found, world, lang),
        "answer": answer(found, world, lang),
        "arms": [{"arm": arm_label(arm, lang), "colour": tone[arm], "lines": lines[arm]} for arm in arms if lines[arm]],
        "pictures": pictures(place, drawn, lang, prefix),
        "tables": tables(found, world, lang),
    }


def _limits(found: Findings, lang: str, sizes: dict[str, object], low: int, high: int) -> list[str]:
    """How far to trust it: what was varied, what was not, what was asked for and is not here, what is rough."""
    study, names = found.study, found.study.outcomes
    horizon = int(found.groups["lifetime"].max()) if len(found.groups) else 0
    gone = [arm_label(arm, lang) for arm in study.arms if arm not in found.arms]
    asked, extra = getattr(study, "seeds", low), getattr(study, "extra", ())
    rough = found.effects[found.effects["rough"]]["outcome"].unique() if len(found.effects) else []
    always = dict.fromkeys(("limit_model", "limit_varied", "limit_worlds", "limit_horizon", "limit_mute"), True)
    missing = {"limit_gone": gone, "limit_fewer": low < asked}
    said_of_all = (text for one in (*study.worlds.values(), *study.arms.values(), extra) for text in one)
    chosen = {"limit_running": has_running_start(said_of_all), "limit_primary": len(names) > 1 and len(found.arms) > 1,
              "limit_many": len(found.arms) >= MANY, "limit_money": money(names),
              "limit_uneven": low != high}  # fmt: skip
    return [
        *said(always, lang, horizon=horizon, **sizes),
        *said(missing, lang, arms=join(gone, lang), asked=asked, fewest=low),
        *said(chosen, lang, what=inside(found.primary, lang), others=len(names) - 1, arms=len(found.arms), low=low,
              high=high),
        *said({"limit_rough": len(rough)}, lang, what=join([inside(str(name), lang) for name in rough], lang)),
    ]  # fmt: skip


def _source(found: Findings, lang: str, n: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    study = found.study
    rows = {
        "source_worlds": [world_label(name, lang) + bracket(written(study.worlds[name], lang), lang)
                          for name in found.worlds],
        "source_arms": [arm_label(name, lang) + bracket(written(study.arms[name], lang), lang) for name in found.arms],
        "source_reference": arm_label(found.reference, lang),
        "source_replicates": n,
        "source_days": str(study.days),
        "source_seed": str(study.seed),
        "source_outcomes": join(list(study.outcomes), lang),
    }  # fmt: skip
    return source(rows, lang)
