"""The page of a study: question, answer in plain words, pictures, tables, how far to trust it, methods.

One file that asks nothing of the network; an operator reads its first screen, a referee the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reports.forked import side_by_side
from scenarios.reports.page import (
    asked_languages,
    file_names,
    opening,
    overrides_text,
    paragraph,
    pictures,
    put,
    rendered,
)
from scenarios.reports.study_answer import answer, arm_lines, over_worlds
from scenarios.reports.study_needed import looked
from scenarios.reports.study_tables import tables
from sim.analysis.experiment.asked import Asked
from sim.analysis.experiment.findings import Findings
from sim.analysis.experiment.resample import DRAWS
from sim.locale.catalogue import paragraphs
from sim.locale.names import named
from sim.locale.words import arm_label, join, say, world_label
from sim.plots.experiment.album import album
from sim.plots.experiment.frame import inside, tones

__all__ = ["write_study_report"]

HEADINGS = ("question", "answer", "worlds", "arms", "pictures", "figures", "trust", "methods", "source")
TABLES = ("effects", "best", "lives", "quantiles", "precision", "tradeoff")
MONEY = ("revenue", "revenue_per_member", "cost", "profit", "cost_with_hours", "profit_with_hours")
MANY = 4  # arms from which on the first is said to be flattered


def write_study_report(
    study: Asked,
    outcomes: pd.DataFrame,
    lifetimes: pd.DataFrame,
    folder: str | Path,
    language: str = "both",
    until: float | None = None,
) -> Path:
    """Write ``report.html``, its PNGs and the numbers as CSV into ``folder`` and return the page's path.

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

    Raises
    ------
    ValueError
        A language, outcome or reference that does not exist; a run twice; nothing run yet.
    """
    langs = asked_languages(language)
    found = Findings(study, outcomes, lifetimes)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    tables = {name: getattr(found, name).to_csv(index=False, lineterminator="\n").encode() for name in TABLES}
    with named(getattr(study, "labels", {})):
        page = rendered("study.html", side_by_side([partial(_page, place, found, lang, until) for lang in langs]))
    for name, table in tables.items():
        put(place / f"{name}.csv", table)
    return put(place / "report.html", page)


def _page(place: Path, found: Findings, lang: str, until: float | None) -> dict[str, Any]:
    """Everything the template says in one language."""
    study, many = found.study, len(found.worlds) > 1
    counts = [found.replicates(world) for world in found.worlds]
    low, high = min(low for low, _ in counts), max(high for _, high in counts)
    n = str(high) if low == high else f"{low}–{high}"
    sizes = {"arms": len(found.arms), "worlds": len(found.worlds), "n": n, "days": study.days}
    return {
        **opening(study, lang),
        "subtitle": say("study_subtitle", lang, **sizes),
        "over_worlds": over_worlds(found, lang),
        "over_pictures": pictures(place, album(found, None, lang), lang),
        "worlds": [_section(place, found, world, lang, f"{name}-" if many else "")
                   for world, name in file_names(found.worlds).items()],
        "limits": _limits(found, lang, sizes, (low, high)) + looked(found, until, lang),
        "methods": [paragraph(line, draws=f"{DRAWS:,}") for line in paragraphs("study_methods", lang)],
        "source": _source(found, lang, n),
        **{f"{key}_heading": say(f"study_{key}", lang) for key in HEADINGS},
    }


def _section(place: Path, found: Findings, world: str, lang: str, prefix: str) -> dict[str, Any]:
    """One world: the answer, arm by arm, pictures, tables."""
    tone = tones(found)
    arms = [arm for arm in found.ranked(world) if arm != found.reference and len(found.effects)]
    lines = {arm: arm_lines(found, world, arm, lang) for arm in arms}
    return {
        "name": world_label(world, lang) if prefix else "",
        "answer": answer(found, world, lang),
        "arms": [{"arm": arm_label(arm, lang), "colour": tone[arm], "lines": lines[arm]} for arm in arms if lines[arm]],
        "pictures": pictures(place, album(found, world, lang), lang, prefix),
        "tables": tables(found, world, lang),
    }


def _limits(found: Findings, lang: str, sizes: Mapping[str, object], counts: tuple[int, int]) -> list[str]:
    """How far to trust it: what was varied, what was not, what is rough."""
    names = found.study.outcomes
    horizon = int(found.groups["lifetime"].max()) if len(found.groups) else 0
    lines = [say("limit_model", lang), say("limit_varied", lang, **sizes), say("limit_worlds", lang)]
    lines.append(say("limit_horizon", lang, days=found.study.days, horizon=horizon))
    lines += _missing(found, lang, counts[0])
    if len(names) > 1 and len(found.arms) > 1:
        lines.append(say("limit_primary", lang, what=inside(found.primary, lang), others=len(names) - 1))
    if len(found.arms) >= MANY:
        lines.append(say("limit_many", lang, arms=len(found.arms)))
    if set(names) & set(MONEY):
        lines.append(say("limit_money", lang))
    if counts[0] != counts[1]:
        lines.append(say("limit_uneven", lang, low=counts[0], high=counts[1]))
    rough = found.effects[found.effects["rough"]] if len(found.effects) else found.effects
    if len(rough):
        lines.append(
            say("limit_rough", lang, what=join([inside(n, lang) for n in dict.fromkeys(rough["outcome"])], lang))
        )
    return lines


def _missing(found: Findings, lang: str, fewest: int) -> list[str]:
    """Arms and communities that were asked for and are not here."""
    asked = getattr(found.study, "seeds", fewest)
    gone = [arm_label(arm, lang) for arm in found.study.arms if arm not in found.arms]
    lines = [say("limit_gone", lang, arms=join(gone, lang))] if gone else []
    return lines + ([say("limit_fewer", lang, asked=asked, fewest=fewest)] if fewest < asked else [])


def _source(found: Findings, lang: str, n: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    study = found.study
    worlds = [world_label(name, lang) + overrides_text(study.worlds[name], lang) for name in found.worlds]
    arms = [arm_label(name, lang) + overrides_text(study.arms[name], lang) for name in found.arms]
    return [
        (say("source_worlds", lang), worlds),
        (say("source_arms", lang), arms),
        (say("source_reference", lang), [arm_label(found.reference, lang)]),
        (say("source_replicates", lang), [n]),
        (say("source_days", lang), [str(study.days)]),
        (say("source_seed", lang), [str(study.seed)]),
        (say("source_outcomes", lang), [join(list(study.outcomes), lang)]),
    ]
