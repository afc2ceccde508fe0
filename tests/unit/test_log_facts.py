"""K1 and K4 to K9 on small hand-made logs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.facts import published as kfacts
from sim.analysis.facts import rooms as logfacts
from sim.analysis.facts.invitations import k2
from sim.analysis.logs.marking import as_people_mark
from sim.analysis.logs.talk import DAY, MINUTE, talk_of
from tests.by_hand import START, boot, log, talk, value


def test_k1_counts_rooms_without_a_word_after_the_first_week() -> None:
    one = talk(
        [
            (0, 3 * DAY, 1),  # silent after day 3
            (1, 3 * DAY, 1),
            (1, 20 * DAY, 1),  # speaks on day 20
            (2, 2 * DAY, 1),
            (2, 60 * DAY, 1),  # wakes after the watch of 34 days: silent within it
            (4, 299 * DAY, 1),  # born 10 days before the end: not watched for long enough
        ],
        born={0: 0, 1: 0, 2: 0, 3: 0, 4: 290 * DAY},  # room 3: nobody ever spoke
    )
    assert kfacts.k1(one, boot(one))["silent_within_7_days"].n == 4
    assert value(kfacts.k1, one, "silent_within_7_days") == 3 / 4
    assert value(kfacts.k1, one, "silent_after_talk") == 2 / 3


def test_birth_is_the_first_twenty_minutes_with_three_people_and_four_messages() -> None:
    two = [(0, 0.0, 1), (0, 60.0, 2), (0, 120.0, 1), (0, 180.0, 2)]  # four messages of two people
    slow = [(0, 1 * DAY + 400 * k, k) for k in range(4)]  # four people in exactly twenty minutes
    one = talk_of(log([*two, *slow]), None)
    assert kfacts.births(one)[0] == START.timestamp() + DAY
    assert np.isnan(kfacts.births(talk_of(log(two), None))[0])
    known = talk([*two, *slow], born={0: -5 * DAY})
    assert kfacts.births(known)[0] == START.timestamp() - 5 * DAY


def test_gini_and_top_share_of_a_known_room() -> None:
    counts = [1] * 9 + [11]  # ten posters, one of whom writes 11 of 20
    one = talk([(0, 60.0 * k, author) for k, author in enumerate(np.repeat(range(10), counts).tolist())])
    n, x = 10, np.sort(counts)
    by_definition = np.abs(np.subtract.outer(x, x)).sum() / (2 * n * n * x.mean())
    assert value(kfacts.k4, one, "gini") == pytest.approx(by_definition)
    assert value(kfacts.k4, one, "top10") == pytest.approx(11 / 20)


def test_top_tenth_of_fifteen_takes_half_of_the_second() -> None:
    x = np.array([6.0, 4.0] + [1.0] * 13)
    zero = np.zeros(len(x), np.int64)
    assert kfacts.top_share(x, zero, np.zeros(1))[0] == pytest.approx((6 + 0.5 * 4) / 23)
    assert kfacts.gini(np.ones(7), zero[:7], np.zeros(1))[0] == pytest.approx(0)
    assert kfacts.gini(np.ones(1), zero[:1], np.array([9.0]))[0] == pytest.approx(0.9)


def test_k4_with_members_counts_the_silent_as_zeros() -> None:
    one = talk([(0, 60.0 * k, k) for k in range(10)])
    members = pd.DataFrame({"room": 0, "person": range(40), "joined": START.timestamp(), "left": np.inf})
    members.loc[39, "left"] = START.timestamp() + 30 * DAY  # left within the window: no member throughout
    found = kfacts.k4(one, boot(one), members)
    assert found["gini"].value == pytest.approx(0)
    assert found["gini_all"].value == pytest.approx(29 / 39)


def test_k5_by_definition_by_replies_and_by_the_hour() -> None:
    one = talk(
        [
            (0, 0.0, 1),  # opener: 2 speaks within the hour, no reply
            (0, 50 * MINUTE, 2),  # opener after 50 minutes: nobody else within the hour; replied to a day later
            (0, 2 * DAY, 1, 1),  # answers something: no opener
            (0, 2 * DAY + 10 * MINUTE, 2),  # after 10 minutes only: no opener
            (0, 4 * DAY, 1),  # opener, nothing follows
            (0, 4 * DAY + 5 * MINUTE, 3),  # first post of 3: nothing follows but their own
            (0, 4 * DAY + 6 * MINUTE, 3),
        ]
    )
    # cases: three openers (one of them 2's first post) at 0, 50 min, 4 d; first posts of 1, 2, 3
    assert kfacts.k5(one, boot(one))["unanswered"].n == 4
    assert value(kfacts.k5, one, "unanswered") == 1 / 4  # only 3's; the opener at 4 d is answered by 3 after 5 minutes
    assert value(kfacts.k5, one, "unanswered_by_reply") == 3 / 4
    assert value(kfacts.k5, one, "unanswered_within_hour") == 2 / 4


def test_k5_and_k7_of_simulated_talk_are_measured_as_people_mark() -> None:
    frame = log(
        [
            (0, 0.0, 1),
            (0, 1 * MINUTE, 2, 0),  # answers the line just above: people leave it unmarked
            (0, 3 * MINUTE, 3, 0),  # answers over a line between: marked
            (0, 4 * MINUTE, 9, None, "advert"),
            (0, 8 * MINUTE, 4, 2),  # an advert is a line between, too
            (0, 2 * DAY, 5, 4),  # answers the line above after two days: looks like an opener, and nobody speaks
        ]
    )
    real, simulated = talk_of(frame), talk_of(frame.assign(replicate=0))
    assert real.reply.tolist() == [-1, 0, 0, 2, 3]
    assert simulated.reply.tolist() == [-1, -1, 0, 2, -1]
    assert value(kfacts.k7, simulated, "median_minutes") == pytest.approx(4)  # 3 and 5 minutes
    # first posts of 1 to 5: that of 4 and that of 5 meet nobody's word within an hour and no marked reply
    assert value(kfacts.k5, simulated, "unanswered") == 2 / 5
    assert value(kfacts.k5, real, "unanswered") == 1 / 5


def test_the_line_above_is_looked_for_in_the_same_room_whatever_the_order_of_rows() -> None:
    frame = pd.concat([log([(room, 0.0, 1), (room, 60.0, 2, 0), (room, 90.0, 3, 0)]) for room in (0, 1)])
    frame = frame.assign(replicate=3).sample(frac=1, random_state=1).reset_index(drop=True)
    marked = as_people_mark(frame).sort_values(["group", "id"])
    assert marked["reply_to"].fillna(-1).tolist() == [-1, -1, 0] * 2
    pd.testing.assert_frame_equal(as_people_mark(marked), marked)


def test_k6_compares_newcomers_who_were_answered_with_the_others() -> None:
    one = talk(
        [
            (0, 0.0, 1),  # the room's first poster is no newcomer
            (0, 3 * DAY, 2),  # answered by 1 within the hour, returns after two days
            (0, 3 * DAY + MINUTE, 1),
            (0, 5 * DAY, 2),
            (0, 9 * DAY, 3),  # answered by 1, returns only after 61 days
            (0, 9 * DAY + MINUTE, 1),
            (0, 20 * DAY, 4),  # not answered, returns after 25 hours
            (0, 20 * DAY + 25 * 3600, 4),
            (0, 30 * DAY, 5),  # not answered, never returns
            (0, 40 * DAY, 6),  # not answered, again on the same day
            (0, 40 * DAY + 5 * 3600, 6),
            (0, 70 * DAY, 3),
            (0, 260 * DAY, 7),  # 40 days before the end: not watched for long enough
        ]
    )
    found = kfacts.k6(one, boot(one))["return_gain"]
    assert found.n == 5
    assert found.value == pytest.approx(1 / 2 - 1 / 3)


def test_k7_takes_the_first_reply_of_somebody_else() -> None:
    one = talk(
        [
            (0, 0.0, 1),
            (0, 1 * MINUTE, 1, 0),  # one's own reply does not count
            (0, 4 * MINUTE, 2, 0),
            (0, 9 * MINUTE, 3, 0),  # a later reply neither
            (1, 0.0, 1),
            (1, 20 * MINUTE, 2, 0),
        ]
    )
    assert value(kfacts.k7, one, "median_minutes") == pytest.approx(12)
    assert value(kfacts.k7, one, "p90_over_median") == pytest.approx((4 + 0.9 * 16) / 12)


@pytest.mark.parametrize("exponent", [1.0, 1.3, 1.5, 1.8])
def test_k8_finds_the_exponent_it_was_made_with(exponent: float) -> None:
    u = (np.arange(4000) + 0.5) / 4000
    b = exponent - 1
    x = 1440.0**u if b == 0 else (1 - u * (1 - 1440.0**-b)) ** (-1 / b)  # inverse of the truncated power law
    one = talk([(0, float(s), 1) for s in np.cumsum(np.append(0, x * MINUTE + 1e-6))], end=4000 * DAY)
    assert value(kfacts.k8, one, "exponent") == pytest.approx(exponent, abs=0.01)


def test_k8_takes_the_discrete_law_for_whole_minutes() -> None:
    x = np.arange(1.0, 1441)
    p = x**-1.5 / (x**-1.5).sum()
    gaps = np.repeat(x, np.round(p * 20000).astype(int))
    one = talk([(0, float(s), 1) for s in np.cumsum(np.append(0, gaps * MINUTE))], end=4000 * DAY)
    assert value(kfacts.k8, one, "exponent") == pytest.approx(1.5, abs=0.02)


def test_burstiness_of_a_clock_is_minus_one_and_of_two_values_known() -> None:
    clock = [(0, 10.0 * k, 1) for k in range(60)]
    assert value(kfacts.k8, talk(clock), "burstiness") == pytest.approx(-1)
    gaps = np.tile([1.0, 3.0], 30)  # mean 2, sd 1
    pair = [(0, float(s), 1) for s in np.cumsum(np.append(0, gaps))]
    assert value(kfacts.k8, talk(pair), "burstiness") == pytest.approx((1 - 2) / (1 + 2))
    assert value(logfacts.k14, talk(pair), "burstiness") == pytest.approx(-1 / 3)


def test_k2_tells_how_soon_and_how_often_members_bring_others() -> None:
    rows = [  # person, inviter, day
        (1, None, 0), (2, None, 0), (3, None, 0),
        (10, 1, 5), (11, 1, 7), (12, 1, 10),  # 1 brings after 5 days, then after 2 and 3 more
        (13, 2, 6),  # 2 brings after 6 days
        (14, 10, 6),  # 10 is there on day 5 and brings a day later
        (15, 2, 39),  # after 34 days of watch: not counted
        (16, 15, 40),  # 15 was there for too short
    ]  # fmt: skip
    spells = pd.DataFrame(rows, columns=["person", "inviter", "day_joined"]).astype({"inviter": "Int32"})
    spells = spells.assign(replicate=0, group=0)
    twice = pd.concat([spells, spells.assign(replicate=1)])
    for frame, times in ((spells, 1), (twice, 2)):
        found = k2(frame, 41)
        assert found["first_invitation_within_5_days"].n == 3 * times
        assert found["first_invitation_within_5_days"].value == pytest.approx(2 / 3)  # 1 and 10
        assert found["invitation_gap_within_2_days"].n == 2 * times
        assert found["invitation_gap_within_2_days"].value == pytest.approx(1 / 2)
    nobody = k2(spells.assign(inviter=pd.array([None] * len(spells), "Int32")), 41)
    assert nobody["first_invitation_within_5_days"].n == 0
