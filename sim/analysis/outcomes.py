"""Every outcome of a community as one number: the table that comparisons, studies and summaries stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from sim.results import Results


@dataclass(frozen=True)
class Outcome:
    """What an outcome is called, its unit, and whether more of it is better (None: neither)."""

    name: str
    en: str
    zh: str
    unit: str
    more_is_better: bool | None


#: The registry, in order of display.
OUTCOMES: dict[str, Outcome] = {}


def outcomes(results: Results) -> pd.DataFrame:
    """One row per (arm, world, replicate), one float column per outcome of :data:`OUTCOMES`; NaN where undefined."""
    raise NotImplementedError


def summarise(table: pd.DataFrame) -> dict[str, dict[str, dict[str, float]]]:
    """arm (``world/arm`` with several worlds) → outcome → {mean, low, high, n}; 95 % t interval over communities."""
    raise NotImplementedError
