"""Measures over memberships and over groups, counted by hand on small tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.experiment.levels import Groups, level, state_of
from sim.analysis.experiment.measure import Measure, measured
from sim.analysis.experiment.rules import RULES
from sim.analysis.experiment.rules_of_groups import Quantity

DAYS = 100
NEVER = -1


def daily(rows: dict[str, Any]) -> pd.DataFrame:
    """A daily table of one arm and world; what is not said is 0."""
    table = pd.DataFrame(rows)
    for name in ("n_members", "new_left", "new_removed", "new_moved_out"):
        table[name] = table.get(name, 0)
    labels = pd.Categorical(["a"] * len(table))
    return table.assign(arm=labels, world=labels, replicate=table.get("replicate", 0))


def spells(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Memberships: person, channel, day joined, day left, first line, days with a line, purchases, friends brought."""
    when = ["day_joined", "day_left", "day_first_post"]
    table = pd.DataFrame(rows, columns=["person", "channel", *when, "n_active_days", "n_purchases", "n_brought"])
    moved = table["day_left"].astype(str).str.endswith("m")
    table["day_left"] = [int(str(one).rstrip("m")) for one in table["day_left"]]
    label = pd.Categorical(["a"] * len(table))
    return table.assign(arm=label, world=label, replicate=0, group=0, channel=pd.Categorical(table["channel"]),
                        role=pd.Categorical(["Member"] * len(table)),
                        reason=pd.Categorical(np.where(moved, "transferred", "left")))  # fmt: skip


HOME = daily({"group": [0], "day": [DAYS - 1]})
PEOPLE = spells(
    # person, channel, joined, left, first line, days with a line, purchases, friends brought
    (1, "founder", 0, NEVER, 0, 50, 5, 4),
    (2, "invited", 10, NEVER, 12, 9, 2, 2),  # in for 90 days
    (3, "invited", 10, 19, NEVER, 0, 0, 0),  # in for 10 days
    (4, "paid_ad", 20, 48, 20, 1, 0, 0),  # 29 days, left on the 28th day after coming in
    (5, "paid_ad", 20, NEVER, 30, 2, 1, 1),  # in for 80 days
    (6, "search", 90, NEVER, 95, 1, 0, 1),  # too late to be seen for 28 days
    (7, "search", 60, "69m", NEVER, 0, 0, 0),  # moved to another group, and writes there
    (7, "transferred", 70, NEVER, 80, 3, 1, 0),
)


def of(rule: str, table: pd.DataFrame = PEOPLE, rows: pd.DataFrame = HOME, **options: Any) -> float:
    (found,) = measured(Measure(rule=rule, options=options), pd.DataFrame(), rows, [0], table, DAYS)
    return float(found)


def test_who_is_still_in_after_some_days() -> None:
    assert of("stayed") == pytest.approx(3 / 5)  # 2, 5 and 7, who was moved; not 3 and 4; 6 came too late
    assert of("stayed", channel=("invited",)) == 0.5
    assert of("stayed", channel=("paid_ad",), after=27) == 1.0
    assert of("stayed", channel=("invited",), against=("paid_ad",), after=9) == pytest.approx(0.5 - 1.0)
    assert of("stayed", joined=(50, 99)) == 1.0
    assert of("stayed", joined=(90, 90), after=9) == 1.0
    assert np.isnan(of("stayed", joined=(90, 90), after=10))  # of day 100 nothing is known
    assert np.isnan(of("stayed", channel=("partner",)))


def test_days_on_which_they_write() -> None:
    assert of("writing_days", channel=("invited",)) == pytest.approx(9 / 100)
    assert of("writing_days", channel=("paid_ad",)) == pytest.approx(3 / (29 + 80))
    assert of("writing_days", channel=("search",)) == pytest.approx((1 + 0 + 3) / (10 + 10 + 30))


def test_purchases_of_each_who_came() -> None:
    assert of("purchases_each") == pytest.approx(4 / 6)
    assert of("purchases_each", channel=("search",)) == pytest.approx(1 / 2)  # made after the move
    assert of("purchases_each", channel=("founder",)) == 5


def test_first_lines_and_lines_after_the_first_days() -> None:
    assert of("first_line") == pytest.approx(3 / 5)  # 2, 4, 5; 6 is not seen for 14 days, 7 waits 20
    assert of("first_line", within=5) == pytest.approx(2 / 6)  # 2 and 4
    assert of("first_line", joined=(60, 69), within=21) == 1.0  # in the group to which they were moved
    assert of("writes_again", after=60) == pytest.approx(2 / 4)  # 2 on other days, 5 began late; not 3 and 4
    assert of("writes_again", after=60, channel=("paid_ad",)) == pytest.approx(1 / 2)
    assert of("writes_again", after=60, channel=("paid_ad",), at_once=True) == 0.0  # 5 was late to begin


def test_the_silent_who_speak_up_and_buy() -> None:
    assert of("spoke_up", day=25, within=5) == 0.0  # 5
    assert of("spoke_up", day=25, within=6) == 1.0  # 5, on day 30; 4 had written, and 3 was gone
    assert of("spoke_up", day=65, within=60) == 1.0  # 7, in the other group
    assert of("bought_in_silence", day=25) == 1.0
    assert np.isnan(of("spoke_up", day=20))  # the founder and 2 have written, 3 has left


def test_what_the_top_bring() -> None:
    assert of("brought_by_top", share=0.5) == pytest.approx(6 / 8)  # of 4, 2, 1, 1
    assert of("brought_by_top") == pytest.approx(0.8 * 4 / 8)  # a fifth of four people is four fifths of the first
    alike = spells(*((person, "invited", 1, NEVER, 1, 1, 0, 3) for person in range(7)))
    assert of("brought_by_top", alike) == pytest.approx(0.2)
    twice = spells(*((person, "invited", day, 50, day, 1, 0, 1) for person, day in ((1, 1), (1, 60), (2, 1))))
    assert of("brought_by_top", twice, share=0.5) == pytest.approx(2 / 3)
    assert np.isnan(of("brought_by_top", spells((1, "invited", 1, NEVER, 1, 1, 0, 0))))


def of_groups(values: dict[str, list[float]], n: int) -> pd.DataFrame:
    """A day of ``n`` groups, with 10 members each."""
    return daily({"group": range(n), "day": [0] * n, "n_members": [10] * n, **values})


def test_correlation_of_ranks_over_groups() -> None:
    bought, said, trust = Quantity("n_purchases"), Quantity("n_messages", "n_members"), Quantity("mean_trust")
    rows = of_groups({"n_purchases": [1, 2, 3, 4, 5], "n_messages": [5, 4, 3, 2, 1],
                      "mean_trust": [0.1, 0.3, 0.4, 0.9, 0.5]}, 5)  # fmt: skip
    assert of("rank_correlation", rows=rows, of=bought, along=said, days=(0, 0)) == pytest.approx(-1.0)
    # ranks 1 2 3 5 4 against 1 … 5: 1 − 6 (1 + 1) / (5 · 24)
    assert of("rank_correlation", rows=rows, of=bought, along=trust, days=(0, 0)) == pytest.approx(0.9)
    assert of("rank_correlation", rows=rows, of=bought, along=trust, minus=said, days=(0, 0)) == pytest.approx(1.9)
    assert np.isnan(of("rank_correlation", rows=rows[:4], of=bought, along=said, days=(0, 0)))
    same = rows.assign(n_messages=3)
    assert np.isnan(of("rank_correlation", rows=same, of=bought, along=said, days=(0, 0)))
    assert np.isnan(of("rank_correlation", rows=rows, of=bought, along=said, days=(0, 1)))  # none is there on both days


def test_share_of_groups_in_which_there_is_so_much() -> None:
    rows = of_groups({"n_ads": [0, 1, 5, 8], "n_messages": [0, 2, 10, 10]}, 4)
    adverts = Quantity("n_ads", "n_messages")
    assert of("share_of_groups", rows=rows, of=adverts, days=(0, 0), at_least=0.5) == 1.0  # one is without a line
    assert of("share_of_groups", rows=rows, of=adverts, days=(0, 0), at_least=0.6) == pytest.approx(1 / 3)
    assert of("share_of_groups", rows=rows, of=Quantity("n_ads"), days=(0, 0), at_least=5) == 0.5


def test_means_are_those_of_members_without_the_host() -> None:
    rows = daily({"group": [0, 1, 0], "day": [0, 0, 1], "n_members": [5, 2, 1], "new_left": [0, 1, 0],
                  "mean_trust": [0.4, 0.5, 1.0], "novelty": [0.5, 0.25, 1.0]})  # fmt: skip
    # 0.4 · 5 − 1 = 1 of 4 members, 0.5 · 3 − 1 = 0.5 of 2; a host alone is nobody
    assert level(rows, "mean_trust", "", (0, 1)).tolist() == pytest.approx([1.5 / 6])
    assert level(rows, "mean_trust", "", (0, 1), ("replicate", "group")).tolist() == pytest.approx([0.25, 0.25])
    assert np.isnan(level(rows, "mean_trust", "", (1, 1)).tolist()).all()
    assert level(rows, "novelty", "", (0, 1)).tolist() == pytest.approx([1.75 / 3])


def test_groups_by_the_day_on_which_they_were_opened() -> None:
    rows = daily({"group": [0, 0, 1], "day": [0, 5, 5], "new_joined": [1, 2, 4]})
    late = Measure(column="new_joined", days=(5, 5), groups=Groups(born=(1, 9)))
    assert measured(late, pd.DataFrame(), rows, [0]).tolist() == [4.0]
    none = Measure(column="new_joined", days=(5, 5), groups=Groups(born=(6, 9)))
    assert np.isnan(measured(none, pd.DataFrame(), rows, [0])).all()


def test_healthy_groups() -> None:
    """On day 13 after a week of 10 lines a day: group 0 writes 5 a day, and the host is in 4 of 8 replies; group 1
    writes 4, in group 2 the host is in 5 of 8, nobody replies in group 3, and group 4 is young."""
    talk = {0: 5, 1: 4, 2: 10, 3: 10, 4: 10}
    off = {0: 4, 1: 8, 2: 3, 3: 0, 4: 8}
    days = [(group, day) for group in talk for day in range(14) if group < 4 or day > 7]
    rows = daily({
        "group": [group for group, _ in days], "day": [day for _, day in days],
        "n_member_messages": [10 if day < 7 else talk[group] for group, day in days],
        "n_replies": [8 if group != 3 else 0 for group, _ in days],
        "n_replies_off_host": [off[group] for group, _ in days],
    })  # fmt: skip
    assert state_of(rows, 13).to_dict() == {(0, 0): True, (0, 1): False, (0, 2): False, (0, 3): False}
    for groups, lines in ((Groups(healthy=13), 5.0), (Groups(ailing=13), 24.0)):
        asked = Measure(column="n_member_messages", days=(13, 13), groups=groups)
        assert measured(asked, pd.DataFrame(), rows, [0]).tolist() == [lines]


def test_an_outcome_by_another() -> None:
    table = pd.DataFrame({"replicate": [0, 1], "n_second": [3.0, 0.0], "purchases": [4.0, 0.0]})
    found = measured(Measure(outcome="n_second", per="purchases"), table, HOME, [0, 1])
    np.testing.assert_equal(found.tolist(), [0.75, np.nan])


def test_every_rule_says_what_it_counts_and_when_there_is_nothing() -> None:
    for name, rule in RULES.items():
        assert rule.of.__doc__, name
        assert rule.options, name
