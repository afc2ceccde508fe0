"""Lines of joining and leaving: which logs tell them, which memberships they tell of, and what is measured of those."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.fit.stays import LABELS, OF_JOINS, OF_LEAVES, OF_ROOMS, stays
from sim.analysis.fit.summaries import as_read, left_untold
from sim.analysis.fit.talks import OF_REPLIES
from sim.analysis.logs.comings import REMOVED, coming_lines, tells
from sim.analysis.logs.talk import DAY, talk_of

START = pd.Timestamp("2024-01-01", tz="UTC")


def lines(*rows: tuple[float, int, str, int]) -> pd.DataFrame:
    """Lines (day, author, kind, group) as a log."""
    day, author, kind, group = zip(*rows, strict=True)
    return pd.DataFrame({"group": group, "id": np.arange(len(rows)), "t": START + pd.to_timedelta(day, unit="D"),
                         "author": author, "kind": kind, "reply_to": pd.NA, "channel": None})  # fmt: skip


def rooms(until: float, n: int = 1) -> pd.DataFrame:
    return pd.DataFrame({"group": range(n), "created": START, "observed_until": START + pd.Timedelta(until, "D")})


def test_a_membership_goes_from_joining_to_the_next_leaving() -> None:
    """1 comes, goes, comes again; 2 is announced twice; 3 was there before; 4 comes and goes in the same minute; 5 goes
    and is back in the same minute. Who comes on a day is there from its beginning, who goes to its end.
    """
    log = lines((0, 1, "join", 0), (5, 1, "leave", 0), (9, 1, "join", 0), (1, 2, "join", 0), (2, 2, "join", 0),
                (7, 2, "leave", 0), (3, 3, "leave", 0), (4.5, 4, "join", 0), (4.5, 4, "leave", 0), (0, 1, "join", 1),
                (0.5, 1, "text", 0), (2, 5, "join", 0), (6.5, 5, "leave", 0), (6.5, 5, "join", 0))  # fmt: skip
    found = talk_of(log, rooms(20, 2)).members
    days = np.column_stack([found.room, found.who, (found.came - START.timestamp()) / DAY,
                            (found.left + 1 - START.timestamp()) / DAY]).tolist()  # fmt: skip
    assert sorted(days) == [[0, 1, 0, 6], [0, 1, 9, np.inf], [0, 2, 1, 8], [0, 4, 4, 5], [0, 5, 2, 7],
                            [0, 5, 6, np.inf], [1, 1, 0, np.inf]]  # fmt: skip
    assert (np.diff(found.came) >= 0).all()


def test_a_log_without_such_lines_has_no_memberships() -> None:
    talk = talk_of(lines((0, 1, "text", 0), (1, 2, "text", 0)), rooms(5))
    assert not len(talk.members.room)
    found = stays(talk)
    assert set(name.partition(".")[0] for name in found) == set(LABELS)
    told = {name for name, value in found.items() if not np.isnan(value)}
    assert {name.partition(".")[0] for name in told} == set(OF_ROOMS)  # there is one room, and nobody who joined it


@pytest.mark.parametrize(("joins", "leaves", "removed", "again", "told"), [
    (12, 12, 0, 1, (True, True)),
    (12, 9, 0, 1, (True, False)),  # too few to say anything
    (9, 12, 0, 1, (False, False)),
    (12, 0, 12, 1, (True, False)),  # a program that tells of removals alone
    (12, 12, 0, 3, (False, False)),  # connections, made anew each morning
])  # fmt: skip
def test_which_logs_tell_of_comings(joins: int, leaves: int, removed: int, again: int, told: tuple[bool, bool]) -> None:
    rows = [(k + 20.0 * n, k, "join", 0) for k in range(joins) for n in range(again)]
    rows += [(50.0 + k, k, "leave", 0) for k in range(leaves + removed)]
    log = lines(*rows)
    log["channel"] = [None] * (len(log) - removed) + [REMOVED] * removed
    assert tells(log) == told
    assert tells(log.drop(columns="channel")) == (told[0], told[0] and leaves + removed >= 10)


def test_spells_as_lines() -> None:
    spells = pd.DataFrame({"person": [1, 2, 3], "day_joined": [0, 4, -30], "day_left": [2, None, 5]})
    start = pd.Timestamp("2025-03-03", tz="Asia/Shanghai")
    came, gone = (coming_lines(spells, start, kind) for kind in ("join", "leave"))
    assert came["author"].tolist() == [1, 2]  # 3 was there before
    assert gone["author"].tolist() == [1, 3]
    assert came["t"].dt.tz_convert("Asia/Shanghai").astype(str).tolist() == [
        "2025-03-03 00:00:00+08:00", "2025-03-07 00:00:00+08:00"]  # fmt: skip
    assert gone["t"].dt.tz_convert("Asia/Shanghai").astype(str).tolist() == [
        "2025-03-05 23:59:59+08:00", "2025-03-08 23:59:59+08:00"]  # fmt: skip


def test_what_is_measured_of_members() -> None:
    """Four people of one room, watched for 60 days: 1 and 2 come on the first day; 1 asks on day 1, is answered by 2 at
    once, and leaves on day 21; 2 stays. 3 comes on day 30, says nothing and goes on day 40. 4 comes on day 50, writes
    on day 52 and again when they have gone, which is nobody's post.
    """
    minute = 1 / 1440
    log = lines((0, 1, "join", 0), (0.5, 2, "join", 0), (1, 1, "text", 0), (1 + minute, 2, "text", 0),
                (21, 1, "leave", 0), (30, 3, "join", 0), (40, 3, "leave", 0), (50, 4, "join", 0), (52, 4, "text", 0),
                (54, 4, "leave", 0), (55, 4, "text", 0))  # fmt: skip
    found = stays(talk_of(log, rooms(60)))
    read = {name: as_read(name, value) for name, value in found.items()}
    assert read["joined.50"] == pytest.approx(4)
    assert read["at_first.50"] == pytest.approx(2)
    assert read["at_end.50"] == pytest.approx(1)
    assert read["joined_first_third"] == 0
    assert read["joined_last_third"] == pytest.approx(1 / 2)
    assert read["never_spoke"] == pytest.approx(1 / 4)
    assert read["spoke_at_once"] == pytest.approx(1 / 4)
    assert read["until_post.50"] == pytest.approx(1, abs=0.01)
    assert read["said_by_first"] == pytest.approx(2 / 3)
    assert read["gone_week"] == pytest.approx(1 / 4)
    assert read["gone_month"] == pytest.approx(1 / 2)  # of 1 and 2, the only ones there for more than 30 days
    assert read["gone_quarter"] != read["gone_quarter"]  # nobody is watched for so long
    assert read["first_gone"] == read["posters_gone"] == pytest.approx(1 / 2)
    assert read["askers_gone"] == pytest.approx(1)
    assert read["gone_unheard"] == pytest.approx(1 / 3)
    assert read["stay.50"] == pytest.approx(11, rel=1e-4)
    assert read["quiet_before.75"] == pytest.approx(np.expm1(np.quantile(np.log1p([21, 3]), 0.75)), rel=1e-4)
    assert read["left_last_third"] == pytest.approx(2 / 3)
    assert read["first_spoke"] == 1
    assert read["later_spoke"] == pytest.approx(1 / 2)
    assert read["until_last.50"] == pytest.approx(1.01, abs=0.001)
    days = {"day": 4, "week": 6 + 6 + 6 + 4, "month": 15 + 21 + 4, "quarter": 32}  # that members were there
    said, gone = {"week": 3}, {"week": 1, "month": 2}
    assert [read[f"said_{name}"] for name in days] == pytest.approx(
        [(said.get(name, 0) + 0.5) / (n + 5) for name, n in days.items()], rel=1e-4)  # fmt: skip
    assert [read[f"leaving_{name}"] for name in days] == pytest.approx(
        [(gone.get(name, 0) + 0.5) / (n + 200) for name, n in days.items()], rel=1e-4)  # fmt: skip
    assert np.isnan(read["said_later"])  # nobody was there for so long
    assert np.isnan(read["leaving_half"])
    assert read["joins_quiet"] == pytest.approx(0.5 / 3)  # after week 0
    assert read["joins_silent"] == pytest.approx(2.5 / 8)  # after weeks 1 to 6
    assert np.isnan(read["joins_lively"])


def test_what_is_after_the_watch_is_not_seen() -> None:
    log = lines((0, 1, "join", 0), (1, 1, "text", 0), (30, 1, "leave", 0), (31, 2, "join", 0))
    found = stays(talk_of(log, rooms(20)))
    assert as_read("joined.50", found["joined.50"]) == pytest.approx(1)
    assert as_read("at_end.50", found["at_end.50"]) == pytest.approx(1)
    assert np.isnan(found["stay.50"])


def test_what_a_log_cannot_tell_is_left_out() -> None:
    assert left_untold(True, True, True) == frozenset()
    assert left_untold(False, True, True) == set(OF_REPLIES) > {"replies"}
    assert left_untold(True, True, False) == set(OF_LEAVES)
    assert left_untold(True, False, True) == left_untold(True, False, False) == set(LABELS)
    assert set(OF_JOINS) | set(OF_LEAVES) == set(LABELS)
