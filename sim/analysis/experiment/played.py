"""What was played of one arm in one world, as measures over members and groups take it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel

__all__ = ["Played"]


@dataclass(frozen=True)
class Played:
    """The daily table and that of memberships, and for how many days it was played."""

    daily: pd.DataFrame
    spells: pd.DataFrame
    days: int

    @cached_property
    def panel(self) -> Panel:
        """Groups by days."""
        return Panel.of(self.daily)

    @cached_property
    def people(self) -> Memberships:
        """Memberships, in the order of the panel's communities."""
        return Memberships(self.spells, self.panel)

    @property
    def replicates(self) -> pd.Series:
        """Which community each value belongs to."""
        return self.panel.communities["replicate"]
