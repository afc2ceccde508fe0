"""Knocks by channel: together they are all who knock, nobody is moved by the record, and none is kept unasked."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import Scenario
from sim import simulate
from sim.analysis.acquisition import Acquired, acquisition
from sim.analysis.funnel import BY_DOOR
from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel
from sim.mechanisms.knocks import Knocks
from sim.model.vocabulary import CHANNELS
from tests.plays import Tables, lively, play, strategy

NOTED = [f"n_knocks_{name}" for name in BY_DOOR]
TABLE = "mechanism.knocks"


def doors(by_channel: bool, **changes: object) -> Scenario:
    """A world in which people come by every door: they search, are asked, are paid for and are sent."""
    plan = (strategy("packet_per_invite", yuan=20.0), strategy("partner_groups", reach=1.0))
    changes = {"operator": {"advert_yuan_base": 4.0}} | changes
    return lively(plan, **changes).replace(tuned=(Knocks(by_channel=by_channel),))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return play(doors(True))


def test_by_channel_they_are_all_who_knock(tables: Tables) -> None:
    noted, daily = tables[TABLE], tables["daily"]
    where = zip(noted["replicate"], noted["group"], noted["day"], strict=True)
    place = dict(zip(where, sum(noted[name].astype(int) for name in NOTED), strict=True))
    known = [place.get(at, 0) for at in zip(daily["replicate"], daily["group"], daily["day"], strict=True)]
    assert known == daily["n_knocks"].tolist()
    assert all(noted[name].sum() > 0 for name in NOTED)


def test_nobody_comes_in_by_a_door_at_which_they_did_not_knock(tables: Tables) -> None:
    spells = tables["spells"]
    for k, name in enumerate(BY_DOOR):
        came = (spells["channel"] == CHANNELS.index(name)) & (spells["day_joined"] >= 0)
        assert 0 < came.sum() <= tables[TABLE][NOTED[k]].sum(), name


def test_the_record_moves_nobody_and_is_not_kept_unasked(tables: Tables) -> None:
    without = play(doors(False))
    assert TABLE not in without
    assert [name for name in without if without[name].tobytes() != tables[name].tobytes()] == []


def test_lanes_agree(tables: Tables) -> None:
    mesa = play(doors(True), "mesa")
    assert {name: rows.tobytes() for name, rows in mesa.items()} == {n: rows.tobytes() for n, rows in tables.items()}


def test_where_no_door_keeps_anybody_out_nothing_is_noted() -> None:
    assert play(doors(True, same_members=True, days=5))[TABLE].size == 0


def test_willingness_by_channel_is_of_those_who_came_by_it() -> None:
    run = simulate(doors(True))
    panel = Panel.of(run.daily)
    found = Acquired(panel, Memberships(run.spells, panel), run.mechanisms, 20)
    assert (found.knocked.sum(axis=1) == panel.totals("n_knocks")).all()
    table = acquisition(found, panel.communities, np.zeros(2)).set_index(["channel", "measure"])["mean"]
    for k, channel in enumerate(BY_DOOR):
        assert table[channel, "willing"] == pytest.approx((found.came / found.knocked)[:, k].mean())
        assert 0.0 < table[channel, "willing"] < 1.0
