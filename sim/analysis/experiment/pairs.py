"""How two strategies go together: the two-by-two table of nothing, one, the other and both under common luck.

For one pair, world and outcome let m be the means over communities and g the scale on which effects can add up
(:mod:`sim.analysis.statistics.scales`; it rises with m). With s = +1 where more is better and −1 where less is,

    interaction   I = s · [g(m_both) − g(m_first) − g(m_second) + g(m_neither)]

has the interval of its jackknife pseudo-values (:mod:`sim.analysis.statistics.combination`). On the scales of hazards,
odds and logarithms exp(I) is a factor, and the smallest interaction worth naming is δ = log 1.05; on the plain one it is
that of the outcome. p is two-sided for |I| ≤ δ: twice the smaller of the two one-sided p for s'·I ≤ δ, s' = ±1.

First look: the predictions are one family (Holm), everything else is another (the false discovery rate of Benjamini and
Hochberg 1995). What passes at 5 % is played again on fresh communities, since what was picked for its size is flattered
by luck. Second look: twice the p that is one-sided in the direction found (so that the 95 % interval of what is named
lies beyond δ), Holm over all that were played again, 5 %. Only what passes both is named, by the fresh communities alone,
with ``best`` the best of neither, first and second in the first look:

    synergy      I > 0 and both surely better than the best (95 % interval of the paired differences)
    softening    I > 0, but not surely better than the best: two harms overlap, or one mends what the other spoils
    conflict     I < 0 and both surely worse than the best
    substitutes  I < 0, but not surely worse than the best

Where one of the four means has come to an end of its range (:mod:`sim.analysis.ceilings`) nothing is named: what cannot
grow any further is no sign of a conflict.

Benjamini, Y. & Hochberg, Y. (1995), J. R. Stat. Soc. B 57, 289–300.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.ceilings import Ends, at_bound
from sim.analysis.experiment.asked import Floats, sign_of
from sim.analysis.experiment.effects import smallest_relevant
from sim.analysis.experiment.trials import one_sided
from sim.analysis.statistics.combination import NO_ENDS, gap_of
from sim.analysis.statistics.intervals import holm
from sim.analysis.statistics.scales import Scale, scale_of
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["BEST", "LEVEL", "NAMED", "VERDICTS", "Square", "first_look", "second_look"]

LEVEL = 0.05
LEAST_FACTOR = 1.05
#: What a pair can be called, and what else can be said of it.
NAMED = ("synergy", "softening", "substitutes", "conflict")
VERDICTS = (*NAMED, "open", "bounded", "too_few")
#: The arms beside both.
BEST = ("first", "second", "neither")


@dataclass(frozen=True)
class Square:
    """One two-by-two table: ``values`` are (4, communities), of both, ``first``, ``second`` and neither; NaN where one
    is undefined. ``expected`` is what was predicted of this outcome, one of :data:`NAMED`, or "".
    """

    first: str
    second: str
    world: str
    outcome: str
    values: Floats
    expected: str = ""
    ends: Ends = NO_ENDS

    @property
    def scale(self) -> Scale:
        """On which its effects can add up."""
        return scale_of(self.outcome, self.ends)

    @property
    def least(self) -> float:
        """The smallest interaction worth naming, on the scale."""
        if self.scale.name != "plain":
            return float(np.log(LEAST_FACTOR))
        return smallest_relevant(self.outcome, float(np.nanmean(self.values[-1])))


def first_look(squares: Sequence[Square]) -> pd.DataFrame:
    """One row a square, in their order.

    Columns: ``first, second, world, outcome, expected, scale, least``; ``mean_both, mean_first, mean_second,
    mean_neither`` and ``mean_sum``, what both would have if effects added up; ``interaction, low, high`` (95 %), ``n, rough, p``;
    ``family`` (predicted, other) and ``p_family``, corrected in it; ``best``; ``bounded``; ``passes``.
    """
    table = pd.DataFrame([_row(one) for one in squares])
    table["family"] = np.where(table["expected"] != "", "predicted", "other")
    p, family = table["p"].to_numpy(dtype=np.float64), table["family"].to_numpy()
    corrected = np.full(len(p), np.nan)
    told = ~np.isnan(p)
    predicted, other = told & (family == "predicted"), told & (family == "other")
    corrected[predicted] = holm(p[predicted])
    if other.any():
        from scipy import stats  # takes a while to import

        corrected[other] = stats.false_discovery_control(p[other], method="bh")
    table["p_family"] = corrected
    table["passes"] = table["p_family"] < LEVEL
    return table


def second_look(table: pd.DataFrame, fresh: Mapping[int, Square]) -> pd.DataFrame:
    """The first look with the second beside it; ``fresh`` holds the squares that were played again, by row.

    More columns: ``fresh_interaction, fresh_low, fresh_high, fresh_n, fresh_rough, fresh_p,
    fresh_p_holm``; ``gain, gain_low,
    gain_high``, by how much both are better than ``best``, in the outcome's unit; and ``verdict``, one of
    :data:`VERDICTS`.
    """
    rows = []
    for number, first in table.iterrows():
        again = fresh.get(int(str(number)))
        rows.append(_NOT_PLAYED if again is None else _again(again, first))
    table = pd.concat([table, pd.DataFrame(rows, index=table.index)], axis=1)
    bounded = table["bounded"] | table.pop("fresh_bounded")
    table["fresh_p_holm"] = holm(table["fresh_p"].to_numpy(dtype=np.float64))
    table["verdict"] = np.select([table["n"] < 2, bounded, table["fresh_p_holm"] < LEVEL],
                                 ["too_few", "bounded", _names(table)], "open")  # fmt: skip
    return table


def _names(table: pd.DataFrame) -> np.ndarray:
    """What each is called if it is confirmed."""
    more = table["fresh_interaction"] > 0
    return np.select([more & (table["gain_low"] > 0), more, table["gain_high"] < 0],
                     ["synergy", "softening", "conflict"], "substitutes")  # fmt: skip


def _row(one: Square) -> dict[str, Any]:
    sign, found = _sign(one), gap_of(one.values, one.scale)
    both, first, second, neither = found.means
    bounded = _bounded(one, found.means, found.value)
    places = dict(zip(BEST, (first, second, neither), strict=True))
    return {
        "first": one.first, "second": one.second, "world": one.world, "outcome": one.outcome, "expected": one.expected,
        "scale": one.scale.name, "least": one.least,
        "mean_both": both, "mean_first": first, "mean_second": second, "mean_neither": neither, "mean_sum": found.sum,
        **_limits(sign * found.pseudo, sign * found.value),
        "p": np.nan if bounded else _p(sign * found.pseudo, one.least),
        "best": max(places, key=lambda name: sign * np.nan_to_num(places[name])), "bounded": bounded,
    }  # fmt: skip


def _again(one: Square, before: pd.Series) -> dict[str, Any]:
    """The second look at a row."""
    sign, found = _sign(one), gap_of(one.values, one.scale)
    pseudo, bounded = sign * found.pseudo, _bounded(one, found.means, found.value)
    way = np.sign(before["interaction"])
    p = min(1.0, 2 * one_sided(way * pseudo - one.least)) if _told(pseudo) and not bounded else np.nan
    best = one.values[1 + BEST.index(before["best"])]
    gain = _limits(sign * (one.values[0] - best))
    limits = {f"fresh_{name}": value for name, value in _limits(pseudo, sign * found.value).items()}
    return {**limits, "fresh_p": p, "fresh_bounded": bounded, "gain": gain["interaction"], "gain_low": gain["low"],
            "gain_high": gain["high"]}  # fmt: skip


_NOT_PLAYED = {**dict.fromkeys(["fresh_interaction", "fresh_low", "fresh_high"], np.nan), "fresh_n": 0,
               "fresh_rough": False, "fresh_p": np.nan, "fresh_bounded": False,
               **dict.fromkeys(["gain", "gain_low", "gain_high"], np.nan)}  # fmt: skip


def _sign(one: Square) -> int:
    sign = sign_of(one.outcome)
    if not sign:
        raise ValueError(f"{one.outcome} is no matter of better and worse")
    return sign


def _bounded(one: Square, means: Floats, gap: float) -> bool:
    """Has a mean come to an end of its range, or no place on the scale?"""
    if np.isnan(means).all():
        return False
    return not np.isfinite(gap) or any(at_bound(one.outcome, float(mean), one.ends) for mean in means)


def _told(pseudo: Floats) -> bool:
    return len(pseudo) > 1 and bool(np.isfinite(pseudo).all())


def _p(pseudo: Floats, least: float) -> float:
    """Two-sided p of the mean lying within ± least."""
    if not _told(pseudo):
        return np.nan
    return min(1.0, 2 * min(one_sided(pseudo - least), one_sided(-pseudo - least)))


def _limits(values: Floats, value: float | None = None) -> dict[str, Any]:
    """Mean (or ``value``) and limits of what is known of some values."""
    known = values[np.isfinite(values)]
    found = mean_interval(known if len(known) else np.full(1, np.nan))
    return {"interaction": float(found.mean) if value is None else value, "low": float(found.low),
            "high": float(found.high), "n": len(known), "rough": bool(found.rough)}  # fmt: skip
