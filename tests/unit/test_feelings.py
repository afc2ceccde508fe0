"""Whose trust counts: on tables of a few groups and days whose numbers are counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.feelings import feelings, hidden_accounts, hired_moderators
from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel
from tests.fakes import daily_of, spells_of


def panel(**columns: object) -> Panel:
    """One community of two groups and three days."""
    days = {name: np.array(values)[None] for name, values in columns.items()}
    return Panel.of(daily_of(np.ones((1, 2, 3), dtype=int), **days))


def means_with_host(n: int, trust: float) -> float:
    """What the daily table holds where ``n`` are in, one of them the host, and the others trust so much."""
    return (1.0 + (n - 1) * trust) / n


def test_a_host_who_trusts_the_host_is_not_counted() -> None:
    """Ten or three in, everybody else at 0.3: it is 0.3, and does not rise with those who leave."""
    wide, narrow = means_with_host(10, 0.3), means_with_host(3, 0.3)
    found = feelings(panel(n_members=[[10, 10, 10], [3, 3, 3]], mean_trust=[[wide] * 3, [narrow] * 3],
                           mean_belonging=[[wide] * 3, [narrow] * 3], n_trusting=[[1] * 3, [2] * 3]))  # fmt: skip
    assert found["trust"] == pytest.approx([0.3])
    assert found["belonging"] == pytest.approx([0.3])
    assert found["trusting"] == pytest.approx([3 / (3 * 9 + 3 * 2)])


def test_the_mean_is_over_those_who_were_in_in_the_morning() -> None:
    """Ten in the morning, four of them gone by night; a host alone has nobody to trust them."""
    gone = {name: [[n] * 3, [0] * 3] for name, n in (("new_left", 2), ("new_removed", 1), ("new_moved_out", 1))}
    trust = [[means_with_host(10, 0.4)] * 3, [1.0] * 3]
    found = feelings(panel(n_members=[[6, 6, 6], [1, 1, 1]], mean_trust=trust, **gone))
    assert found["trust"] == pytest.approx([0.4])


def test_hidden_accounts_are_counted_by_group_and_day() -> None:
    days = {"day_joined": np.array([0, 1, 0, 0]), "day_left": np.array([-1, 2, -1, -1])}
    spells = spells_of(group=np.array([0, 1, 1, 1]), **days)
    spells["role"] = pd.Categorical(["Shill", "Shill", "Shill", "Lurker"])
    two = panel(n_members=[[10] * 3, [10] * 3])
    hidden = hidden_accounts(two, Memberships(spells, two))
    assert hidden.tolist() == [[1, 1, 1], [1, 2, 1]]
    assert hidden_accounts(two, Memberships(spells, two), in_the_morning=True).tolist() == [[1, 1, 1], [1, 2, 2]]
    trust = means_with_host(9, 0.3)
    one = panel(n_members=[[10] * 3, [10] * 3], mean_trust=[[trust] * 3, [trust] * 3])
    assert feelings(one, np.ones((2, 3), dtype=int))["trust"] == pytest.approx([0.3])


def test_hired_moderators_are_left_out_and_members_who_help_are_not() -> None:
    """The host is number 100; moderators are 5, a member who helps, and 107 and 108, who are paid and trust wholly. One
    of them comes on day 1. Of ten others, each trusts by 0.3.
    """
    spells = spells_of(group=np.array([0, 1, 0, 0, 1]), person=np.array([100, 121, 5, 107, 108]),
                       day_joined=np.array([0, 0, 0, 0, 1]), day_left=np.array([-1, -1, -1, -1, -1]))  # fmt: skip
    spells["role"] = pd.Categorical(["Host", "Host", "Moderator", "Moderator", "Moderator"])
    n = np.array([[12, 12, 12], [11, 12, 12]])
    mean = (10 * 0.3 + n - 10) / n
    two = panel(n_members=n, mean_trust=mean, mean_belonging=mean, n_trusting=n - 10)
    hired = hired_moderators(two, Memberships(spells, two))
    assert hired.tolist() == [[1, 1, 1], [0, 1, 1]]
    found = feelings(two, hired=hired)
    assert found["trust"] == found["belonging"] == pytest.approx([0.3])
    assert found["trusting"] == pytest.approx([0.0])
