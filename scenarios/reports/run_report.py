"""``shequn report FOLDER``: the page of a run, a sweep or the demo, made from what is stored.

It is the page of a study whose arms are those of the run, with the pictures of what happened day by day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reports.brief import in_brief
from scenarios.reports.channels import channels
from scenarios.reports.combining import combining
from scenarios.reports.described import as_written, described, plugins_of, run_title, without_plugins
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import NONE, Table, Told, measured, table
from scenarios.reports.page import Page, Place, asked_languages, source, write_page
from scenarios.reports.remarks import no_deaths, notes_of, remarks
from scenarios.reports.replay import replays
from scenarios.reports.running_start import started
from scenarios.reports.study_report import numbers, study_page, template_of, told
from sim.analysis.ceilings import possible
from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.weeks import weeks
from sim.data.results import Results, load
from sim.locale.words import arm_label, bracket, declared, say, unit_label, world_label
from sim.plots.experiment.album import album as best_of_many
from sim.plots.experiment.frame import is_many
from sim.plots.run.album import album
from sim.plots.run.comparison import KEY, outcome_label
from sim.plots.run.measured import Measured

__all__ = ["RunReport", "shown_outcomes", "write_report"]

READING = ("reading_unit", "reading_death", "reading_life", "reading_luck", "reading_money")


@dataclass(frozen=True)
class RunAsked:
    """A run as what a study asks: its arms by their doses, compared with the first, or with doing nothing;
    ``combined`` are those of two strategies or more.
    """

    name: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    worlds: Mapping[str, tuple[str, ...]]
    arms: Mapping[str, tuple[str, ...]]
    reference: str
    outcomes: tuple[str, ...]
    days: int
    seed: int
    combined: frozenset[str]


def write_report(
    folder: str | Path, lang: str = "both", results: Results | None = None, formats: Formats = PNG
) -> Path:
    """Write ``report.html``, its pictures and its numbers as CSV into a run folder and return the page's path.

    Parameters
    ----------
    folder
        A run folder as :func:`sim.data.results.load` reads it.
    lang
        A language (``en``, ``zh``, …), or ``both`` for all there are (a switch on the page).
    results
        The run itself, where it is at hand: it is then not read again.
    formats
        Of the pictures beside the page.

    Raises
    ------
    ValueError
        There is no such language.
    sim.data.results.ResultsError
        The folder holds no whole run.
    """
    asked_languages(lang)
    return RunReport(load(folder) if results is None else results).write(folder, lang, formats)


def shown_outcomes(days: int) -> tuple[str, ...]:
    """The outcomes that are told of a run of so many days, the most telling first."""
    lives = ("alive", "lifetime") if no_deaths(days) else ()
    return tuple(name for name in KEY if name not in lives)


class RunReport:
    """What a study would say of a run, in a few sentences and on a page."""

    def __init__(self, results: Results) -> None:
        self.results = results
        names = sorted(results.daily["world"].unique())
        self.worlds = {str(name): Measured(results, str(name)) for name in names}

    @cached_property
    def found(self) -> Findings:
        """Its arms compared with the reference, in each world."""
        worlds, meta = self.worlds.values(), self.results.meta
        every = pd.concat([world.outcomes for world in worlds], ignore_index=True)
        groups = pd.concat([world.groups for world in worlds], ignore_index=True)
        configs = [(world.world, arm, _config(meta, world.world, arm)) for world in worlds for arm in world.all_arms]
        told, days = described(configs), max(world.days for world in worlds)
        asked = RunAsked(
            name="run", title=run_title(told.worlds), question={}, worlds=told.worlds,
            arms={arm: told.arms[arm] for arm in self.results.arms}, reference=next(iter(worlds)).reference,
            outcomes=tuple(name for name in shown_outcomes(days) if name in every), days=days,
            seed=int(meta.get("seed") or 0), combined=told.combined,
        )  # fmt: skip
        return Findings(asked, every, groups, notes_of(configs), weeks(self.results.daily))

    def brief(self, lang: str) -> list[str]:
        """What is said in short of its arms, world by world; nothing where there is one arm."""
        found = self.found
        told = [line if len(found.worlds) == 1 else say("named", lang, name=world_label(world, lang), text=line)
                for world in found.worlds for line in in_brief(found, world, lang)]  # fmt: skip
        return [*remarks(found, lang), *told]

    def told(self, lang: str) -> Told:
        """What the terminal shows: title, answers, tables."""
        lines, tables = told(self.found, lang)
        asked = self.found.study
        arms = as_written(asked.arms, asked.reference, lang)
        return [declared(asked.title, lang), *arms, *started(self.results, lang), *lines], tables

    def write(self, folder: str | Path, lang: str = "both", formats: Formats = PNG) -> Path:
        """The page, its pictures and its numbers; see :func:`write_report`."""
        for world in self.worlds.values():
            world.measure()  # before a second process draws in another language
        found, results, worlds, played = self.found, self.results, self.worlds, replays(self.worlds, lang)
        return write_page(template_of(found), folder, lang, beside={**numbers(found), **played}, formats=formats,
                          page=lambda place, one: _page(place, found, results, worlds, one) | {"replays": [*played]})


def _config(meta: Mapping[str, Any], world: str, arm: str) -> Mapping[str, Any]:
    """What the run knows of an arm in a world: the resolved configuration."""
    known: Mapping[str, Mapping[str, Any]] = meta.get("arms", {})
    return known.get(f"{world}/{arm}") or known.get(arm) or {}


def _page(place: Place, found: Findings, results: Results, worlds: Mapping[str, Measured], lang: str) -> Page:
    """Everything the template says in one language."""

    def drawn(world: str) -> Iterator[tuple[str, Any]]:
        return best_of_many(found, world, lang) if is_many(found) else album(worlds[world], lang)

    page = study_page(place, found, lang, drawn)
    for section, world in zip(page["worlds"], worlds.values(), strict=True):
        section["combining"] = combining(world, lang)
        section["tables"] += [one for one in (channels(world, lang), _every_outcome(world, lang)) if one["rows"]]
    meta = results.meta
    versions = ", ".join(f"{name} {number}" for name, number in dict(meta.get("versions") or {}).items())
    plugins = ", ".join(f"{name} {version}" for name, version in plugins_of(meta).items())
    known = {"source_lane": meta.get("lane"), "source_versions": versions, "source_plugins": plugins,
             "source_digest": meta.get("digest")}  # fmt: skip
    made = source({key: str(value or "") for key, value in known.items()}, lang)
    reading = [*started(results, lang), *without_plugins(meta, lang), *(say(key, lang) for key in READING)]
    return {**page, "reading": reading, "source": [*page["source"], *made]}


def _every_outcome(world: Measured, lang: str) -> Table:
    """All outcomes down, arms across: means with their limits."""
    rows = []
    for name, outcome in OUTCOMES.items():
        ones = [world.summary[arm].get(name) for arm in world.all_arms]
        cells = [measured(one["mean"], *possible(name, one["low"], one["high"], world.ends), outcome.unit)
                 if one and one["n"] else NONE for one in ones]  # fmt: skip
        if any(one is not NONE for one in cells):
            rows.append((outcome_label(name, lang) + bracket(_shown(outcome.unit, lang), lang), cells))
    return table(say("all_heading", lang), [arm_label(arm, lang) for arm in world.all_arms], rows)


def _shown(unit: str, lang: str) -> str:
    """The unit where the outcome's name does not already say it."""
    told = unit == "days" or unit.startswith(("CNY", "hours"))
    return "%" if unit == "share" else unit_label(unit, lang) if told else ""
