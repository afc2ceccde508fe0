"""Plans grow from single moves to pairs to triples, by successive halving (Jamieson & Talwalkar 2016, Proc. AISTATS 51,
240–248): many are looked at on few communities, the better part of them on twice as many, and so on.

All plans are played on the same communities, so they differ by what is done. What is best among many on few communities
is so in part by luck; those that are left are therefore measured once more on fresh ones (:mod:`.advise`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.experiments.advise.menu import Plan, together

__all__ = ["Sizes", "best_of", "grown"]

Measure = Callable[[Sequence[Plan], int], NDArray[np.float64]]
"""Scores of plans on the first so many communities: (plans, communities), NaN where a plan cannot be played."""
Offered = Callable[[Sequence[Plan]], list[Plan]]
"""Those of some plans that can be played."""


@dataclass(frozen=True)
class Sizes:
    """Communities of the first look at a stage, and how many plans are left after each look; the last are finalists.

    The defaults play some 2,200 communities for sixty strategies.
    """

    first: int = 10
    singles: tuple[int, ...] = (24, 8)
    pairs: tuple[int, ...] = (10, 6)
    triples: tuple[int, ...] = (8, 4)


def best_of(pool: Sequence[Plan], measure: Measure, first: int, keep: Sequence[int]) -> list[Plan]:
    """The best of a pool by the mean score, halved step by step; of equals the one that came first."""
    left, n = list(dict.fromkeys(pool)), first
    for some in keep:
        if not left:
            break
        scores = measure(left, n)
        known = np.isfinite(scores)
        totals = np.where(known, scores, 0.0).sum(axis=1)
        means = np.where(known.any(axis=1), totals / known.sum(axis=1).clip(1), -np.inf)
        order = np.argsort(-means, kind="stable")
        left = [left[k] for k in order[:some] if np.isfinite(means[k])]
        n *= 2
    return left


def grown(singles: Sequence[Plan], measure: Measure, offered: Offered, sizes: Sizes) -> list[Plan]:
    """The finalists, the best first: single moves, pairs and triples among them."""
    ones = best_of(offered(singles), measure, sizes.first, sizes.singles)
    pairs = _combined(ones, ones)
    twos = best_of([*offered(pairs), *ones], measure, sizes.first, sizes.pairs)
    triples = _combined([plan for plan in twos if len(plan) == 2], ones)
    return best_of([*offered(triples), *twos], measure, sizes.first, sizes.triples)


def _combined(some: Sequence[Plan], others: Sequence[Plan]) -> list[Plan]:
    """Each of some with each of the others, once."""
    made = (together(one, other) for one in some for other in others)
    return list(dict.fromkeys(plan for plan in made if plan is not None))
