"""What strategies did in the model when all of them were last played at three doses: the table that ships.

``python -m docs.effects outputs/effects/effects.csv`` renews it. A row belongs to an expectation only as long as that
is declared as it was when it was played; one that is declared anew has not been measured.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scenarios.strategies.expected import Expected

__all__ = ["COLUMNS", "FILE", "Measured", "measured"]

FILE = "measured.csv"
COLUMNS = ("strategy", "world", "against", "outcome", "dose", "sign", "least", "difference", "low", "high", "n",
           "p_holm", "verdict", "profit_month", "profit_month_low", "profit_month_high", "hours_month",
           "hours_month_low", "hours_month_high")  # fmt: skip
_WORDS = frozenset({"strategy", "world", "against", "outcome", "dose", "verdict"})


@dataclass(frozen=True)
class Measured:
    """A row: ``values`` by column, words apart."""

    words: dict[str, str]
    values: dict[str, float]

    def is_of(self, name: str, one: Expected) -> bool:
        """Is this what was expected, as it is declared today?"""
        key = (self.words["strategy"], self.words["world"], self.words["against"], self.words["outcome"])
        return key == (name, one.place, one.against, one.outcome) and self.values["sign"] == one.sign


@cache
def _rows() -> tuple[Measured, ...]:
    place = files("scenarios.strategies") / FILE
    if not place.is_file():
        return ()
    lines = csv.DictReader(place.read_text("utf-8").splitlines())
    return tuple(
        Measured({key: line[key] for key in _WORDS},
                 {key: float(line[key] or "nan") for key in COLUMNS if key not in _WORDS})
        for line in lines
    )  # fmt: skip


def measured(name: str, one: Expected) -> Iterator[Measured]:
    """The doses at which an expectation was played, the weakest first; none where it was not."""
    return (row for row in _rows() if row.is_of(name, one))
