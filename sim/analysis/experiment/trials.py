"""Does a strategy do what was expected of it, and by more than is worth naming?

For one expectation let d(r) be the paired differences from its reference over communities r, s the sign expected, δ the
smallest effect worth naming:

    s = ±1   p is one-sided for  s·d̄ ≤ δ
    s = 0    p is the larger of the two one-sided p for  d̄ ≤ −δ  and  d̄ ≥ δ  (two one-sided tests of equivalence)

with the p values of :mod:`sim.analysis.statistics.skewed`. All expectations are one family: Holm at 1 %, so that any of
them is called right though the effect is no larger than δ in at most one table of a hundred (more where differences are
very skewed).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.statistics.intervals import holm
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["LEVEL", "VERDICTS", "Trial", "as_one_family", "judged", "one_sided", "passed"]

Floats = NDArray[np.float64]
LEVEL = 0.01
#: What can come of an expectation.
VERDICTS = ("as_expected", "opposite", "not_shown", "too_few")


@dataclass(frozen=True)
class Trial:
    """One expectation: whose it is (``strategy``, ``world``, ``outcome``, ``dose``), what is expected, and what came:
    ``differences`` by community, NaN where one of the two is undefined. Other doses than the one on trial are not
    judged, and no part of the family.
    """

    strategy: str
    world: str
    against: str
    outcome: str
    dose: str
    sign: int
    least: float
    differences: Floats
    is_judged: bool = True


def one_sided(values: Floats) -> float:
    """p of the mean being 0 or less; 1 where it is undefined."""
    found = mean_interval(values)
    if not np.isfinite(found.p):
        return 1.0
    return float(found.p / 2 if found.mean > 0 else 1 - found.p / 2)


def judged(trials: Sequence[Trial]) -> pd.DataFrame:
    """One row a trial, in their order.

    Columns: ``strategy, world, against, outcome, dose, sign, least``; ``difference, low, high`` (95 %), ``n, rough, p,
    p_holm`` and ``verdict``, one of :data:`VERDICTS`, "" where none is asked for: *opposite* where the other sign is as
    clear by itself (two-sided, 1 %).
    """
    rows = []
    for one in trials:
        values = one.differences[np.isfinite(one.differences)]
        found = mean_interval(values) if len(values) else None
        p = _p(one, values) if len(values) > 1 else 1.0
        rows.append({
            "strategy": one.strategy, "world": one.world, "against": one.against, "outcome": one.outcome,
            "dose": one.dose, "sign": one.sign, "least": one.least,
            **{name: float(getattr(found, side)) if found else np.nan
               for name, side in (("difference", "mean"), ("low", "low"), ("high", "high"))},
            "n": len(values), "rough": bool(found.rough) if found else False, "p": p, "is_opposite": _is_opposite(one, values),
        })  # fmt: skip
    table = pd.DataFrame(rows)
    asked = np.array([one.is_judged for one in trials], dtype=bool)
    table["p_holm"] = np.nan
    table.loc[asked, "p_holm"] = holm(table.loc[asked, "p"].to_numpy(dtype=np.float64))
    choices = [~asked, table["n"] < 2, table["p_holm"] < LEVEL, table.pop("is_opposite")]
    table["verdict"] = np.select(choices, ["", "too_few", "as_expected", "opposite"], "not_shown")
    return table


def as_one_family(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of :func:`judged`, in which later ones replace the strategies they hold, judged together.

    Holm's correction is over all of them, so a part that was played again passes what the whole table would let pass.
    """
    found = tables[0]
    for table in tables[1:]:
        found = pd.concat([found[~found["strategy"].isin(table["strategy"])], table], ignore_index=True)
    asked = found["verdict"].fillna("") != ""
    found.loc[asked, "p_holm"] = holm(found.loc[asked, "p"].to_numpy(dtype=np.float64))
    told = found["verdict"].isin(["too_few", "opposite"])
    shown = np.where(found["p_holm"] < LEVEL, "as_expected", "not_shown")
    return found.assign(verdict=np.where(asked & ~told, shown, found["verdict"].fillna("")))


def passed(table: pd.DataFrame) -> pd.Series:
    """By strategy: did all that was expected of it come?"""
    asked = table[table["verdict"] != ""]
    return (asked["verdict"] == "as_expected").groupby(asked["strategy"]).all()


def _p(one: Trial, values: Floats) -> float:
    if one.sign:
        return one_sided(one.sign * values - one.least)
    return max(one_sided(values + one.least), one_sided(one.least - values))


def _is_opposite(one: Trial, values: Floats) -> bool:
    """Surely against what was expected: beyond 0 the other way; where no change was, beyond ``least`` either way."""
    if len(values) < 2:
        return False
    ways = [-one.sign * values] if one.sign else [values - one.least, -values - one.least]
    return any(2 * one_sided(way) < LEVEL for way in ways)
