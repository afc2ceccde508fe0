"""03 Size and noise: are large groups livelier, and how sure may one be?"""

from __future__ import annotations

import pandas as pd

from scenarios.course.intervals import interval
from scenarios.course.lesson import Exercise, Facts, Lesson, play_arms
from sim.analysis.outcomes import outcomes
from sim.data.results import Results

__all__ = ["LESSON", "per_member"]


def per_member(played: Results) -> pd.DataFrame:
    """Messages of ordinary members for each member and day: a row a community, a column an arm."""
    sums = played.daily.groupby(["arm", "replicate"], observed=True)[["n_member_messages", "n_members"]].sum()
    return (sums["n_member_messages"] / sums["n_members"]).unstack("arm")


def facts(played: Results) -> Facts:
    """Rates and totals by size, the share of full groups, and how many communities make an interval half as wide."""
    rate = per_member(played)
    table = outcomes(played).set_index("replicate")
    by_arm = {arm: rows for arm, rows in table.groupby("arm", observed=True)}
    difference = rate["seats_200"] - rate["seats_20"]
    found = interval(difference)
    whole = by_arm["seats_200"]["member_messages"] - by_arm["seats_20"]["member_messages"]
    groups = played.groups
    small = groups[groups["arm"] == "seats_20"]["n_peak"]
    full = float((small == small.max()).mean())
    n = len(rate)
    return {
        "difference": found.mean, "low": found.low, "high": found.high, "n": n,
        "total": float(whole.mean()),
        "first": float(difference.iloc[0]),
        "largest": float(difference.loc[difference.abs().idxmax()]),
        "full": 100 * full, "seats": float(small.max()),
        "turned_away": float(by_arm["seats_20"]["turned_away"].mean()),
        "ceiling": "b" if full > 0.9 else "c",
        "needed": 4 * n, "double": 2 * n, "root": 2**0.5 * n, "added": 3 * n,
    }  # fmt: skip


LESSON = Lesson(
    number="03",
    minutes=45,
    shared=["scenario=pet_owners", "population=small", "replicates=20", "days=120"],
    arms={f"seats_{seats}": [f"population.seats={seats}"] for seats in (20, 50, 200)},
    facts=facts,
    exercises=(
        Exercise("03.1", "difference", {"total": "total", "one_run": "first", "extreme": "largest"}, within=0.004),
        Exercise("03.2", "ceiling", {"ceiling": "a", "more_runs": "c", "no_chance": "d"}, choices="abcd"),
        Exercise("03.3", "needed", {"linear": "double", "root": "root", "added": "added"}, within=0.6),
    ),
    played=play_arms,
)
