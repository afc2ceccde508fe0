"""Did the strategy do it, or was it luck? Differences between arms under common luck.

The same people knock on the same doors in every arm, so replicate r of one arm is compared with replicate r of the
other. d(r) = arm(r) − reference(r); its mean gets the interval of :mod:`sim.analysis.statistics.skewed` (Student's t, widened where
the differences are skewed), and its p value is corrected by Holm over the arms compared for one outcome. What common
luck cancels need not be averaged away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.intervals import holm
from sim.analysis.statistics.ratios import AS_RATIO, ROUNDING, UNKNOWN, ratio_to
from sim.analysis.statistics.skewed import mean_interval
from sim.engine.knobs import did_you_mean

__all__ = ["CLEAR", "LUCK", "aligned", "by_world", "demanded", "paired", "with_luck"]

CLEAR, LUCK = "clear", "could be luck"
LEVEL = 0.05
_NOT_OUTCOMES = ("arm", "world", "replicate")


def paired(outcomes: pd.DataFrame, reference: str = "nothing") -> pd.DataFrame:
    """Frame of every arm's differences to the reference arm, one row per arm, world and outcome.

    Columns: ``arm, world, outcome, reference, mean, reference_mean, difference, low, high, n, p, rough, ratio, ratio_low,
    ratio_high, p_holm, luck, better``. Means are over the ``n`` replicates both arms have and where the outcome is defined. ``low, high`` limit
    the difference at 95 % each on its own; ``p_holm`` takes into account how many arms were tried; ``luck`` is
    "clear" where p_holm < 0.05, else "could be luck" (with n < 2 nothing is clear). ``rough``: too few or too skewed
    differences for any interval to be trusted. ``ratio`` is the arm's mean over the reference's, for what is told so
    (:mod:`sim.analysis.statistics.ratios`), else NaN. ``better``: +1 the arm does
    better, −1 worse, 0 equal or not a matter of better and worse.
    """
    names = [name for name in outcomes.columns if name not in _NOT_OUTCOMES]
    rows = []
    for world, arms in by_world(outcomes, names).items():
        demanded([reference], arms, world)
        for arm in arms:
            if arm != reference:
                a, b = aligned(arms, [arm, reference])
                row = _compare(arm, world, names, reference, a, b, np.maximum(np.abs(a), np.abs(b)))
                rows.append(row.assign(**_ratios(names, a, b)))
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=_COLUMNS)
    table = with_luck(table)
    direction = {name: _direction(name) for name in names}
    more = table["outcome"].map(direction).to_numpy(dtype=np.float64)
    sign = np.sign(table["difference"].to_numpy(dtype=np.float64))
    table["better"] = np.nan_to_num(sign * more).astype(np.int8)
    return table


_COLUMNS = ["arm", "world", "outcome", "reference", "mean", "reference_mean", "difference", "low", "high", "n", "p",
            "rough", "ratio", "ratio_low", "ratio_high"]  # fmt: skip


def _ratios(names: Sequence[str], a: np.ndarray, b: np.ndarray) -> dict[str, list[float]]:
    """The columns of the ratios of means; a and b are (replicates, outcomes)."""
    found = [ratio_to(a[:, k], b[:, k]) if name in AS_RATIO else UNKNOWN for k, name in enumerate(names)]
    return {"ratio": [one.value for one in found], "ratio_low": [one.low for one in found],
            "ratio_high": [one.high for one in found]}  # fmt: skip


def _compare(
    arm: str, world: str, names: Sequence[str], reference: str, a: np.ndarray, b: np.ndarray, scale: np.ndarray
) -> pd.DataFrame:
    """Means of both sides and interval of their difference, by outcome; a and b are (replicates, outcomes).

    Tables hold 32-bit numbers: a difference below a millionth of ``scale`` is rounding, and counts as 0.
    """
    known = ~np.isnan(a - b)
    mean = mean_interval(np.where(known, a, np.nan)).mean
    reference_mean = mean_interval(np.where(known, b, np.nan)).mean
    found = mean_interval(np.where(np.abs(a - b) <= ROUNDING * scale, 0.0, a - b))
    data: dict[str, Any] = {"arm": arm, "world": world, "outcome": names, "reference": reference}
    data |= {"mean": mean, "reference_mean": reference_mean, "difference": found.mean}
    return pd.DataFrame({**data, "low": found.low, "high": found.high, "n": found.n, "p": found.p, "rough": found.rough})


def with_luck(table: pd.DataFrame) -> pd.DataFrame:
    """Add p_holm (over the arms of one outcome in one world) and the verdict on luck."""
    p = table["p"].to_numpy(dtype=np.float64)
    corrected = np.full(len(p), np.nan)
    for rows in table.groupby(["world", "outcome"], sort=False).indices.values():
        corrected[rows] = holm(p[rows])
    table["p_holm"] = corrected
    table["luck"] = np.where(table["p_holm"] < LEVEL, CLEAR, LUCK)
    return table


def _direction(name: str) -> int:
    better = OUTCOMES[name].more_is_better if name in OUTCOMES else None
    return 0 if better is None else 1 if better else -1


def by_world(outcomes: pd.DataFrame, names: Sequence[str]) -> dict[str, dict[str, pd.DataFrame]]:
    """world → arm → outcomes by replicate, in order of appearance."""
    found: dict[str, dict[str, pd.DataFrame]] = {}
    for (world, arm), rows in outcomes.groupby(["world", "arm"], observed=True, sort=False):
        found.setdefault(str(world), {})[str(arm)] = rows.set_index("replicate")[list(names)]
    return found


def demanded(wanted: Sequence[str], arms: Mapping[str, object], world: str) -> None:
    """Raises ValueError where an arm is not there."""
    for arm in wanted:
        if arm not in arms:
            raise ValueError(f"there is no arm '{arm}' in world '{world}'{did_you_mean(arm, arms)}")


def aligned(arms: Mapping[str, pd.DataFrame], wanted: Sequence[str]) -> list[np.ndarray]:
    """Values (replicates, outcomes) of some arms for the replicates they all have, in the same order."""
    common = arms[wanted[0]].index
    for arm in wanted[1:]:
        common = common.intersection(arms[arm].index, sort=True)
    return [arms[arm].loc[common].to_numpy(dtype=np.float64) for arm in wanted]
