"""Studies: worlds × arms × seeds under common luck; every arm against the reference, with intervals."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from scenarios.errors import ConfigError, shown
from scenarios.experiments.kind import Answer, Kind
from scenarios.experiments.options import Reader, one_of, setting
from scenarios.experiments.player import Player
from scenarios.experiments.reader import read_study
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.locale.words import say

__all__ = ["Studies", "answer_of"]


def _half(key: str, value: str) -> float:
    """``until=±2``, ``until=2``."""
    try:
        half = float(value.lstrip("±").removeprefix("+-"))
    except ValueError:
        half = math.nan
    if not 0 < half < 1e12:
        raise ConfigError(f"{key}={shown(value)} is no half width above 0; write it like until=±2, in the unit of "
                          "the first outcome")  # fmt: skip
    return half


_WORDS: dict[str, Reader] = {"seeds": setting, "days": setting, "seed": setting, "until": _half,
                            "record": one_of("outcomes", "counts")}  # fmt: skip


class Studies(Kind[Study]):
    """``shequn study``."""

    name, what, example, words = "study", "study", "group_size", _WORDS

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Study:
        """The study of that name; ``until`` needs a second arm."""
        changes = dict(said)
        daily = changes.pop("record", "outcomes") == "counts"
        study = replace(read_study(name), **changes, extra=extra, daily=daily)
        if study.until is not None and len(study.arms) < 2:
            raise ConfigError("until= compares arms with the reference; this study has one arm")
        return study

    def outline(self, asked: Study) -> Study:
        """The study itself."""
        return asked

    def size(self, asked: Study, lang: str) -> str:
        """Worlds, arms, seeds."""
        return say("size_study", lang, worlds=len(asked.worlds), arms=len(asked.arms), seeds=asked.seeds)

    def play(self, asked: Study, player: Player) -> Answer:
        """Every run, or with ``until`` ever more seeds until the intervals are short."""
        shelf = player.play(asked)
        if asked.until is not None:
            from scenarios.experiments.until import seeds_until

            while True:
                step = seeds_until(shelf.outcomes(), asked, asked.until)
                print(step.text, file=sys.stderr, flush=True)  # as the bar: the answer alone goes to stdout
                if step.seeds <= asked.seeds:
                    break
                asked = replace(asked, seeds=step.seeds)
                shelf = player.play(asked)
        return answer_of(shelf)


def answer_of(shelf: Shelf) -> Answer:
    """The runs as tables, and the page if the reference has any."""
    study, outcomes, lifetimes = shelf.study, shelf.outcomes(), shelf.lifetimes()
    if outcomes.empty:
        return Answer(study, study.n_runs, lambda lang: ([], []), why="why_no_run")
    from scenarios.reports.remarks import notes_of
    from scenarios.reports.study_report import Findings, told, write_study_report

    notes = notes_of((cell.world, cell.arm, cell.scenario.as_dict()) for cell in shelf.cells)
    weeks = shelf.weeks()
    found = Findings(study, outcomes, lifetimes, notes, weeks)
    page = partial(write_study_report, study, outcomes, lifetimes, until=study.until, notes=notes, weeks=weeks)
    with_reference = bool((outcomes["arm"] == study.reference).any())
    tables = {"outcomes": outcomes, "lifetimes": lifetimes}
    return Answer(study, study.n_runs, lambda lang: told(found, lang), tables, page if with_reference else None)
