"""Conversations, answers and the time people have been there, measured on a log made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.fit.ages import SPANS, rates, still_writing
from sim.analysis.fit.summaries import as_read
from sim.analysis.fit.talks import LABELS, OF_REPLIES, talks
from sim.analysis.logs.talk import DAY, Talk, talk_of

START = pd.Timestamp("2024-01-01", tz="UTC")
MINUTE = 1 / 1440


def talk_by(*said: tuple[float, int, int | None], until: float = 40.0) -> Talk:
    """Lines (day, author, id answered) of one room."""
    day, author, reply = zip(*said, strict=True)
    messages = pd.DataFrame({"group": 0, "id": np.arange(len(said)), "t": START + pd.to_timedelta(day, unit="D"),
                             "author": author, "kind": "text", "reply_to": pd.array(reply, "Int32")})  # fmt: skip
    rooms = pd.DataFrame({"group": [0], "created": [START], "observed_until": [START + pd.Timedelta(until, "D")]})
    return talk_of(messages, rooms)


def read(found: dict[str, float]) -> dict[str, float]:
    return {name: as_read(name, value) for name, value in found.items()}


def test_conversations_by_lines_and_people() -> None:
    """Four conversations: one line; two lines of one person; five people; ten lines of two."""
    said = [(0.0, 1), (1.0, 2), (1 + MINUTE, 2), *((2 + k * MINUTE, k + 1) for k in range(5)),
            *((3 + k * MINUTE, 1 + k % 2) for k in range(10))]  # fmt: skip
    found = read(talks(talk_by(*((day, who, None) for day, who in said))))
    assert {name: found[name] for name in ("lines_one", "lines_two", "lines_ten")} == pytest.approx(
        {"lines_one": 1 / 4, "lines_two": 1 / 4, "lines_ten": 1 / 4})  # fmt: skip
    assert {name: found[name] for name in ("people_one", "people_two", "people_five")} == pytest.approx(
        {"people_one": 2 / 4, "people_two": 1 / 4, "people_five": 1 / 4})  # fmt: skip
    assert found["talkers"] == pytest.approx((1 + 1 + 5 + 2) / 4)
    assert found["largest_talks"] == pytest.approx(10 / 18)


def test_waiting_for_somebody_else() -> None:
    """The opener's own second line is no answer; what comes after a day is none either."""
    said = ((0.0, 1), (MINUTE, 1), (5 * MINUTE, 2), (4.0, 1), (8.0, 2))
    found = read(talks(talk_by(*((day, who, None) for day, who in said))))
    assert found["wait.50"] == pytest.approx(5, rel=0.01)


def test_marked_replies() -> None:
    """1 and 2 answer each other, 1 twice; 3, who is new on day 20, answers an opener and is answered by 1."""
    log = talk_by((0.0, 1, None), (10 * MINUTE, 2, 0), (20 * MINUTE, 1, 1), (1.0, 2, None), (1 + 10 * MINUTE, 1, 3),
                  (20.0, 2, None), (20 + 10 * MINUTE, 3, 5), (20 + 20 * MINUTE, 1, 6))  # fmt: skip
    found = read(talks(log))
    assert np.isnan(found["mutual"])  # five of them say nothing yet
    more = [(25.0, 2, None), (25 + 40 * MINUTE, 3, 8)]
    whole = [(float(t - START.timestamp()) / DAY, int(who), None if r < 0 else int(r))
             for t, who, r in zip(log.t, log.who, log.reply, strict=True)]  # fmt: skip
    found = read(talks(talk_by(*whole, *more)))
    assert found["replies"] == pytest.approx(6 / 10)
    assert found["replies_to_openers"] == pytest.approx(4 / 6)
    assert found["replies_to_new"] == pytest.approx(4 / 6)  # the first three, and that to 3
    assert found["replies_by_new"] == pytest.approx(5 / 6)  # all but the last of 1
    assert found["again"] == pytest.approx(6 / 4)  # 2→1, 1→2 twice, 3→2 twice, 1→3
    assert found["mutual"] == pytest.approx(2 / 4)
    assert found["reply_wait"] == pytest.approx(10, rel=0.01)


def test_a_log_without_talk_tells_nothing_of_it() -> None:
    messages = pd.DataFrame({"group": [0], "id": [0], "t": [START], "author": [1], "kind": ["notice"],
                             "reply_to": pd.array([None], "Int32")})  # fmt: skip
    found = talks(talk_of(messages))
    assert {name.partition(".")[0] for name in found} == set(LABELS) > set(OF_REPLIES)
    assert all(np.isnan(value) for value in found.values())


def test_who_still_writes() -> None:
    """1 writes on days 0, 3 and 30; 2 on day 20 alone, and is not watched for 28 days."""
    found = read(still_writing(talk_by((0.0, 1, None), (3.0, 1, None), (20.0, 2, None), (30.0, 1, None), until=100.0)))
    assert found == pytest.approx({"still_week": 1 / 2, "still_month": 0, "still_quarter": 1, "still_half": np.nan,
                                   "still_later": np.nan}, nan_ok=True)  # fmt: skip


def test_rates_count_the_days_that_members_were_there() -> None:
    found = rates("said", np.array([0.5, 3.0, 4.0, 200.0]) * DAY, np.array([2.0, 300.0]) * DAY, 5.0)
    days = {"day": 2, "week": 1 + 6, "month": 21, "quarter": 63, "half": 91, "later": 118}
    counts = {"day": 1, "week": 2, "later": 1}
    assert [name for name, *_ in SPANS] == list(days)
    assert {name: np.exp(value) for name, value in found.items()} == pytest.approx(
        {f"said_{name}": (counts.get(name, 0) + 0.5) / (n + 5) for name, n in days.items()})  # fmt: skip
    short = rates("said", np.zeros(0), np.array([10.0]) * DAY, 5.0)
    assert [name for name, value in short.items() if np.isnan(value)] == ["said_quarter", "said_half", "said_later"]
