"""09 A study from question to answer: five strategies, one question asked beforehand, one honest sentence."""

from __future__ import annotations

import pandas as pd

from scenarios.course.intervals import interval
from scenarios.course.lesson import Exercise, Facts, Lesson, play_arms
from sim.analysis.outcomes import outcomes
from sim.analysis.statistics.paired import paired
from sim.data.results import Results

__all__ = ["LESSON", "OUTCOME", "differences"]

OUTCOME = "lifetime"
_ASKED = "paid_entry"
_ARMS = ("nothing", "group_cap", "paid_entry", "red_packet", "fixed_time", "advert_ban")


def differences(played: Results) -> pd.DataFrame:
    """For each strategy the paired difference from doing nothing in how many days a group lives."""
    table = paired(outcomes(played), reference="nothing").query("outcome == @OUTCOME").set_index("arm")
    return table[["reference_mean", "mean", "difference", "low", "high", "n", "p", "p_holm", "luck"]]


def facts(played: Results) -> Facts:
    """How many strategies differ surely, and how many one would count by a mistake; the row that could be luck."""
    table = differences(played)
    values = outcomes(played).pivot(index="replicate", columns="arm", values=OUTCOME)
    one = interval(values["nothing"])
    others = [interval(values[arm]) for arm in table.index]
    apart = sum(other.low > one.high or other.high < one.low for other in others)
    row = table.loc[_ASKED]
    low, high = float(row["low"]), float(row["high"])
    return {
        "sure": int((table["luck"] == "clear").sum()),
        "uncorrected": int((table["p"] < 0.05).sum()),
        "all": len(table), "apart": apart, "tried": len(table), "n": int(row["n"]),
        "difference": float(row["difference"]), "low": low, "high": high,
        "honest": "b" if low <= 0 <= high else "e",
    }  # fmt: skip


LESSON = Lesson(
    number="09",
    minutes=90,
    shared=["scenario=pet_owners", "population.groups=10", "population.seats=50", "replicates=20", "days=180"],
    arms={name: [f"strategy=[{name}]"] for name in _ARMS},
    facts=facts,
    exercises=(
        Exercise("09.1", "sure", {"uncorrected": "uncorrected", "no_interval": "all", "overlap": "apart"}, within=0.4),
        Exercise("09.2", "honest", {"luck_no_effect": "a", "no_interval": "c", "model_world": "d"}, choices="abcde"),
    ),
    played=play_arms,
)
