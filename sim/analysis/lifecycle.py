"""M1: how does a community live? Curves by day with a band, and the stage of life found from the curve."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.intervals import interval_frame
from sim.analysis.lifetimes import groups_table
from sim.analysis.panel import Panel

__all__ = ["RATIOS", "STAGES", "curve", "stage_shares", "stages"]

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
MEANS = ("mean_trust", "mean_belonging")  # means over members: weighted by members when put together

WEEK = 7
TOOK_OFF = 1.0  # posters a day at the peak, below which a group never came to life
GREW = 1.5  # peak over first week
NOISE = 2.5  # standard errors by which the peak must exceed the first week
RISING, RISEN, FALLEN = 0.25, 0.75, 0.5  # shares of the rise, of the peak, of the peak
STILL = 14, 1.15  # days and factor by which the end must still exceed what was before
NEVER = np.iinfo(np.int32).max


def curve(
    daily: pd.DataFrame | Panel, measure: str, unit: str = "group", band: str = "mean", total: bool = False
) -> pd.DataFrame:
    """Frame [arm, world, day, mean, low, high, n]: a measure by day, mean over communities.

    Parameters
    ----------
    measure
        A column of daily, a key of :data:`RATIOS` (sum over sum within the community; NaN where nothing was said), or
        ``profit`` (revenue − cost). ``mean_trust`` and ``mean_belonging`` are weighted by members.
    unit
        ``group``: per existing group of the community; ``community``: summed over its groups; ``member``: per member.
        Ratios and means over members take no unit.
    band
        ``mean``: 95 % t interval of the mean over communities; ``spread``: 2.5 and 97.5 percentiles of communities.
    total
        Add up over the days (for money).
    """
    if unit not in ("group", "community", "member"):
        raise ValueError(f"unit '{unit}' is none of group, community, member")
    panel = Panel.of(daily)
    top, bottom = _top_and_bottom(panel, measure, unit)
    if total:
        top = np.cumsum(top, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(bottom > 0, top / bottom, np.nan)
    return interval_frame(panel.communities, values, "day", np.arange(panel.days, dtype=np.int32), band)


def _top_and_bottom(panel: Panel, measure: str, unit: str) -> tuple[np.ndarray, np.ndarray]:
    """Numerator and denominator (communities, days) of a measure."""
    if measure in RATIOS:
        above, below = RATIOS[measure]
        return panel.by_community(panel.dense(above)), panel.by_community(panel.dense(below))
    if measure in MEANS:
        members = panel.dense("n_members")
        return panel.by_community(panel.dense(measure) * members), panel.by_community(members)
    if measure == "profit":
        top = panel.by_community(panel.dense("revenue")) - panel.by_community(panel.dense("cost"))
    elif measure in panel.frame.columns:
        top = panel.by_community(panel.dense(measure))
    else:
        raise ValueError(f"there is no measure '{measure}': take a column of daily, profit, or one of {[*RATIOS]}")
    if unit == "community":
        return top, np.ones_like(top)
    return top, panel.by_community(panel.exists if unit == "group" else panel.dense("n_members"))


def stages(daily: pd.DataFrame | Panel, window: int = 28) -> pd.DataFrame:
    """The days on which each group changed its stage of life; null where it never got there.

    One row per group: ``arm, world, replicate, group, day_born, day_growth, day_activity, day_decline, day_dead,
    day_last``. Stages come in this order and do not come back; each may be skipped.

    The rule reads one curve a group: a(t), posters a day, a centred mean over 7 days; days without a message by an
    ordinary member count as 0, so a host talking to himself is no life. Let a₀ be the mean of the first 7 days and
    P the maximum of a, reached on day t*.

    - *germination*: from birth. A group with P < 1 poster a day never leaves it but for death.
    - *growth*, if P ≥ 1.5 a₀, if t* comes after the first week, and if the rise is more than noise (P − a₀ exceeds 2.5
      standard errors √((P + a₀) / 7) of a difference of two weekly means of Poisson counts): from the last day before
      t* with a ≤ a₀ + 0.25 (P − a₀), when the rise to the peak sets in. A group that did not grow skips it and is
      *active* from its eighth day.
    - *activity*: from the first day with a ≥ 0.75 P.
    - *decline*: after the last day with a ≥ 0.5 P. A slump from which a group recovers is therefore part of activity.
    - *dead*: after its last ordinary message, if ``window`` silent days followed (facts.md).
    - A group still growing at the end (t* in the last 14 days, whose mean exceeds that of the 14 before by 15 %) has
      not shown its peak yet and stays in growth.
    - A stage that would begin on or after the day the next begins is skipped.

    The thresholds are conventions, not facts.
    """
    panel = Panel.of(daily)
    lives = groups_table(panel, window)
    born, last = lives["day_born"].to_numpy(), lives["day_last"].to_numpy()
    level = _smooth(np.where(panel.dense("n_member_messages") > 0, panel.dense("n_posters"), 0), born, last)
    starts = _starts(level, born, last)
    died = lives["day_died"].to_numpy(dtype=np.int64, na_value=NEVER)
    starts["day_dead"] = np.where((died < last), np.minimum(died, last) + 1, NEVER)
    limit = last + 1
    for name in ("day_dead", "day_decline", "day_activity", "day_growth"):
        starts[name] = np.where(starts[name] < limit, starts[name], NEVER)
        limit = np.minimum(limit, starts[name])
    out = lives[["arm", "world", "replicate", "group", "day_born"]].copy()
    for name in ("day_growth", "day_activity", "day_decline", "day_dead"):
        never = starts[name] == NEVER
        out[name] = pd.arrays.IntegerArray(np.where(never, 0, starts[name]).astype(np.int32), never)
    out["day_last"] = last
    return out


def _smooth(values: np.ndarray, born: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Centred mean over 7 days (groups, days), over those of the 7 on which the group existed; 0 outside its life."""
    n, days = values.shape
    sums = np.zeros((n, days + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    day, half = np.arange(days), WEEK // 2
    low, high = np.maximum(day - half, 0), np.minimum(day + half + 1, days)
    width = np.minimum(high, last[:, None] + 1) - np.maximum(low, born[:, None])
    inside = (day >= born[:, None]) & (day <= last[:, None])
    return np.where(inside, (sums[:, high] - sums[:, low]) / np.maximum(width, 1), 0.0)


def _starts(level: np.ndarray, born: np.ndarray, last: np.ndarray) -> dict[str, np.ndarray]:
    """First days of growth, activity and decline by the rule of :func:`stages`, NEVER where it does not apply."""
    day = np.arange(level.shape[1])
    peak, day_peak = level.max(axis=1), level.argmax(axis=1)
    base = _mean_between(level, born, np.minimum(born + WEEK, last + 1))
    alive = peak >= TOOK_OFF
    grew = alive & (peak >= GREW * base) & (day_peak >= born + WEEK)
    grew &= peak - base > NOISE * np.sqrt((peak + base) / WEEK)
    low = (level <= (base + RISING * (peak - base))[:, None]) & (day >= born[:, None]) & (day < day_peak[:, None])
    growth = np.where(low.any(axis=1), _last_true(low) + 1, born + 1)
    risen = (level >= (RISEN * peak)[:, None]) & (day >= growth[:, None])
    activity = np.where(grew, risen.argmax(axis=1), born + WEEK)
    decline = _last_true(level >= (FALLEN * peak)[:, None]) + 1
    span, factor = STILL
    before = _mean_between(level, np.maximum(last + 1 - 2 * span, born), np.maximum(last + 1 - span, born))
    now = _mean_between(level, np.maximum(last + 1 - span, born), last + 1)
    growing = grew & (last - born >= 2 * span) & (day_peak > last - span) & (now >= factor * before)
    return {
        "day_growth": np.where(grew, growth, NEVER),
        "day_activity": np.where(alive & ~growing, activity, NEVER),
        "day_decline": np.where(alive & ~growing, decline, NEVER),
    }


def _last_true(flags: np.ndarray) -> np.ndarray:
    """Last day on which a flag is up (groups, days) → (groups,); the last day of all where none is."""
    return flags.shape[1] - 1 - flags[:, ::-1].argmax(axis=1)


def _mean_between(values: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Mean of each row over the days start … stop − 1; 0 where there are none."""
    day = np.arange(values.shape[1])
    inside = (day >= start[:, None]) & (day < stop[:, None])
    return np.where(inside, values, 0.0).sum(axis=1) / np.maximum(inside.sum(axis=1), 1)


def stage_shares(daily: pd.DataFrame | Panel, window: int = 28) -> pd.DataFrame:
    """Frame [arm, world, day, germination, growth, activity, decline, dead, dissolved]: what share of the groups is
    where, of those born by that day; mean over communities. Each row adds up to 1; a dissolved group is not a dead one.
    """
    panel = Panel.of(daily)
    code = _stage_codes(panel, stages(panel, window))
    names = (*STAGES, "dissolved")
    counts = np.stack([panel.by_community(code == k) for k in range(len(names))])
    with np.errstate(invalid="ignore"):
        share = counts / counts.sum(axis=0)
    parts = []
    for k, name in enumerate(names):
        frame = interval_frame(panel.communities, share[k], "day", np.arange(panel.days, dtype=np.int32))
        parts.append(frame["mean"].rename(name) if k else frame[["arm", "world", "day"]].assign(**{name: frame["mean"]}))
    return pd.concat(parts, axis=1)


def _stage_codes(panel: Panel, table: pd.DataFrame) -> np.ndarray:
    """(groups, days) number of the stage in STAGES, 5 once dissolved, −1 before birth."""
    day = np.arange(panel.days, dtype=np.int32)
    code = np.zeros((len(table), panel.days), dtype=np.int8)
    for k, name in enumerate(STAGES[1:], start=1):
        start = table[f"day_{name}"].to_numpy(dtype=np.int64, na_value=NEVER)
        code[day >= start[:, None]] = k
    last, end = table["day_last"].to_numpy(), panel.groups["day_end"].to_numpy()
    gone = (day > last[:, None]) & (last < end)[:, None]
    code[gone & (code < STAGES.index("dead"))] = len(STAGES)
    code[(day < table["day_born"].to_numpy()[:, None]) | (day > end[:, None])] = -1
    return code
