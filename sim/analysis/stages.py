"""M1: in which stage of life is a group? Germination, growth, activity, decline, dead: found from its curve.

The rule reads one curve a group: a(t), posters a day, a centred mean over 7 days; days without a message by an
ordinary member count as 0, so a host's monologue is no life. Let a₀ be the mean of the first 7 days and
P the maximum of a, reached on day t*.

- *germination*: from birth. A group with P < 1 poster a day never leaves it but for death.
- *growth*, if P ≥ 1.5 a₀, if t* comes after the first week, and if the rise is more than noise (P − a₀ exceeds 3
  standard errors √((P + a₀) / 7) of a difference of two weekly means of Poisson counts): from the last day before
  t* with a ≤ a₀ + 0.25 (P − a₀), when the rise to the peak sets in. A group that did not grow skips it and is
  *active* from its eighth day.
- *activity*: from the first day with a ≥ 0.75 P.
- *decline*: after the last day with a ≥ 0.5 P. A slump from which a group recovers is therefore part of activity;
  so is one that has not lasted 14 days when the watch (or the group) ends, unless the group is dead by then.
- *dead*: after its last ordinary message, if ``window`` silent days followed (facts.md).
- A group still growing at the end (t* in the last 28 days, whose mean exceeds that of the 28 before by 10 % and by
  2 standard errors) has not shown its peak yet and stays in growth.
- Groups that were there already on day 0 (a running start) have germinated: those that grow are in growth from day 0,
  the others active, or in decline where P < 1. Their *a*₀ and *P* are those since day 0: the peak may lie before.
- A stage that would begin on or after the day the next begins is skipped.

The thresholds are conventions, not facts.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from sim.analysis.lifetimes import groups_table
from sim.analysis.panel import Panel
from sim.analysis.statistics.intervals import mean_frame

__all__ = ["STAGES", "stage_codes", "stage_shares", "stages"]

STAGES = ("germination", "growth", "activity", "decline", "dead")

WEEK = 7
TOOK_OFF = 1.0  # posters a day at the peak, below which a group never came to life
GREW = 1.5  # peak over first week
NOISE = 3.0  # standard errors by which the peak must exceed the first week
RISING, RISEN, FALLEN = 0.25, 0.75, 0.5  # shares of the rise, of the peak, of the peak
STILL = 28, 1.1, 2.0  # days, factor and standard errors by which the end must still exceed what was before
SLUMP = 14  # days a group must have been down before a decline without death is called one
NEVER = np.iinfo(np.int32).max


def stages(daily: pd.DataFrame | Panel, window: int = 28, running: Collection[str] = ()) -> pd.DataFrame:
    """The days on which each group changed its stage of life; null where it never got there.

    ``running``: arms whose groups were there already on day 0.

    One row per group: ``arm, world, replicate, group, day_born, day_growth, day_activity, day_decline, day_dead,
    day_last``. Stages come in this order and do not come back; each may be skipped. The rule stands at the
    head of this file.
    """
    panel = Panel.of(daily)
    lives = groups_table(panel, window)
    born, last = lives["day_born"].to_numpy(), lives["day_last"].to_numpy()
    level = _smooth(np.where(panel.dense("n_member_messages") > 0, panel.dense("n_posters"), 0), born, last)
    starts = _starts(level, born, last)
    if running:
        _skip_germination(starts, lives["arm"].isin(running).to_numpy() & (born == 0))
    died = lives["day_died"].to_numpy(dtype=np.int64, na_value=NEVER)
    starts["day_dead"] = np.where(died < last, np.minimum(died, last) + 1, NEVER)
    recent = (starts["day_dead"] == NEVER) & (last + 1 - starts["day_decline"] < SLUMP)
    starts["day_decline"] = np.where(recent, NEVER, starts["day_decline"])
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
    half = WEEK // 2
    sums = np.zeros((n, days + WEEK))  # sums[:, d + half + 1]: of the days up to d; level before the first and after the last
    inner = sums[:, half + 1 : half + 1 + days]
    np.cumsum(values, axis=1, out=inner)
    sums[:, half + 1 + days :] = inner[:, -1:]
    day = np.arange(days)
    low, high = np.maximum(day - half, 0), np.minimum(day + half + 1, days)
    width = np.minimum(high, last[:, None] + 1) - np.maximum(low, born[:, None])
    inside = (day >= born[:, None]) & (day <= last[:, None])
    return np.where(inside, (sums[:, WEEK:] - sums[:, :days]) / np.maximum(width, 1), 0.0)


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
    span, factor, errors = STILL
    before = _mean_between(level, np.maximum(last + 1 - 2 * span, born), np.maximum(last + 1 - span, born))
    now = _mean_between(level, np.maximum(last + 1 - span, born), last + 1)
    growing = grew & (last - born >= 2 * span) & (day_peak > last - span) & (now >= factor * before)
    growing &= now - before > errors * np.sqrt((now + before) / span)
    return {
        "day_growth": np.where(grew, growth, NEVER),
        "day_activity": np.where(alive & ~growing, activity, NEVER),
        "day_decline": np.where(alive & ~growing, decline, NEVER),
    }


def _skip_germination(starts: dict[str, np.ndarray], there: np.ndarray) -> None:
    """Groups ``there`` already on day 0 are in growth, in activity or in decline from that day on."""
    grew, active = starts["day_growth"] != NEVER, starts["day_activity"] != NEVER
    for name, at_once in (("growth", grew), ("activity", ~grew & active), ("decline", ~grew & ~active)):
        starts[f"day_{name}"] = np.where(there & at_once, 0, starts[f"day_{name}"])


def _last_true(flags: np.ndarray) -> np.ndarray:
    """Last day on which a flag is up (groups, days) → (groups,); the last day of all where none is."""
    return flags.shape[1] - 1 - flags[:, ::-1].argmax(axis=1)


def _mean_between(values: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Mean of each row over the days start … stop − 1; 0 where there are none."""
    day = np.arange(values.shape[1])
    inside = (day >= start[:, None]) & (day < stop[:, None])
    return np.where(inside, values, 0.0).sum(axis=1) / np.maximum(inside.sum(axis=1), 1)


def stage_shares(daily: pd.DataFrame | Panel, window: int = 28, running: Collection[str] = ()) -> pd.DataFrame:
    """Frame [arm, world, day, germination, growth, activity, decline, dead, dissolved]: what share of the groups is
    where, of those born by that day; mean over communities. Each row adds up to 1; a dissolved group is not a dead one.
    """
    panel = Panel.of(daily)
    code = stage_codes(panel, stages(panel, window, running))
    names = (*STAGES, "dissolved")
    kinds = len(names) + 1  # −1, before birth, comes first
    cell = (panel.community[:, None] * panel.days + np.arange(panel.days)) * kinds + (code + 1)
    counts = np.bincount(cell.ravel(), minlength=len(panel.communities) * panel.days * kinds)
    counts = counts.reshape(-1, panel.days, kinds)[..., 1:]
    with np.errstate(invalid="ignore"):
        share = np.moveaxis(counts / counts.sum(axis=2, keepdims=True), 2, 0)
    return mean_frame(panel.communities, dict(zip(names, share, strict=True)), "day", np.arange(panel.days, dtype=np.int32))


def stage_codes(panel: Panel, table: pd.DataFrame) -> np.ndarray:
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
