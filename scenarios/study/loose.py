"""Scenarios of a run or a sweep, played into a store as a study without a file: ``shequn run … store=…``.

The same scenario has the same runs, whether a study, a sweep or one of many processes of Hydra's own multirun asked
for it, so they meet in one store.
"""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.errors import ConfigError
from scenarios.scenario import Scenario
from scenarios.study.cells import Cell
from scenarios.study.execute import Tally, execute
from scenarios.study.runners.serial import SerialRunner
from scenarios.study.shelf import Shelf
from scenarios.study.study import Study
from sim.store import Store

__all__ = ["play_into_store", "store_of", "study_of"]


def store_of(overrides: Sequence[str]) -> tuple[list[str], str | None]:
    """Overrides without ``store=``, and the store asked for."""
    said = [text.lstrip("+").partition("=")[2] for text in overrides if text.lstrip("+").startswith("store=")]
    if said and not (len(said) == 1 and said[0].strip() and said[0].isprintable()):
        raise ConfigError("store= names one folder; write it like store=outputs/store")
    return [text for text in overrides if not text.lstrip("+").startswith("store=")], (said[0] if said else None)


def study_of(scenarios: Sequence[Scenario], name: str = "run") -> tuple[Study, list[Cell]]:
    """The study that these scenarios make up, and its cells; they share seeds and days."""
    first = scenarios[0]
    arms, worlds = (list(dict.fromkeys(getattr(s, key) for s in scenarios)) for key in ("arm", "world"))
    text = dict.fromkeys(("en", "zh"), name)
    study = Study(name, text, text, dict.fromkeys(worlds, ()), dict.fromkeys(arms, ()), arms[0], first.replicates,
                  ("lifetime",), first.days, first.seed)  # fmt: skip
    return study, [Cell(name, s.world, s.arm, s.replace(threads=1)) for s in scenarios]


def play_into_store(scenarios: Sequence[Scenario], folder: str, name: str = "run") -> tuple[Shelf, Tally]:
    """Play what the store does not hold yet, one after another, and return what it holds.

    Raises
    ------
    sim.store.StoreError
        If the store cannot be used, or the disk is full.
    """
    study, cells = study_of(scenarios, name)
    store = Store(folder)
    for cell in cells:
        store.check(cell.runs(range(study.seeds)))
    tally = execute(study, cells, store, SerialRunner(), lambda arm, more: None)
    return Shelf(study, cells, store), tally
