"""M2: how long do groups live? Survival with right-censoring, groups of one community being no independent witnesses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

WINDOWS = (14, 28, 56)


@dataclass(frozen=True)
class Survival:
    """Survival of the groups of one arm. ``time`` in days since birth; intervals are 95 %, clustered by community."""

    arm: str
    world: str
    window: int
    time: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    median: float
    median_low: float
    median_high: float
    restricted_mean: float
    restricted_mean_low: float
    restricted_mean_high: float
    horizon: float
    n: int
    n_died: int
    n_censored: int
    n_dissolved: int
    n_communities: int


def groups_table(daily: pd.DataFrame, window: int = 28) -> pd.DataFrame:
    """One row per group: [arm, world, replicate, group, day_born, day_last (observed), day_first_silent, day_died, cause
    ("silent" | "dissolved" | null), lifetime, censored, n_peak]."""
    raise NotImplementedError


def survival(groups: pd.DataFrame, horizon: float | None = None) -> dict[str, Survival]:
    """Survival by arm (``world/arm`` with several worlds) from :func:`groups_table`."""
    raise NotImplementedError
