"""Careers: what one becomes and when, what differs, how it ends; and each of it at 0."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import KOL, ROLES, Host, Regular
from scenarios import Scenario
from sim.data.tables import CHANNELS
from sim.engine.luck import uniform
from sim.mechanisms.careers import REPORT, Careers, bring_minutes, learn, report, share, stand_out, volunteer
from sim.mechanisms.points import Points
from sim.mechanisms.sharing import Sharing
from sim.model.hooks import Scene
from sim.model.submodels.conversation_log import LOOKS
from sim.model.submodels.messages import ADVERT, CHAT, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room

CODES = {role: code for code, role in enumerate(ROLES)}


class Club:
    """A group on day 30 with its host on seat 3."""

    def __init__(self, **knobs: float) -> None:
        self.room = Room(day=30, generosity=0.06, enough=2.0)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.host_slot, self.group.minutes_left = 3, 60.0
        self.own, self.points = OwnRows(self.room, Careers(**knobs)), OwnRows(self.room, Points())
        self.sharing, self.knobs, self.ours = OwnRows(self.room, Sharing()), self.own.knobs, self.own.ours

    def sees(self, rule: Any, me: Any) -> Any:
        """A rule about somebody who looks in today; their row."""
        today = self.desk.today[me.slot]
        rule(me, self.own.of(me), self.group, self.ours, today, self.knobs, self.world, self.points.of(me),
             self.sharing.of(me))  # fmt: skip
        return self.own.of(me)

    def sit(self, slot: int = 1, points: float = 1000.0, role: Any = Regular, **values: float) -> Any:
        """A member with so many points."""
        me = self.room.sit(slot, role, **values)
        self.points.of(me).points = points
        return me


WILLING = {"belonging": 0.8, "generosity": 0.1}


@pytest.mark.parametrize(
    ("points", "change", "minutes", "expected"),
    [
        (60.0, {}, 10.0, 1), (59.0, {}, 10.0, 0), (60.0, {}, 0.0, 0), (60.0, {"belonging": 0.7}, 10.0, 0),
        (60.0, {"generosity": 0.05}, 10.0, 0), (60.0, {"fatigue": 0.9}, 10.0, 0), (60.0, {"is_expert": 1}, 10.0, 0),
    ],
    ids=str,
)  # fmt: skip
def test_who_has_points_belongs_and_is_generous_volunteers(
    points: float, change: dict[str, float], minutes: float, expected: int
) -> None:
    club = Club(volunteer_minutes=minutes)
    me = club.sit(points=points, **WILLING | change)
    assert club.sees(volunteer, me).is_volunteer == club.ours.n_volunteers == expected


@pytest.mark.parametrize(
    ("belonging", "fatigue", "stays"), [(0.6, 0.0, 1), (0.49, 0.0, 0), (0.9, 0.81, 0), (0.9, 0.79, 1)]
)
def test_a_volunteer_brings_minutes_tires_and_gives_up(belonging: float, fatigue: float, stays: int) -> None:
    club = Club(volunteer_minutes=10.0)
    me = club.sit(belonging=belonging, fatigue=fatigue)
    club.own.of(me).is_volunteer = 1
    assert club.sees(volunteer, me).is_volunteer == stays
    assert me.fatigue == pytest.approx(fatigue + 0.02 * (1.0 - fatigue) * stays)
    bring_minutes(club.group, club.ours, club.knobs, club.world, None, None)
    assert club.group.minutes_left == pytest.approx(60.0 + 10.0 * belonging * stays)
    assert (club.ours.minutes_volunteered, club.ours.brought) == (pytest.approx(10.0 * belonging * stays), 0.0)


def test_useful_reading_teaches_whom_the_topic_fits() -> None:
    club = Club(learn=0.1)
    me = club.sit(expertise=0.3, match=0.5, read_quality=2.0)
    club.sees(learn, me)
    assert me.expertise == pytest.approx(0.3 + 0.1 * 0.5 * 0.5 * 0.7)
    still = Club(learn=0.0)
    other = still.sit(expertise=0.9, match=0.5, read_quality=2.0)
    still.sees(learn, other)
    assert (other.expertise, other.role) == (0.9, CODES[Regular])


@pytest.mark.parametrize(("expertise", "points", "rises"), [(0.8, 100.0, 1), (0.79, 100.0, 0), (0.8, 99.0, 0)])
def test_who_knows_enough_becomes_an_expert(expertise: float, points: float, rises: int) -> None:
    club = Club(learn=1e-9)
    me = club.sit(points=points, expertise=expertise, trust=0.6)
    club.sees(learn, me)
    assert (me.is_expert, me.role == CODES[KOL], me.trust) == (rises, rises == 1, 0.6)
    assert club.ours.n_inside_experts == rises


def test_an_expert_tired_out_for_a_week_is_a_regular_again_for_good() -> None:
    club = Club(learn=1e-9)
    me = club.sit(expertise=0.9)
    club.sees(learn, me)
    for fatigue in (*[0.9] * 6, 0.5, *[0.9] * 6):
        me.fatigue = fatigue
        club.sees(learn, me)
    assert me.role == CODES[KOL]
    club.sees(learn, me)
    assert (me.role, me.is_expert) == (CODES[Regular], 0)
    club.sees(learn, me)
    assert (me.role, club.ours.n_inside_experts) == (CODES[Regular], 1)


@pytest.mark.parametrize(
    ("points", "ties", "share", "is_super"),
    [(300.0, 8, 0.5, 1), (299.0, 8, 0.5, 0), (300.0, 7, 0.5, 0), (300.0, 8, 0.0, 0)],
)
def test_a_superuser_answers_more_readily(points: float, ties: int, share: float, is_super: int) -> None:
    club = Club(super_answers=share)
    me = club.sit(points=points, n_strong=ties)
    club.own.of(me).is_super = 1 - is_super
    assert club.sees(stand_out, me).is_super == club.ours.n_supers == is_super
    assert club.desk.today[me.slot].answer == pytest.approx(share * is_super)


@pytest.mark.parametrize(("kind", "p"), [(ADVERT, 1.0), (ADVERT, 0.4), (ADVERT, 0.0), (CHAT, 1.0)])
def test_a_superuser_calls_the_host_to_an_advert_they_read(kind: int, p: float) -> None:
    club = Club(super_reports=p)
    me, other = club.sit(), club.room.sit(2)
    club.own.of(me).is_super = 1
    post(club.desk, other, kind, -1, 0, 600.0, 1, 0.0, club.group, club.world)
    now, n = club.desk.now[0], 0
    for second in range(200):
        now.t, now.second = 610.0, second
        before = int(club.desk.n[LOOKS])
        report(me, club.own.of(me), club.group, club.ours, club.room.today, club.knobs, club.world,
               Scene(club.desk, club.room.members, 0), None, None)  # fmt: skip
        calls = club.desk.n[LOOKS] - before
        assert calls == (kind == ADVERT and uniform(club.world, me.person, REPORT, second) < p)
        n += calls
    assert club.ours.n_super_calls == n
    if n:
        assert (club.desk.looks[0].t, club.desk.looks[0].slot) == (615.0, 3)


@pytest.mark.parametrize(("ignored", "neglect", "left"), [(1, 0.2, 0.48), (0, 0.2, 0.6), (1, 0.0, 0.6)])
def test_a_sharer_minds_that_nobody_answers(ignored: int, neglect: float, left: float) -> None:
    club = Club(neglect=neglect)
    me = club.sit(belonging=0.6)
    for shared in (25, 25, 30):
        club.sharing.of(me).shared = shared
        me.n_ignored = ignored if shared == 30 else 0
        mine = club.sees(share, me)
    assert me.belonging == pytest.approx(left)
    assert mine.n_shared == (0 if ignored or neglect == 0.0 else 2)
    assert (club.ours.n_sharers, club.ours.n_neglected) == (neglect > 0.0, ignored * (neglect > 0.0))


@pytest.mark.parametrize("shared", [30, 28])
def test_a_sharer_minds_at_the_first_look_since_however_late(shared: int) -> None:
    club = Club(neglect=0.2)
    me = club.sit(belonging=0.6, n_ignored=1)
    club.own.of(me).n_shared, club.own.of(me).shared, club.sharing.of(me).shared = 1, 20, shared
    club.sees(share, me)
    assert me.belonging == pytest.approx(0.48)


def test_an_opener_of_another_day_is_no_neglect() -> None:
    club = Club(neglect=0.2)
    me = club.sit(belonging=0.6, n_ignored=1)
    club.own.of(me).n_shared, club.own.of(me).shared, club.sharing.of(me).shared = 2, 29, 29
    club.sees(share, me)
    assert me.belonging == 0.6


# --- in a run --------------------------------------------------------------------------------------------------------

EASY = {"super_points": 60.0, "super_ties": 2, "expert_at": 0.5, "volunteer_points": 30.0, "volunteer_belonging": 0.6}


def town(**knobs: float) -> Scenario:
    return lively([strategy("experts_then_members", switch_day=10)], replicates=10, days=50,
                  tuned=(Careers(**EASY, **knobs),), operator={"hours": 20.0})  # fmt: skip


@cache
def played(**knobs: float) -> Tables:
    return play(town(**knobs))


def total(tables: Tables, name: str) -> float:
    return float(tables["mechanism.careers"][name].sum(dtype=np.float64))


def test_at_nought_nothing_of_it_is_there() -> None:
    assert "mechanism.careers" not in played()


def test_volunteers_bring_minutes_and_superusers_answers() -> None:
    brought = played(volunteer_minutes=10.0)
    assert total(brought, "minutes_volunteered") > 100.0
    helped = played(super_answers=3.0)
    assert total(helped, "n_supers") > 50
    assert helped["daily"]["n_replies"].sum() > played()["daily"]["n_replies"].sum()


def test_members_learn_and_become_experts_without_a_fee() -> None:
    tables = played(learn=0.1)
    spells = tables["spells"]
    risen = spells[(spells["role"] == CODES[KOL]) & (spells["channel"] != CHANNELS.index("appointed"))]
    assert total(tables, "n_inside_experts") > 0
    assert tables["daily"]["n_kol_messages"].sum() > played()["daily"]["n_kol_messages"].sum()
    assert risen.size > 0


def test_sharers_are_counted_and_some_are_neglected() -> None:
    tables = played(neglect=0.1)
    assert total(tables, "n_sharers") > total(tables, "n_neglected") > 0


def test_lanes_agree() -> None:
    on = {"volunteer_minutes": 10.0, "learn": 0.1, "super_answers": 0.5, "super_reports": 1.0, "neglect": 0.1}
    scenario = town(**on).replace(replicates=1, days=25)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
