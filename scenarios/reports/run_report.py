"""``shequn report FOLDER``: the page of a run, a sweep or the demo, made from what is stored.

It is the page of a study whose arms are those of the run, with the pictures of what happened day by day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.config.compose import compose
from scenarios.config.overrides import written
from scenarios.errors import ConfigError
from scenarios.reports.brief import in_brief
from scenarios.reports.combining import combining
from scenarios.reports.grid import NONE, Table, measured, table
from scenarios.reports.page import Page, asked_languages, source, write_page
from scenarios.reports.remarks import no_deaths, of_doses, remarks
from scenarios.reports.running_start import started
from scenarios.reports.study_report import study_page
from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES, possible
from sim.data.results import Results, load
from sim.locale.words import arm_label, bracket, join, languages, say, unit_label, world_label
from sim.mechanisms import mechanisms
from sim.plots.run.album import album
from sim.plots.run.comparison import KEY, outcome_label
from sim.plots.run.measured import Measured

__all__ = ["compared", "write_report"]

READING = ("reading_unit", "reading_death", "reading_life", "reading_luck", "reading_money")


@dataclass(frozen=True)
class RunAsked:
    """A run as what a study asks: its arms by their doses, compared with doing nothing, or with the first."""

    name: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    worlds: Mapping[str, tuple[str, ...]]
    arms: Mapping[str, tuple[str, ...]]
    reference: str
    outcomes: tuple[str, ...]
    days: int
    seed: int

    @property
    def combined(self) -> frozenset[str]:
        """The arms of two strategies or more."""
        return frozenset(arm for arm, doses in self.arms.items() if len(doses) > 1)


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
    names = sorted(results.daily["world"].unique())
    worlds = {str(name): Measured(results, str(name)) for name in names}
    for world in worlds.values():
        world.measure()
    found = _findings(results, worlds)
    return write_page("study.html", folder, lang, lambda place, one: _page(place, found, results, worlds, one))


def compared(results: Results, lang: str = "en") -> list[str]:
    """What the page says in short of the arms of a run, world by world; nothing where there is one arm."""
    worlds = {str(name): Measured(results, str(name)) for name in sorted(results.daily["world"].unique())}
    found = _findings(results, worlds)
    told = [line if len(worlds) == 1 else say("named", lang, name=world_label(world, lang), text=line)
            for world in worlds for line in in_brief(found, world, lang)]  # fmt: skip
    return [*remarks(found, lang), *told]


def _findings(results: Results, worlds: Mapping[str, Measured]) -> Findings:
    """What a study would say of the run."""
    every = pd.concat([world.outcomes for world in worlds.values()], ignore_index=True)
    titles = {lang: say("report_title", lang, worlds=join([world_label(name, lang) for name in worlds], lang))
              for lang in languages()}  # fmt: skip
    arms = {arm: _doses(_notes(results.meta, arm)) for arm in results.arms}
    reference = next(iter(worlds.values())).reference
    days = max(world.days for world in worlds.values())
    lives = ("alive", "lifetime") if no_deaths(days) else ()
    outcomes = tuple(name for name in KEY if name in every and name not in lives)
    settings = {name: _settings(_notes(results.meta, "", name)) for name in worlds}
    asked = RunAsked("run", titles, {}, settings, arms, reference, outcomes, days, int(results.meta.get("seed") or 0))
    groups = pd.concat([world.groups for world in worlds.values()], ignore_index=True)
    notes = of_doses((str(one.get("arm", key)), one) for key, one in results.meta.get("arms", {}).items())
    return Findings(asked, every, groups, notes)


def _notes(meta: Mapping[str, Any], arm: str = "", world: str = "") -> Mapping[str, Any]:
    """What the run knows of an arm, or of a world: the resolved configuration."""
    known: Mapping[str, Mapping[str, Any]] = meta.get("arms", {})
    fits = (one for key, one in known.items()
            if arm in ("", one.get("arm", key)) and world in ("", one.get("world", "")))  # fmt: skip
    return next(fits, {})


def _doses(notes: Mapping[str, Any]) -> tuple[str, ...]:
    """The strategies of an arm with their numbers: ``group_cap limit=30 queue=20``."""
    given = notes.get("strategies")
    if not isinstance(given, Mapping):
        return ()
    return tuple(" ".join([name, *(f"{knob}={value}" for knob, value in doses.items())])
                 for name, doses in given.items() if isinstance(doses, Mapping))  # fmt: skip


def _settings(notes: Mapping[str, Any]) -> tuple[str, ...]:
    """The scenario of a world, the numbers that are not those of its file, and what happens on its days."""
    try:
        file = compose([f"scenario={notes.get('name')}"]).as_dict()
    except ConfigError:  # a scenario made in Python, or of another conf/
        return (f"scenario={notes.get('name', '?')}",)
    file |= {name: dict(made()) for name, made in mechanisms().items() if name not in file}
    changed = [f"{key}.{knob}={value}" for key in file if key != "strategies"
               for knob, value in _mapping(notes.get(key)).items()
               if value != _mapping(file[key]).get(knob)]  # fmt: skip
    events = notes.get("timeline") or []
    told = [f"timeline={written([dict(event) for event in events])}"] if events else []
    return (f"scenario={notes['name']}", *changed, *told)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _page(place: Path, found: Findings, results: Results, worlds: Mapping[str, Measured], lang: str) -> Page:
    """Everything the template says in one language."""

    def drawn(world: str) -> Iterator[tuple[str, Any]]:
        return album(worlds[world], lang)

    page = study_page(place, found, lang, drawn)
    for section, world in zip(page["worlds"], worlds.values(), strict=True):
        section["combining"] = combining(world, lang)
        section["tables"].append(_every_outcome(world, lang))
    meta = results.meta
    versions = ", ".join(f"{name} {number}" for name, number in dict(meta.get("versions") or {}).items())
    known = {"source_lane": meta.get("lane"), "source_versions": versions, "source_digest": meta.get("digest")}
    made = source({key: str(value or "") for key, value in known.items()}, lang)
    reading = [*started(results, lang), *(say(key, lang) for key in READING)]
    return {**page, "reading": reading, "source": [*page["source"], *made]}


def _every_outcome(world: Measured, lang: str) -> Table:
    """All outcomes down, arms across: means with their limits."""
    rows = []
    for name, outcome in OUTCOMES.items():
        ones = [world.summary[arm].get(name) for arm in world.all_arms]
        cells = [measured(one["mean"], *possible(name, one["low"], one["high"], world.horizon), outcome.unit)
                 if one and one["n"] else NONE for one in ones]  # fmt: skip
        if any(one is not NONE for one in cells):
            rows.append((outcome_label(name, lang) + bracket(_shown(outcome.unit, lang), lang), cells))
    return table(say("all_heading", lang), [arm_label(arm, lang) for arm in world.all_arms], rows)


def _shown(unit: str, lang: str) -> str:
    """The unit where the outcome's name does not already say it."""
    return "%" if unit == "share" else unit_label(unit, lang) if unit in ("days", "CNY") else ""
