"""Plans grow from single moves to pairs to triples, by successive halving (Jamieson & Talwalkar 2016, Proc. AISTATS 51,
240–248): many are looked at on few communities, the better part of them on twice as many, and so on.

A move that does little alone may do much beside another: a price at the door earns nothing where nobody wants to come
in. So the best plans of a size are tried not only with the moves that are best alone, but with all that were not among
the worst at the first look.

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

    The ``leads`` best singles and pairs are tried with every single that was left after the first look, the others with
    the best singles only. The ``staged`` best plans are also tried with each of their moves at a stage of the groups'
    lives.
    """

    first: int = 8
    singles: tuple[int, ...] = (24, 6)
    pairs: tuple[int, ...] = (8, 5)
    triples: tuple[int, ...] = (6, 4)
    staged: int = 1
    leads: int = 2

    def most_runs(self, singles: int) -> int:
        """Communities that the search plays at most, from so many single moves (and a few of nothing)."""
        ones, partners = (min(singles, some) for some in (self.singles[-1], self.singles[0]))
        pairs = ones * (ones - 1) // 2 + min(self.leads, ones) * (partners - ones)
        twos = min(pairs + ones, self.pairs[-1])
        triples = twos * (ones + 2 * twos) + min(self.leads, twos) * partners
        pools = ((singles, self.singles), (pairs + ones, self.pairs), (triples + twos, self.triples))
        rounds = [pool * self.first + sum(min(left, pool) * self.first * 2**k for k, left in enumerate(keep[:-1]))
                  for pool, keep in pools]  # fmt: skip
        deepest = max(self.first * 2 ** (len(keep) - 1) for _, keep in pools)  # of doing nothing, too
        return sum(rounds) + max(deepest, self.last) + self.last * self.staged * MOST_MOVES * len(STAGES)

    @property
    def last(self) -> int:
        """Communities of the last look."""
        return self.first * 2 ** (len(self.triples) - 1)

    @property
    def finalists(self) -> int:
        """How many there are at most."""
        return self.triples[-1] + self.staged


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
    """The finalists, the best first: single moves, pairs and triples, all the time or with a move at a stage. Where a
    move adds nothing to a plan, to the last digit, the plan without it comes first.
    """
    partners = best_of(offered(singles), measure, sizes.first, sizes.singles[:1])
    ones = best_of(partners, measure, 2 * sizes.first, sizes.singles[1:])
    pairs = [*_combined(ones, ones), *_combined(ones[: sizes.leads], partners)]
    twos = best_of([*ones, *offered(pairs)], measure, sizes.first, sizes.pairs)
    both = [plan for plan in twos if len(plan) > 1]
    moves = [(move,) for plan in both for move in plan]
    triples = [*_combined(both, [*ones, *moves]), *_combined(both[: sizes.leads], partners)]
    last = best_of([*twos, *offered(triples)], measure, sizes.first, sizes.triples)
    timed = [_timed(plan, measure, offered, sizes) for plan in last[: sizes.staged]]
    return list(dict.fromkeys([*(plan for plan in timed if plan is not None), *last]))


def _timed(plan: Plan, measure: Measure, offered: Offered, sizes: Sizes) -> Plan | None:
    """The plan with one of its moves at a stage, if one of them is better by more than a standard error: what makes no
    difference is left as it is.
    """
    others = offered(staged(plan))
    if not others:
        return None
    scores = measure([plan, *others], sizes.last)
    gaps = scores[1:] - scores[0]
    known = np.isfinite(gaps)
    n = known.sum(axis=1).clip(1)
    means = np.where(known, gaps, 0.0).sum(axis=1) / n
    errors = np.sqrt(np.where(known, (gaps - means[:, None]) ** 2, 0.0).sum(axis=1)) / n
    best = int(np.argmax(means - errors))
    return others[best] if means[best] > errors[best] else None


def _combined(some: Sequence[Plan], others: Sequence[Plan]) -> list[Plan]:
    """Each of some with each of the others, once."""
    made = (together(one, other) for one in some for other in others)
    return list(dict.fromkeys(plan for plan in made if plan is not None))
