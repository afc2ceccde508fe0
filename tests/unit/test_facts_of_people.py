"""K3 and K10 to K12 on tables made by hand: lurkers, red packets sent on, two years of a person, a course sold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.facts.camp import k12
from sim.analysis.facts.packets import k10
from sim.analysis.facts.persons import k11
from sim.analysis.facts.targets import facts_table
from tests.by_hand import START

DAYS = 12 * 7
ROLES = ["host", "lurker", "advertiser"]


def run(words: list[tuple[int, int, float]], spells: list[tuple[int, int, int, int | None, str]], days: int = 170):
    """A simulated run by hand: words (group, person, day), memberships (group, person, joined, left, role)."""
    rows = [(0, group, k, START + pd.to_timedelta(float(day), unit="D"), person, "chat")
            for k, (group, person, day) in enumerate(words)]  # fmt: skip
    messages = pd.DataFrame(rows, columns=["replicate", "group", "id", "t", "author", "kind"])
    members = pd.DataFrame(spells, columns=["group", "person", "day_joined", "day_left", "role"])
    members["role"] = pd.Categorical(members["role"], ROLES)
    members = members.astype({"day_left": "Int32"}).assign(replicate=0)
    groups = sorted(set(members["group"]))
    daily = pd.DataFrame([(0, g, d) for g in groups for d in range(days)], columns=["replicate", "group", "day"])
    return messages.assign(reply_to=pd.array([None] * len(messages), "Int32")), members, daily


def lurkers(table: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], looks: list[tuple[int, int, int]] | None = None):
    messages, spells, daily = table
    notes = pd.DataFrame(looks or [], columns=["group", "person", "day"], dtype=np.int64).assign(replicate=0)
    found = facts_table(messages, spells, daily, start="2024-01-01", zone="UTC", only=["K3"],
                        watched={} if looks is None else {"looks": notes})  # fmt: skip
    return found.set_index("statistic")


def test_lurkers_are_members_through_a_window_without_a_word_in_it() -> None:
    table = run(
        [(0, 1, 3.0), (0, 2, 5.0), (0, 2, 90.0), (0, 9, 91.0)],
        [
            (0, 1, 0, None, "lurker"),  # window 0: speaks; window 1: silent
            (0, 2, 0, None, "lurker"),  # speaks in both
            (0, 3, 0, None, "lurker"),  # silent in both
            (0, 4, 0, 83, "lurker"),  # left a day too soon: no member throughout
            (0, 5, 1, None, "lurker"),  # came a day too late for window 0; silent in window 1
            (0, 9, 0, None, "host"),  # staff are not counted, their words are no members' silence
            (0, 8, 0, None, "advertiser"),
        ],
        days=2 * DAYS,
    )
    found = lurkers(table)
    assert found.loc["lurkers_bond", "n"] == 3 + 4
    assert found.loc["lurkers_bond", "value"] == pytest.approx((1 + 3) / 7)
    assert found.loc["lurkers_deals", "value"] == found.loc["lurkers_bond", "value"]
    assert "lurkers_regulars" not in found.index  # nobody noted who looked in


def test_a_silent_group_has_no_lurkers_and_half_a_window_does_not_count() -> None:
    members = [(group, person, 0, None, "lurker") for group in (0, 1) for person in range(4)]
    found = lurkers(run([(0, 1, 3.0), (1, 1, 100.0)], members, days=2 * DAYS - 1))
    assert (found.loc["lurkers_bond", "n"], found.loc["lurkers_bond", "value"]) == (4, 3 / 4)


def test_regulars_look_in_on_three_days_of_a_window_whenever_they_come_and_go() -> None:
    table = run(
        [(0, 1, 3.0), (0, 2, 90.0)],
        [(0, 1, 0, None, "lurker"), (0, 2, 2, 40, "lurker"), (0, 3, 0, None, "lurker"), (0, 7, 0, None, "host"),
         (0, 6, 0, None, "advertiser")],
        days=DAYS + 60,
    )  # fmt: skip
    looks = [(0, 1, d) for d in (0, 3, 9)]  # spoke
    looks += [(0, 2, d) for d in (2, 3, 40)]  # a regular who left, silent
    looks += [(0, 3, d) for d in (5, 83, 83, 84, 90, 91)]  # two days of this window; the next is not seen whole
    looks += [(0, person, d) for person in (6, 7) for d in range(9)]
    found = lurkers(table, looks)
    assert (found.loc["lurkers_regulars", "n"], found.loc["lurkers_regulars", "value"]) == (2, 0.5)
    assert lurkers(table, looks[1:]).loc["lurkers_regulars", "value"] == 1.0  # 1 now looks in on two days only


def packets(people: int, sent, many: int = 40) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    """Packets of which the k-th taker draws 10 · (k + 1), more of it in later packets; ``sent(received, number)``."""
    rows = [(r, 0, day, person, 10 * (person + 1) + 50 * day)
            for r in (0, 1, 2) for day in range(many) for person in range(people)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["replicate", "group", "day", "person", "received"])
    return frame.assign(sent=[sent(x, k) for k, x in enumerate(frame["received"])])


def test_packets_by_more_senders_or_by_larger_sums() -> None:
    """All give a tenth; or those who drew at least 50 of their packet give 20: each in one way alone."""
    all_give = k10(packets(10, lambda x, k: 0.1 * x))
    assert all_give["sent_back"].value == pytest.approx(0.1)
    assert all_give["share_from_more_senders"].value == pytest.approx(0)
    assert (all_give["sent_back"].n, all_give["share_from_more_senders"].n) == (1200, 1200)
    some_give = k10(packets(10, lambda x, k: 20.0 * (k % 10 >= 4)))
    x = np.arange(10) - 4.5
    assert some_give["sent_back"].value == pytest.approx(2 * (x * (np.arange(10) >= 4)).sum() / (x * x).sum())
    assert some_give["share_from_more_senders"].value == pytest.approx(1)
    assert some_give["sent_back"].low <= some_give["sent_back"].value <= some_give["sent_back"].high


def test_what_differs_between_packets_is_not_the_doing_of_the_draw() -> None:
    """On rich days everybody gives a fixed sum: received and sent go together over days, not within a packet."""
    found = k10(packets(4, lambda x, k: 5.0 * (k // 4 % 40)))
    assert found["sent_back"].value == pytest.approx(0, abs=1e-9)
    alone = k10(packets(1, lambda x, k: x))  # whoever is the only taker is compared with nobody
    assert np.isnan(alone["sent_back"].value)
    assert k10(packets(0, lambda x, k: x))["sent_back"].n == 0


LAST = 800
PEOPLE = [  # replicate, group, person, joined, left, reason
    (0, 0, 1, 0, None, None),  # stays
    (0, 0, 2, 5, 40, "left"),
    (0, 1, 2, 50, None, None),
    (0, 0, 3, 10, 745, "left"),  # later than two years after coming
    (0, 0, 4, 0, 90, "removed"),  # no leaving of their own
    (0, 1, 5, 71, 80, "left"),  # came too late to be watched for two years
    (0, 1, 1, 729, None, None),
    (1, 0, 2, 0, None, None),  # another community: another person
]


def lives(mutes: list[tuple[int, int, int]], people=PEOPLE):  # type: ignore[no-untyped-def]
    columns = ["replicate", "group", "person", "day_joined", "day_left", "reason"]
    spells = pd.DataFrame(people, columns=columns).astype({"day_left": "Int32"})
    spells["reason"] = pd.Categorical(spells["reason"], ["left", "removed"])
    notes = pd.DataFrame(mutes, columns=["replicate", "person", "day"], dtype=np.int64).assign(group=0)
    return k11(spells, notes, LAST)


def test_two_years_of_a_person() -> None:
    found = lives([(0, 1, 300), (0, 1, 301), (0, 2, 740), (0, 5, 100), (1, 2, 729)])
    assert found["ever_left"].n == 5
    assert found["ever_left"].value == pytest.approx(1 / 5)
    assert found["ever_muted"].value == pytest.approx(2 / 5)  # persons 1 of the first, 2 of the second community
    assert found["groups_under_10"].value == 1
    assert found["groups_under_10"].n == 4  # who was removed is in none at the end of their two years


def test_groups_per_person_at_the_end_of_two_years() -> None:
    many = {1: 9, 2: 10, 3: 30, 4: 31, 5: 51}
    people = [(0, group, person, 0, None, None) for person, n in many.items() for group in range(n)]
    found = lives([], people)
    assert [found[name].value for name in ("groups_under_10", "groups_10_to_30", "groups_30_to_50", "groups_over_50")
            ] == pytest.approx([0.2, 0.4, 0.2, 0.2])  # fmt: skip
    late = lives([], [(0, 0, 1, 71, None, None)])
    assert np.isnan(late["ever_left"].value)
    assert late["ever_left"].n == 0


def test_from_a_camp_to_the_course() -> None:
    paid = [(0, 0, 1, 0, 10.0), (0, 0, 2, 5, 10.0), (0, 0, 3, 9, 10.0), (0, 0, 4, 29, 10.0), (0, 0, 5, 0, 0.0),
            (1, 0, 1, 0, 10.0)]  # fmt: skip
    spells = pd.DataFrame(paid, columns=["replicate", "group", "person", "day_joined", "entry_paid"])
    rows = [
        (0, 0, 1, 27, 1600.0, False),  # buys in time
        (0, 0, 1, 27, 1600.0, False),  # counts once
        (0, 0, 2, 33, 1600.0, False),  # four weeks after coming: too late
        (0, 0, 3, 10, 50.0, False),  # no course
        (0, 0, 3, 11, 1600.0, True),  # was given the money back
        (0, 0, 4, 30, 1600.0, False),  # not watched for four weeks
        (0, 0, 5, 1, 1600.0, False),  # a founder, who paid nothing at the door
    ]
    purchases = pd.DataFrame(rows, columns=["replicate", "group", "person", "day", "price", "refunded"])
    found = k12(spells, purchases, 56)["camp_to_course"]
    assert (found.n, found.value) == (4, 1 / 4)
    assert k12(spells, purchases.iloc[:0], 56)["camp_to_course"].value == 0
    assert np.isnan(k12(spells, purchases, 20)["camp_to_course"].value)


def test_a_log_of_talk_alone_tells_none_of_them() -> None:
    messages, spells, daily = run([(0, 1, 3.0), (0, 2, 90.0)], [(0, 1, 0, None, "lurker")])
    assert not {"K2", "K3", "K10", "K11"} & set(facts_table(messages, daily=daily)["id"])
    assert set(facts_table(None, spells, daily)["id"]) == set()
