"""The cells of a study: one scenario for each world and arm, and the ids of its runs."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from scenarios.config import catalog
from scenarios.config.compose import Composer
from scenarios.config.ensemble import is_ensemble
from scenarios.config.overrides import merged
from scenarios.config.plugin import plugin_of
from scenarios.errors import ConfigError, shown
from scenarios.experiments.study import Study
from scenarios.scenario import Scenario
from sim.data.store.derived import remembered
from sim.data.store.identity import config_of, imported_files, model_version, run_ids
from sim.data.store.members import definition_of

__all__ = ["Cell", "cells_of", "definition", "rules_of", "rules_version"]

# What the study itself says, or what would break the pairing of arms.
_NOT_HERE = {
    "seed": "give it as seed= to the study",
    "days": "give it as days= to the study",
    "replicates": "a study says seeds=",
    "arm": "the study names its arms",
    "world": "the study names its worlds",
    "out": "give it as out= to the study",
    "threads": "a study says workers=",
    "record": "a study keeps outcomes and lifetimes; record=counts keeps the daily table too",
}


_PLAYING = (
    "sim/simulation.py", "sim/replication.py", "sim/lane_tables.py", "sim/in_play.py",
    "sim/stage_watch.py", "sim/groups_in_view.py", "sim/running_start.py",
    "sim/data/recorder.py", "sim/data/earlier.py", "sim/data/tables.py",
    "sim/data/mechanism_tables.py", "scenarios/strategies/base.py", "scenarios/strategies/window.py",
    "scenarios/timeline.py",
)  # fmt: skip
"""Files beside the rooms of the rules on which stored numbers depend."""


@cache
def rules_version() -> str:
    """Hash of the sources that all stored numbers depend on: the core of the model, the agents, and the outcomes.

    By content and not by place, and without titles and docstrings: a file that moves or explains itself better voids no
    stored run, and neither does a new mechanism or strategy (:func:`rules_of`).
    """
    root = Path(catalog.__file__).resolve().parents[2]
    files = {root / name for name in _PLAYING}
    rooms = ("sim/engine", "sim/model", "agents")
    files |= {path for room in rooms for path in (root / room).rglob("*.py")}
    analysis = (root / "sim" / "analysis").rglob("*.py")
    watched = {*files, *analysis, root / "sim" / "data" / "store" / "identity.py"}

    def find() -> str:
        return model_version(files | imported_files(root, "sim.analysis.outcomes", "sim.analysis"))

    return remembered("rules", root / "sim", watched, find)


def rules_of(scenario: Scenario) -> str:
    """Hash of the rules that one scenario's numbers depend on: those of all, and of what is in play in it.

    Of a plugin in play that is all of its text, as it was read.
    """
    playing = [*map(type, scenario.plan), *map(type, scenario.mechanisms)]
    playing += [role for role, _ in scenario.added_roles]
    plugins = {klass: plugin.version for klass in playing if (plugin := plugin_of(klass)) is not None}
    modules = frozenset(klass.__module__ for klass in playing if klass not in plugins)
    known = _rules_with(modules) if modules else rules_version()
    for version in sorted(set(plugins.values())):
        known = _hash(known, version)
    return known


@cache
def _rules_with(modules: frozenset[str]) -> str:
    files = (getattr(sys.modules.get(module), "__file__", None) for module in modules)
    return _hash(rules_version(), model_version(Path(file) for file in files if file))


def _hash(*words: str) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Cell:
    """One world under one arm."""

    study: str
    world: str
    arm: str
    scenario: Scenario
    definition: str = ""

    @cached_property
    def config(self) -> str:
        """Everything that determines the runs, but the replicate and the rules."""
        said = self.scenario.as_dict()
        if "timeline" in said:  # what is written beside a day moves nothing
            said["timeline"] = [{key: v for key, v in event.items() if key != "say"} for event in said["timeline"]]
        return config_of(said)

    @property
    def labels(self) -> dict[str, str]:
        """What the runs are called in the store."""
        doses = ["+".join(s.name for s in self.scenario.strategies) or "nothing"]
        return {"study": self.study, "world": self.world, "arm": self.arm, "scenario": self.scenario.name,
                "strategies": doses[0], "definition": self.definition}  # fmt: skip

    @cached_property
    def rules(self) -> str:
        """Hash of the rules in play; see :func:`rules_of`."""
        return rules_of(self.scenario)

    def runs(self, replicates: Sequence[int]) -> list[str]:
        """Ids of some replicates."""
        return run_ids(self.config, self.rules, replicates)


def definition(study: Study) -> str:
    """Hash of what all cells of a study share: under the same name, another one is another study."""
    return definition_of(study.part, study.days, study.seed, study.extra, rules_version())


def cells_of(study: Study, composer: Composer | None = None) -> list[Cell]:
    """Every cell, worlds outermost, each in the study's order; a ``composer`` remembers what it composed before.

    Raises
    ------
    ConfigError
        Naming world and arm, where a scenario cannot be composed.
    """
    _check_extra(study)
    composer = composer or Composer()
    return [cell for world in study.worlds for cell in _row(study, world, composer)]


def _row(study: Study, world: str, composer: Composer) -> Iterator[Cell]:
    own = (f"days={study.days}", f"seed={study.seed}", "record=spells")
    for arm, overrides in study.arms.items():
        for text in overrides:
            if text.lstrip("+").startswith("timeline="):
                raise ConfigError(f"{study.name}: {shown(arm)}: a timeline is the world's, the same in every arm")
        for text in (*study.worlds[world], *overrides):
            of_arm = text in overrides
            _check_own(text, f"{study.name}: {shown(arm if of_arm else world)}", of_arm)
        try:
            scenario = composer.scenario(merged(study.worlds[world], study.extra, overrides, own))
        except ConfigError as error:
            raise ConfigError(f"study {study.name}, world '{shown(world)}', arm '{shown(arm)}':\n{error}") from error
        yield Cell(study.name, world, arm, scenario.replace(arm=arm, world=world, threads=1), definition(study))


def _check_own(text: str, place: str, in_arm: bool = False) -> None:
    key = text.partition("=")[0].strip().lstrip("+")
    if key == "world" and is_ensemble(text.partition("=")[2].strip()):
        if in_arm:
            raise ConfigError(f"{place}: '{shown(text)}' does not belong here: an ensemble is the world's, the same in "
                              "every arm; give it to the study")  # fmt: skip
        return
    if key in _NOT_HERE:
        raise ConfigError(f"{place}: '{shown(text)}' does not belong here: {_NOT_HERE[key]}")


def _check_extra(study: Study) -> None:
    """Overrides for every world may not be undone by an arm."""
    for text in study.extra:
        _check_own(text, f"study {study.name}")
        key = text.partition("=")[0].strip().lstrip("+")
        said = {next((o for o in world if o.partition("=")[0].strip().lstrip("+") == key), "")
                for world in study.worlds.values()}  # fmt: skip
        if len(said) > 1:
            raise ConfigError(f"'{shown(text)}': the worlds of study {study.name} differ in '{shown(key)}', and would "
                              "be one; change another setting, or write a study of your own")  # fmt: skip
        for arm, overrides in study.arms.items():
            if any(o.partition("=")[0].strip().lstrip("+") == key for o in overrides):
                raise ConfigError(f"'{shown(text)}': the arms of study {study.name} set '{shown(key)}' themselves "
                                  f"(see arm '{shown(arm)}'); change another setting, or write a study of your own")
