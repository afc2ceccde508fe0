"""Scenarios of a run or a sweep, played into a store as a study without a file: ``shequn run … store=…``.

The same scenario has the same runs, whether a study, a sweep or one of many processes of Hydra's own multirun asked
for it, so they meet in one store.
"""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.errors import ConfigError
from scenarios.execution.executor import Tally
from scenarios.experiments.cells import Cell, definition
from scenarios.experiments.options import Options
from scenarios.experiments.player import Player
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from scenarios.scenario import Scenario
from sim.data.store import Store
from sim.data.store.identity import IRRELEVANT, canonical

__all__ = ["play_into_store", "store_of", "study_of"]

_OWN = ("scenario", "strategy", "days", "seed", "out", *IRRELEVANT)


def store_of(overrides: Sequence[str]) -> tuple[list[str], str | None]:
    """Overrides without ``store=``, and the store asked for."""
    said = [text.lstrip("+").partition("=")[2] for text in overrides if text.lstrip("+").startswith("store=")]
    if said and not (len(said) == 1 and said[0].strip() and said[0].isprintable()):
        raise ConfigError("store= names one folder; write it like store=outputs/store")
    return [text for text in overrides if not text.lstrip("+").startswith("store=")], (said[0] if said else None)


def study_of(scenarios: Sequence[Scenario], name: str = "run", said: Sequence[str] = ()) -> tuple[Study, list[Cell]]:
    """The study that these scenarios make up, and its cells; they share seeds and days.

    Runs of one name belong together as long as nothing but scenario and strategies is ``said`` otherwise.
    """
    first = scenarios[0]
    arms, worlds = (list(dict.fromkeys(getattr(s, key) for s in scenarios)) for key in ("arm", "world"))
    text = dict.fromkeys(("en", "zh"), name)
    study = Study(name, text, text, dict.fromkeys(worlds, ()), dict.fromkeys(arms, ()), arms[0], first.replicates,
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
