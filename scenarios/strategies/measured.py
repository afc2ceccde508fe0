"""What strategies did in the model when all of them were last played at three doses: the table that ships.

``python -m docs.effects outputs/effects/effects.csv`` renews it. A row belongs to an expectation only as long as that
is declared as it was when it was played (but for the days, which the table does not hold), and at a dose that is still
declared; what is declared anew has not been measured.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scenarios.strategies.expected import Expected, dosed
from sim.engine.knobs import Value

__all__ = ["COLUMNS", "FILE", "Measured", "measured"]

FILE = "measured.csv"
COLUMNS = ("strategy", "world", "against", "outcome", "dose", "sign", "least", "difference", "low", "high", "n",
           "p", "p_holm", "verdict", "profit_month", "profit_month_low", "profit_month_high", "hours_month",
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
        is_same = key == (name, one.place, one.against, one.outcome) and self.values["sign"] == one.sign
        return is_same and (one.least is None or math.isclose(self.values["least"], one.least, rel_tol=1e-4))


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


def measured(name: str, one: Expected, doses: Sequence[Mapping[str, Value]]) -> Iterator[Measured]:
    """Those of ``doses`` at which an expectation was played, the weakest first; none where it was not."""
    said = {",".join((*dosed(dose), *one.given)) for dose in doses}
    return (row for row in _rows() if row.is_of(name, one) and row.words["dose"] in said)
