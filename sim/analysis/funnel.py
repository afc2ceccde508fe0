"""M5: from invitation to repurchase, and the revenue at the end of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.kept import kept
from sim.analysis.panel import COMMUNITY, Panel, as_ints, codes, place_of
from sim.analysis.statistics.intervals import interval_frame

__all__ = ["BY_DOOR", "STAFF", "STEPS", "count_steps", "funnel", "funnel_by_channel", "funnel_by_rung", "is_ordinary",
           "revenue", "steps_by_community"]  # fmt: skip

STEPS = ("invited", "joined", "active", "trusting", "bought", "bought_again")

#: Channels of those who knock at a door, and may stay outside.
BY_DOOR = ("search", "invited", "paid_ad", "partner")

#: Roles that run the group; they are in no funnel. Compared in lower case.
STAFF = ("host", "kol", "moderator", "shill", "guest")


@kept
def is_ordinary(spells: pd.DataFrame) -> np.ndarray:
    """Whether each membership is one of an ordinary member, not of staff."""
    role = spells["role"].cat
    staff = np.array([str(name).lower() in STAFF for name in role.categories] + [False])
    return ~staff[role.codes.to_numpy()]


@kept
def steps_by_community(spells: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Communities, and how many of their memberships got to each of STEPS (communities, steps).

    invited: friends asked by ordinary members · joined: memberships of ordinary members, founders among them, through
    whatever door · active: with a message · trusting: whose trust in the host ever passed the threshold · bought: with
    a purchase · bought again: with a second. A later step does not presuppose the one before (a lurker may buy).
    """
    unit, communities = codes(spells, COMMUNITY)
    return communities, count_steps(spells, unit, is_ordinary(spells), len(communities))


def count_steps(spells: pd.DataFrame, unit: np.ndarray, ordinary: np.ndarray, n: int) -> np.ndarray:
    """The same for memberships whose community (0 … n − 1) is ``unit``, where those ``ordinary`` are known."""
    bought = spells["n_purchases"].to_numpy()
    reached = (
        ordinary,
        ordinary & (spells["n_messages"].to_numpy() > 0),
        ordinary & (as_ints(spells["day_trusting"]) >= 0),
        ordinary & (bought >= 1),
        ordinary & (bought >= 2),
    )
    invited = np.bincount(unit, spells["n_invited"].to_numpy() * ordinary, n)
    return np.stack([invited, *(np.bincount(unit[flags], minlength=n) for flags in reached)], axis=1)


def funnel(spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, step, mean, low, high, n, of_joined, of_previous]: memberships per community at each step.

    The interval is over communities (n of them). ``of_joined`` and ``of_previous`` are ratios of the means; the first
    step has no previous. The steps are those of :func:`steps_by_community`.
    """
    return _frame(*steps_by_community(spells))


def funnel_by_channel(spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, channel, step, mean, low, high, n, of_joined, of_previous]: :func:`funnel` for each channel.

    Memberships by how they came; friends asked stand with the channel of who asked them. Channels by which nobody came
    are left out.
    """
    unit, communities = codes(spells, COMMUNITY)
    channel, names = spells["channel"].cat.codes.to_numpy(), list(spells["channel"].cat.categories)
    counts = count_steps(spells, unit * len(names) + channel, is_ordinary(spells), len(communities) * len(names))
    counts = counts.reshape(len(communities), len(names), len(STEPS))
    parts = []
    for k in np.flatnonzero(counts.any(axis=(0, 2))):
        frame = _frame(communities, counts[:, k])
        frame.insert(2, "channel", names[k])
        parts.append(frame)
    return pd.concat(parts, ignore_index=True) if parts else _frame(communities, counts[:, 0]).assign(channel="").iloc[:0]


def funnel_by_rung(purchases: pd.DataFrame, daily: pd.DataFrame | Panel) -> pd.DataFrame:
    """Frame [arm, world, rung, measure, mean, low, high, n]: what was bought of each rung of a ladder of products.

    Measures by community: ``buyers`` (persons, each once a rung), ``purchases``, ``revenue`` (CNY). Rung 0 is a product
    that is on no ladder. Communities that sold nothing count as 0; rungs nobody bought are left out.
    """
    communities = Panel.of(daily).communities
    unit, units = codes(purchases, COMMUNITY)
    home, rung = place_of(units, communities)[unit], purchases["rung"].to_numpy().astype(np.int64)
    once = np.unique(np.stack([home, rung, purchases["person"].to_numpy().astype(np.int64)]), axis=1)
    parts = []
    for k in np.unique(rung):
        mine = rung == k
        values = [
            np.bincount(once[0][once[1] == k], minlength=len(communities)),
            np.bincount(home[mine], minlength=len(communities)),
            np.bincount(home[mine], purchases["price"].to_numpy()[mine], len(communities)),
        ]
        frame = interval_frame(communities, np.stack(values, axis=1), "measure", ["buyers", "purchases", "revenue"])
        frame.insert(2, "rung", int(k))
        parts.append(frame)
    empty = pd.DataFrame(columns=["arm", "world", "rung", "measure", "mean", "low", "high", "n"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def _frame(communities: pd.DataFrame, counts: np.ndarray) -> pd.DataFrame:
    """Means of steps (communities, steps) with their ratios."""
    out = interval_frame(communities, counts, "step", list(STEPS))
    mean = out["mean"].to_numpy().reshape(-1, len(STEPS))
    with np.errstate(invalid="ignore", divide="ignore"):
        out["of_joined"] = (mean / mean[:, [STEPS.index("joined")]]).ravel()
        previous = np.full_like(mean, np.nan)
        previous[:, 1:] = mean[:, 1:] / mean[:, :-1]
    out["of_previous"] = np.where(np.isfinite(previous), previous, np.nan).ravel()
    return out


def revenue(daily: pd.DataFrame | Panel, spells: pd.DataFrame) -> pd.DataFrame:
    """Frame [arm, world, measure, mean, low, high, n]; n communities.

    Measures: ``revenue`` (CNY per community, all of it), ``entries`` (paid at the door), ``sales`` (spent on
    purchases), ``per_member`` (revenue per membership of an ordinary member, CNY).
    """
    panel = Panel.of(daily)
    unit, communities = codes(spells, COMMUNITY)
    weights = (spells["entry_paid"].to_numpy(), spells["spent"].to_numpy(), is_ordinary(spells))
    found = np.zeros((3, len(panel.communities)))
    place = place_of(communities, panel.communities)
    found[:, place] = [np.bincount(unit, weights=values, minlength=len(communities)) for values in weights]
    income = panel.totals("revenue")
    with np.errstate(invalid="ignore", divide="ignore"):
        per_member = np.where(found[2] > 0, income / found[2], np.nan)
    names = ["revenue", "entries", "sales", "per_member"]
    values = np.stack([income, found[0], found[1], per_member], axis=1)
    return interval_frame(panel.communities, values, "measure", names)
