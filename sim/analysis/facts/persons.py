"""What happens to a person in two years of groups, K11: do they ever mute one, ever leave one, and how many are they in?

A person of a simulated community has the groups of that community alone. So shares of people are lower bounds of what
would be over all groups of a life, and groups per person are shown, not counted.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.facts.published import Measures
from sim.analysis.facts.units import units_of
from sim.analysis.logs.marking import room_keys
from sim.analysis.statistics.bootstrap import Boot

__all__ = ["LIFE", "MANY", "k11"]

LIFE = 730  # days of a person's life that count
MANY = {"groups_under_10": (1, 9), "groups_10_to_30": (10, 30), "groups_30_to_50": (31, 50),
        "groups_over_50": (51, np.inf)}  # fmt: skip


def k11(spells: pd.DataFrame, mutes: pd.DataFrame, last_day: int, draws: int = 300) -> Measures:
    """Of people watched for two years from the first group they came into: who muted any group in that time, and who
    left any of their own will; and groups each of them is in at its end, of those who are in any.

    Memberships in ``spells`` are of ordinary members; ``mutes`` has a row for each day (or the first) on which somebody
    was seen to have muted a group. Who is removed, or whose group is dissolved, has not left.
    """
    keys = [*room_keys(spells)[:-1], "person"]
    people = spells.sort_values([*keys, "day_joined"], kind="stable").groupby(keys, observed=True, sort=True)
    people = people[[*room_keys(spells)[-1:], "day_joined"]].first().reset_index()
    people = people.rename(columns={"day_joined": "first"})
    people = people[people["first"] + LIFE <= last_day].reset_index(drop=True)
    n_units, unit = units_of(people, spells)
    boot = Boot(n_units, draws)
    home = pd.MultiIndex.from_frame(people[keys])
    end = pd.Series(people["first"].to_numpy(np.int64) + LIFE, home)
    there = spells[[*keys, "day_joined", "day_left", "reason"]]
    until = end.reindex(pd.MultiIndex.from_frame(there[keys])).to_numpy(np.float64)  # NaN: not watched for so long
    left = there["day_left"].astype("Float64").to_numpy(np.float64, na_value=np.inf)
    gone = there[(there["reason"] == "left").to_numpy(bool) & (left < until)]
    muted = mutes[mutes["day"].to_numpy(np.int64) < end.reindex(pd.MultiIndex.from_frame(mutes[keys])).to_numpy()]
    still = there[(there["day_joined"].to_numpy(np.int64) <= until) & (left > until)]
    many = still.groupby(keys, observed=True).size().reindex(home, fill_value=0).to_numpy()
    return {
        "ever_muted": boot.mean(home.isin(pd.MultiIndex.from_frame(muted[keys])), unit),
        "ever_left": boot.mean(home.isin(pd.MultiIndex.from_frame(gone[keys])), unit),
        **{name: boot.mean((many >= low)[many > 0] & (many <= high)[many > 0], unit[many > 0])
           for name, (low, high) in MANY.items()},
    }  # fmt: skip
