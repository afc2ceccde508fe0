"""H9, H29: newcomers who write once their first days are over, and pairs for each member, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.memberships import Memberships
from sim.analysis.newcomers import write_again
from sim.analysis.outcomes import outcomes
from sim.analysis.panel import Panel
from sim.data.tables import CHANNELS
from tests.fakes import daily_of, fake_results, spells_of

SEARCH, FOUNDER, BY_MOVE = (CHANNELS.index(name) for name in ("search", "founder", "transferred"))
PANEL = Panel.of(daily_of(np.ones((1, 1, 100), int)))


@pytest.mark.parametrize(("joined", "first", "days", "counts"), [
    (10, 10, 1, 0),  # an introduction, and nothing more
    (10, 10, 2, 1),  # … and another day
    (10, 12, 1, 0),  # within three days
    (10, 13, 1, 1),  # later: of their own accord
    (10, -1, 0, 0),  # never
    (-5, 10, 4, np.nan),  # was there before day 0
    (41, 41, 9, np.nan),  # too late to be watched for sixty days
])  # fmt: skip
def test_a_first_line_in_the_first_days_is_not_counted(joined: int, first: int, days: int, counts: float) -> None:
    spells = spells_of(role=np.array([4]), channel=np.array([SEARCH]), day_joined=np.array([joined]),
                       day_first_post=np.array([first]), n_active_days=np.array([days]))  # fmt: skip
    assert write_again(Memberships(spells, PANEL), 100) == pytest.approx([counts], nan_ok=True)


def test_founders_the_moved_and_staff_are_no_newcomers() -> None:
    spells = spells_of(role=np.array([4, 4, 4, 0]), person=np.arange(4), day_joined=np.zeros(4, int),
                       channel=np.array([SEARCH, FOUNDER, BY_MOVE, SEARCH]), day_first_post=np.array([-1, 0, 0, 0]),
                       n_active_days=np.array([0, 9, 9, 9]))  # fmt: skip
    assert write_again(Memberships(spells, PANEL), 100) == pytest.approx([0.0])


def test_pairs_for_each_member_are_pairs_over_members_on_the_last_day() -> None:
    found = outcomes(fake_results(["nothing"], 2, groups=3, days=40))
    per_member = found["strong_pairs"] / found["members_end"]
    assert found["pairs_per_member"].to_numpy() == pytest.approx(per_member.to_numpy())
