"""05 Packets and ritual: do red packets make people talk, and does a measure that is full tell strategies apart?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.course.intervals import interval
from scenarios.course.lesson import Exercise, Facts, Lesson, play_arms
from sim.analysis.outcomes import outcomes
from sim.data.results import Results

__all__ = ["LESSON", "talk_by_day"]


def talk_by_day(played: Results, column: str = "n_member_messages") -> pd.DataFrame:
    """Messages for each group and day: a row a community and day, a column an arm."""
    return played.daily.groupby(["arm", "replicate", "day"], observed=True)[column].mean().unstack("arm")


def facts(played: Results) -> Facts:
    """What packets change in members' own talk, and in other counts; how near to their limit lifetimes are."""
    own, lines = talk_by_day(played), talk_by_day(played, "n_messages")
    gain = (own["red_packet"] - own["nothing"]).groupby("replicate").mean()
    found = interval(gain)
    every = (lines["red_packet"] - lines["nothing"]).groupby("replicate").mean()
    week = own[own.index.get_level_values("day") < 7]
    table = outcomes(played)
    lives = table.pivot(index="replicate", columns="arm", values="lifetime")
    alive = table.pivot(index="replicate", columns="arm", values="alive")[["red_packet", "fixed_time"]].mean()
    further = interval(lives["fixed_time"] - lives["red_packet"])
    longest = int(played.groups["lifetime"].max())
    return {
        "gain": found.mean, "low": found.low, "high": found.high, "n": found.n,
        "every_line": float(every.mean()),
        "first_week": float((week["red_packet"] - week["nothing"]).groupby("replicate").mean().mean()),
        "first": float(gain.iloc[0]),
        "longest": longest, "packet_life": float(lives["red_packet"].mean()),
        "ritual_life": float(lives["fixed_time"].mean()),
        "further": further.mean, "further_low": further.low, "further_high": further.high,
        "packet_alive": 100 * float(alive["red_packet"]), "ritual_alive": 100 * float(alive["fixed_time"]),
        "full": "c" if float(np.min(alive)) > 0.9 else "b",
    }  # fmt: skip


LESSON = Lesson(
    number="05",
    minutes=45,
    shared=["scenario=pet_owners", "population=small", "replicates=20", "days=120"],
    arms={name: [f"strategy=[{name}]"] for name in ("nothing", "red_packet", "fixed_time")},
    facts=facts,
    exercises=(
        Exercise("05.1", "gain", {"own_count": "every_line", "early": "first_week", "one_run": "first"}, within=0.05),
        Exercise("05.2", "full", {"ceiling": "a", "small_sure": "b", "overlap": "d"}, choices="abcd"),
    ),
    played=play_arms,
)
