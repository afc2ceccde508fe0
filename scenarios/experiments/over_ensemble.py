"""What cases and claims do alike: files of their own by short names, played over the worlds of the ensemble."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.config import catalog
from scenarios.config.ensemble import NAME, SHIPPED, is_ensemble, read_sets
from scenarios.errors import ConfigError, shown
from scenarios.experiments.options import whole_number
from scenarios.experiments.several import SIZE
from scenarios.experiments.tables import Shelf
from sim.analysis.experiment.measure import Measure, measured

__all__ = ["Runs", "count", "id_of", "names_of", "needed_by", "over_the_ensemble", "sets_of"]

MOST = 1_000


def over_the_ensemble(*parts: Sequence[str]) -> tuple[str, ...]:
    """Overrides of a world that is played over the ensemble, small where no size is said; of one key the last."""
    texts = ("world=" + NAME, SIZE, *(text for part in parts for text in part))
    return tuple({text.partition("=")[0].strip().lstrip("+"): text for text in texts}.values())


def sets_of(extra: Sequence[str]) -> int:
    """How many worlds the ensemble has that is played, where the user's overrides name another one."""
    said = [text.partition("=")[2] for text in extra if text.lstrip("+").startswith("world=")]
    path = Path(said[-1]) if said and is_ensemble(said[-1]) and said[-1] != NAME else SHIPPED
    return len(read_sets(path))


def id_of(name: str) -> str:
    """``H1`` of ``h01``; of a file of the user's its name."""
    return f"{name[0].upper()}{int(name[1:])}" if name[1:].isdigit() else name


def names_of(folder: str) -> Callable[[str, str], tuple[str, ...]]:
    """A reader of ``only=h1,h8``: names of files of a folder of ``conf/``; a path stays as it is."""

    def read(key: str, value: str) -> tuple[str, ...]:
        known = {id_of(name).lower(): name for name in catalog.options(folder)}
        said = [part.strip() for part in value.strip("[]").split(",") if part.strip()]
        if not said:
            first = ",".join(list(known)[:2]) or "my.yaml"
            raise ConfigError(f"{key}={shown(value)} names nothing; write it like {key}={first}")
        return tuple(known.get(one.lower(), one) for one in said)

    return read


def count(key: str, value: str) -> int:
    """From 1 to 1,000."""
    number = whole_number(key, value)
    if not 1 <= number <= MOST:
        raise ConfigError(f"{key}={number} is out of range: it goes from 1 to {MOST:,}")
    return number


def needed_by(measures: Sequence[Measure]) -> tuple[tuple[str, ...], bool, bool]:
    """The outcomes that measures are made of, whether they need the daily table, and whether that of memberships."""
    outcomes = tuple(dict.fromkeys(name for one in measures for name in one.outcomes))
    return outcomes, any(one.needs_daily for one in measures), any(one.needs_spells for one in measures)


class Runs:
    """The runs of a study: a measure of one of its worlds and arms, a value a community."""

    def __init__(self, shelf: Shelf) -> None:
        self.replicates = range(shelf.study.seeds)
        outcomes = shelf.outcomes()
        daily = shelf.daily() if shelf.study.kept else pd.DataFrame()
        spells = shelf.spells() if shelf.study.spells else pd.DataFrame()
        self.days = shelf.study.days
        self.is_empty = outcomes.empty
        self._tables = [(dict(iter(table.groupby(["world", "arm"], observed=True))) if len(table) else {}, table[:0])
                        for table in (outcomes, daily, spells)]  # fmt: skip

    def of(self, measure: Measure, world: str, arm: str) -> np.ndarray:
        """NaN where it is undefined, or was not played."""
        outcomes, daily, spells = (tables.get((world, arm), none) for tables, none in self._tables)
        return measured(measure, outcomes, daily, self.replicates, spells, self.days).to_numpy()
