"""From a cheap camp to the dear course, K12: of people who paid a little at the door, those who buy the course."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.facts.published import Measures
from sim.analysis.facts.units import units_of
from sim.analysis.logs.marking import room_keys
from sim.analysis.statistics.bootstrap import Boot

__all__ = ["DEARER", "SOON", "k12"]

SOON = 28  # days from coming in within which the course counts as bought after the camp (assumption)
DEARER = 100.0  # times the price at the door from which a purchase is the course, not a further small thing (assumption)


def k12(spells: pd.DataFrame, purchases: pd.DataFrame, last_day: int, draws: int = 300) -> Measures:
    """Share of memberships that paid at the door, watched for four weeks, that bought the course in those weeks.

    What was paid back does not count. ``spells`` are of ordinary members; founders, who pay nothing, are left out.
    """
    keys = [*room_keys(spells), "person"]
    camp = spells[(spells["entry_paid"] > 0) & (spells["day_joined"] + SOON <= last_day)].reset_index(drop=True)
    bought = purchases.loc[~purchases["refunded"].to_numpy(bool), [*keys, "day", "price"]]
    found = camp[[*keys, "day_joined", "entry_paid"]].reset_index().merge(bought, on=keys)
    age = found["day"] - found["day_joined"]
    course = (age >= 0) & (age < SOON) & (found["price"] >= DEARER * found["entry_paid"])
    n_units, unit = units_of(camp, spells)
    does = np.isin(camp.index.to_numpy(), found.loc[course, "index"].to_numpy())
    return {"camp_to_course": Boot(n_units, draws).mean(does, unit)}
