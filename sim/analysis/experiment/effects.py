"""What does each arm change, how sure is that, and is it enough to matter?

By replicate r, d(r) = arm(r) − reference(r), with mean d̄ and standard deviation s:

    difference   d̄ with the 95 % interval of :mod:`sim.analysis.statistics.skewed`
    effect size  d_z = d̄ / s, 95 % interval by inverting the noncentral t: the λ with P(t(n−1, λ) ≤ √n·d_z) = 0.975,
                 0.025, divided by √n (Cumming & Finch 2001; exact for normal differences)
    in words     the share of communities in which the arm does better, with Wilson's interval
    p_holm       Holm over all arms and worlds of the primary outcome; for the other outcomes over all arms, worlds and
                 other outcomes together, so that each family is wrong anywhere with at most 5 % (more where differences
                 are very skewed)
    together     limits at 1 − 0.05 / (comparisons of the family): all of a family hold together with 95 % (Bonferroni).
                 What is said to matter, or not to, is said by these

A difference matters from δ on: what the outcome declares (``relevant``), else 5 % of the reference's mean.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special, stats

from sim.analysis.experiment.asked import Asked, Floats, sign_of
from sim.analysis.outcomes import OUTCOMES
from sim.analysis.statistics.intervals import holm
from sim.analysis.statistics.paired import CLEAR, LUCK, paired
from sim.analysis.statistics.ratios import same
from sim.analysis.statistics.skewed import mean_interval

__all__ = ["RELEVANT_SHARE", "VERDICTS", "effect_size", "effects", "smallest_relevant", "verdicts"]

LEVEL = 0.05
RELEVANT_SHARE = 0.05
FARTHEST = 1_000.0  # of t, to which limits of an effect size are searched for
#: What can be said of a difference, from "surely matters" to "cannot be told".
VERDICTS = ("clear", "clear_size_open", "clear_tiny", "equal", "same", "open", "too_few")


def effects(study: Asked, table: pd.DataFrame, outcomes: Sequence[str] = ()) -> pd.DataFrame:
    """One row per world, arm but the reference, and outcome: of ``outcomes``, or of the study; the first is primary.

    Columns: those of :func:`sim.analysis.statistics.paired.paired`, and ``low_all, high_all`` (limits together), ``d_z, d_low, d_high`` (NaN where nothing varies),
    ``n_better, n_equal, share_better, share_low, share_high``, ``relevant`` (δ, in the outcome's unit) and
    ``verdict``, one of :data:`VERDICTS`: *clear* beyond luck and surely at least δ; *clear_size_open* beyond luck,
    perhaps less than δ; *clear_tiny* beyond luck, but surely less than δ; *equal* surely less than δ; *same* equal in
    every community; *open* none of these; *too_few* fewer than two communities.
    """
    names = list(outcomes or study.outcomes)
    rows = table[["arm", "world", "replicate", *names]]
    if study.reference not in set(rows["arm"]) or rows["arm"].nunique() < 2:
        return pd.DataFrame()
    worlds = [
        world for world in rows["world"].unique() if ((rows["world"] == world) & (rows["arm"] == study.reference)).any()
    ]
    found = paired(rows[rows["world"].isin(worlds)], study.reference)
    if found.empty:
        return pd.DataFrame()
    differences = _differences(rows, found, study.reference)
    found = pd.concat([found, _shares(found, differences)], axis=1)
    spread = np.array([d.std(ddof=1) if len(d) > 1 else np.nan for d in differences])
    d = effect_size(found["difference"].to_numpy(), spread, found["n"].to_numpy())
    found["d_z"], found["d_low"], found["d_high"] = d
    found["p_holm"] = _corrected(found, names[0])
    found["luck"] = np.where(found["p_holm"] < LEVEL, CLEAR, LUCK)
    found["low_all"], found["high_all"] = _together(found, differences, names[0])
    found["relevant"] = list(map(smallest_relevant, found["outcome"], found["reference_mean"]))
    found["verdict"] = verdicts(found)
    return found


def _corrected(found: pd.DataFrame, primary: str) -> Floats:
    p, first = found["p"].to_numpy(dtype=np.float64), (found["outcome"] == primary).to_numpy()
    out = np.full(len(p), np.nan)
    for family in (first, ~first):
        out[family] = holm(p[family])
    return out


def _together(found: pd.DataFrame, differences: list[Floats], primary: str) -> tuple[list[float], list[float]]:
    """Limits that hold for all comparisons of a family at once."""
    first = found["outcome"] == primary
    sizes = {True: int((first & found["p"].notna()).sum()), False: int((~first & found["p"].notna()).sum())}
    made = [mean_interval(d, 1 - LEVEL / max(1, sizes[bool(mine)])) if len(d) else None
            for d, mine in zip(differences, first, strict=True)]  # fmt: skip
    low, high = ([np.nan if one is None else float(getattr(one, side)) for one in made] for side in ("low", "high"))
    return low, high


def _differences(rows: pd.DataFrame, found: pd.DataFrame, reference: str) -> list[Floats]:
    """d(r) of every row of ``found``, rounding taken as 0."""
    by_run = {key: some.set_index("replicate") for key, some in rows.groupby(["world", "arm"], observed=True)}
    out = []
    for world, arm, outcome in found[["world", "arm", "outcome"]].itertuples(index=False):
        a, b = (by_run[(world, name)][outcome] for name in (arm, reference))
        both = pd.concat([a, b], axis=1, join="inner").dropna().to_numpy(dtype=np.float64)
        out.append(same(both[:, 0], both[:, 1]))
    return out


def _shares(found: pd.DataFrame, differences: list[Floats]) -> pd.DataFrame:
    """How often the arm does better (has more, where nothing is better), is equal, and Wilson's interval."""
    out = []
    for outcome, d in zip(found["outcome"], differences, strict=True):
        n, better, equal = len(d), int((d * (sign_of(outcome) or 1) > 0).sum()), int((d == 0).sum())
        low, high = np.nan, np.nan
        if n:
            share = better / n  # the interval needs no p value, and of its own share the test searches none
            low, high = stats.binomtest(better, n, share).proportion_ci(method="wilson")
        out.append((better, equal, better / n if n else np.nan, low, high))
    return pd.DataFrame(out, columns=["n_better", "n_equal", "share_better", "share_low", "share_high"])


def effect_size(mean: Floats, spread: Floats, n: np.ndarray) -> tuple[Floats, Floats, Floats]:
    """d_z = mean / spread and its 95 % limits; NaN where nothing varies or n < 2.

    The limits are those of the noncentral t; beyond t = 1,000, where SciPy would search for hours, those of their limit
    t · √(χ² / df): there the spread alone is uncertain.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        d = np.where((spread > 0) & (n >= 2), mean / spread, np.nan)
        root, df = np.sqrt(n), np.maximum(n - 1, 1)
        t = d * root
        far = np.abs(t) > FARTHEST
        near = np.where(far, np.nan, t)
        low, high = (special.nctdtrinc(df, p, near) / root for p in (0.975, 0.025))
        ends = np.sort([d * np.sqrt(stats.chi2.ppf(p, df) / df) for p in (0.025, 0.975)], axis=0)
        low, high = np.where(far, ends[0], low), np.where(far, ends[1], high)
        error = np.sqrt(1 / n + d**2 / (2 * df))
    wrong = ~(np.isfinite(low) & np.isfinite(high)) | (low > d) | (high < d)
    return d, np.where(wrong, d - 1.96 * error, low), np.where(wrong, d + 1.96 * error, high)


def smallest_relevant(outcome: str, reference_mean: float) -> float:
    """δ: the outcome's own, else 5 % of the reference's mean (0 where that is 0: then everything matters)."""
    own = OUTCOMES[outcome].relevant
    return RELEVANT_SHARE * abs(reference_mean) if own is None else own


def verdicts(found: pd.DataFrame) -> np.ndarray:
    """One of :data:`VERDICTS` for each row with ``low_all, high_all, n, n_equal, luck, rough, relevant``.

    Rough limits do not say that a difference is too small to matter.
    """
    low, high, delta = (found[name].to_numpy(dtype=np.float64) for name in ("low_all", "high_all", "relevant"))
    clear = (found["luck"] == CLEAR).to_numpy()
    within = (low > -delta) & (high < delta) & ~found["rough"].to_numpy(dtype=bool)
    beyond = (low >= delta) | (high <= -delta)
    equal = (found["n_equal"] == found["n"]).to_numpy()
    choices = [(found["n"] < 2).to_numpy(), equal, clear & within, clear & beyond, clear, within]
    return np.select(choices, ["too_few", "same", "clear_tiny", "clear", "clear_size_open", "equal"], "open")
