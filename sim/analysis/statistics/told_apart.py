"""How well two kinds of cases can be told apart: cross-validated AUC of a ridge logistic regression.

AUC is the chance that a case of the one kind, drawn at random, is scored above one of the other: 0.5 is a coin, 1 is
never mistaken. Scores come from models that have not seen the case: the units (a room, or all rooms of one community,
which share their luck) are dealt by lot into folds, each kind evenly; this is done several times and a case's scores are
averaged. Features are standardised by what is trained on, and both kinds weigh the same. The model sees how alike a case
is to each of those it is trained on, exp(−d²/m) with d² the squared distance and m its median: kinds that differ in the
middle, in the spread or in being of two sorts are all found, which a straight line through the features would miss.

The interval is the wider, on either side, of two: Newcombe (2006, Statistics in Medicine 25, 559–573, method 5), which
says something also where AUC is 1, and a bootstrap of whole units. It knows nothing of the luck in what was learnt: where
there is no difference at all and scores are noise, it covered 0.5 in 86 of 100 trials (50 and 50 cases, eight features).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import expit
from scipy.stats import rankdata

from sim.analysis.statistics.bootstrap import Boot, by_lot

__all__ = ["Apart", "auc", "fitted", "newcombe", "told_apart"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

PENALTY = 10.0  # half of it times the squared weights is added to the loss; chosen once, not searched for
_FOLDS = 5
_Z = 1.959964


@dataclass(frozen=True)
class Apart:
    """AUC and its 95 % interval (NaN where there are too few units), the cases of either kind, and their units."""

    auc: float
    low: float
    high: float
    n: tuple[int, int]
    units: tuple[int, int]


def auc(score: Floats, is_one: Bools) -> float:
    """Chance that a case with ``is_one`` scores above one without; ties count half."""
    n, m = int(is_one.sum()), int((~is_one).sum())
    return float((rankdata(score)[is_one].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def fitted(x: Floats, is_one: Bools, penalty: float = PENALTY) -> Floats:
    """Weights of the ridge logistic regression, the intercept last and unpenalised.

    Least Σ c · ln(1 + exp(−s·(x·w + b))) + penalty/2 · |w|², s = ±1, c such that either kind weighs half the cases.
    """
    sign = np.where(is_one, 1.0, -1.0)
    share = np.where(is_one, 0.5 / max(is_one.mean(), 1e-9), 0.5 / max(1 - is_one.mean(), 1e-9))
    padded = np.hstack([x, np.ones((len(x), 1))])

    def loss(w: Floats) -> tuple[float, Floats]:
        margin = sign * (padded @ w)
        slope = -(share * sign * expit(-margin)) @ padded
        slope[:-1] += penalty * w[:-1]
        return float((share * np.logaddexp(0, -margin)).sum() + penalty / 2 * (w[:-1] ** 2).sum()), slope

    return np.asarray(minimize(loss, np.zeros(padded.shape[1]), jac=True, method="L-BFGS-B").x)


def told_apart(
    x: Floats, is_one: Bools, unit: Ints, scale: Floats | None = None, *, repeats: int = 3, draws: int = 500
) -> Apart:
    """The cross-validated AUC of the cases ``x`` (n, features); cases of one ``unit`` are never on both sides.

    ``scale`` multiplies each feature once it is standardised: many of one sort are so kept from drowning few. Without at least two units of either kind there is no number.
    """
    units = (len(np.unique(unit[is_one])), len(np.unique(unit[~is_one])))
    n = (int(is_one.sum()), int((~is_one).sum()))
    if min(units) < 2:
        return Apart(np.nan, np.nan, np.nan, n, units)
    score = np.zeros(len(x))
    for deal in range(repeats):
        fold = _dealt(is_one, unit, min(_FOLDS, *units), deal)
        for k in np.unique(fold):
            score[fold == k] += _scored(x, is_one, fold != k, scale)[fold == k] / repeats
    value = auc(score, is_one)
    low, high = newcombe(value, *n)
    drawn = _drawn(score, is_one, unit, draws)
    return Apart(value, min(low, float(np.percentile(drawn, 2.5))), max(high, float(np.percentile(drawn, 97.5))), n,
                 units)  # fmt: skip


def _dealt(is_one: Bools, unit: Ints, folds: int, deal: int) -> Ints:
    """A fold for every case: the units of either kind by lot, evenly."""
    fold = np.zeros(len(unit), np.int64)
    for kind in (is_one, ~is_one):
        names, place = np.unique(unit[kind], return_inverse=True)
        fold[kind] = (by_lot(len(names), deal) % folds)[place]
    return fold


def _scored(x: Floats, is_one: Bools, seen: Bools, scale: Floats | None) -> Floats:
    """Scores of all cases by what was learnt from those ``seen``."""
    z = _standard(x, seen) * (1.0 if scale is None else scale)
    square = (z**2).sum(axis=1)
    far = np.maximum(square[:, None] + square[seen] - 2 * z @ z[seen].T, 0.0)
    alike = _standard(np.exp(-far / max(float(np.median(far[seen])), 1e-12)), seen)
    weight = fitted(alike[seen], is_one[seen])
    return np.asarray(alike @ weight[:-1] + weight[-1])


def _standard(x: Floats, seen: Bools) -> Floats:
    """Columns less their mean, over their standard deviation, both of the cases ``seen``."""
    middle, spread = x[seen].mean(axis=0), x[seen].std(axis=0)
    return np.asarray((x - middle) / np.where(spread > 1e-9, spread, 1.0))


def _drawn(score: Floats, is_one: Bools, unit: Ints, draws: int) -> Floats:
    """AUC of bootstrap samples of whole units, of either kind as many as there are."""
    times = np.zeros((draws, len(unit)), np.int64)
    for kind in (is_one, ~is_one):
        names, place = np.unique(unit[kind], return_inverse=True)
        times[:, kind] = Boot(len(names), draws).weights[:, place]
    samples = (np.repeat(np.arange(len(unit)), one) for one in times)
    return np.array([auc(score[cases], is_one[cases]) for cases in samples])


def newcombe(value: float, n: int, m: int) -> tuple[float, float]:
    """95 % limits of an AUC: the θ at which |value − θ| is 1.96 of the standard errors that θ itself implies.

    Var θ = θ(1 − θ)/(nm) · (1 + N·(1 − θ)/(2 − θ) + N·θ/(1 + θ)), N = (n + m)/2 − 1.
    """
    half = (n + m) / 2 - 1

    def far(theta: float) -> float:
        spread = theta * (1 - theta) * (1 + half * (1 - theta) / (2 - theta) + half * theta / (1 + theta))
        return float((value - theta) ** 2 - _Z**2 * spread / (n * m))

    edge = 1e-9  # from the value itself, which is a root as well where it is 0 or 1
    low = brentq(far, 1e-12, value - edge) if value > 2 * edge else 0.0
    high = brentq(far, value + edge, 1 - 1e-12) if value < 1 - 2 * edge else 1.0
    return float(low), float(high)
