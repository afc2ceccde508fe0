"""M3: who talks? Shares of posters, readers and absent; Gini, share of the top tenth, the silent, the Lorenz curve.

The host's share of the talk by day is ``curve(daily, "host_share")`` in :mod:`sim.analysis.lifecycle`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.kept import kept
from sim.analysis.panel import COMMUNITY, GROUP, RUN, Panel, codes, with_columns
from sim.analysis.statistics.intervals import interval_frame, mean_frame

__all__ = ["MEASURES", "concentration", "gini", "inequality", "lorenz", "per_community", "shares", "unequal"]

MEASURES = ("gini_posters", "gini_members", "top_posters", "top_members", "silent")
TOP = 0.1


def shares(daily: pd.DataFrame | Panel) -> pd.DataFrame:
    """Frame [arm, world, day, posters, readers, away]: members who post, who only read, who do not look in.

    Shares of members, sum over sum within the community, mean over communities; each row adds up to 1.
    """
    panel = Panel.of(daily)
    members = panel.by_community(panel.dense("n_members"))
    posters = np.minimum(panel.by_community(panel.dense("n_posters")), members)
    seen = np.clip(panel.by_community(panel.dense("n_readers")), posters, members)
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = {"posters": posters / members, "readers": (seen - posters) / members, "away": (members - seen) / members}
    return mean_frame(panel.communities, parts, "day", np.arange(panel.days, dtype=np.int32))


def gini(counts: np.ndarray) -> float:
    """Gini coefficient of non-negative counts; NaN for none or all zero.

    G = Σ(2i − n − 1) x(i) / (n Σx), x(1) ≤ … ≤ x(n). 0 when all are equal, 1 − 1/n when one has everything.
    """
    x = np.sort(np.asarray(counts, dtype=np.float64))
    n = len(x)
    if not n or not x.sum():
        return float("nan")
    return float((2 * np.arange(1, n + 1) - n - 1) @ x / (n * x.sum()))


class _Sorted:
    """Messages per person ``x``, ascending within each group ``g``; a group's are at ``first`` … ``last`` - 1."""

    def __init__(self, spells: pd.DataFrame) -> None:
        code, self.groups = codes(spells, GROUP)
        code, counts = _by_person(code, spells["person"].to_numpy(), spells["n_messages"].to_numpy().astype(np.int64))
        top = int(counts.max(initial=0)) + 1
        key = np.sort(code * top + counts)
        self.g, self.x = np.divmod(key, top)
        self.n = np.bincount(self.g, minlength=len(self.groups))
        self.last = np.cumsum(self.n)
        self.first = self.last - self.n
        self.zeros = np.bincount(self.g[self.x == 0], minlength=len(self.groups))
        self.sums = np.r_[0, np.cumsum(self.x)]
        self.total = self.sums[self.last] - self.sums[self.first]


def _by_person(code: np.ndarray, person: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Add up the spells of a person who was in the same group more than once."""
    wide, top = int(person.max(initial=0)) + 2, int(counts.max(initial=0)) + 1
    key = code * wide + person + 1
    if (int(code.max(initial=0)) + 1) * wide * top < 2**63:  # to sort numbers is quicker than to find their order
        ordered, said = np.divmod(np.sort(key * top + counts), top)
    else:
        order = np.argsort(key)
        ordered, said = key[order], counts[order]
    is_new = np.r_[True, np.diff(ordered) > 0]
    if is_new.all():
        return code, counts
    summed = np.bincount(np.cumsum(is_new) - 1, said)  # floats hold such numbers exactly
    return ordered[is_new] // wide, summed.astype(np.int64)


def concentration(spells: pd.DataFrame) -> pd.DataFrame:
    """How unequally a group's talk is spread over its people, over the whole run, one row per group.

    Columns: ``arm, world, replicate, group, n_members`` (people ever in it), ``n_posters`` (with a message),
    ``n_messages, gini_posters, gini_members, top_posters`` (share of the messages by the most talkative 10 % of
    posters, at least one person), ``top_members`` (… of all members), ``silent`` (share without any message). Null
    where nobody spoke. Takes any frame with the columns ``arm, world, replicate, group, person, n_messages``.
    """
    data = _Sorted(spells)
    posters = data.n - data.zeros
    found = {"n_members": data.n, "n_posters": posters, "n_messages": data.total}
    rank = np.arange(len(data.x)) - data.first[data.g] + 1
    weighted = np.bincount(data.g, weights=rank * data.x, minlength=len(data.groups))
    poster_rank = weighted - data.zeros * data.total
    with np.errstate(invalid="ignore", divide="ignore"):
        for name, n, ranked in (("posters", posters, poster_rank), ("members", data.n, weighted)):
            found[f"gini_{name}"] = (2 * ranked - (n + 1) * data.total) / (n * data.total)
        for name, n in (("posters", posters), ("members", data.n)):
            best = np.ceil(TOP * n - 1e-9).astype(np.int64)
            found[f"top_{name}"] = (data.sums[data.last] - data.sums[data.last - best]) / data.total
        found["silent"] = data.zeros / data.n
    return with_columns(data.groups, **found)


def inequality(spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, measure, mean, low, high, n] of the measures of :func:`concentration`, over communities."""
    units, values = unequal(spells)
    return interval_frame(units, values, "measure", list(MEASURES))


@kept
def unequal(spells: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """:func:`per_community` of the run's :func:`concentration`."""
    return per_community(concentration(spells))


def per_community(table: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Communities, and the mean over their groups of each of MEASURES (communities, measures), null left out."""
    code, units = codes(table, COMMUNITY)
    columns = []
    for name in MEASURES:
        values = table[name].to_numpy(dtype=np.float64)
        known = ~np.isnan(values)
        sums = np.bincount(code[known], weights=values[known], minlength=len(units))
        with np.errstate(invalid="ignore"):
            columns.append(sums / np.bincount(code[known], minlength=len(units)))
    return units, np.stack(columns, axis=1)


def lorenz(spells: pd.DataFrame, points: int = 101) -> pd.DataFrame:
    """Frame [arm, world, members, messages]: share of the messages by the least talkative share of members.

    Mean over the groups in which anybody spoke, of all communities; straight lines between people.
    """
    data = _Sorted(spells)
    spoke = data.total > 0
    grid = np.linspace(0, 1, points)
    place = data.n[spoke] * grid[:, None]
    whole = np.minimum(np.floor(place).astype(np.int64), data.n[spoke] - 1)
    index = data.first[spoke] + whole
    share = (data.sums[index] - data.sums[data.first[spoke]] + (place - whole) * data.x[index]) / data.total[spoke]
    run, runs = codes(data.groups[spoke], RUN)
    sums = np.stack([np.bincount(run, weights=row, minlength=len(runs)) for row in share], axis=1)
    mean = sums / np.bincount(run, minlength=len(runs))[:, None]
    out = runs.loc[np.repeat(np.arange(len(runs)), points)].reset_index(drop=True)
    return out.assign(members=np.tile(grid, len(runs)), messages=mean.ravel())
