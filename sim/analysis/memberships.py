"""The table of memberships as arrays, with the community of each: common ground of measures of people, made once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from sim.analysis.funnel import is_ordinary
from sim.analysis.panel import COMMUNITY, Panel, as_ints, codes, is_one_of, place_of

__all__ = ["Memberships"]


class Memberships:
    """Memberships of the communities of a panel.

    ``spells`` is the table; ``unit`` numbers the communities that have any, ``place`` says where in the panel each of these
    stands; ``home`` is the community of each membership in the panel, of which there are ``n``.
    """

    def __init__(self, spells: pd.DataFrame, panel: Panel) -> None:
        self.spells, self.n = spells, len(panel.communities)
        self.unit, units = codes(spells, COMMUNITY)
        self.place = place_of(units, panel.communities)
        self.home = self.place[self.unit]

    @cached_property
    def joined(self) -> np.ndarray:
        """Day of coming in; negative in a running start."""
        return as_ints(self.spells["day_joined"])

    @cached_property
    def left(self) -> np.ndarray:
        """Day of the end, −1 while still a member."""
        return as_ints(self.spells["day_left"])

    @cached_property
    def ordinary(self) -> np.ndarray:
        """Whether each is of an ordinary member, not of staff."""
        return is_ordinary(self.spells)

    @cached_property
    def began(self) -> np.ndarray:
        """The membership with which the stay of each began: who is moved goes on, in another group, the day after.

        A move ends a row of the table, and begins one; it makes nobody a newcomer, and nobody leaves by it.
        """
        first = np.arange(len(self.left))
        came, went = (np.flatnonzero(is_one_of(self.spells[name], ["transferred"])) for name in ("channel", "reason"))
        if not len(came) or not len(went):
            return first
        person, day = self.column("person").astype(np.int64), np.where(self.left >= 0, self.left + 1, -1)
        wide, long = int(person.max()) + 2, int(max(day.max(), self.joined.max())) + 2
        who = (self.home * wide + person + 1) * long
        keys = who[went] + day[went]
        order = np.argsort(keys, kind="stable")
        wanted = who[came] + np.maximum(self.joined[came], 0)  # nobody who was moved before day 0 has left since
        at = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
        is_found = (keys[order][at] == wanted) & (self.joined[came] >= 0)
        first[came[is_found]] = went[order][at[is_found]]
        while (first[first] != first).any():
            first = first[first]
        return first

    @cached_property
    def goes_on(self) -> np.ndarray:
        """Whether the stay of each goes on in a later membership."""
        later = self.began != np.arange(len(self.began))
        last = np.full(len(self.began), -1, dtype=np.int64)
        np.maximum.at(last, self.began[later], self.joined[later])
        return (last[self.began] >= 0) & (self.joined < last[self.began])

    def column(self, name: str) -> np.ndarray:
        """A column of numbers."""
        return self.spells[name].to_numpy()

    def sums(self, flags: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        """How many memberships are flagged (or the sum of their weights), (communities,)."""
        rows = np.flatnonzero(flags)
        return np.bincount(self.home[rows], None if weights is None else weights[rows], self.n).astype(np.float64)
