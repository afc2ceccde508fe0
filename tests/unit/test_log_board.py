"""The board, counted by hand on a small log: today, the week, newcomers, leaving, routes, hours, top."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.logs.board import Board, Share, board
from sim.analysis.logs.talk import talk_of

LAST = pd.Timestamp("2024-06-30T20:00:00Z")  # a Sunday


def line(ago: int, author: int, kind: str = "text", hour: int = 10, channel: str | None = None) -> dict[str, object]:
    """A line so many days before the last day."""
    t = LAST.normalize() - pd.Timedelta(24 * ago - hour, "h")
    return {"group": 5, "t": t, "author": author, "kind": kind, "reply_to": pd.NA, "channel": channel}


def measured(*lines: dict[str, object], zone: str = "UTC") -> Board:
    frame = pd.DataFrame(lines).sort_values("t", kind="stable").reset_index(drop=True)
    frame["id"] = range(len(frame))
    return board(frame, talk_of(frame, zone=zone))


OLD = [line(60, author) for author in (1, 2, 3)]
END = line(0, 1, hour=20)


def test_who_spoke_today_and_this_week() -> None:
    before = [line(7, 2), line(7, 2), line(13, 1), line(14, 3)]
    found = measured(*OLD, END, line(0, 2), line(6, 3), *before, line(3, 9, "advert"))
    assert found.spans.set_index("span").to_dict("index") == {
        "today": {"people": 2, "messages": 2}, "week": {"people": 3, "messages": 3},
        "week_before": {"people": 2, "messages": 3}}  # fmt: skip
    assert found.today == pd.Timestamp("2024-06-30T20:00:00")
    assert (found.days, found.known) == (61, 3)


def test_newcomers_are_known_by_their_first_word() -> None:
    came = [line(*one) for one in ((30, 11), (24, 11), (20, 12), (12, 13), (5, 13), (4, 14), (1, 14))]
    came.append(line(20, 12, hour=23))
    found = measured(*OLD, END, *came)
    assert not found.joins_told
    assert found.newcomers == Share(1, 3)  # 12 only on the first day, 13 a week after, 14 came too late to tell


def test_newcomers_are_known_by_join_lines_where_there_are_any() -> None:
    joins = [line(20, 11, "join", channel="invited"), line(20, 12, "join"), line(30, 13, "join", channel="invited"),
             line(3, 14, "join", channel="qr_code"), line(50, 15, "join")]  # fmt: skip
    found = measured(*OLD, END, *joins, line(20, 11), line(13, 12), line(24, 13))
    assert found.joins_told
    assert found.newcomers == Share(2, 3)
    assert found.routes.to_dict("records") == [
        {"channel": "", "week": 0, "month": 1, "all": 2}, {"channel": "invited", "week": 0, "month": 1, "all": 2},
        {"channel": "qr_code", "week": 1, "month": 1, "all": 1}]  # fmt: skip


def test_leaving_is_counted_of_those_who_were_there() -> None:
    gone = [line(30, 2, "leave"), line(2, 3, "leave"), line(5, 1, "leave", hour=1), line(5, 1, "join", hour=2)]
    found = measured(*OLD, END, *gone)
    assert found.leaves_told
    assert found.left == Share(1, 2)  # 2 had left before, 1 came back


def test_without_leave_lines_silence_is_counted() -> None:
    found = measured(*OLD, END, line(8, 1), line(9, 2), line(10, 3), line(3, 3))
    assert not found.leaves_told
    assert found.left == Share(1, 3)


def test_hours_are_those_of_the_zone() -> None:
    found = measured(END, line(6, 1, hour=0))  # Sunday 20:00 and Monday 0:00 in UTC
    assert (np.argwhere(found.hours) == [[0, 0], [6, 20]]).all()
    assert (np.argwhere(measured(END, line(6, 1, hour=0), zone="Asia/Shanghai").hours) == [[0, 4], [0, 8]]).all()


def test_who_writes_most() -> None:
    found = measured(*OLD, END, line(3, 2), line(3, 2), line(1, 2), line(29, 3), line(27, 3))
    assert found.top.drop(columns=["room", "group"]).to_dict("records") == [
        {"author": 2, "messages": 3, "days": 2, "last": 1, "share": 0.6},
        {"author": 1, "messages": 1, "days": 1, "last": 0, "share": 0.2},
        {"author": 3, "messages": 1, "days": 1, "last": 27, "share": 0.2}]  # fmt: skip


def test_shares_bear_wilsons_interval() -> None:
    assert Share(1, 10).interval == pytest.approx((0.0179, 0.4042), abs=1e-4)  # Newcombe 1998, method 3
    assert np.isnan(Share(0, 0).value)
