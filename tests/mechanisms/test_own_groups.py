"""Promoters' own free groups: opened, filled, looked after, and left for the group at whose door one pays."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Advertiser, Member
from scenarios import Scenario
from scenarios.timeline import Event
from sim.mechanisms.commission import Commission
from sim.mechanisms.knocks import Knocks
from sim.mechanisms.promoter_groups import GO_ON, PromoterGroups, ask_into, lead_on
from sim.model.entities import ASKING
from sim.model.hands import OPERATORS, PROMOTERS
from sim.model.initialization import make_begin
from sim.model.vocabulary import CHANNELS
from tests.laws.test_conservation import LAWS
from tests.mechanisms.rows import knobs_of, ours_of
from tests.money import played
from tests.plays import Tables, differing, lively, per_day, play, started, strategy
from tests.seats import LAWS_OF_SEATS
from tests.unit.rules.people import CLOSE, Room, column, measured

INVITED = CHANNELS.index("invited")


def selling(replicates: int = 6, days: int = 30, ask_pull: float = 0.6, **knobs: Any) -> Scenario:
    """Groups that ask 2 CNY; some of their members sell entries, and like to have a group of their own."""
    plan = [strategy("paid_entry", price=2.0), strategy("commission_for_promoters", share=0.8)]
    mine = PromoterGroups(**{"own_group": 0.5, "go_on": 0.5, "own_minutes": 60.0, **knobs})
    tuned = (Commission(become=0.4, ask_pull=ask_pull), mine)
    return lively(plan, tuned=tuned, replicates=replicates, days=days, population={"seats": 40},
                  mind={"leave": 0.01, "buy": -2.0, "invite": 0.2}, cast={"connectors": 0.0})  # fmt: skip


# --- rule by rule ----------------------------------------------------------------------------------------------------


class Evening:
    """A promoter's own group of twenty seats, and a group of the operator's with a price at its door."""

    def __init__(self, price: float = 0.0, **knobs: float) -> None:
        self.room = Room(enter_price=1.08, price_half=0.0125)
        self.theirs, self.ours = self.room.groups[:2]
        self.theirs.owner, self.ours.is_open, self.ours.seats_offered = PROMOTERS + 7, 1, 20
        self.ours.entry_price, self.room.world.market_size = price, 2000
        self.counted, self.knobs = ours_of(PromoterGroups), knobs_of(PromoterGroups, **knobs)

    def leads_on(self) -> int:
        """How many go on from it tonight, whatever was before."""
        self.counted.n_went_on = self.theirs.n_leaving = self.ours.n_promised = 0
        lead_on(self.room.state, 1, 0, self.ours, self.counted, self.knobs, self.room.world)
        return int(self.counted.n_went_on)


def goes_on(evening: Evening, belonging: float) -> Callable[[int], bool]:
    """Whether one of whom that is all we know goes on from it tonight."""
    me = evening.room.sit(1, belonging=belonging, n_looks=1, budget=800.0)

    def does(person: int) -> bool:
        me.person, me.reason, me.moving = person, 0, 0
        return evening.leads_on() == 1

    return does


def test_who_is_at_home_in_it_goes_on_the_more_readily() -> None:
    evening = Evening(go_on=0.8)
    assert measured(evening.room, GO_ON, goes_on(evening, 0.75)) == pytest.approx(0.8 * 0.75, abs=CLOSE)


@pytest.mark.parametrize(("price", "pays"), [(10.0, 2.0**-1.08), (30.0, 4.0**-1.08), (801.0, 0.0)])
def test_who_would_not_pay_does_not_go_on(price: float, pays: float) -> None:
    """Of 1,500 people the share is off by four standard errors in one of 16,000 tests."""
    evening = Evening(price, go_on=1.0)
    found = np.mean([goes_on(evening, 1.0)(person) for person in range(1_500)])
    assert found == pytest.approx(pays, abs=4.0 * math.sqrt(pays * (1.0 - pays) / 1_500))


@pytest.mark.parametrize(
    ("role", "values", "goes"),
    [(Member, {}, 1), (Advertiser, {}, 0), (Member, {"is_staff": 1}, 0), (Member, {"n_looks": 0}, 0)],
)
def test_neither_staff_nor_advertisers_nor_who_did_not_look_go_on(
    role: type[Member], values: dict[str, float], goes: int
) -> None:
    evening = Evening(go_on=1.0)
    evening.room.sit(0, role, **{"belonging": 1.0, "n_looks": 1, **values})
    assert evening.leads_on() == goes


def test_a_promoter_asks_into_their_own_group_and_others_ask_into_this_one() -> None:
    evening = Evening()
    state, here, own = evening.room.state, evening.ours, evening.theirs
    rows = [here.first + slot for slot in (3, 5, 8)]
    for k, row in enumerate(rows):
        state.listed[here.first + k, ASKING], state.members[row].n_invitations = row, 1 + k
    here.n_asking, here.n_to_ask, own.n_asking, own.n_to_ask = 3, 6, 1, 4
    ask_into(state, rows[1], here, 0, own)
    assert (here.n_asking, here.n_to_ask, own.n_asking, own.n_to_ask) == (2, 4, 2, 6)
    assert [state.listed[here.first + k, ASKING] for k in range(2)] == [rows[0], rows[2]]
    assert state.listed[own.first + 1, ASKING] == rows[1]


def test_friends_taken_along_know_each_other() -> None:
    room = Room(acquaintance=1.0)
    group = room.groups[0]
    group.owner, group.owner_brings, group.n_members = PROMOTERS + 7, 4, 0

    def sit(state: Any, c: int, g: int, person: int, channel: int, group: Any, world: Any) -> int:
        room.sit(group.n_members, person=person)
        group.n_members += 1
        return int(group.n_members)

    make_begin(sit, lambda *_: None)(room.state, 0, 0, group, room.world)
    assert column(room.members, "n_ties", 5) == [3, 3, 3, 3, 0]


# --- in a run --------------------------------------------------------------------------------------------------------


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
    assert joined[~first].sum() > 0, "people are asked into it later"
    assert not np.isin(others["group"], tables["daily"]["group"]).any()


def test_whom_a_promoter_asks_comes_into_their_own_group_with_a_friend_inside_and_is_no_head_of_the_operators() -> None:
    """Nobody is taken along, so whoever sits there was asked, or asked by one who was."""
    engine = started(selling(6, 30, ask_pull=3.0, own_friends=0, go_on=0.0), "mesa")
    for _ in range(30):
        engine.step()
    groups, rows = engine.state.groups, engine.recorder.seated()
    members, owner = engine.state.members[rows], groups["owner"][rows // (groups["seats"][0] + 1)]
    asked = members[(owner >= PROMOTERS) & (members["inviter"] == owner - PROMOTERS)]
    assert asked.size >= 4
    assert (asked["channel"] == INVITED).all()
    assert (asked["n_friends"] >= 1).all()
    tables = engine.recorder.finish()
    spells, hosts = tables["spells"], len(np.unique(tables["others"][["replicate", "group"]]))
    assert tables["others"]["new_joined"].sum() >= hosts + asked.size
    assert spells["n_brought"].sum() == (spells["channel"] == INVITED).sum()


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
