"""M1: how does a community live? Curves by day with a band, and the stage of life found from the curve."""

from __future__ import annotations

import pandas as pd

STAGES = ("germination", "growth", "activity", "decline", "dead")

#: Measures that are a ratio of two sums of columns of ``daily``: name → (numerator, denominator).
RATIOS: dict[str, tuple[str, str]] = {
    "posters": ("n_posters", "n_members"),
    "readers": ("n_readers", "n_members"),
    "advert_share": ("n_ads", "n_messages"),
    "host_share": ("n_host_messages", "n_messages"),
    "kol_share": ("n_kol_messages", "n_messages"),
    "veteran_share": ("n_veteran_messages", "n_messages"),
    "on_topic_share": ("n_on_topic", "n_messages"),
    "answered": ("n_answered", "n_openers"),
    "off_host_replies": ("n_replies_off_host", "n_replies"),
    "trusting": ("n_trusting", "n_members"),
}


def curve(daily: pd.DataFrame, measure: str, unit: str = "group", band: str = "mean", total: bool = False) -> pd.DataFrame:
    """Frame [arm, world, day, mean, low, high, n]: a measure by day, mean over communities.

    measure: a column of daily, a key of RATIOS, or ``profit`` (revenue − cost).
    unit: ``group`` = per existing group of the community; ``community`` = summed over its groups; ``member`` = per member.
    band: ``mean`` = 95 % t interval of the mean; ``spread`` = 2.5 and 97.5 percentiles of the communities.
    total: add up over the days (for money).
    """
    raise NotImplementedError


def stages(daily: pd.DataFrame, window: int = 28) -> pd.DataFrame:
    """One row per group: [arm, world, replicate, group, day_born, day_growth, day_activity, day_decline, day_dead,
    day_end]; Int32, null where the group never got there. Stages follow each other, some may be skipped."""
    raise NotImplementedError


def stage_shares(daily: pd.DataFrame, window: int = 28) -> pd.DataFrame:
    """Frame [arm, world, day, germination, growth, activity, decline, dead, dissolved]: shares of the groups born by that
    day, mean over communities; each row adds up to 1."""
    raise NotImplementedError
