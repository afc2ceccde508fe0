"""Hot matters: kindled by openers and by events outside, burnt by lines, cooled over night; what they do to people."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from agents import Connector, Lurker, Member
from sim.engine.luck import EVENT, MATTER, VISIT, uniform
from sim.model.hands import HIDDEN
from sim.model.submodels.heat import burn, cool, heat_of, kindle
from sim.model.submodels.messages import CHAT, QUESTION
from tests.unit.rules.people import CLOSE, Room, measured, sigma


def hearth(**knobs: float) -> Room:
    """A group in which heat is easily reckoned."""
    return Room(**({"hot": 0.5, "hot_tail": 1.0, "burn": 0.2, "heat_keep": 0.5, "event_rate": 0.0} | knobs))


def test_heat_has_a_heavy_tail() -> None:
    """hot (u^(−1/tail) − 1): one matter in a hundred is a hundred times hotter than the scale."""
    world = hearth().world
    assert heat_of(0.5, world) == pytest.approx(0.5)
    assert heat_of(0.01, world) == pytest.approx(0.5 * 99.0)
    assert heat_of(1e-12, world) == 1_000.0
    assert heat_of(0.01, hearth(hot_tail=2.0).world) == pytest.approx(0.5 * 9.0)


def test_the_hotter_of_two_matters_is_talked_about() -> None:
    room = hearth()
    me = room.sit(1, n_posts=3)
    drawn = heat_of(uniform(room.world, me.person, MATTER, 1_024 * room.group.index + 3), room.world)
    for before in (0.0, drawn / 2, 2 * drawn):
        room.group.heat = before
        kindle(me, 0.1, room.group, room.world)
        assert room.group.heat == pytest.approx(max(before, drawn))


@pytest.mark.parametrize("staff", [1, HIDDEN])
def test_what_staff_and_hidden_accounts_say_is_as_hot_as_it_is_useful(staff: int) -> None:
    heats = []
    for quality in (0.0, 0.5, 1.0):
        room = hearth()
        kindle(room.sit(1, is_staff=staff), quality, room.group, room.world)
        heats.append(room.group.heat)
    assert heats == [0.0, pytest.approx(heats[2] / 2), heats[2]]
    assert heats[2] > 0.0


def test_talk_burns_heat_up_and_the_night_cools_it() -> None:
    room = hearth()
    room.group.heat = 0.5
    for left in (0.3, 0.1, 0.0, 0.0):
        burn(room.group, room.world)
        assert room.group.heat == pytest.approx(left)
    room.group.heat = 0.8
    cool(room.group, room.world)
    assert room.group.heat == pytest.approx(0.4)


def test_something_happens_outside_on_as_many_days_as_told() -> None:
    """3,000 days at 0.05: 150 on average, sd 12; a sound draw falls outside 4 sd in 1 of 15,000 seeds."""
    room, hot_days = hearth(event_rate=0.05, heat_keep=0.0), 0
    for day in range(3000):
        room.on(day)
        cool(room.group, room.world)
        is_event = uniform(room.world, room.group.index, EVENT, 0) < 0.05
        assert (room.group.heat > 0.0) == is_event
        hot_days += is_event
    assert abs(hot_days - 150) < 48


@pytest.mark.parametrize(("heat", "pull"), [(0.0, 0.0), (1.0, 0.75), (3.0, 1.125)])
def test_a_hot_matter_draws_people(heat: float, pull: float) -> None:
    room = Room(day=20, visit=-1.0, visit_belonging=0.0, visit_heat=1.5)
    room.group.heat = heat

    def comes(person: int) -> bool:
        me = room.sit(1, joined=0)
        me.person = person
        Member.visit(me, room.today, room.group, room.world)
        return me.n_looks > 0  # type: ignore[no-any-return]

    assert measured(room, VISIT, comes) == pytest.approx(sigma(-1.0 + pull), abs=CLOSE)


def test_the_calendar_is_felt_by_everybody() -> None:
    room = Room(day=20, visit=-1.0, visit_belonging=0.0)
    room.world.calendar = 0.7

    def comes(person: int) -> bool:
        me = room.sit(1, joined=0)
        me.person = person
        Member.visit(me, room.today, room.group, room.world)
        return me.n_looks > 0  # type: ignore[no-any-return]

    assert measured(room, VISIT, comes) == pytest.approx(sigma(-0.3), abs=CLOSE)


@dataclass
class Least:
    """The smallest of many draws at which somebody stays silent: their chance to speak."""

    room: Room

    def of(self, role: type[Member], **values: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(40):
            u = (low + high) / 2
            me = self.room.sit(1, role, **({"talk": 0.05, "belonging": 0.5, "appeal": 0.49, "n_ties": 0} | values))
            speaks = role.opens(me, u, 60, self.room.today, self.room.group, self.room.world) >= 0
            low, high = (u, high) if speaks else (low, u)
        return low


@pytest.mark.parametrize(("role", "times"), [(Member, 1.0), (Lurker, 0.5), (Connector, 1.3)])
def test_a_hot_matter_makes_people_speak(role: type[Member], times: float) -> None:
    room = Room(day=20, glow=0.02, shyness=0.0)
    for heat in (0.0, 4.0):
        room.group.heat = heat
        rate = times * 0.05 * (1.0 + heat)
        assert Least(room).of(role) == pytest.approx(rate / (1.0 + rate))


@pytest.mark.parametrize(("role", "times"), [(Member, 1.0), (Lurker, 0.5)])
def test_who_has_a_question_asks_it_once(role: type[Member], times: float) -> None:
    room = Room(day=20, glow=0.02, shyness=0.0, eager=0.8)
    rate = times * 0.05 + 0.8
    assert Least(room).of(role, is_asking=1) == pytest.approx(rate / (1.0 + rate))
    me = room.sit(1, role, talk=0.05, belonging=0.5, appeal=0.49, is_asking=1, info_need=0.0)
    assert role.opens(me, 0.01, 60, room.today, room.group, room.world) == QUESTION
    assert me.is_asking == 0
    assert role.opens(me, 0.01, 60, room.today, room.group, room.world) == CHAT
