"""M2: how long do groups live? Survival with right-censoring, groups of one community being no independent witnesses.

A group dies on the day of the last message by an ordinary member that is followed by ``window`` days without another
(28; 14 and 56 are shown as well). Host, moderators, shills, adverts, packets and system lines keep no group alive.

Whether a death on day t is one can be known only on day t + window. So every group is watched until ``window`` days
before the end: one that still spoke after that is censored there, not on the day of its last message (which would
censor a group exactly when it may have died, and bend the curve upwards). A group dissolved on purpose is a competing
outcome: it leaves the watch on that day and is counted apart.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.panel import COMMUNITY, GROUP, RUN, Panel, codes, with_columns
from sim.analysis.statistics.intervals import t_value
from sim.analysis.statistics.kaplan_meier import band, counts, jackknife, survival_curve, survival_matrix

__all__ = ["WINDOWS", "Survival", "groups_table", "labels", "lives_of_any_line", "survival"]

WINDOWS = (14, 28, 56)
FEW_DIED = 8
NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Survival:
    """Survival of the groups of one arm.

    ``time`` is whole days since birth, 0 … horizon; ``share`` the share of groups that live longer than that, with
    95 % limits ``low`` and ``high``. The median is NaN ("not reached") where more than half outlive the watch, its
    limits likewise. The restricted mean is the area under the curve up to ``horizon`` days. All intervals treat the
    community as the independent unit.
    """

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
    horizon: int
    n: int
    n_died: int
    n_censored: int
    n_dissolved: int
    n_communities: int
    n_communities_died: int

    @property
    def rough(self) -> bool:
        """Whether too few communities have a death for the intervals to be trusted."""
        return self.n_communities_died < min(FEW_DIED, self.n_communities)


def groups_table(daily: pd.DataFrame | Panel, window: int = 28) -> pd.DataFrame:
    """One row per group, by the definitions of facts.md.

    Columns: ``arm, world, replicate, group, day_born, day_last`` (last row of the group), ``day_first_silent`` (the
    message before the first silence of ``window`` days, though the group woke later), ``day_died`` (null if alive at
    the end or dissolved), ``cause`` (``silent``, ``dissolved`` or null), ``lifetime`` (days from birth to death, or
    for as long as the group was watched), ``censored``, ``n_peak`` (most members), ``window``.

    Founding counts as a sign of life: a group in which no ordinary member ever spoke dies on the day of its birth.
    """
    panel = Panel.of(daily)
    if window not in panel.lives:
        panel.lives[window] = _lives(panel, window)
    return panel.lives[window].copy(deep=False)


def _lives(panel: Panel, window: int) -> pd.DataFrame:
    born, last, end = (panel.groups[name].to_numpy() for name in ("day_born", "day_last", "day_end"))
    spoke, first_silent = _last_words(panel, born, last, window)
    died, dissolved = last - spoke >= window, last < end
    watched = np.where(dissolved, last + 1, last - window)
    cause = np.where(died, 0, np.where(dissolved, 1, -1)).astype(np.int8)
    return with_columns(
        panel.groups[[*GROUP, "day_born", "day_last"]],
        day_first_silent=_nullable(first_silent, first_silent == NEVER),
        day_died=_nullable(spoke, ~died),
        cause=pd.Categorical.from_codes(cause, categories=["silent", "dissolved"]),
        lifetime=(np.where(died, spoke, np.maximum(watched, born)) - born).astype(np.int32),
        censored=~died,
        n_peak=panel.dense("n_members").max(axis=1),
        window=np.full(len(born), window, dtype=np.int32),
    )


def lives_of_any_line(panel: Panel, horizon: int, window: int = 28) -> tuple[np.ndarray, np.ndarray]:
    """Days each group lives up to ``horizon``, and whether it dies by then, if rituals and paid lines kept it alive, too.

    As :func:`groups_table`, but for the sign of life: any line but those of host and moderators. So check-ins, greetings,
    adverts, packets, and what shills say count. What a strategy gains here and not there is talk that it paid for or
    called for.
    """
    born, last, end = (panel.groups[name].to_numpy() for name in ("day_born", "day_last", "day_end"))
    sign = panel.dense("n_messages") > panel.dense("n_host_messages")
    sign[np.arange(len(born)), born] = True
    spoke = panel.days - 1 - sign[:, ::-1].argmax(axis=1)
    died = last - spoke >= window
    watched = np.where(last < end, last + 1, last - window)
    lived = np.where(died, spoke, np.maximum(watched, born)) - born
    return np.minimum(lived, horizon), died & (lived <= horizon)


def _last_words(panel: Panel, born: np.ndarray, last: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Day of the last ordinary message, and of the one before the first silence of ``window`` days (else NEVER)."""
    days = panel.days
    sign = panel.dense("n_member_messages") > 0
    sign[np.arange(len(born)), born] = True
    spoke = days - 1 - sign[:, ::-1].argmax(axis=1)
    first_silent = np.where(last - spoke >= window, spoke, NEVER)
    signs = np.flatnonzero(sign)
    before = np.flatnonzero(np.diff(signs) > window)  # a long way to the next sign, if that is of the same group
    row, day = np.divmod(signs[before], days)
    is_inside = row == signs[before + 1] // days
    np.minimum.at(first_silent, row[is_inside], day[is_inside])
    return spoke, first_silent


def _nullable(values: np.ndarray, null: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(np.where(null, 0, values).astype(np.int32), null)


def labels(runs: pd.DataFrame) -> list[str]:
    """How runs are called: by arm, or ``world/arm`` where there are several worlds."""
    several = runs["world"].nunique() > 1
    return [f"{world}/{arm}" if several else str(arm) for arm, world in zip(runs["arm"], runs["world"], strict=True)]


def survival(groups: pd.DataFrame, horizon: int | None = None) -> dict[str, Survival]:
    """Survival by arm (``world/arm`` with several worlds) from :func:`groups_table`.

    Kaplan and Meier's estimate (:mod:`sim.analysis.statistics.kaplan_meier`). Limits: standard errors from leaving out one community
    after another (groups of one community share market and operator), Student's t, log(−log) scale for the curve;
    the median's by where the limits of the curve cross one half (Brookmeyer & Crowley 1982). With a single community
    the curve has Greenwood's limits instead (:func:`scipy.stats.ecdf`), which take groups for independent, and the restricted mean has none.

    ``horizon`` (days) is by default the longest time any group of the frame was watched, the same for every arm.
    """
    limit = int(groups["lifetime"].max()) if horizon is None else int(horizon)
    code, runs = codes(groups, RUN)
    found = {}
    for i, name in enumerate(labels(runs)):
        found[name] = _survival(groups[code == i], limit, str(runs["arm"][i]), str(runs["world"][i]))
    return found


def _survival(groups: pd.DataFrame, horizon: int, arm: str, world: str) -> Survival:
    time = np.arange(horizon + 1)
    lived, died = groups["lifetime"].to_numpy(), ~groups["censored"].to_numpy()
    died = died & (lived <= horizon)
    lived = np.minimum(lived, horizon)
    unit, communities = codes(groups, COMMUNITY)
    n = len(communities)
    deaths, exits = counts(lived, died, unit, n, horizon + 1)
    all_deaths, all_exits = deaths.sum(axis=0), exits.sum(axis=0)
    share = survival_curve(all_deaths, all_exits)
    left_out = survival_matrix(all_deaths - deaths, all_exits - exits)
    low, high = band(share, jackknife(left_out), n) if n > 1 else _greenwood(lived, died, time)
    area = float(share[:-1].sum())
    half = float(t_value(n) * jackknife(left_out[:, :-1].sum(axis=1)))
    half = half if half > 1e-9 * area else float("nan")
    dissolved = int((groups["cause"] == "dissolved").sum())
    return Survival(
        arm=arm,
        world=world,
        window=int(groups["window"].iloc[0]),
        time=time,
        share=share,
        low=low,
        high=high,
        median=_crossing(share),
        median_low=_crossing(low),
        median_high=_crossing(high),
        restricted_mean=area,
        restricted_mean_low=max(area - half, 0.0),
        restricted_mean_high=min(area + half, float(horizon)),
        horizon=horizon,
        n=len(groups),
        n_died=int(died.sum()),
        n_censored=int((~died).sum()) - dissolved,
        n_dissolved=dissolved,
        n_communities=n,
        n_communities_died=int(deaths.any(axis=1).sum()),
    )


def _greenwood(lived: np.ndarray, died: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Limits for independent lives, at whole days."""
    from scipy import stats  # takes a second to import, and only a single community needs it

    estimate = stats.ecdf(stats.CensoredData.right_censored(lived, ~died)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # undefined where the share is 0 or 1: filled in below
        interval = estimate.confidence_interval(method="log-log")
    share = estimate.evaluate(time)
    sides = []
    for side in (interval.low, interval.high):
        values = side.evaluate(time)
        sides.append(np.where(np.isnan(values), share, values))
    return sides[0], sides[1]


def _crossing(share: np.ndarray) -> float:
    """First day on which a curve is at or below one half, NaN if never."""
    below = share <= 0.5 + 1e-9  # a half that rounding put a hair above
    return float(below.argmax()) if below.any() else float("nan")
