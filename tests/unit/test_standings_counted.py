"""M14, R12, R13: veterans, customers and hand-out seekers, counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.errors import ConfigError
from scenarios.experiments.reader import known_outcome
from sim.analysis.memberships import Memberships
from sim.analysis.outcomes import outcomes
from sim.analysis.panel import Panel
from sim.analysis.standings import customers_seen, handout_seekers, veterans_left
from sim.data.tables import CHANNELS, REASONS
from tests.fakes import daily_of, fake_results, spells_of

LEFT, REMOVED = REASONS.index("left"), REASONS.index("removed")
MOVED, BY_MOVE = REASONS.index("transferred"), CHANNELS.index("transferred")


def panel(days: int, **columns: object) -> Panel:
    """One community of one group."""
    return Panel.of(daily_of(np.ones((1, 1, days), int), **{k: np.array(v)[None, None] for k, v in columns.items()}))


def test_veterans_are_at_risk_from_their_day_on() -> None:
    """Of standing from the 10th day: days 10 … 19 (still in), 10 … 14 (left), 12 … 15 (removed); one left young."""
    spells = spells_of(
        role=np.array([4, 4, 4, 4, 0]), person=np.arange(5), day_joined=np.array([0, 0, 2, 3, 0]),
        day_left=np.array([-1, 14, 15, 12, 11]), reason=np.array([0, LEFT, REMOVED, LEFT, LEFT]),
    )  # fmt: skip
    people = Memberships(spells, panel(20))
    found = veterans_left(people, np.array([10.0]), 20)
    assert found == pytest.approx([1 - (1 - 1 / (10 + 5 + 4)) ** 30])  # the host who left is none of them
    assert np.isnan(veterans_left(people, np.array([np.nan]), 20))  # the run does not say who is a veteran
    assert np.isnan(veterans_left(people, np.array([60.0]), 20))  # nobody was in so long


def test_tenure_before_day_0_counts_and_days_before_it_do_not() -> None:
    spells = spells_of(role=np.array([4]), day_joined=np.array([-30]), day_left=np.array([4]), reason=np.array([LEFT]))
    assert veterans_left(Memberships(spells, panel(20)), np.array([10.0]), 20) == pytest.approx([1 - (1 - 1 / 5) ** 30])


def test_who_is_moved_goes_on_as_a_veteran() -> None:
    """Of standing from the 10th day, moved on day 12 and again on day 14, gone on day 16: seven days at risk, one end.

    Somebody else was moved on day 12, too, and is young.
    """
    spells = spells_of(
        role=np.full(5, 4), person=np.array([8, 8, 8, 9, 9]), day_joined=np.array([0, 13, 15, 11, 13]),
        day_left=np.array([12, 14, 16, 12, -1]), reason=np.array([MOVED, MOVED, LEFT, MOVED, 0]),
        channel=np.array([0, BY_MOVE, BY_MOVE, 0, BY_MOVE]),
    )  # fmt: skip
    people = Memberships(spells, panel(20))
    assert people.began.tolist() == [0, 0, 0, 3, 3]
    assert people.goes_on.tolist() == [True, True, False, True, False]
    assert veterans_left(people, np.array([10.0]), 20) == pytest.approx([1 - (1 - 1 / 7) ** 30])


def test_who_comes_back_or_is_moved_before_day_0_begins_anew() -> None:
    spells = spells_of(
        role=np.full(4, 4), person=np.array([8, 8, 9, 9]), day_joined=np.array([0, 13, 0, -3]),
        day_left=np.array([12, -1, 3, -1]), reason=np.array([LEFT, 0, MOVED, 0]),
        channel=np.array([0, 0, 0, BY_MOVE]),
    )  # fmt: skip
    assert Memberships(spells, panel(20)).began.tolist() == [0, 1, 2, 3]


def test_customers_of_a_weeks_eve_who_look_in() -> None:
    """Weeks from day 7: 4 customers on the eve, 3 seen; then 5, of whom 2. The last days are no whole week."""
    customers, seen = np.zeros(25, int), np.zeros(25, int)
    customers[6], customers[13], customers[20] = 4, 5, 9
    seen[[3, 8, 9, 14, 22]] = [1, 2, 1, 2, 9]
    one = panel(25, n_customers=customers, n_customers_seen=seen)
    assert customers_seen(one) == pytest.approx([5 / 9])
    assert np.isnan(customers_seen(panel(25)))


def test_in_a_running_start_weeks_are_those_of_the_groups() -> None:
    """90 days old on day 0: the first week begins on day 1."""
    customers, seen = np.zeros(10, int), np.zeros(10, int)
    customers[0], customers[6], seen[1], seen[8] = 4, 9, 3, 8
    one = panel(10, n_customers=customers, n_customers_seen=seen)
    starts = one.communities.assign(group=0, age=90)
    assert customers_seen(one, starts) == pytest.approx([3 / 4])


START = pd.Timestamp("2025-03-03", tz="Asia/Shanghai").tz_convert("UTC")


def lines(*said: tuple[int, str, int, int]) -> pd.DataFrame:
    """Messages: author, kind, how many, on which day."""
    rows = [(author, kind, day) for author, kind, n, day in said for _ in range(n)]
    author, kind, day = zip(*rows, strict=True)
    home = {name: pd.Categorical([word] * len(rows)) for name, word in (("arm", "nothing"), ("world", "pet_owners"))}
    when = START + pd.to_timedelta(np.array(day) * 24 + 1, unit="h")
    return pd.DataFrame({**home, "replicate": 0, "group": 0, "author": author, "kind": pd.Categorical(kind), "t": when})


def test_who_asks_five_times_and_never_answers_is_a_hand_out_seeker() -> None:
    members = np.full(60, 8)
    members[55] = 10
    one = panel(60, n_members=members, new_moved_out=2 * (np.arange(60) == 55))  # two are on the way
    people = Memberships(spells_of(role=np.array([4, 4, 4, 0, 4]), person=np.arange(5)), one)
    talk = lines(
        (0, "question", 5, 3), (0, "chat", 4, 3),  # one, in the first stretch
        (1, "question", 6, 9), (1, "answer", 1, 20),  # answers once
        (2, "question", 3, 10), (2, "question", 2, 28),  # never five in one stretch
        (3, "question", 9, 3),  # the host
        (4, "question", 5, 30), (4, "answer", 1, 57),  # another; the answer comes after the last whole stretch
    )  # fmt: skip
    assert handout_seekers(one, talk, people, START) == pytest.approx([2 / (8 + 12)])
    short = panel(20, n_members=members[:20])
    assert np.isnan(handout_seekers(short, talk, people, START))


def test_what_needs_messages_is_not_there_without_them_and_no_study_can_ask_for_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bare, recorded = (fake_results(["nothing"], 2, groups=2, days=40, messages=kept) for kept in (False, True))
    assert "handout_seekers" not in outcomes(bare)
    assert outcomes(recorded)["handout_seekers"].notna().all()
    with pytest.raises(ConfigError, match=r"'handout_seekers' needs recorded messages.*record=messages"):
        known_outcome("handout_seekers", "my.yaml: outcomes")
    assert known_outcome("presence", "my.yaml: outcomes") == "presence"
    assert main(["explain", "handout_seekers"]) == 0
    told = capsys.readouterr().out
    assert "record=messages" in told
    assert "outcomes.csv" not in told
