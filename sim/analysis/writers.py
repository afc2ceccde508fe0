"""Ordinary members who write on a day, by themselves: without advertisers, staff, experts and hidden accounts.

The daily table counts whoever posts. Where talk has died down those are advertisers above all, who post whether or not
anybody else does: a share of posters may rise while fewer and fewer members write.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.memberships import Memberships
from sim.analysis.panel import is_one_of
from sim.analysis.statistics.divided import ratio

__all__ = ["ADVERTISERS", "writers"]

ADVERTISERS = ("Advertiser", "advertiser")


def writers(people: Memberships, days: int) -> np.ndarray:
    """Σ days with a line ÷ Σ days of membership, over ordinary members who are no advertisers; (communities,).

    A membership lasts from the day of coming in, or from day 0, to the day of leaving, both of which count.
    """
    whose = people.ordinary & ~is_one_of(people.spells["role"], ADVERTISERS)
    end = np.where(people.left < 0, days - 1, people.left)
    there = (end - np.maximum(people.joined, 0) + 1).astype(np.float64)
    return ratio(people.sums(whose, people.column("n_active_days").astype(np.float64)), people.sums(whose, there))
