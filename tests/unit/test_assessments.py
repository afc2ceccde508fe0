"""M7, M8: the five assessments and closeness, counted by hand on tables of a few rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.assessments import (
    cost_of_leaving,
    intimacy,
    invested,
    invested_minutes,
    net_promoters,
    renewal,
    willingness,
)
from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel
from tests.fakes import daily_of, spells_of


def panel(**columns: Any) -> Panel:
    """Two communities of one group, ten members on each of four days."""
    talk = np.ones((2, 1, 4), int)
    return Panel.of(daily_of(talk, **{name: np.array(values)[:, None] for name, values in columns.items()}))


def counted(one: Panel, **columns: list[float]) -> pd.DataFrame:
    """A mechanism's table of the first community, a row a day."""
    n = len(next(iter(columns.values())))
    where = one.communities.iloc[[0] * n].reset_index(drop=True)
    return where.assign(group=0, day=np.arange(n), **columns)


def test_willingness_is_of_those_who_knock() -> None:
    one = panel(n_knocks=[[5, 0, 3, 0], [0, 0, 0, 0]])
    found = willingness(one, np.array([2.0, 0.0]))
    assert found[0] == pytest.approx(2 / 8)
    assert np.isnan(found[1])


def test_invested_is_entries_and_dues_a_member() -> None:
    one = panel()
    spells = spells_of(role=np.array([3, 4, 0, 4]), entry_paid=np.array([9.0, 0.0, 50.0, 7.0]),
                       replicate=np.array([0, 0, 0, 1]))  # fmt: skip
    dues = {"dues": counted(one, fen_dues=[12.0, 3.0], n_renewed=[1, 0], n_asked_to_renew=[2, 2])}
    people = Memberships(spells, one)
    assert invested(one, people, dues) == pytest.approx([(9 + 15) / 2, 7.0])
    assert invested(one, people, {}) == pytest.approx([4.5, 7.0])
    found = renewal(one, dues)
    assert found[0] == pytest.approx(1 / 4)
    assert np.isnan(found[1])  # none was due


def test_minutes_of_tasks_are_invested_beside_money() -> None:
    one = panel()
    people = Memberships(spells_of(role=np.array([3, 4, 0, 4]), replicate=np.array([0, 0, 0, 1])), one)
    tasks = {"tasks": counted(one, minutes_done=[30.0, 12.0])}
    assert invested_minutes(one, people, tasks) == pytest.approx([42 / 2, 0.0])
    assert invested_minutes(one, people, {}) == pytest.approx([0.0, 0.0])


def test_net_promoters_restate_belonging_and_trust_of_those_still_in() -> None:
    """Two for, three against, one half and half; the host and who has left are not asked."""
    spells = spells_of(
        role=np.array([4, 4, 3, 3, 3, 3, 0, 4]), day_left=np.array([-1, -1, -1, -1, -1, -1, -1, 3]),
        belonging=np.array([0.9, 0.6, 0.6, 0.5, 0.1, 0.3, 1.0, 1.0]),
        trust=np.array([0.9, 0.6, 0.2, 0.5, 0.3, 0.1, 1.0, 1.0]), replicate=np.zeros(8, int),
    )  # fmt: skip
    people = Memberships(spells, panel())
    found = net_promoters(people, np.array([0.55, 0.55]))
    assert found[0] == pytest.approx(100 * (2 - 3) / 6)
    assert np.isnan(found[1])
    assert np.isnan(net_promoters(people, np.array([np.nan, 0.55]))[0])


def test_cost_of_leaving_is_ties_and_titles() -> None:
    one = panel(n_strong_pairs=[[0, 4, 4, 2], [0, 0, 0, 0]])
    ties = 2 * 10 / 40
    knobs = np.array([0.15, 0.15]), np.array([0.4, 0.4])
    honours = {"honours": counted(one, distinction=[6.0, 0.0, 2.0])}
    assert cost_of_leaving(one, {}, *knobs) == pytest.approx([1 - np.exp(-0.15 * ties), 0.0])
    assert cost_of_leaving(one, honours, *knobs)[0] == pytest.approx(1 - np.exp(-0.15 * ties - 0.4 * 8 / 40))
    assert np.isnan(cost_of_leaving(one, {}, np.array([np.nan] * 2), knobs[1])).all()


def test_intimacy_is_points_by_what_they_are_for() -> None:
    one = panel(n_comers=[[3, 4, 0, 1], [0] * 4], n_counted_posts=[[2, 3, 0, 0], [0] * 4],
                n_purchases=[[0, 1, 0, 0], [0] * 4])  # fmt: skip
    found = intimacy(one, {"tasks": counted(one, n_checkins=[2, 1])})
    parts = {"looks": 1 * 8, "posts": 2 * 5, "tasks": 5 * 3, "purchases": 10 * 1}
    for name, points in parts.items():
        assert found[f"intimacy_{name}"] == pytest.approx([points / 40, 0.0]), name
    assert found["intimacy"] == pytest.approx([sum(parts.values()) / 40, 0.0])
    assert np.isnan(intimacy(panel(n_members=np.zeros((2, 4), int)), {})["intimacy"]).all()
