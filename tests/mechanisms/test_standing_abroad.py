"""Standing abroad: regard, reputation, word of mouth and rank in search, each by itself and each of them at 0."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Advertiser
from scenarios import Scenario
from sim.engine.objects import Objects
from sim.engine.rows import blank, new_rows
from sim.mechanisms.complaints import Complaints
from sim.mechanisms.standing_abroad import (
    DISSOLVED,
    LAPSED,
    LEFT,
    POACHED,
    StandingAbroad,
    begin_as_they_think,
    count_ill,
    have_heard,
    rank_in_search,
    talk_of_it,
)
from sim.mechanisms.suspicion import Suspicion
from sim.model.entities import LEAVING, SEATED
from sim.model.hands import RIVALS
from sim.model.hooks import Own
from sim.model.population import friend_of
from tests.mechanisms.rows import ours_of
from tests.plays import Tables, daily_grid, differing, lively, per_day, play, strategy
from tests.unit.rules.people import Room


class Evening:
    """A group of a community of three, of which two are not open, and what the mechanism keeps beside it."""

    def __init__(self, **knobs: float) -> None:
        self.room = Room(day=30)
        self.group, self.world = self.room.group, self.room.world
        self.group.n_members = 12
        types = StandingAbroad.declared.types
        kept = Own(
            new_rows(self.room.members.size, types["member"]), new_rows(3, types["group"]),
            new_rows(1, types["world"]), StandingAbroad(**knobs).knob_row(), blank((1, 500), types["person"]),
        )  # fmt: skip
        self.own = Objects(kept, {}).state
        self.knobs, self.ours, self.people = self.own.knobs[0], self.own.groups[0], self.own.people

    def goes(self, slot: int, trust: float, belonging: float = 0.5, reason: int = LEFT, **values: float) -> Any:
        """Somebody gives up their seat tonight."""
        me = self.room.sit(slot, trust=trust, belonging=belonging, reason=reason, **values)
        self.room.state.listed[self.group.first + self.group.n_leaving, LEAVING] = self.group.first + slot
        self.group.n_leaving += 1
        return me

    def falls(self) -> Evening:
        """It is night."""
        talk_of_it(self.room.state, self.own, 0, self.knobs, self.world)
        return self

    def word(self, me: Any, k: int) -> int:
        """What the k-th friend of somebody has heard."""
        return int(self.people[0, friend_of(me.person, k, self.world.market_size)].word)


@pytest.mark.parametrize(
    ("remember", "trust", "regard"), [(1.0, 0.9, 80), (0.5, 0.9, 40), (1.0, 0.2, -60), (0.0, 0.9, 0)]
)
def test_who_goes_remembers_how_far_they_trusted(remember: float, trust: float, regard: int) -> None:
    evening = Evening(remember=remember)
    me, moved, once = evening.goes(1, trust), evening.goes(2, trust, moving=-2), evening.goes(3, trust, moving=40)
    evening.falls()
    assert evening.people[0, me.person].regard == regard
    assert evening.people[0, once.person].regard == regard, "who was moved once goes like anybody"
    assert evening.people[0, moved.person].regard == 0, "who moves is still with the operator"


def test_who_is_poached_has_gone_though_they_are_moved() -> None:
    evening = Evening(remember=1.0)
    me = evening.goes(1, 0.2, moving=-2, reason=POACHED)
    assert evening.falls().people[0, me.person].regard == -60


def test_a_rivals_group_has_no_part_in_the_operators_name() -> None:
    """Who goes there, comes there or knocks there thinks nothing of the operator."""
    evening = Evening(rep_step=0.1, remember=1.0)
    room, theirs, fame = evening.room, evening.room.groups[1], evening.own.groups
    evening.goes(1, 0.2)
    there = room.sit(2, trust=0.8, reason=DISSOLVED)
    theirs.is_open, theirs.owner, theirs.n_members, theirs.n_leaving, theirs.n_seated = 1, RIVALS, 9, 1, 1
    for which in (LEAVING, SEATED):
        room.state.listed[theirs.first, which] = room.group.first + there.slot
    evening.falls()
    assert [fame[g].fame for g in range(3)] == [pytest.approx(-0.05), 0.0, pytest.approx(-0.05)]
    assert (fame[1].reputation, evening.people[0, there.person].regard) == (0.0, 0)
    evening.people[0, there.person].regard, fame[1].fame = 50, 0.2
    begin_as_they_think(room.state, evening.own, 0, evening.knobs, evening.world)
    have_heard(there, evening.people[0, there.person], theirs, fame[1], room.knock, evening.knobs, evening.world, None,
               None)  # fmt: skip
    assert (there.trust, room.knock.enter) == (pytest.approx(0.8), 0.0)


def test_who_no_longer_looks_is_remembered_as_if_they_had_gone() -> None:
    evening = Evening(remember=1.0)
    away = evening.room.sit(1, trust=0.8, weeks_away=5)
    near = evening.room.sit(2, trust=0.8, weeks_away=4)
    evening.falls()
    assert [evening.people[0, me.person].regard for me in (away, near)] == [60, 0]


@pytest.mark.parametrize(("trust", "belonging", "word"), [(0.2, 0.9, -1), (0.5, 0.8, 1), (0.5, 0.6, 0)])
def test_friends_are_warned_by_the_bitter_and_won_by_who_was_at_home(
    trust: float, belonging: float, word: int
) -> None:
    evening = Evening(word_friends=3)
    me = evening.goes(1, trust, belonging)
    evening.falls()
    assert [evening.word(me, k) for k in range(4)] == [word, word, word, 0]
    assert (evening.ours.n_warned, evening.ours.n_recommended) == (3 * (word < 0), 3 * (word > 0))
    silent = Evening(word_friends=0)
    assert silent.falls().word(silent.goes(1, trust, belonging), 0) == 0


@pytest.mark.parametrize(
    ("trust", "reason", "change"),
    [(0.2, LEFT, -0.05), (0.2, DISSOLVED, 0.0), (0.8, LEFT, 0.0), (0.8, DISSOLVED, 0.05), (0.8, LAPSED, 0.05)],
)
def test_the_reputation_follows_how_people_go(trust: float, reason: int, change: float) -> None:
    evening = Evening(rep_step=0.1)
    evening.goes(1, trust, reason=reason)
    evening.falls()
    assert [evening.own.groups[g].fame for g in range(3)] == [pytest.approx(change)] * 3
    assert evening.ours.reputation == pytest.approx((0.5 + change) * (evening.group.n_members - 1))
    for rank, told in ((0.1, 0.5), (0.0, 0.0)):  # it stands at one half, and is not told where nothing of it acts
        still = Evening(rep_step=0.0, search_rank=rank, remember=0.0, word_friends=0)
        still.goes(1, trust, reason=reason)
        assert (still.falls().ours.fame, still.ours.reputation) == (0.0, told * (still.group.n_members - 1))


def test_complaints_left_open_and_staging_told_of_count_as_several_who_go_ill() -> None:
    evening = Evening(rep_step=0.01)
    complaints, suspicion = ours_of(Complaints, n_complaints=3, n_handled=1), ours_of(Suspicion, n_exposures=2)
    count_ill(evening.group, evening.ours, evening.knobs, evening.world, None, complaints, suspicion)
    assert evening.ours.n_ill == 2 * 5.0 + 2 * 3.0
    assert evening.falls().ours.fame == pytest.approx(-0.01 * 16.0 * 0.5)
    assert evening.ours.n_ill == 0.0


def test_a_reputation_stays_between_nothing_and_all() -> None:
    evening = Evening(rep_step=0.1)
    evening.ours.n_ill = 1000.0
    assert evening.falls().ours.fame == -0.5
    for slot in range(1, 20):
        evening.goes(slot, 0.9, reason=DISSOLVED)
    for _ in range(5):
        evening.falls()
    assert evening.ours.fame == 0.5


def test_at_the_door_reputation_regard_and_word_add_up() -> None:
    evening = Evening()
    me, knock = evening.room.sit(1), evening.room.knock
    theirs = evening.people[0, me.person]
    evening.ours.fame, theirs.regard, theirs.word = 0.2, 50, -1
    have_heard(me, theirs, evening.group, evening.ours, knock, evening.knobs, evening.world, None, None)
    assert knock.enter == pytest.approx(1.5 * 0.2 + 1.0 * 0.5 - 0.8)


def test_who_comes_in_begins_with_what_they_think() -> None:
    evening = Evening()
    people = [evening.room.sit(1, trust=0.35), evening.room.sit(2, trust=0.35, moving=3),
              evening.room.sit(3, Advertiser, trust=0.35, person=evening.world.market_size)]  # fmt: skip
    for k, me in enumerate(people):
        evening.room.state.listed[evening.group.first + k, SEATED] = evening.group.first + me.slot
        evening.people[0, me.person].regard = -50
    evening.group.n_seated, evening.ours.fame = 3, 0.1
    begin_as_they_think(evening.room.state, evening.own, 0, evening.knobs, evening.world)
    assert [me.trust for me in people] == [pytest.approx(0.35 - 0.6 * 0.25 + 0.4 * 0.1), 0.35, 0.35]


@pytest.mark.parametrize(("rank", "mean"), [(0.5, 2.0 * (1.0 + 0.5 * math.log(1.5))), (0.0, 2.0)])
def test_a_large_group_is_found_more_often(rank: float, mean: float) -> None:
    evening = Evening(search_rank=rank)
    evening.group.n_members, evening.group.passers_mean = 50, 2.0
    rank_in_search(evening.group, evening.ours, evening.knobs, evening.world, None, None)
    assert evening.group.passers_mean == pytest.approx(mean)


# --- in a run --------------------------------------------------------------------------------------------------------

ALL = {"remember": 1.0, "rep_step": 0.02, "word_friends": 5, "search_rank": 1.0, "bitter": 0.45}


def town(*names: str, **knobs: float) -> Scenario:
    """Rooms with seats to spare in a small market, which many leave."""
    return lively([strategy(name) for name in names], replicates=10, days=30, tuned=(StandingAbroad(**knobs),),
                  population={"seats": 60}, market={"people_per_seat": 3.0}, mind={"leave": 0.15})  # fmt: skip


@cache
def played(**knobs: float) -> Tables:
    return play(town(**knobs))


def came(tables: Tables) -> int:
    return int(tables["daily"]["new_joined"].sum())


def test_at_nought_nothing_of_it_is_there() -> None:
    assert "mechanism.standing_abroad" not in played()


def test_warnings_keep_people_out_by_their_own_weight_alone() -> None:
    warned = {"word_friends": 15, "bitter": 1.0}
    assert came(played(**warned, enter_word=5.0)) < came(played())
    deaf = played(**warned, enter_word=0.0)
    assert deaf["mechanism.standing_abroad"]["n_warned"].sum() > 0
    assert deaf["spells"].tobytes() == played()["spells"].tobytes()


def test_a_bad_reputation_keeps_people_out_and_each_operator_has_their_own() -> None:
    ill = played(rep_step=0.01, bitter=1.0)
    found = ill["mechanism.standing_abroad"]
    summed = per_day(found, town(), "day", found["reputation"])
    ends = (summed / daily_grid(ill, "n_members", town()))[:, :, -1]
    assert (ends < 0.5).all()
    assert np.allclose(ends, ends[:, :1]), "the groups of an operator have one reputation"
    assert np.unique(ends[:, 0].round(6)).size == 10
    assert came(ill) < came(played())
    unmoved = played(rep_step=0.01, bitter=1.0, enter_fame=0.0, fame_carry=0.0)
    assert unmoved["spells"].tobytes() == played()["spells"].tobytes()


def test_groups_that_stand_high_in_search_are_found_more_often() -> None:
    assert came(played(search_rank=3.0)) > came(played())


def test_who_comes_to_the_next_round_remembers_the_last() -> None:
    rounds = [play(town("project_group", remember=share, regard_carry=2.0)) for share in (0.0, 1.0)]
    assert differing(*rounds)


def test_lanes_agree() -> None:
    scenario = town("shills", "answer_complaints", **ALL).replace(replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
