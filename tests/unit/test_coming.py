"""Who comes and goes in the last two weeks, on tables of a few groups and days whose numbers are counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.coming import coming_and_going, opened_messages
from sim.analysis.panel import Panel
from tests.fakes import daily_of


def counted(
    joined: np.ndarray, left: np.ndarray, members: np.ndarray, days: int | None = None
) -> dict[str, list[float]]:
    """One community; a row a group, a column a day."""
    frame = daily_of(np.ones((1, *joined.shape), int), new_joined=joined[None], new_left=left[None],
                     n_members=members[None])  # fmt: skip
    found = coming_and_going(Panel.of(frame), days=days)
    return {name: list(found[name]) for name in ("coming", "leaving")}


def test_only_the_last_two_weeks_count_and_all_groups_together() -> None:
    joined, left, members = (np.zeros((2, 20), int) for _ in range(3))
    members[:] = [[10], [30]]
    joined[:, 5] = 9  # before
    joined[0, 6], joined[1, 19], left[1, 10] = 2, 5, 14
    found = counted(joined, left, members)
    assert found["coming"] == pytest.approx([100 * 7 / (14 * 40)])
    assert found["leaving"] == pytest.approx([100 * 14 / (14 * 40)])


def test_a_shorter_run_counts_as_a_whole_and_nobody_is_no_number() -> None:
    some = np.array([[1, 2, 3]])
    assert counted(some, 0 * some, 10 * some)["coming"] == pytest.approx([10.0])
    assert np.isnan(counted(0 * some, 0 * some, 0 * some)["coming"]).all()


def test_the_last_two_weeks_are_those_of_the_run_not_of_its_last_group() -> None:
    """Twenty days are in the table: of thirty, four of the last fourteen; of forty, none."""
    joined, members = np.zeros((1, 20), int), np.full((1, 20), 10)
    joined[0, 15], joined[0, 17] = 9, 2
    assert counted(joined, joined, members, days=30)["coming"] == pytest.approx([100 * 2 / 40])
    assert np.isnan(counted(joined, joined, members, days=40)["leaving"]).all()


def test_who_moves_tonight_is_a_member_and_a_hidden_account_is_none() -> None:
    frame = daily_of(np.array([[[6, 2]]]), n_members=np.array([[[3, 7]]]), new_moved_out=np.array([[[4, 0]]]),
                     new_joined=np.array([[[0, 3]]]))  # fmt: skip
    found = coming_and_going(Panel.of(frame), np.array([[1, 1]]))
    assert found["lines_each"] == pytest.approx([8 / 12])
    assert found["coming"] == pytest.approx([100 * 3 / 12])


def test_what_is_written_in_groups_opened_later_is_that_of_their_days_alone() -> None:
    frame = daily_of(np.array([[[7, 7, 7, 7], [0, 0, 4, 8], [0, 0, 0, 3]]]))
    late = frame[(frame["group"] == 0) | ((frame["group"] == 1) & (frame["day"] >= 2)) |
                 ((frame["group"] == 2) & (frame["day"] >= 3))]  # fmt: skip
    assert opened_messages(Panel.of(late)) == pytest.approx([(4 + 8 + 3) / 3])
    assert np.isnan(opened_messages(Panel.of(frame))).all()


def test_lines_of_a_member_a_day_do_not_care_for_the_number_of_groups() -> None:
    frame = daily_of(np.array([[[6, 2], [0, 4]]]), n_members=np.array([[[3, 3], [1, 1]]]))
    assert coming_and_going(Panel.of(frame))["lines_each"] == pytest.approx([12 / 8])
