"""The table of memberships as arrays, with the community of each: common ground of measures of people, made once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from sim.analysis.funnel import is_ordinary
from sim.analysis.panel import COMMUNITY, Panel, as_ints, codes, place_of

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

    def column(self, name: str) -> np.ndarray:
        """A column of numbers."""
        return self.spells[name].to_numpy()

    def sums(self, flags: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        """How many memberships are flagged (or the sum of their weights), (communities,)."""
        rows = np.flatnonzero(flags)
        return np.bincount(self.home[rows], None if weights is None else weights[rows], self.n).astype(np.float64)
