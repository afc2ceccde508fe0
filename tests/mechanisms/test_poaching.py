"""Poaching: who is asked away, in which order, who goes along, who tells, and what deters without being written in."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import ROLES, Advertiser, Host, Poacher
from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.data.tables import REASONS
from sim.engine.objects import Objects
from sim.engine.rows import new_rows
from sim.mechanisms.poaching import TELL, Poaching, answer_poacher, ask_away, follows_away
from sim.model.entities import LEAVING
from sim.model.hands import OPERATORS, RIVALS
from sim.model.hooks import Own
from sim.model.submodels.ties import acquaint
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured, sigma
from tests.walking import nobody

POACHED, REMOVED = REASONS.index("poached"), REASONS.index("removed")


class Evening:
    """A group on day 30, its host on seat 3, and a poacher on seat 4 who has looked in."""

    def __init__(self, joined: int = 10, minutes: float = 60.0, **knobs: float) -> None:
        self.room = Room(day=30)
        self.group, self.world = self.room.group, self.room.world
        self.room.sit(3, Host, is_staff=1)
        self.poacher = self.room.sit(4, Poacher, joined=joined, n_looks=2)
        self.group.minutes_left = minutes
        types = Poaching.declared.types
        kept = Own(new_rows(self.room.members.size, types["member"]), new_rows(3, types["group"]),
                   new_rows(1, types["world"]), Poaching(**knobs).knob_row(), ())  # fmt: skip
        self.own = Objects(kept, {}).state
        self.ours, self.knobs = self.own.groups[0], self.own.knobs[0]

    def falls(self) -> Evening:
        """It is night."""
        ask_away(self.room.state, self.own, 0, self.group, self.ours, self.knobs, self.world)
        return self

    def asked(self) -> list[int]:
        """Seats of those who have been asked."""
        return [slot for slot in range(20) if self.own.members[slot].was_asked > 0]

    def writes(self, slot: int, activity: float, **values: Any) -> Any:
        """Somebody who has written today."""
        return self.room.sit(slot, activity=activity, n_looks=1, n_posts=1, **values)


def test_those_they_know_come_first_then_the_most_active_who_wrote_today() -> None:
    evening = Evening(most=3, go=-10.0, telling=0.0)
    evening.writes(5, 0.3), evening.writes(6, 0.9), evening.writes(7, 0.5)
    friend, quiet = evening.room.sit(8), evening.room.sit(9, activity=1.0, n_looks=1)
    acquaint(evening.poacher, friend, 0.2, evening.world)
    assert evening.falls().asked() == [6, 7, 8]
    assert evening.falls().asked() == [5, 6, 7, 8], "nobody is asked twice"
    assert evening.ours.n_poach_asks == 4
    assert evening.own.members[quiet.slot].was_asked == 0


def test_nobody_is_asked_who_is_no_ordinary_member_or_leaves_anyway() -> None:
    evening = Evening(most=9)
    evening.room.sit(5, Advertiser, n_looks=1, n_posts=1, activity=1.0)
    evening.room.sit(6, Poacher, joined=29, n_looks=1, n_posts=1, activity=1.0)
    evening.writes(7, 1.0, is_expert=1), evening.writes(8, 1.0, reason=1), evening.writes(9, 1.0, moving=-2)
    assert evening.falls().asked() == []


def test_who_was_moved_here_once_is_asked_like_anybody() -> None:
    evening = Evening()
    evening.writes(5, 0.5, moving=40)
    assert evening.falls().asked() == [5]


@pytest.mark.parametrize(("joined", "looks", "most", "n"), [(16, 2, 2, 2), (17, 2, 2, 0), (0, 0, 2, 0), (0, 2, 1, 1)])
def test_a_poacher_lies_low_first_and_asks_when_they_have_looked(joined: int, looks: int, most: int, n: int) -> None:
    evening = Evening(joined, most=most, telling=0.0)
    evening.poacher.n_looks = looks
    for slot in range(5, 9):
        evening.writes(slot, 0.1)
    assert evening.falls().ours.n_poach_asks == n


@pytest.mark.parametrize("term", ["by_tie", "by_belonging", "by_trust", "by_ties"])
def test_ties_to_the_poacher_pull_and_belonging_trust_and_strong_ties_hold(term: str) -> None:
    for knobs in ({}, {term: 0.0}):
        evening = Evening(**knobs)
        me = evening.room.sit(5, belonging=0.8, trust=0.6)
        acquaint(me, evening.poacher, 0.5, evening.world)
        me.n_strong = 3
        terms = {"by_tie": 2.0 * 0.5, "by_belonging": -4.0 * 0.3, "by_trust": -3.0 * 0.1, "by_ties": -1.5 * 0.75}
        expected = sigma(-2.0 + sum(value for name, value in terms.items() if name not in knobs))
        assert follows_away(me, evening.poacher, evening.knobs) == pytest.approx(expected)


@pytest.mark.parametrize(("owner", "n"), [(OPERATORS, 2), (RIVALS, 0)])
def test_nobody_is_poached_from_the_rivals_own_group(owner: int, n: int) -> None:
    evening = Evening(telling=0.0, go=-10.0)
    evening.group.owner = owner
    evening.writes(5, 0.5), evening.writes(6, 0.4)
    assert evening.falls().ours.n_poach_asks == n


def told(minutes: float) -> Evening:
    """Somebody is asked, stays, and tells for sure."""
    evening = Evening(minutes=minutes, go=-10.0, telling=1.0)
    evening.writes(5, 0.5, belonging=1.0), evening.writes(6, 0.4, belonging=1.0)
    return evening.falls()


def test_staff_remove_the_poacher_they_are_told_of_and_the_other_asks_end() -> None:
    evening = told(60.0)
    assert (evening.ours.n_poachers_told_of, evening.ours.n_poachers_removed) == (1, 1)
    assert (evening.poacher.reason, evening.asked(), evening.group.minutes_left) == (REMOVED, [5], 57.0)
    assert evening.ours.minutes_poachers == 3.0
    busy = told(1.0)
    assert (busy.ours.n_poachers_told_of, busy.ours.n_poachers_removed, busy.poacher.reason) == (2, 0, 0)


def test_who_stays_tells_as_far_as_they_belong() -> None:
    evening = Evening(go=-10.0, telling=0.5, minutes=0.0)
    me = evening.room.sit(5, belonging=0.6)

    def tells(person: int) -> bool:
        me.person, before = person % 300, evening.ours.n_poachers_told_of
        first, group = evening.group.first, evening.group
        answer_poacher(evening.room.state, first + 4, first + 5, group, evening.ours, evening.knobs, evening.world)
        return bool(evening.ours.n_poachers_told_of > before)

    assert measured(evening.room, TELL, tells, people=300) == pytest.approx(0.3, abs=5 * CLOSE)


def test_who_goes_along_leaves_tonight_as_poached() -> None:
    evening = Evening(go=10.0)
    me = evening.writes(5, 0.5)
    evening.falls()
    assert (me.reason, evening.group.new_left, evening.group.new_removed) == (POACHED, 1, 0)
    assert evening.room.state.listed[evening.group.first, LEAVING] == evening.group.first + 5


# --- in a run --------------------------------------------------------------------------------------------------------


def town(*strategies: Strategy, poachers: float = 0.2, **changes: Any) -> Scenario:
    cast = {**nobody(), "poachers": poachers}
    return lively(strategies, **{"replicates": 10, "days": 40, "cast": cast, "population": {"seats": 40}} | changes)


@cache
def played(name: str = "nothing", poachers: float = 0.2, **knobs: float) -> Tables:
    return play(town(strategy(name, **knobs), poachers=poachers))


def poached(tables: Tables) -> int:
    return int((tables["spells"]["reason"] == POACHED).sum())


def test_without_poachers_nothing_of_it_is_there() -> None:
    assert "mechanism.poaching" not in played(poachers=0.0)


def test_members_are_poached_after_the_first_weeks_and_each_spell_says_so() -> None:
    found = played()["mechanism.poaching"]
    assert poached(played()) == found["n_poached"].sum() > 20
    assert found["day"].min() >= 14
    assert (played()["spells"]["reason"] == REMOVED).sum() == found["n_poachers_removed"].sum() > 0


def test_a_price_and_screening_keep_poachers_out_by_what_they_do_to_anybody() -> None:
    for name, knobs in (("paid_entry", {"price": 300.0}), ("screening", {"bar": 0.75})):
        tables = played(name, **knobs)
        there = np.isin(tables["spells"]["role"], ROLES.index(Poacher))
        before = np.isin(played()["spells"]["role"], ROLES.index(Poacher))
        assert there.sum() < before.sum()
        assert poached(tables) < poached(played())


def test_lanes_agree() -> None:
    scenario = town(replicates=1, days=24)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
