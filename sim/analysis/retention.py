"""M4: who stays, and why do the others leave?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.panel import COMMUNITY, RUN, as_ints, codes, is_one_of
from sim.analysis.statistics.intervals import interval_frame
from sim.analysis.statistics.kaplan_meier import band, counts, jackknife, survival_matrix

__all__ = ["reasons", "retention", "stays", "watched"]

#: Ends of a membership that say nothing about the member's wish to stay: censored there.
NOT_HIS_OWN = ("dissolved", "transferred")


def stays(spells: pd.DataFrame, days: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Days from joining to leaving (or as long as was watched), and whether the member left.

    Who was there before day 0 (in a running start) is watched from day 0 on, as founders are: days before are none, since
    those who left on them are not in the table (else they would make everybody seem loyal).

    Members still in on the last day are censored there; so are those whose group was dissolved or who were moved.
    ``days`` is the length of the run; without it, the last day on which anybody came or went counts as its end.
    """
    joined, left = as_ints(spells["day_joined"]), as_ints(spells["day_left"])
    return watched(joined, left, spells["reason"], days)


def watched(
    joined: np.ndarray, left: np.ndarray, reason: pd.Series, days: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """:func:`stays` of memberships whose days are at hand as whole numbers, −1 for none."""
    end = int(max(joined.max(initial=0), left.max(initial=0))) if days is None else days - 1
    gone = left >= 0
    stayed = np.maximum(np.where(gone, left, end) - np.maximum(joined, 0), 0)
    return stayed, gone & ~is_one_of(reason, NOT_HIS_OWN)


def retention(spells: pd.DataFrame, by: str = "cohort", days: int | None = None, width: int = 28) -> pd.DataFrame:
    """Frame [arm, world, <by>, age, share, low, high, n]: share still a member more than ``age`` days after joining.

    Kaplan-Meier over memberships, with the censoring of :func:`stays`; intervals by leaving out one community after
    another, on the log(−log) scale. A curve ends where its last member was watched.

    by: ``cohort`` (the first day of the ``width`` days in which they joined; −width: before day 0, in a running start, and
    watched from then on), ``channel`` or ``role``. n: memberships.
    """
    stayed, left = stays(spells, days)
    label, names = _labels(spells, by, width)
    unit, communities = codes(spells, COMMUNITY)
    n_ages, k = int(stayed.max(initial=0)) + 1, len(names)
    deaths, exits = counts(stayed, left, unit * k + label, len(communities) * k, n_ages)
    deaths, exits = deaths.reshape(-1, k, n_ages), exits.reshape(-1, k, n_ages)
    run, runs = codes(communities, RUN)
    parts = []
    for i in range(len(runs)):
        frame = _curves(deaths[run == i], exits[run == i], by, names)
        frame.insert(0, "arm", pd.Categorical([runs["arm"][i]] * len(frame), dtype=runs["arm"].dtype))
        frame.insert(1, "world", pd.Categorical([runs["world"][i]] * len(frame), dtype=runs["world"].dtype))
        parts.append(frame)
    return pd.concat(parts, ignore_index=True)


def _labels(spells: pd.DataFrame, by: str, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Number of the set each membership belongs to, and what the sets are called."""
    if by == "cohort":
        cohort = np.maximum(as_ints(spells["day_joined"]) // width, -1)
        first = int(cohort.min(initial=0))
        return cohort - first, np.arange(first, int(cohort.max(initial=0)) + 1) * width
    if by in ("channel", "role"):
        return spells[by].cat.codes.to_numpy().astype(np.int64), np.asarray(spells[by].cat.categories)
    raise ValueError(f"by='{by}' is none of cohort, channel, role")


def _curves(deaths: np.ndarray, exits: np.ndarray, by: str, names: np.ndarray) -> pd.DataFrame:
    """Retention of one run from deaths and exits (communities, sets, ages)."""
    n = len(deaths)
    all_deaths, all_exits = deaths.sum(axis=0), exits.sum(axis=0)
    share = survival_matrix(all_deaths, all_exits)
    error = jackknife(survival_matrix(all_deaths - deaths, all_exits - exits))
    low, high = band(share, error, n)
    watched = np.cumsum(all_exits[:, ::-1], axis=1)[:, ::-1] > 0
    which, age = np.nonzero(watched)
    data = {by: names[which], "age": age.astype(np.int32), "share": share[watched], "low": low[watched]}
    data |= {"high": high[watched], "n": all_exits.sum(axis=1).astype(np.int64)[which]}
    return pd.DataFrame(data)


def reasons(spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, reason, mean, low, high, n]: share of the memberships that ended for each reason.

    Sum over sum within the community, interval over communities; the rest are still members. n: communities.
    """
    unit, communities = codes(spells, COMMUNITY)
    names = list(spells["reason"].cat.categories)
    reason = spells["reason"].cat.codes.to_numpy().astype(np.int64)
    ended = reason >= 0
    size = len(communities) * len(names)
    table = np.bincount(unit[ended] * len(names) + reason[ended], minlength=size).reshape(-1, len(names))
    share = table / np.bincount(unit, minlength=len(communities))[:, None]
    return interval_frame(communities, share, "reason", names)
