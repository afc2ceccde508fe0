"""08 Lifetimes and conversion: how long do members stay when many still do, and of whom are buyers a share?"""

from __future__ import annotations

import pandas as pd

from scenarios.course.intervals import interval
from scenarios.course.lesson import Exercise, Facts, Lesson, play_arms
from sim.analysis.retention import retention, stays
from sim.data.results import Results

__all__ = ["AGE", "LESSON", "memberships", "share_after"]

AGE = 60  # days


def memberships(played: Results) -> pd.DataFrame:
    """Memberships of people who are no staff: replicate, person, how often they bought, how many days they were seen to
    stay, and whether they have left."""
    spells = played.spells
    people = spells[spells["channel"] != "appointed"]
    people = people[people["role"] != "host"]
    stayed, left = stays(people, int(played.meta["days"]))
    return people[["replicate", "person", "n_purchases"]].assign(stayed=stayed, left=left)


def share_after(played: Results) -> pd.DataFrame:
    """Kaplan and Meier's curve over all memberships: age, share still there, low, high."""
    spells = played.spells[played.spells["role"] != "host"]
    days = int(played.meta["days"])
    return retention(spells, days=days, width=days)[["age", "share", "low", "high", "n"]]


def facts(played: Results) -> Facts:
    """The share still there after 60 days, and shares of buyers, each worked out in the right way and in others."""
    people, curve = memberships(played), share_after(played)
    at = curve[curve["age"] == AGE].iloc[0]
    long = people["stayed"] >= AGE
    gone, here = people["left"], ~people["left"]
    each = people.assign(bought=people["n_purchases"] > 0)
    by_person = each.groupby(["replicate", "person"]).agg(bought=("bought", "any"), bought_n=("n_purchases", "sum"),
                                                          here=("left", lambda left: not left.all()))  # fmt: skip
    shares = by_person.groupby("replicate")["bought"].mean()
    found = interval(shares)
    last = by_person.groupby("replicate").agg(buyers=("bought", "sum"), orders=("bought_n", "sum"),
                                              people=("bought", "size"), here=("here", "sum"))  # fmt: skip
    still = by_person[by_person["here"]].groupby("replicate")["bought"].mean()
    return {
        "stay": float(at["share"]), "stay_low": float(at["low"]), "stay_high": float(at["high"]), "people": len(people),
        "short": float(long.mean()), "gone_only": float(long[gone].mean()),
        "still": float(here.mean()), "communities": found.n,
        "buyers": found.mean, "buyers_low": found.low, "buyers_high": found.high,
        "orders": float((last["orders"] / last["people"]).mean()),
        "of_members": float((last["buyers"] / last["here"]).mean()),
        "stayers": float(still.mean()),
    }  # fmt: skip


LESSON = Lesson(
    number="08",
    minutes=60,
    shared=["scenario=pet_owners", "population=small", "replicates=20", "days=120"],
    arms={"red_packet": ["strategy=[red_packet]"]},
    facts=facts,
    exercises=(
        Exercise("08.1", "stay", {"short": "short", "dropped": "gone_only", "calendar": "still"}, within=0.012),
        Exercise("08.2", "buyers", {"orders": "orders", "denominator": "of_members", "selection": "stayers"},
                 within=0.0008),
    ),
    played=play_arms,
)
