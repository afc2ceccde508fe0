"""Promoters' own free groups: opened, filled, looked after, and left for the group at whose door one pays."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios import Scenario
from scenarios.timeline import Event
from sim.mechanisms.commission import Commission
from sim.mechanisms.knocks import Knocks
from sim.mechanisms.promoter_groups import PromoterGroups
from sim.model.hands import OPERATORS, PROMOTERS
from sim.model.vocabulary import CHANNELS
from tests.laws.test_conservation import LAWS
from tests.money import played
from tests.plays import Tables, differing, lively, per_day, play, started, strategy
from tests.seats import LAWS_OF_SEATS

INVITED = CHANNELS.index("invited")


def selling(replicates: int = 6, days: int = 30, **knobs: Any) -> Scenario:
    """Groups that ask 2 CNY; some of their members sell entries, and like to have a group of their own."""
    plan = [strategy("paid_entry", price=2.0), strategy("commission_for_promoters", share=0.8)]
    mine = PromoterGroups(**{"own_group": 0.5, "go_on": 0.5, "own_minutes": 60.0, **knobs})
    tuned = (Commission(become=0.4), mine)
    return lively(plan, tuned=tuned, replicates=replicates, days=days, population={"seats": 40},
                  mind={"leave": 0.01, "buy": -2.0, "invite": 0.2}, cast={"connectors": 0.0})  # fmt: skip


@cache
def busy() -> tuple[Tables, Scenario]:
    return played(selling(), LAWS_OF_SEATS), selling()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_operators_tables_keep_every_law(law: Any) -> None:
    law(*busy())


def test_a_promoter_has_one_group_at_most_into_which_they_take_friends_and_ask_people() -> None:
    tables, scenario = busy()
    others, counted = tables["others"], tables["mechanism.promoter_groups"]
    whose = np.unique(others[["replicate", "owner"]])
    assert len(whose) == len(np.unique(others[["replicate", "group"]])) > 6
    assert (others["owner"] >= PROMOTERS).all()
    assert counted["n_own_groups"].sum() >= len(whose)
    joined = per_day(others, scenario, "day", others["new_joined"])
    first = joined > 5  # host and friends, on the first day
    assert first.sum() >= 0.8 * len(whose)
    assert joined[~first].sum() > 2, "people are asked into it later"
    assert not np.isin(others["group"], tables["daily"]["group"]).any()


def test_who_goes_on_joins_the_group_that_pays_as_brought_by_the_promoter_who_earns_by_it() -> None:
    tables, _ = busy()
    spells, counted = tables["spells"], tables["mechanism.promoter_groups"]
    went = counted["n_went_on"][counted["day"] < 29].sum()
    assert went > 10
    assert (spells["channel"] == INVITED).sum() == spells["n_brought"].sum()
    stay = play(selling(go_on=0.0))
    assert stay["mechanism.promoter_groups"]["n_went_on"].sum() == 0
    paid = [one["mechanism.commission"]["fen_commission"].sum() for one in (tables, stay)]
    assert paid[0] > paid[1]
    entries = spells["entry_paid"][spells["channel"] == INVITED]
    assert np.isclose(entries, 2.0).all()


def test_whoever_goes_on_counts_among_those_who_came_to_the_door() -> None:
    noted = play(selling().replace(tuned=(*selling().tuned, Knocks(by_channel=True))))
    daily, spells, knocks = noted["daily"], noted["spells"], noted["mechanism.knocks"]
    asked = [name for name in knocks.dtype.names or () if name.startswith("n_knocks_")]
    assert sum(knocks[name].sum() for name in asked) == daily["n_knocks"].sum()
    assert (spells["channel"] == INVITED).sum() <= knocks["n_knocks_invited"].sum()


def test_a_reserve_is_kept_where_only_a_timeline_asks_for_it() -> None:
    late = Event(day=5, set={"promoter_groups.own_group": 0.5})
    assert selling(own_group=0.0).replace(timeline=(late,)).population.spare_groups == 3


def test_entry_is_free_and_what_it_takes_is_the_promoters_time() -> None:
    engine = started(selling())
    for _ in range(20):
        engine.step()
    engine.close()
    groups = engine.state.groups
    rows = engine.recorder.seated()
    own = groups["owner"][rows // (groups["seats"][0] + 1)] != OPERATORS
    members = engine.state.members[rows[own]]
    assert own.sum() > 30
    assert (members["entry_paid"] == 0.0).all()
    assert (members["spent"] == 0.0).all()
    busy_ones, idle = busy()[0]["others"], play(selling(own_minutes=0.0))["others"]
    assert busy_ones["host_minutes"].sum() > 0.0 == idle["host_minutes"].sum()


def test_what_promoters_take_into_it_can_be_chosen_and_groups_are_kept_for_them() -> None:
    few, many = (play(selling(own_friends=n, days=12, go_on=0.0))["others"] for n in (1, 12))
    assert few["n_members"].mean() < many["n_members"].mean() - 3.0
    assert selling().population.spare_groups == 3
    assert selling(own_group=0.0).population.spare_groups == 0


def test_lanes_agree() -> None:
    scenario = selling(replicates=1, days=20)
    tables = play(scenario)
    assert differing(tables, play(scenario, "mesa")) == []
    assert tables["mechanism.promoter_groups"]["n_went_on"].sum() > 0
