"""M12, M17, M18: on tables of a few groups and days whose numbers are counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel
from sim.analysis.presence import after_expert, notice_board, presence, without_expert
from sim.data.tables import REASONS
from tests.fakes import daily_of, spells_of

ROLES = ["Host", "KOL", "Moderator", "Lurker", "Regular", "Advertiser", "Connector"]


def panel(talk: list[list[int]], **columns: object) -> Panel:
    """One community; a row a group, a column a day."""
    days = {name: np.array(values)[None] for name, values in columns.items()}
    return Panel.of(daily_of(np.array(talk)[None], **days))


def test_presence_is_the_share_of_a_weeks_posters_who_are_answered() -> None:
    two = panel([[1] * 3, [1] * 3], n_week_posters=[[3, 1, 0], [4, 0, 0]], n_noticed=[[1, 2, 0], [0, 1, 0]])
    assert presence(two) == pytest.approx([4 / 8])
    assert np.isnan(presence(panel([[0, 0]])))  # nobody wrote: undefined, not 0


def test_a_notice_board_is_a_day_on_which_only_the_host_speaks() -> None:
    talk, host = [[0, 2, 0, 0], [1, 0, 0, 0]], [[1, 3, 0, 2], [0, 1, 0, 0]]
    assert notice_board(panel(talk, n_host_messages=host)) == pytest.approx([3 / 8])
    assert notice_board(panel(talk)) == [0.0]  # nobody's host speaks


def test_days_without_the_expert_are_matched_by_group_weeks_and_day_of_the_week() -> None:
    """Mondays of one block: 10 with the expert, 6 and 4 without. Tuesdays: always with. A second block: never."""
    said, kol = np.zeros((1, 56), int), np.zeros((1, 56), int)
    said[0, [0, 7, 14]], kol[0, 0] = [10, 6, 4], 2
    said[0, 1:28:7], kol[0, 1:28:7] = 50, 1
    said[0, 28:] = 99
    kol[0, 21] = 1  # a Monday with the expert and no word of members
    found = without_expert(panel(said.tolist(), n_kol_messages=kol.tolist()))
    assert found == pytest.approx([(10 * 2 / 4) / (10 * 2 / 4)])
    said[0, 14] = 8  # 14 lines on 2 days without, 10 on 2 days with
    assert without_expert(panel(said.tolist(), n_kol_messages=kol.tolist())) == pytest.approx([1.4])


def test_strata_are_weighted_as_mantel_and_haenszel_do() -> None:
    """Sums by hand: x₀ d₁ / d over x₁ d₀ / d, two groups with different numbers of days of either kind."""
    said, kol = np.zeros((2, 28), int), np.zeros((2, 28), int)
    said[0, ::7], kol[0, ::7] = [8, 1, 2, 3], [1, 0, 0, 0]
    said[1, 3::7], kol[1, 3::7] = [4, 6, 5, 0], [1, 1, 1, 0]
    expected = (6 * 1 / 4 + 0 * 3 / 4) / (8 * 3 / 4 + 15 * 1 / 4)
    assert without_expert(panel(said.tolist(), n_kol_messages=kol.tolist())) == pytest.approx([expected])


def test_without_experts_or_without_days_of_both_kinds_it_is_undefined() -> None:
    assert np.isnan(without_expert(panel([[3] * 30])))
    assert np.isnan(without_expert(panel([[3] * 30], n_kol_messages=[[1] * 30])))


def left_on(days: list[int], groups: list[int], reason: str = "left") -> pd.DataFrame:
    """Memberships of experts who left, and of a member who did, which does not count."""
    n = len(days) + 1
    return spells_of(
        role=np.array([1] * len(days) + [4]), group=np.array([*groups, 0]), day_left=np.array([*days, 5]),
        person=np.arange(n), reason=np.full(n, REASONS.index(reason)),
    )  # fmt: skip


def test_after_an_expert_has_left_as_many_weeks_are_compared() -> None:
    said = np.full((2, 40), 2)
    said[0, 10], said[0, 11:] = 77, 1  # the day itself is in neither
    said[1, 31:] = 6
    two = panel(said.tolist())
    # group 0: 10 days before, so one week on each side: 14 and 7; group 1: 9 days after: 14 and 7 · 6
    found = after_expert(two, Memberships(left_on([10, 30], [0, 1]), two))
    assert found == pytest.approx([(7 + 42) / 28])
    one_side = after_expert(two, Memberships(left_on([3], [0]), two))
    assert np.isnan(one_side)
    assert np.isnan(after_expert(two, Memberships(left_on([10], [0], "dissolved"), two)))
