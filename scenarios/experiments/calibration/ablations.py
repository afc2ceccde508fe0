"""``shequn ablate``: each mechanism of the baseline off in turn, on the same luck; which facts break, which come right.

What is taken away stands in ``ablations.toml``: a name, a label, and the numbers that take it away.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.config.ensemble import known_knob
from scenarios.config.overrides import written
from scenarios.errors import ConfigError, UserError, shown
from scenarios.execution.tasks import Tasks
from scenarios.experiments.calibration.playing import facts_of, unplayable
from sim.analysis.facts import loss
from sim.analysis.facts.targets import verdicts
from sim.engine.knobs import KnobError, did_you_mean

__all__ = ["FILE", "WHOLE", "Ablated", "Ablation", "ablate", "broken", "read_ablations"]

FILE = Path(loss.__file__).with_name("ablations.toml")
WHOLE = "baseline"
_KEYS = ("name", "label", "off")


@dataclass(frozen=True)
class Ablation:
    """``off`` are the overrides that take a mechanism away; ``label`` is what it is, in English and Chinese."""

    name: str
    label: tuple[str, str]
    off: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ablated:
    """The facts of the baseline (:data:`WHOLE`) and of each ablation, by name; all on the same luck. Of those in
    ``unplayable`` (their talk explodes, say) nothing is measured.
    """

    ablations: tuple[Ablation, ...]
    facts: dict[str, pd.DataFrame]
    communities: int
    seed: int
    unplayable: tuple[str, ...] = ()


def read_ablations(only: Sequence[str] = (), path: Path = FILE) -> tuple[Ablation, ...]:
    """What can be taken away, or those of the names in ``only``.

    Raises
    ------
    ConfigError
        The file does not say what it should, or names a knob that is unknown.
    UserError
        There is no ablation of such a name.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8")).get("ablation", [])
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path.name}: it cannot be read: {shown(error)}") from error
    known = {one.name: one for number, entry in enumerate(found, 1)
             for one in [_ablation(entry, f"{path.name}, entry {number}")]}  # fmt: skip
    if len(known) < len(found) or WHOLE in known:
        raise ConfigError(f"{path.name}: give each ablation a name of its own, and none '{WHOLE}'")
    for name in only:
        if name not in known:
            raise UserError(f"only={shown(name)}: there is no ablation of that name{did_you_mean(name, known)}")
    return tuple(one for name, one in known.items() if not only or name in only)


def _ablation(entry: Any, place: str) -> Ablation:
    if not isinstance(entry, dict) or set(entry) != set(_KEYS) or not isinstance(entry["off"], dict):
        raise ConfigError(f"{place}: write {', '.join(_KEYS)}")
    label = entry["label"]
    if not isinstance(label, list) or len(label) != 2 or not all(isinstance(text, str) for text in label):
        raise ConfigError(f"{place}: write label in English and Chinese")
    for key, value in entry["off"].items():
        try:
            known_knob(str(key), place, ("number", "whole number", "yes/no")).check(value)
        except KnobError as error:
            raise ConfigError(f"{place}: {shown(key)}: {error}") from error
    off = tuple(f"{key}={written(value)}" for key, value in entry["off"].items())
    return Ablation(str(entry["name"]), (label[0], label[1]), off)


def ablate(communities: int, seed: int, workers: int, only: Sequence[str] = (),
           tell: Callable[[str, int], None] = lambda what, n: None) -> Ablated:  # fmt: skip
    """Play the baseline and each ablation in all worlds of the facts, and measure."""
    ablations = read_ablations(only)
    played: dict[str, pd.DataFrame | None] = {}
    with Tasks(max(1, min(workers, 1 + len(ablations)))) as tasks:
        tasks.submit(WHOLE, _facts_of, communities, seed)
        for one in ablations:
            tasks.submit(one.name, _facts_of, communities, seed, one.off)
        while len(tasks):
            for key, table in tasks.ended():
                played[str(key)] = table
                tell(str(key), 1)
    whole = played[WHOLE]
    if whole is None:
        raise UserError("the baseline itself cannot be played; try another seed=")
    nothing = whole.assign(value=np.nan, low=np.nan, high=np.nan, n=0, passes=pd.array([None] * len(whole), "boolean"))
    tables = {name: nothing if (table := played[name]) is None else table
              for name in (WHOLE, *(one.name for one in ablations))}  # fmt: skip
    return Ablated(ablations, tables, communities, seed, tuple(name for name in tables if played[name] is None))


def _facts_of(communities: int, seed: int, off: tuple[str, ...] = ()) -> pd.DataFrame | None:
    """The facts without a mechanism; nothing where that cannot be played."""
    try:
        return facts_of(communities, seed, off)
    except ConfigError:  # a mistake of the file
        raise
    except unplayable():
        return None


def broken(found: Ablated, name: str) -> tuple[list[str], list[str]]:
    """Facts that the baseline passes and the ablation misses (or cannot show), and those the other way round."""
    whole, other = (verdicts(table[table["counted"]]).fillna(False) for table in
                    (found.facts[WHOLE], found.facts[name]))  # fmt: skip
    pairs = [(str(key), bool(whole[key]), bool(other.get(key, False))) for key in whole.index]
    return [key for key, was, now in pairs if was and not now], [key for key, was, now in pairs if now and not was]
