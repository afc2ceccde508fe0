"""M14, R12, R13: veterans who leave, customers who look in, and those who ask and give nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.coming import there
from sim.analysis.memberships import Memberships
from sim.analysis.panel import COMMUNITY, GROUP, Panel, codes, is_one_of, place_of
from sim.analysis.statistics.divided import ratio

__all__ = ["customers_seen", "handout_seekers", "veterans_left"]

MONTH = 30
WEEK = 7
OWN_WILL = ("left", "lapsed", "poached")
ASKS, WINDOW = 5, 28
"""Questions within so many days, and no answer given, that make a hand-out seeker."""


def veterans_left(people: Memberships, veteran_days: np.ndarray, days: int) -> np.ndarray:
    """M14: share of the members of long standing who leave of their own will within a month; (communities,).

    1 − (1 − h)³⁰, h = leavings ÷ days at risk, of ordinary members from ``veteran_days`` days after they came in. Those
    removed, moved or dissolved, and those still in, are at risk for as long as they were seen. NaN where nobody was, or
    where ``veteran_days`` (communities,) is not known. Days before day 0, and in the group from which they were moved,
    count as tenure.
    """
    ends = np.where(people.left >= 0, people.left, days - 1)
    since = people.joined[people.began]
    rows = np.flatnonzero(people.ordinary & (ends - since >= np.nanmin(veteran_days, initial=np.inf)))
    home = people.home[rows]
    begins = np.maximum(since[rows] + veteran_days[home], np.maximum(people.joined[rows], 0.0))
    at_risk = np.maximum(ends[rows] - begins + 1.0, 0.0)
    went = is_one_of(people.spells["reason"], OWN_WILL)[rows] & (at_risk > 0.0)
    hazard = ratio(np.bincount(home[went], minlength=people.n), np.bincount(home, at_risk, people.n))
    return 1.0 - (1.0 - hazard) ** MONTH


def customers_seen(panel: Panel, starts: pd.DataFrame | None = None) -> np.ndarray:
    """R12: share of those who had bought when a week began who look in during that week; (communities,).

    Σ n_customers_seen over the days of whole weeks ÷ Σ n_customers on the evenings before them. Weeks are counted from
    the founding of the groups, so in a running start (``starts``) they need not begin on day 0. NaN without customers.
    """
    ages = _ages(panel, starts)
    found = np.full(len(ages), np.nan)
    for age in np.unique(ages):
        first = int(-age % WEEK) or WEEK  # of day 0 no evening before is known
        last = first + max(0, panel.days - first) // WEEK * WEEK
        seen = panel.by_community(panel.dense("n_customers_seen")[:, first:last].sum(axis=1))
        had = panel.by_community(panel.dense("n_customers")[:, first - 1 : last - 1 : WEEK].sum(axis=1))
        found = np.where(ages == age, ratio(seen, had), found)
    return found


def _ages(panel: Panel, starts: pd.DataFrame | None) -> np.ndarray:
    """Days that the groups of each community have behind them on day 0."""
    ages = np.zeros(len(panel.communities), dtype=np.int64)
    if starts is not None and len(starts):
        unit, units = codes(starts, COMMUNITY)
        ages[place_of(units, panel.communities)[unit]] = starts["age"].to_numpy()
    return ages


def handout_seekers(panel: Panel, messages: pd.DataFrame, people: Memberships, first: pd.Timestamp) -> np.ndarray:
    """R13: share of members who ask five questions or more in four weeks and answer none; (communities,).

    Over stretches of 28 whole days, from day 0 on: people with 5 questions and no answer ÷ members of the groups on the
    last evening of the stretch, those on the way from one to another counted. Staff are left out of the first. NaN where
    the run has no whole stretch, or no members then.
    ``first`` is the midnight that begins day 0.
    """
    stretches = panel.days // WINDOW
    asks, gives = (is_one_of(messages["kind"], [kind]) for kind in ("question", "answer"))
    day = (messages["t"] - first).dt.days.to_numpy(dtype=np.int64)
    rows = np.flatnonzero((asks | gives) & (day < stretches * WINDOW) & _is_member(messages, people))
    some = messages.iloc[rows]
    unit, units = codes(some.assign(stretch=day[rows] // WINDOW), (*GROUP, "author", "stretch"))
    asked, given = (np.bincount(unit, kind[rows], len(units)) for kind in (asks, gives))
    found = units[(asked >= ASKS) & (given == 0)]
    home, homes = codes(found, COMMUNITY)
    n = len(panel.communities)
    seekers = np.bincount(place_of(homes, panel.communities)[home], minlength=n) if len(found) else np.zeros(n)
    ends = there(panel)[:, WINDOW - 1 : stretches * WINDOW : WINDOW]
    members = panel.by_community(ends).sum(axis=1)
    return ratio(seekers, members)


def _is_member(messages: pd.DataFrame, people: Memberships) -> np.ndarray:
    """Was each message written by an ordinary member of its group?"""
    keys = [*GROUP, "person"]
    ordinary = people.spells.loc[people.ordinary, keys].drop_duplicates()
    written = messages[[*GROUP, "author"]].rename(columns={"author": "person"})
    return written.merge(ordinary, on=keys, how="left", indicator=True)["_merge"].eq("both").to_numpy()
