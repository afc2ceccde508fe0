"""Scenarios of a run, a sweep or ``arms=``, played into a store as a study without a file: ``shequn run … store=…``.

The same scenario has the same runs, whether a study, a sweep or one of many processes of Hydra's own multirun asked
for it, so they meet in one store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from scenarios.errors import ConfigError
from scenarios.execution.executor import Tally
from scenarios.experiments.cells import Cell, definition
from scenarios.experiments.kind import Answer, Planner
from scenarios.experiments.options import Options, taken
from scenarios.experiments.plan import Plan
from scenarios.experiments.player import Player
from scenarios.experiments.studies import Studies, answer_of
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from scenarios.reports.described import Described
from scenarios.reports.grid import Told
from scenarios.scenario import Scenario
from sim.data.store import Store
from sim.data.store.identity import IRRELEVANT, canonical
from sim.locale.words import say

__all__ = ["Runs", "play_into_store", "store_of", "study_of"]

_OWN = ("scenario", "strategy", "days", "seed", "out", *IRRELEVANT)


@dataclass(frozen=True)
class _Told(Study):
    """A study whose worlds and arms are told as they are, not as overrides."""

    together: frozenset[str] = frozenset()

    @property
    def combined(self) -> frozenset[str]:
        """The arms of two strategies or more."""
        return self.together

    @classmethod
    def of(cls, asked: Study, made: Described, outcomes: tuple[str, ...]) -> _Told:
        """``asked``, described."""
        known = {one.name: getattr(asked, one.name) for one in fields(asked)}
        return cls(**known | {"worlds": made.worlds, "arms": made.arms, "outcomes": outcomes}, together=made.combined)


class Runs(Studies):
    """``shequn run … store=…``: scenarios as a study of their own; ``is_stored`` if a store was asked for."""

    name, what, example = "run", "run", "run"

    def __init__(self, cells: Sequence[Cell], is_stored: bool) -> None:
        self.cells, self.is_stored = cells, is_stored

    def called(self, asked: Study) -> str:
        """Its worlds and arms: runs have no name of their own."""
        return f"{', '.join(asked.worlds)}: {'; '.join(asked.arms)}"

    def play(self, asked: Study, player: Player) -> Answer:
        """What a study would answer; about the outcomes that pages of runs show."""
        from scenarios.reports.described import as_written, described
        from scenarios.reports.run_report import shown_outcomes

        shelf = player.play(asked, self.cells)
        made = described([(cell.world, cell.arm, cell.scenario.as_dict()) for cell in self.cells])
        answer = answer_of(replace(shelf, study=_Told.of(asked, made, shown_outcomes(asked.days))))

        def opened(lang: str) -> Told:
            lines, tables = answer.told(lang)
            return [*as_written(asked.arms, asked.reference, lang), *lines], tables

        return replace(answer, told=opened)

    def plan(self, asked: Study, plan: Planner, store: Store, lang: str) -> tuple[Plan, str]:
        """What a study would tell; a run without a store is told how to keep what was played."""
        return plan(asked, self.cells), "" if self.is_stored else say("plan_of_run", lang, store=store.folder)


def store_of(overrides: Sequence[str]) -> tuple[list[str], str | None]:
    """Overrides without ``store=``, and the store asked for."""
    said, rest = taken(overrides, ["store"])
    store = said.get("store")
    if store is not None and not (store.strip() and store.isprintable()):
        raise ConfigError("store= names one folder; write it like store=outputs/store")
    return rest, store


def study_of(scenarios: Sequence[Scenario], name: str = "run", said: Sequence[str] = ()) -> tuple[Study, list[Cell]]:
    """The study that these scenarios make up, and its cells; they share seeds and days.

    Runs of one name belong together as long as nothing but scenario and strategies is ``said`` otherwise.
    """
    first = scenarios[0]
    arms, worlds = (list(dict.fromkeys(getattr(s, key) for s in scenarios)) for key in ("arm", "world"))
    study = Study(name, {"en": name}, {}, dict.fromkeys(worlds, ()), dict.fromkeys(arms, ()), arms[0], first.replicates,
                  ("lifetime",), first.days, first.seed, part=canonical(["loose", *_shared(said)]))  # fmt: skip
    return study, [Cell(name, s.world, s.arm, s.replace(threads=1), definition(study)) for s in scenarios]


def _shared(said: Sequence[str]) -> list[str]:
    """What was said that is neither told by an arm's or world's name nor by the study itself."""
    pairs = sorted(text.lstrip("+").split("=", 1) for text in said if "=" in text)
    return [f"{key}={value}" for key, value in pairs
            if key not in _OWN and key.split(".")[0] != "strategies"]  # fmt: skip


def play_into_store(
    scenarios: Sequence[Scenario], store: Store, name: str = "run", said: Sequence[str] = ()
) -> tuple[Shelf, Tally]:
    """Play what the store does not hold yet, one after another, and return what it holds.

    Raises
    ------
    sim.data.store.StoreError
        If the disk is full.
    """
    study, cells = study_of(scenarios, name, said)
    player = Player(Options(runner="serial"), store)
    return player.play(study, cells), player.tally
