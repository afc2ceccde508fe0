"""Summaries of a log that say who comes with a question and how often people come back, on a log made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.fit.summaries import summaries
from sim.analysis.logs.talk import talk_of

START = pd.Timestamp("2024-01-01", tz="UTC")


def log_of(said: list[tuple[float, int]], until: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Messages (day, author) of one room, nobody answering by mark, watched until a day."""
    days, authors = np.array(said).T
    messages = pd.DataFrame({"group": 0, "id": np.arange(len(said)), "t": START + pd.to_timedelta(days, unit="D"),
                             "author": authors.astype(int), "kind": "text", "reply_to": None})  # fmt: skip
    rooms = pd.DataFrame({"group": [0], "created": [START], "observed_until": [START + pd.Timedelta(until, "D")]})
    return messages, rooms


def test_askers_and_joiners_are_told_apart_and_visits_are_counted() -> None:
    """Author 1 opens and comes back after 2 and 10 days; 2 joins in ten minutes later and is gone; 3 opens and is gone;
    4 joins in on day 10, too late to be watched for a week."""
    minute = 1 / 1440
    said = [(0.0, 1), (10 * minute, 2), (2.0, 1), (5.0, 3), (10.0, 1), (10.0 + minute, 4), (10.0 + 2 * minute, 1)]
    found = summaries(talk_of(*log_of(said, 14.0)))
    assert found["opens"] ** 2 == pytest.approx(2 / 4)
    assert found["back_asker"] ** 2 == pytest.approx(1 / 2)
    assert found["back_joiner"] == 0
    assert np.exp(found["between.50"]) == pytest.approx(4.0)  # 2 and 8 days, in the middle of their logarithms


def test_a_log_with_nobody_to_watch_says_nothing_of_them() -> None:
    found = summaries(talk_of(*log_of([(0.0, 1), (0.1, 2)], 3.0)))
    assert np.isnan(found["back_asker"])
    assert np.isnan(found["between.50"])
    assert found["opens"] == 1.0


@pytest.mark.parametrize("first", range(7))
def test_a_weekend_is_as_lively_as_its_days_are_many(first: int) -> None:
    """Two lines on each day of the weekend and one on others, over nine days that begin on any weekday."""
    days = [first + k for k in range(9)]
    said = [(day + part, day) for day in days for part in ((0.5, 0.6) if day % 7 >= 5 else (0.5,))]
    messages, rooms = log_of(said, first + 9.0)
    rooms["created"] = START + pd.Timedelta(days=first)
    ends = sum(day % 7 >= 5 for day in days)
    expected = np.log((2 * ends + 1) / (ends + 1) / ((9 - ends + 1) / (9 - ends + 1)))
    assert summaries(talk_of(messages, rooms))["weekend"] == pytest.approx(expected)  # START is a Monday


def test_who_first_wrote_in_the_first_week() -> None:
    found = summaries(talk_of(*log_of([(0.0, 1), (6.9, 2), (7.1, 3), (8.0, 1)], 30.0)))
    assert np.expm1(found["first_week.50"]) == pytest.approx(2)
