"""M4: who stays, and why do the others leave?"""

from __future__ import annotations

import pandas as pd


def retention(spells: pd.DataFrame, by: str = "cohort", days: int | None = None, width: int = 28) -> pd.DataFrame:
    """Frame [arm, world, <by>, age, share, low, high, n]: share still a member ``age`` days after joining (Kaplan-Meier).

    by: ``cohort`` (first day of the joining window of ``width`` days), ``channel`` or ``role``. n: memberships.
    """
    raise NotImplementedError


def reasons(spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, reason, mean, low, high, n]: memberships ended for that reason per membership, over communities."""
    raise NotImplementedError
