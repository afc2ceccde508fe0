"""What is on topic: pieces of the group's matter, and the talk that follows them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.data.tables import KINDS
from tests.plays import Tables, lively, play

PIECES = [KINDS.index(name) for name in ("question", "answer", "content", "preview", "news")]
CHAT = KINDS.index("chat")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return play(lively(days=20, purpose={"info_need": 0.9}))


def test_pieces_are_on_topic_and_idle_talk_is_not(tables: Tables) -> None:
    written = tables["messages"]
    assert written["on_topic"][np.isin(written["kind"], PIECES)].all()
    chat = written[written["kind"] == CHAT]
    assert 0.05 < chat["on_topic"].mean() < 0.95


def test_who_answers_stays_with_the_matter(tables: Tables) -> None:
    """An answer by chat is on topic if and only if what it answers is."""
    written = tables["messages"]
    place = {(row["replicate"], row["group"], row["id"]): row for row in written}
    answers = written[(written["reply_to"] >= 0) & (written["kind"] == CHAT)]
    answered = np.array([place[row["replicate"], row["group"], row["reply_to"]]["on_topic"] for row in answers])
    assert len(answers) > 200
    assert 0 < answered.sum() < len(answered)
    assert (answers["on_topic"] == answered).all()


def test_a_further_line_stays_with_the_matter(tables: Tables) -> None:
    """Chat that answers nothing is on topic only as a further line: the same author wrote on topic before, that day."""
    written = tables["messages"]
    lines = written[(written["reply_to"] < 0) & (written["kind"] == CHAT) & (written["on_topic"] > 0)]
    assert len(lines) > 50
    said: dict[tuple[int, ...], float] = {}
    for row in written[written["on_topic"] > 0][::-1]:
        said[author_and_day(row)] = row["minute"]
    assert all(said[author_and_day(row)] < row["minute"] for row in lines)


def author_and_day(row: np.void) -> tuple[int, ...]:
    """Who wrote a message, where, and on what day."""
    return (int(row["replicate"]), int(row["group"]), int(row["author"]), int(row["minute"] // 1440.0))


def test_the_daily_table_counts_the_same(tables: Tables) -> None:
    assert tables["daily"]["n_on_topic"].sum() == tables["messages"]["on_topic"].sum()
