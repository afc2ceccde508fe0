"""02 One group: how does a group live when nobody does anything, and does one tell of the others?"""

from __future__ import annotations

import pandas as pd

from scenarios.course.intervals import interval
from scenarios.course.lesson import Exercise, Facts, Lesson, play_arms
from sim.data.results import Results

__all__ = ["LESSON", "weekly_talk"]


def weekly_talk(played: Results) -> pd.DataFrame:
    """Messages of ordinary members by week: a row a group (replicate, group), a column a week."""
    daily = played.daily.assign(week=played.daily["day"] // 7)
    return daily.groupby(["replicate", "group", "week"])["n_member_messages"].sum().unstack("week")


def facts(played: Results) -> Facts:
    """The share of groups that died, and the week in which groups talk most, each in the right way and in others."""
    groups = played.groups
    died = groups.assign(died=~groups["censored"]).groupby("replicate")["died"].mean()
    found = interval(died)
    last = played.daily[played.daily["day"] == played.daily["day"].max()]
    talk = weekly_talk(played)
    peaks = talk.idxmax(axis=1)
    peak = interval(peaks.groupby("replicate").mean())
    alive = groups.set_index(["replicate", "group"])["censored"].reindex(talk.index)
    return {
        "died": found.mean, "low": found.low, "high": found.high, "n": found.n, "groups": len(groups),
        "quiet_day": float((last["n_member_messages"] == 0).mean()),
        "first": float(died.iloc[0]),
        "number": float((~groups["censored"]).sum()),
        "peak": peak.mean, "peak_low": peak.low, "peak_high": peak.high,
        "peak_of_mean": float(talk.mean().idxmax()),
        "peak_of_one": float(peaks.loc[0].mean()),
        "peak_of_alive": float(peaks[alive].groupby("replicate").mean().mean()),
    }  # fmt: skip


LESSON = Lesson(
    number="02",
    minutes=45,
    shared=["scenario=pet_owners", "population=small", "replicates=20", "days=180"],
    arms={"nothing": ["strategy=[nothing]"]},
    facts=facts,
    exercises=(
        Exercise("02.1", "died", {"quiet_day": "quiet_day", "one_run": "first", "total": "number"}, within=0.003),
        Exercise("02.2", "peak", {"averaged": "peak_of_mean", "one_run": "peak_of_one", "selection": "peak_of_alive"},
                 within=0.15),
    ),
    played=play_arms,
)
