"""M3: who talks? Shares of posters, readers and absent; Gini, share of the top tenth, lurkers, the host's share."""

from __future__ import annotations

import numpy as np
import pandas as pd


def shares(daily: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, day, posters, readers, away]: shares of members who post, only read, do not look in; adds up to 1."""
    raise NotImplementedError


def gini(counts: np.ndarray) -> float:
    """Gini coefficient of non-negative counts: Σ(2i − n − 1) x(i) / (n Σx), x sorted."""
    raise NotImplementedError


def concentration(spells: pd.DataFrame) -> pd.DataFrame:
    """Per group: [arm, world, replicate, group, n_members, n_posters, n_messages, gini_posters, gini_members, top_posters
    (share of messages by the top 10 % of posters), top_members, silent (share without any message)]."""
    raise NotImplementedError


def inequality(spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, measure, mean, low, high, n] of :func:`concentration`'s measures over communities."""
    raise NotImplementedError


def lorenz(spells: pd.DataFrame, points: int = 101) -> pd.DataFrame:
    """Frame [arm, world, members (share, 0..1), messages (share)]: Lorenz curve of messages over members, mean of groups."""
    raise NotImplementedError
