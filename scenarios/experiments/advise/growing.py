"""Plans grow from single moves to pairs to triples, by successive halving (Jamieson & Talwalkar 2016, Proc. AISTATS 51,
240–248): many are looked at on few communities, the better part of them on twice as many, and so on.

At last each move of the best plan is tried at a stage of the groups' lives instead of all the time
(:func:`~.menu.staged`). All plans are played on the same communities, so they differ by what is done. What is best
among many on few communities is so in part by luck; those that are left are therefore measured once more on fresh
ones (:mod:`.final`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.experiments.advise.menu import MOST_MOVES, STAGES, Plan, staged, together

__all__ = ["Sizes", "best_of", "grown"]

Measure = Callable[[Sequence[Plan], int], NDArray[np.float64]]
"""Scores of plans on the first so many communities: (plans, communities), NaN where a plan cannot be played."""
Offered = Callable[[Sequence[Plan]], list[Plan]]
"""Those of some plans that can be played."""


@dataclass(frozen=True)
class Sizes:
    """Communities of the first look at a stage, and how many plans are left after each look; the last are finalists.

    The ``staged`` best plans are also tried with each of their moves at a stage of the groups' lives. The defaults play
    some 1,700 communities for sixty strategies, which take two cores six minutes where ten groups grow to 200 seats.
    """

    first: int = 8
    singles: tuple[int, ...] = (24, 6)
    pairs: tuple[int, ...] = (8, 5)
    triples: tuple[int, ...] = (6, 4)
    staged: int = 1

    def most_runs(self, singles: int) -> int:
        """Communities that the search plays at most, from so many single moves (and a few of nothing)."""
        ones = min(singles, self.singles[-1])
        pairs = ones * (ones - 1) // 2
        twos = min(pairs + ones, self.pairs[-1])
        pools = ((singles, self.singles), (pairs, self.pairs), (twos * ones, self.triples))
        most = max(len(keep) for _, keep in pools)
        rounds = [pool * self.first + sum(left * self.first * 2**k for k, left in enumerate(keep[:-1]))
                  for pool, keep in pools]  # fmt: skip
        return sum(rounds) + self.first * 2 ** (most - 1) * (1 + self.staged * MOST_MOVES * len(STAGES))


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
    """The finalists, the best first: single moves, pairs and triples, all the time or with a move at a stage."""
    ones = best_of(offered(singles), measure, sizes.first, sizes.singles)
    pairs = _combined(ones, ones)
    twos = best_of([*offered(pairs), *ones], measure, sizes.first, sizes.pairs)
    triples = _combined([plan for plan in twos if len(plan) > 1], ones)
    last = best_of([*offered(triples), *twos], measure, sizes.first, sizes.triples)
    timed = offered([one for plan in last[: sizes.staged] for one in staged(plan)])
    looks = 2 ** (len(sizes.triples) - 1)
    return best_of([*last, *timed], measure, sizes.first * looks, sizes.triples[-1:])


def _combined(some: Sequence[Plan], others: Sequence[Plan]) -> list[Plan]:
    """Each of some with each of the others, once."""
    made = (together(one, other) for one in some for other in others)
    return list(dict.fromkeys(plan for plan in made if plan is not None))
