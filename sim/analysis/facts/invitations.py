"""How soon and how often members bring others, K2: from memberships, since a log of talk tells nothing of it.

An invitation is told by its coming: in the chats it was counted in, who was invited was in. Days are whole days.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.facts.published import Measures
from sim.analysis.facts.units import units_of
from sim.analysis.logs.marking import room_keys
from sim.analysis.statistics.bootstrap import Boot

__all__ = ["k2"]

WATCHED = 34  # days a member has to be watched for, as a new group is in K1


def k2(spells: pd.DataFrame, last_day: int, draws: int = 300) -> Measures:
    """Of members who brought anybody: the first came within 5 days of the member's own coming; and gaps of at most 2
    days between one who was brought by a member and the next.

    Founders are members too. Only members who were there at least 34 days before ``last_day``, and what they did in
    those: who is watched for a week cannot be late.
    """
    keys = room_keys(spells)
    own = spells.groupby([*keys, "person"], observed=True)["day_joined"].min().rename("own").reset_index()
    brought = spells.loc[spells["inviter"].notna(), [*keys, "inviter", "day_joined"]]
    brought = brought.rename(columns={"inviter": "person"}).astype({"person": np.int64})
    found = brought.merge(own.astype({"person": np.int64}), on=[*keys, "person"])
    age = found["day_joined"] - found["own"]
    found = found[(found["own"] + WATCHED <= last_day) & (age >= 0) & (age < WATCHED)]
    found = found.sort_values([*keys, "person", "day_joined"], kind="stable").reset_index(drop=True)
    n_units, unit = units_of(found, spells)
    boot = Boot(n_units, draws)
    member = found.groupby([*keys, "person"], observed=True, sort=False).ngroup().to_numpy()
    first = np.append(True, member[1:] != member[:-1])[: len(member)]
    day = found["day_joined"].to_numpy(np.int64)
    gap, later = np.diff(day, prepend=day[:1]), ~first
    return {
        "first_invitation_within_5_days": boot.mean((day - found["own"].to_numpy())[first] <= 5, unit[first]),
        "invitation_gap_within_2_days": boot.mean(gap[later] <= 2, unit[later]),
    }
