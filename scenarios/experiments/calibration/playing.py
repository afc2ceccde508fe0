"""What a worker does: play the worlds of the facts under one set of constants, and measure every fact.

All sets are played on the same luck, so that they differ by their numbers alone.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import pandas as pd

from scenarios.config.ensemble import Row
from scenarios.errors import ConfigError
from scenarios.experiments.validation import WORLDS, played
from sim.analysis.facts.targets import targets

__all__ = ["Measured", "facts_of", "keyed", "measured", "unplayable", "values_of"]


class Measured(NamedTuple):
    """Values of all statistics by ``K4.gini``, and the seconds it took."""

    facts: dict[str, float]
    seconds: float


def measured(row: Row, communities: int, seed: int) -> Measured:
    """The facts under one set; none where it cannot be played (its talk explodes, say)."""
    began = time.perf_counter()
    try:
        facts = values_of(facts_of(communities, seed, row=row, draws=0))
    except unplayable():
        facts = {}
    return Measured(facts, round(time.perf_counter() - began, 3))


def unplayable() -> tuple[type[Exception], ...]:
    """What it means that numbers cannot be played: talk explodes, or they do not go together."""
    from sim.simulation import Overflow

    return (Overflow, ConfigError, MemoryError)


def facts_of(
    communities: int, seed: int, more: tuple[str, ...] = (), row: Row | None = None, draws: int = 300
) -> pd.DataFrame:
    """The facts of all worlds that have one that counts, a row a statistic."""
    counted = {*targets().query("counted")["world"]}
    tables = [played(world, communities, seed, more, row, draws)[0] for world in WORLDS if world in counted]
    found = pd.concat(tables, ignore_index=True)
    return found.iloc[found["id"].str[1:].astype(int).argsort(kind="stable")].reset_index(drop=True)


def values_of(table: pd.DataFrame) -> dict[str, float]:
    """Statistic → value."""
    return {keyed(row): float(row["value"]) for row in table.to_dict("records")}


def keyed(row: dict) -> str:  # type: ignore[type-arg]
    """``K4.gini``."""
    return f"{row['id']}.{row['statistic']}"
