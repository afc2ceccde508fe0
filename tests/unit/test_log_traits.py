"""Traits of a room, by hand; they depend neither on the clock's zone nor on how replies are marked."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from sim.analysis.logs.standing import life, natural, quartiles, standing
from sim.analysis.logs.talk import room_codes, room_table, talk_of
from sim.analysis.logs.traits import TRAITS, traits

START = pd.Timestamp("2024-05-06T00:00:00Z")  # a Monday


def log_of(*said: tuple[float, int], kind: str = "text") -> pd.DataFrame:
    """A room's log of (hours since a Monday's midnight, author)."""
    hours, authors = zip(*sorted(said), strict=True)
    t = START + pd.to_timedelta(np.array(hours) * 3600, "s")
    return pd.DataFrame({"group": 0, "id": range(len(t)), "t": t, "author": authors, "kind": kind, "reply_to": pd.NA})


def of(log: pd.DataFrame, **settings: object) -> pd.DataFrame:
    talk = talk_of(log, **settings)  # type: ignore[arg-type]
    return traits(log, talk, room_codes(log, room_table(log)))


def odds(hits: float, n: float) -> float:
    return math.log((hits + 0.5) / (n - hits + 0.5))


# Monday: 1 and 2 talk for 20 minutes; Tuesday: 3 alone; Monday after: 1, answered by 4 after half a minute.
SMALL = ((10, 1), (10.1, 2), (10.2, 1), (10 + 1 / 3, 1), (34, 3), (178, 1), (178 + 1 / 120, 4))


def test_by_hand() -> None:
    found = of(log_of(*SMALL)).iloc[0]
    days = (178 + 1 / 120 - 10) / 24
    expected = {
        "rate": math.log(7 / days),
        "posters": math.log(5 / 2),  # three in the first week, two in the second
        "words": math.log(7 / 5),
        "arrivals": math.log(4 / days),
        "again": odds(1, 3),
        "stay_1": odds(1, 1),  # whoever came within a week of the end cannot be followed: 1 alone can
        "stay_7": odds(0, 1),
        "once": odds(3, 4),
        "steady": odds(2, 8),
        "days": odds(3, 8),
        "big_day": math.log((16 + 1 + 4) / 7 / (7 / 3)),
        "within_hour": odds(3, 5),
        "run": odds(1, 4),
        "back": odds(1, 1),
        "talk_length": math.log((16 + 1 + 4) / 7),
        "speakers": math.log((2 * 4 + 1 + 2 * 2) / 7),
        "alone": odds(1, 3),
        "unanswered": odds(2, 5),  # of four first words and the opener on Monday after: those of 3 and 4
    }
    for name, value in expected.items():
        assert found[name] == pytest.approx(value), name
    assert math.isnan(found["gini"])  # fewer than five members
    assert math.isnan(found["adverts"])


def test_adverts_are_counted_where_any_is_marked() -> None:
    both = pd.concat([log_of(*SMALL), log_of((11, 9), kind="advert").assign(id=99)], ignore_index=True)
    found = of(both).iloc[0]
    assert found["adverts"] == pytest.approx(math.log(1.5 / 7.5))
    assert found["offers"] == pytest.approx(math.log(0.5 / 7.5))
    assert found["n"] == 7


def test_neither_zone_nor_marked_replies_nor_other_rooms_matter() -> None:
    dice = np.random.default_rng(1)
    hours, authors = (dice.random(400) * 700).tolist(), dice.integers(0, 9, 400).tolist()
    log = log_of(*zip(hours, authors, strict=True))
    plain = of(log)
    for zone in ("Asia/Kathmandu", "America/New_York"):
        other = of(log, zone=zone)
        for name in {*TRAITS} - {"days", "steady", "big_day", "weekday", "posters", "words", "again"}:
            assert np.allclose(plain[name], other[name], equal_nan=True), name
    replies = log.assign(reply_to=pd.array([pd.NA, *range(399)], dtype="Int32"))
    pd.testing.assert_frame_equal(of(replies), plain)
    beside = pd.concat([log, log_of(*SMALL).assign(group=1)], ignore_index=True)
    pd.testing.assert_frame_equal(of(beside)[:1], plain)


def test_a_log_without_talk_has_no_room() -> None:
    assert of(log_of((1, 1), kind="advert")).empty


def many(n: int, *, rate: float, posters: float) -> pd.DataFrame:
    """``n`` rooms with traits of zero but for rate and posters, whose logarithms rise evenly."""
    table = pd.DataFrame(0.0, index=range(n), columns=[*TRAITS]).assign(n=100, posters=math.log(posters))
    return table.assign(rate=math.log(rate) + np.linspace(-1, 1, n))


def test_high_and_low_are_beyond_the_quartiles_of_rooms_of_that_size() -> None:
    sizes = [many(41, rate=1, posters=2), many(21, rate=5, posters=4), many(9, rate=50, posters=20)]
    known = quartiles(pd.concat(sizes))
    assert (known["rooms"], known["largest"]) == ([41, 21, 9], 20.0)
    assert known["quartiles"]["rate"][0] == pytest.approx([math.exp(-0.5), 1, math.exp(0.5)], rel=0.01)
    for rate, posters, word, like in ((2, 2, "high", 41), (2, 4, "low", 21), (5, 4, "usual", 21), (20, 30, "low", 9)):
        one = standing(many(1, rate=rate * math.e, posters=posters), known)  # its only place is the lowest
        assert one is not None
        row = one.table.set_index("measure").loc["rate"]
        assert (row["word"], one.n_like) == (word, like)
        assert row["value"] == pytest.approx(rate)
    assert standing(many(3, rate=1, posters=2).assign(n=10), known) is None


def test_of_several_rooms_most_decide() -> None:
    known = quartiles(pd.concat([many(41, rate=1, posters=posters) for posters in (2, 4, 20)]))
    found = standing(many(10, rate=2, posters=2), known)
    assert found is not None
    row = found.table.set_index("measure").loc["rate"]
    assert (row["up"], row["down"], row["word"]) == (6, 0, "high")
    assert row["far"] == pytest.approx(0.6)


def test_natural_units() -> None:
    assert natural("again", odds(3, 10)) == pytest.approx(3.5 / 11)
    assert natural("arrivals", math.log(2)) == pytest.approx(14)
    assert natural("top", 0.4) == 0.4


def daily(posters: list[int], room: int = 0) -> pd.DataFrame:
    n = len(posters)
    frame = pd.DataFrame({"arm": ["log"] * n, "world": ["log"] * n}, dtype="category")
    counts = {"n_posters": posters, "n_member_messages": posters, "n_members": 9}
    return frame.assign(replicate=room, group=room, day=range(n), **counts)


def test_life_tells_stage_and_the_last_eight_weeks() -> None:
    one = life(daily([8] * 100 + [1] * 30))
    assert (one.stage, one.age, sum(one.rooms.values())) == ("decline", 130, 1)
    assert 25 <= one.since <= 31
    assert one.now == pytest.approx((1, 1, 1, 4))
    assert one.before[0] == pytest.approx((2 + 8 * 26) / 28)
    assert math.isnan(life(daily([3] * 40)).before[0])
    two = life(pd.concat([daily([8] * 130), daily([8] * 60 + [0] * 70, room=1)], ignore_index=True))
    assert two.rooms == {"activity": 1, "dead": 1}
