"""04 Gates and adverts: does a price at the door make people stay, or does it let in those who stay anyway?"""

from __future__ import annotations

import pandas as pd

from scenarios.course.intervals import interval
from scenarios.course.lesson import Exercise, Facts, Lesson, play_arms
from sim.analysis.outcomes import outcomes
from sim.data.results import Results

__all__ = ["LESSON", "WATCHED", "newcomers", "same_people"]

WATCHED = 28  # days


def newcomers(played: Results) -> pd.DataFrame:
    """Who came in by themselves or were invited, early enough to be watched for 28 days, at their first entry: arm,
    replicate, person, role, and ``kept``: 1 for those who were still members more than 28 days later."""
    spells, days = played.spells, int(played.meta["days"])
    came = spells[spells["channel"].isin(["search", "invited"]) & (spells["day_joined"] < days - WATCHED)]
    first = came.sort_values("day_joined", kind="stable").drop_duplicates(["arm", "replicate", "person"])
    kept = first["day_left"].isna() | (first["day_left"] - first["day_joined"] > WATCHED)
    table = first[["arm", "replicate", "person", "role"]].assign(kept=kept.astype(float))
    return table.sort_values(["arm", "replicate", "person"], ignore_index=True)


def same_people(table: pd.DataFrame) -> pd.DataFrame:
    """Those who came in under both arms: a row a person, a column an arm, whether they were kept."""
    return table.pivot(index=["replicate", "person"], columns="arm", values="kept").dropna(
        subset=["nothing", "paid_entry"])  # fmt: skip


def facts(played: Results) -> Facts:
    """What a price changes for the same people, and what it changes when different people are compared."""
    table = newcomers(played)
    kept = table.pivot_table(index="replicate", columns="arm", values="kept", observed=True)
    number = table.pivot_table(index="replicate", columns="arm", values="kept", aggfunc="sum", observed=True)
    same = same_people(table)
    effect = (same["paid_entry"] - same["nothing"]).groupby("replicate").mean()
    found, naive = interval(effect), interval(kept["paid_entry"] - kept["nothing"])
    free = table[table["arm"] == "nothing"].set_index(["replicate", "person"])["kept"]
    would_pay = free.index.isin(same.index)
    by_trait = free[would_pay].groupby("replicate").mean() - free[~would_pay].groupby("replicate").mean()
    banned = outcomes(played).pivot(index="replicate", columns="arm", values="advert_share")
    share, before = interval(banned["advert_ban"]), interval(banned["nothing"])
    return {
        "effect": found.mean, "low": found.low, "high": found.high, "n": found.n, "people": len(same),
        "naive": naive.mean, "naive_low": naive.low, "naive_high": naive.high,
        "trait": float(by_trait.mean()),
        "total": float((number["paid_entry"] - number["nothing"]).mean()),
        "banned": share.mean, "banned_low": share.low, "banned_high": share.high, "before": before.mean,
        "floor": "b" if share.mean < 0.005 else "c",
    }  # fmt: skip


LESSON = Lesson(
    number="04",
    minutes=60,
    shared=["scenario=pet_owners", "population.groups=10", "population.seats=200", "replicates=20", "days=120"],
    arms={
        "nothing": ["strategy=[nothing]"],
        "paid_entry": ["strategy=[paid_entry]", "strategies.paid_entry.price=29.9"],
        "advert_ban": ["strategy=[advert_ban]"],
    },
    facts=facts,
    exercises=(
        Exercise("04.1", "effect", {"selection": "naive", "trait": "trait", "total": "total"}, within=0.0015),
        Exercise("04.2", "floor", {"ceiling": "a", "no_effect": "c", "model_world": "d"}, choices="abcd"),
    ),
    played=play_arms,
)
