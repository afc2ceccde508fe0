"""Founders who are chosen: who they are, what it takes, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios import ConfigError, compose
from sim.engine.luck import MATCH, TALK, lasting
from sim.mechanisms.founders import Founders, work_off
from sim.model.initialization import liveliest
from tests.mechanisms.own_rows import OwnRows
from tests.plays import daily_grid, differing, lively, play, rows_of, started, strategy
from tests.unit.rules.people import Room


def founders(*some: Any, **changes: Any) -> tuple[np.ndarray, Any]:
    """Talk and match of the ordinary people who were there before day 0, and how many."""
    engine = started(lively(some, replicates=10, cast={"connectors": 0.0}, market={"people_per_seat": 30.0}, **changes))
    rows, world = rows_of(engine), engine.state.worlds
    ordinary = rows[(rows["person"] < world["market_size"][0]) & (rows["is_staff"] == 0)]
    engine.close()
    return ordinary, world


def test_the_liveliest_of_those_whom_the_subject_fits_are_chosen() -> None:
    plain, best = founders()[0], founders(strategy("lively_founders", candidates=8))[0]
    assert plain.size == best.size == 10 * 3 * 10
    assert best["talk"].mean() > 1.5 * plain["talk"].mean()
    assert best["match"].mean() > plain["match"].mean() + 0.05
    assert np.array_equal(founders(strategy("lively_founders", candidates=1))[0], plain)


def test_each_is_the_best_of_their_neighbours() -> None:
    """Of the 30 candidates in a circle, three in a row for each seat, who talks most of those who fit is in."""
    room = Room()
    room.world.market_size = 64 * 30

    for first in range(0, 30, 3):
        neighbours = [64 * 5 + (j + 11) % 64 for j in range(first, first + 3)]
        of_use = [p for p in neighbours if lasting(room.world, p, MATCH, 0) > 0.5] or neighbours
        best = max(of_use, key=lambda p: lasting(room.world, p, TALK, 0))
        assert liveliest(room.state, 0, 5, 11, first, 3, room.world) == best


def test_the_work_is_done_in_the_first_days_as_minutes_allow() -> None:
    room = Room()
    own = OwnRows(room, Founders())
    own.ours.founder_minutes, room.group.founder_pick, room.world.founders = 2.0, 3.0, 10.0
    given = []
    for day in range(4):
        room.on(day)
        room.group.minutes_left, own.ours.minutes_founding = 60.0, 0.0
        work_off(room.group, own.ours, own.knobs, room.world)
        given.append(float(own.ours.minutes_founding))
        own.ours.founder_minutes = room.group.founder_pick = 0.0  # the lever was turned on day 0 alone
    assert given == [30.0, 30.0, 20.0, 0.0]


def test_the_first_weeks_have_more_talk() -> None:
    calm = {"replicates": 20, "days": 14, "purpose": {"talk": 0.1, "search_rate": 0.0}, "operator": {"hours": 20.0}}
    said = []
    for some in ([], [strategy("lively_founders", candidates=8)]):
        scenario = lively(some, **calm)
        said.append(daily_grid(play(scenario), "n_member_messages", scenario).sum())
    assert said[1] > 1.2 * said[0]


def test_groups_that_are_there_already_are_not_founded() -> None:
    with pytest.raises(ConfigError, match=r"lively_founders chooses founders.*population.members=20"):
        compose(["strategy=lively_founders", "population.members=20"])


def test_lanes_agree() -> None:
    scenario = lively([strategy("lively_founders", candidates=5)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
